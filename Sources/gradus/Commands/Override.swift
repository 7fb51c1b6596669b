import ArgumentParser
import Foundation
import Gradebook
import Homework

/// Sets or removes points given by hand.
struct Override: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Give points by hand; they count until they are removed, however often one grades.")

  @Argument(help: "The key of the student: the name of the folder.")
  var student: String

  @Argument(help: "The id of the criterion.")
  var criterion: String

  @Option(parsing: .unconditional, help: "The points, such as 2.5.")
  var points: String?

  @Option(help: "Who gives them.")
  var by: String?

  @Option(help: "Why.")
  var reason: String?

  @Flag(help: "Remove the points given by hand.")
  var remove = false

  @Option(help: "The id of the assignment, if the student has several.")
  var assignment: String?

  @OptionGroup var gradebook: GradebookOptions

  func validate() throws {
    if remove {
      guard points == nil, by == nil, reason == nil else {
        throw ValidationError("'--remove' goes without '--points', '--by' and '--reason'.")
      }
      return
    }
    guard let points, by?.isEmpty == false, reason?.isEmpty == false else {
      throw ValidationError("Give '--points', '--by' and '--reason', or '--remove'.")
    }
    guard Points(points) != nil else {
      throw ValidationError("Expected points with at most two decimals, found '\(points)'.")
    }
  }

  func run() throws {
    let book = try gradebook.open()
    let assignment = try assignment ?? book.onlyAssignment(of: student)
    let output = Output()
    guard let points = points.flatMap({ Points($0) }) else {
      let wasThere = try book.removeOverride(
        student: student, assignment: assignment, criterion: criterion)
      return try output.write(
        wasThere
          ? "\(criterion) of \(student): the automatic points count again\n"
          : "\(criterion) of \(student): there were no points by hand\n")
    }
    if let card = try book.scorecards(assignment: assignment, student: student).first {
      let possible = try card.assessment(of: criterion).possible
      guard points <= possible else {
        throw CommandFault.tooManyPoints(points, criterion: criterion, possible: possible)
      }
    }
    let mark = ManualMark(
      points: points, who: by ?? "", when: Date.now.formatted(.iso8601), why: reason ?? "")
    try book.setOverride(mark, student: student, assignment: assignment, criterion: criterion)
    try output.write("\(criterion) of \(student): \(points) points by hand count from now on\n")
  }
}

extension Gradebook {
  /// Returns the one assignment that a student has.
  ///
  /// - Throws: `GradebookError` if the student has none, `CommandFault` if there are several.
  fileprivate func onlyAssignment(of student: String) throws -> String {
    let assignments = try scores(student: student).map(\.assignment)
    guard let first = assignments.first else { throw GradebookError.unknownStudent(student) }
    guard assignments.count == 1 else {
      throw CommandFault.severalAssignments(student, assignments)
    }
    return first
  }
}
