import GRDB
public import Homework

extension Gradebook {
  /// Records points given by hand; they count until they are removed, however often one grades.
  ///
  /// - Parameters:
  ///   - mark: The points, who gave them, when and why; replaces an earlier mark.
  ///   - student: The key of a student in the gradebook.
  ///   - assignment: The id of the assignment.
  ///   - criterion: The id of the criterion.
  /// - Throws: `GradebookError`, also if the student or the criterion is unknown.
  public func setOverride(
    _ mark: ManualMark, student: String, assignment: String, criterion: String
  ) throws {
    try write { db in
      let id = try id(ofCriterion: criterion, assignment: assignment, in: db)
      guard try db.has("SELECT 1 FROM students WHERE id = ?", [student]) else {
        throw GradebookError.unknownStudent(student)
      }
      try db.execute(
        sql: """
          INSERT INTO overrides (student, criterion, points, who, made, why)
          VALUES (?, ?, ?, ?, ?, ?)
          ON CONFLICT (student, criterion) DO UPDATE SET points = excluded.points,
            who = excluded.who, made = excluded.made, why = excluded.why
          """,
        arguments: [
          student, id, mark.points.hundredths, mark.who.stored, mark.when.stored, mark.why.stored,
        ])
    }
  }

  /// Removes points given by hand, so that the automatic ones count again.
  ///
  /// - Returns: Whether there were any.
  @discardableResult
  public func removeOverride(
    student: String, assignment: String, criterion: String
  ) throws -> Bool {
    try write { db in
      let id = try id(ofCriterion: criterion, assignment: assignment, in: db)
      try db.execute(
        sql: "DELETE FROM overrides WHERE student = ? AND criterion = ?", arguments: [student, id])
      return db.changesCount > 0
    }
  }

  private func id(
    ofCriterion criterion: String, assignment: String, in db: Database
  ) throws -> Int64 {
    guard
      let id = try Int64.fetchOne(
        db, sql: "SELECT id FROM criteria WHERE assignment = ? AND key = ?",
        arguments: [assignment, criterion])
    else { throw GradebookError.unknownCriterion(criterion, assignment: assignment) }
    return id
  }
}
