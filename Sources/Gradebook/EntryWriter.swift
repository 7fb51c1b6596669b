import GRDB
import Homework

/// Why an entry contradicts its run.
struct Refusal: Error {
  var message: String
}

/// The statements that store the submissions of one transaction, compiled once.
struct EntryWriter {
  let assignment: String
  private let db: Database
  private let run: Int64
  private let criteria: [String: Int64]
  private let addStudent: Statement
  private let findLatest: Statement
  private let addSubmission: Statement
  private let regrade: Statement
  private let removeResults: Statement
  private let addResult: Statement
  private let addFailure: Statement

  init(_ db: Database, run: RunID) throws {
    self.db = db
    self.run = run.number
    guard
      let assignment = try String.fetchOne(
        db, sql: "SELECT assignment FROM runs WHERE id = ?", arguments: [run.number])
    else { throw GradebookError.unknownRun }
    self.assignment = assignment
    var criteria: [String: Int64] = [:]
    let rows = try Row.fetchCursor(
      db, sql: "SELECT key, id FROM criteria WHERE assignment = ? AND position IS NOT NULL",
      arguments: [assignment])
    while let row = try rows.next() { criteria[row[0]] = row[1] }
    self.criteria = criteria
    addStudent = try db.cachedStatement(sql: "INSERT OR IGNORE INTO students (id) VALUES (?)")
    findLatest = try db.cachedStatement(
      sql: """
        SELECT id, attempt, content_hash FROM submissions
        WHERE assignment = ? AND student = ? ORDER BY attempt DESC LIMIT 1
        """)
    addSubmission = try db.cachedStatement(
      sql: """
        INSERT INTO submissions (assignment, student, attempt, content_hash, run)
        VALUES (?, ?, ?, ?, ?)
        """)
    regrade = try db.cachedStatement(sql: "UPDATE submissions SET run = ? WHERE id = ?")
    removeResults = try db.cachedStatement(sql: "DELETE FROM results WHERE submission = ?")
    addResult = try db.cachedStatement(
      sql: """
        INSERT INTO results
          (submission, criterion, verdict, credit, points, possible, mistakes, reason, detail)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    addFailure = try db.cachedStatement(
      sql: """
        INSERT INTO failures (run, student, message) VALUES (?, ?, ?)
        ON CONFLICT (run, student) DO UPDATE SET message = excluded.message
        """)
  }

  /// Stores the submission and its results.
  func write(_ entry: Entry) throws {
    let card = entry.scorecard
    guard card.assignment == assignment else {
      throw Refusal(message: "assignment '\(card.assignment)' is not that of the run")
    }
    try addStudent.execute(arguments: [card.student])
    let submission = try self.submission(card.student, contentHash: entry.contentHash)
    for assessment in card.assessments {
      guard let criterion = criteria[assessment.criterion] else {
        throw Refusal(message: "criterion '\(assessment.criterion)' is not in the rubric")
      }
      try addResult.execute(arguments: [
        submission, criterion, assessment.verdict.rawValue, assessment.credit,
        assessment.points.hundredths, assessment.possible.hundredths,
        JSONValue.array(assessment.mistakes.map { .string($0) }).description,
        assessment.reason.stored, Detail(assessment).json,
      ])
    }
  }

  /// Returns the id of the latest attempt without its results if it has the content, else of a new one.
  private func submission(_ student: String, contentHash: String) throws -> Int64 {
    let latest = try Row.fetchOne(findLatest, arguments: [assignment, student])
    if let latest, latest[2] == contentHash {
      let id: Int64 = latest[0]
      try regrade.execute(arguments: [run, id])
      try removeResults.execute(arguments: [id])
      return id
    }
    let attempt = latest.map { $0[1] + 1 } ?? 1
    try addSubmission.execute(arguments: [assignment, student, attempt, contentHash, run])
    return db.lastInsertedRowID
  }

  /// Records that this run failed on a submission.
  func writeFailure(student: String, message: String) throws {
    try addStudent.execute(arguments: [student])
    try addFailure.execute(arguments: [run, student, message.stored])
  }
}
