import GRDB
import Homework

extension Gradebook {
  /// Records an assignment and its criteria, or what has changed in them.
  ///
  /// A criterion that is no longer in the rubric keeps its marks, which count no more.
  public func register(assignment: AssignmentRecord) throws {
    let possible = assignment.criteria.reduce(Points.zero) { $0 + $1.possible }
    try write { db in
      try db.execute(
        sql: """
          INSERT INTO assignments (id, title, rubric_hash, attempts, possible)
          VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (id) DO UPDATE SET title = excluded.title,
            rubric_hash = excluded.rubric_hash, attempts = excluded.attempts,
            possible = excluded.possible
          """,
        arguments: [
          assignment.id, assignment.title.stored, assignment.rubricHash,
          assignment.attempts.rawValue, possible.hundredths,
        ])
      try db.execute(
        sql: "UPDATE criteria SET position = NULL WHERE assignment = ?",
        arguments: [assignment.id])
      let statement = try db.cachedStatement(
        sql: """
          INSERT INTO criteria (assignment, key, position, title, possible)
          VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (assignment, key) DO UPDATE SET position = excluded.position,
            title = excluded.title, possible = excluded.possible
          """)
      for (position, frame) in assignment.criteria.enumerated() {
        try statement.execute(arguments: [
          assignment.id, frame.id, position, frame.title.stored, frame.possible.hundredths,
        ])
      }
    }
  }

  /// Returns by student what their latest attempt was graded with.
  ///
  /// A student on whose submission the grader has failed since is left out, to be graded again.
  public func gradedKeys(assignment: String) throws -> [String: GradedKey] {
    try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT s.student, s.content_hash, q.rubric_hash, q.grader_version
          FROM submissions s JOIN runs q ON q.id = s.run
          WHERE s.assignment = ?
            AND NOT EXISTS (
              SELECT 1 FROM submissions later
              WHERE later.assignment = s.assignment AND later.student = s.student
                AND later.attempt > s.attempt)
            AND NOT EXISTS (
              SELECT 1 FROM failures f JOIN runs failed ON failed.id = f.run
              WHERE f.student = s.student AND failed.assignment = s.assignment AND f.run > s.run)
          """, arguments: [assignment])
      var keys: [String: GradedKey] = [:]
      while let row = try rows.next() {
        keys[row[0]] = GradedKey(contentHash: row[1], rubricHash: row[2], graderVersion: row[3])
      }
      return keys
    }
  }

  /// Records that a run begins.
  ///
  /// - Parameters:
  ///   - assignment: The id of a registered assignment.
  ///   - rubricHash: The hash of the rubric's file.
  ///   - graderVersion: The version of the grader.
  ///   - startedAt: When, in the words of the caller.
  /// - Returns: The number under which to store what the run finds.
  /// - Throws: `GradebookError`, also if the assignment is not registered.
  public func beginRun(
    assignment: String, rubricHash: String, graderVersion: String, startedAt: String
  ) throws -> RunID {
    try write { db in
      guard try db.has("SELECT 1 FROM assignments WHERE id = ?", [assignment]) else {
        throw GradebookError.unknownAssignment(assignment)
      }
      try db.execute(
        sql: """
          INSERT INTO runs (assignment, grader_version, rubric_hash, started) VALUES (?, ?, ?, ?)
          """, arguments: [assignment, graderVersion, rubricHash, startedAt.stored])
      return RunID(number: db.lastInsertedRowID)
    }
  }

  /// Stores scorecards in one transaction, each wholly or not at all.
  ///
  /// A submission with other content than the latest attempt of its student is a new attempt; with
  /// the same content its results are replaced.
  ///
  /// - Parameters:
  ///   - entries: The scorecards; some hundreds at a time are fastest.
  ///   - run: The run that found them.
  /// - Returns: The entries that were refused and why, also recorded as failures of the run.
  /// - Throws: `GradebookError` if the database fails; nothing of the call is stored then.
  public func store(_ entries: [Entry], run: RunID) throws -> [StoreFault] {
    try write { db in
      var writer = try EntryWriter(db, run: run)
      var faults: [StoreFault] = []
      for entry in entries {
        let student = entry.scorecard.student
        do {
          try db.inSavepoint {
            try writer.write(entry)
            return .commit
          }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
          faults.append(StoreFault(student: student, message: error.message ?? "not consistent"))
          // A statement that has failed once repeats its error at its next use.
          writer = try EntryWriter(db, run: run)
        } catch let refusal as Refusal {
          faults.append(StoreFault(student: student, message: refusal.message))
        }
      }
      for fault in faults {
        try writer.writeFailure(student: fault.student, message: fault.message)
      }
      return faults
    }
  }

  /// Records that the grader itself failed on a submission; the old score stays.
  public func storeFailure(
    student: String, assignment: String, run: RunID, message: String
  ) throws {
    try write { db in
      let writer = try EntryWriter(db, run: run)
      guard writer.assignment == assignment else { throw GradebookError.unknownRun }
      try writer.writeFailure(student: student, message: message)
    }
  }
}

extension Database {
  /// Whether a query gives a row.
  func has(_ sql: String, _ arguments: StatementArguments) throws -> Bool {
    try Row.fetchOne(cachedStatement(sql: sql), arguments: arguments) != nil
  }
}
