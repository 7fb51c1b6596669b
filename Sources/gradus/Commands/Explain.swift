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
    let book = try gradebook.open()
    let cards = try book.scorecards(assignment: assignment, student: student)
    guard let first = cards.first else { throw try withoutCards(in: book) }
    let output = Output()
    let texts = cards.compactMap {
      Explanation.text($0, criterion: criterion, colour: output.hasColour)
    }
    if texts.isEmpty, let criterion { _ = try first.assessment(of: criterion) }
    try output.write(texts.joined(separator: "\n"))
  }

  /// Why there is nothing to explain: no such student, or no such assignment of theirs.
  private func withoutCards(in book: Gradebook) throws -> any Error {
    let known = try book.scores(student: student).map(\.assignment)
    guard let assignment, !known.isEmpty else { return GradebookError.unknownStudent(student) }
    return CommandFault.unknownAssignment(assignment, student: student, known: known)
  }
}

extension GradedScorecard {
  /// Returns the assessment of a criterion.
  ///
  /// - Throws: `CommandFault` with the criteria that there are if this is none.
  func assessment(of criterion: String) throws -> Assessment {
    let all = scorecard.assessments
    guard let found = all.first(where: { $0.criterion == criterion }) else {
      throw CommandFault.noCriterion(
        criterion, assignment: scorecard.assignment, known: all.map(\.criterion))
    }
    return found
  }
}
