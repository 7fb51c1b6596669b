import ArgumentParser
import Gradebook
import Homework
import Reports

/// Shows the way from what a student wrote to the points.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the way from what a student wrote to the points.")

  @Argument(help: "The key of the student: the name of the folder.")
  var student: String

  @Argument(help: "The id of one criterion; all of them if it is left out.")
  var criterion: String?

  @Option(help: "The id of one assignment.")
  var assignment: String?

  @OptionGroup var gradebook: GradebookOptions

  func run() throws {
    let cards = try gradebook.open().scorecards(assignment: assignment, student: student)
    guard let first = cards.first else { throw GradebookError.unknownStudent(student) }
    let output = Output()
    let texts = cards.compactMap {
      Explanation.text($0, criterion: criterion, colour: output.hasColour)
    }
    if texts.isEmpty, let criterion {
      throw GradebookError.unknownCriterion(
        criterion, assignment: assignment ?? first.scorecard.assignment)
    }
    try output.write(texts.joined(separator: "\n"))
  }
}
