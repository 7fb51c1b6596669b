import ArgumentParser
import Checking
import Homework
import Reports

/// Gives the verdict on one answer.
struct Try: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Give the verdict on one answer to one criterion.",
    discussion: """
      The answer is an argument or standard input: what would stand under the label of the part.

      With --json-lines every line of standard input is an object {"id": "...", "answer": "..."}; \
      the answer is {"id": "...", "verdict": ..., "credit": ..., "reason": ..., ...} with the \
      fields of a criterion of the results file.
      """)

  @Option(help: "The rubric.")
  var rubric: String

  @Option(help: "The id of the criterion.")
  var criterion: String

  @Argument(help: "The answer; standard input if it is left out.")
  var answer: String?

  @Flag(help: "Judge JSON objects from standard input, one a line.")
  var jsonLines = false

  func validate() throws {
    guard !jsonLines || answer == nil else {
      throw ValidationError("With '--json-lines' the answers come from standard input.")
    }
  }

  func run() throws {
    let source = try RubricSource(path: rubric)
    let title = try source.criterion(criterion).title
    let grader = try Grader(rubric: source.rubric)
    if jsonLines {
      return try JSONLines.run { (request) throws(JSONLines.BadRequest) in
        guard let answer = request["answer"]?.string else {
          throw JSONLines.BadRequest(message: "expected an object with a text 'answer'")
        }
        return ResultsFile.criterionJSON(try assessment(of: answer, grader), id: request["id"])
      }
    }
    let text = try answer ?? Console.input()
    guard let assessment = grader.assessment(criterion: criterion, answer: text, file: "answer")
    else { return }
    let card = GradedScorecard(
      scorecard: Scorecard(
        assignment: source.rubric.id, student: "answer", assessments: [assessment]),
      titles: [criterion: title])
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    let output = Output()
    let explanation = Explanation.text(card, colour: output.hasColour) { place in
      lines.indices.contains(place.line - 1) ? String(lines[place.line - 1]) : nil
    }
    try output.write(explanation ?? "")
  }

  private func assessment(
    of answer: String, _ grader: Grader
  ) throws(JSONLines.BadRequest) -> Assessment {
    guard
      let assessment = grader.assessment(criterion: criterion, answer: answer, file: "answer")
    else { throw JSONLines.BadRequest(message: "there is no criterion '\(criterion)'") }
    return assessment
  }
}
