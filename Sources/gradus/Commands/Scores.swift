import ArgumentParser
import Gradebook
import Reports

/// Lists the scores.
struct Scores: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the scores.",
    discussion: "A score with points that a person has yet to decide is shown as a range.")

  /// How a listing is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json, csv
  }

  @Option(help: "The key of one student.")
  var student: String?

  @Option(help: "The id of one assignment.")
  var assignment: String?

  @Option(help: "How to print them.")
  var format = Format.table

  @OptionGroup var gradebook: GradebookOptions

  func run() throws {
    let rows = try gradebook.open().scores(assignment: assignment, student: student)
    if rows.isEmpty {
      if let student { throw GradebookError.unknownStudent(student) }
      if let assignment { throw GradebookError.unknownAssignment(assignment) }
    }
    let text =
      switch format {
      case .table: ScoresTable.text(rows)
      case .json: ScoresJSON.text(rows)
      case .csv: ScoresCSV.text(rows)
      }
    try Output().write(text)
  }
}
