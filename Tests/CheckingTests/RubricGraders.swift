import Checking
import Homework
import Rubrics

/// The folder of this file.
private let here = String(#filePath[..<(#filePath.lastIndex(of: "/") ?? #filePath.endIndex)])

/// Returns the grader of a rubric of the project.
func grader(of name: String) throws -> Grader {
  let folder = here + "/../../rubrics/"
  return try Grader(
    rubric: RubricReader.rubric(at: folder + name, schema: folder + "rubric.xsd"))
}

/// Returns the verdict on an answer and the gravest mistake: `partial special-case.one-dimension`.
func verdict(_ criterion: String, _ answer: String, by grader: Grader) -> String {
  guard let found = grader.assessment(criterion: criterion, answer: answer, file: "a.md") else {
    return "no such criterion"
  }
  return ([found.verdict.rawValue] + found.mistakes.prefix(1)).joined(separator: " ")
}
