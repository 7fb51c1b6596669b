import Checking
import Homework
import Rubrics
import Submissions
import Testing

/// The rubrics and submissions of the project, prepared once for all tests.
enum Project {
  private static let root =
    "/"
    + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  private static let homeworkGrader = Result { try grader("homework-1") }
  private static let formulaSheetGrader = Result { try grader("formula-sheet") }
  private static let estimatorsGrader = Result { try grader("gradient-estimators") }

  private static func grader(_ name: String) throws -> Grader {
    try Grader(
      rubric: RubricReader.rubric(
        at: "\(root)/rubrics/\(name).xml", schema: "\(root)/rubrics/rubric.xsd"))
  }

  /// The grader of a rubric by the id of its assignment.
  static func grader(of rubric: String) throws -> Grader {
    switch rubric {
    case "homework-1": try homeworkGrader.get()
    case "gradient-estimators": try estimatorsGrader.get()
    default: try formulaSheetGrader.get()
    }
  }

  /// Judges an answer to a criterion of `homework-1`.
  static func homework(_ criterion: String, _ answer: String) throws -> Assessment {
    try assessment(grader(of: "homework-1"), criterion, answer)
  }

  /// Judges an answer to a criterion of `formula-sheet`.
  static func formulaSheet(_ criterion: String, _ answer: String) throws -> Assessment {
    try assessment(grader(of: "formula-sheet"), criterion, answer)
  }

  private static func assessment(
    _ grader: Grader, _ criterion: String, _ answer: String
  ) throws -> Assessment {
    try #require(grader.assessment(criterion: criterion, answer: answer, file: "answer.md"))
  }

  /// Grades one of the project's submissions.
  static func scorecard(
    of student: String, in folder: String = "submissions", rubric: String = "homework-1"
  ) throws -> Scorecard {
    let grader = try grader(of: rubric)
    let sources = try SubmissionReader.keys(in: "\(root)/\(folder)")
    let source = try #require(sources.first { $0.student == student })
    let submission = SubmissionReader.submission(source)
    return grader.scorecard(
      student: student, parts: PartCutter(grader.rubric).parts(of: submission),
      faults: submission.faults)
  }
}

extension Project {
  /// A display with aligned lines.
  static func aligned(_ lines: [String]) -> String {
    "$$\n\\begin{aligned}\n" + lines.joined(separator: " \\\\\n") + "\n\\end{aligned}\n$$"
  }
}
