import GRDB
import Homework

/// The attempt of a student that counts, with its totals.
struct CountedAttempt {
  /// The id of the submission; `nil` if the grader has failed from the first.
  var submission: Int64?
  var row: ScoreRow
  /// The latest run over any attempt of the student.
  private var latestRun: Int64

  /// Fetches the attempts that count, in order of assignment and student.
  static func all(
    _ db: Database, _ assignment: String?, _ student: String?
  ) throws -> [CountedAttempt] {
    let failures = try Failures(db, assignment, student)
    let (filter, arguments) = Self.filter(assignment, student)
    let rows = try Row.fetchCursor(db, sql: query(filter), arguments: arguments)
    var counted: [CountedAttempt] = []
    while let row = try rows.next() {
      let attempt = CountedAttempt(row)
      guard let last = counted.last, last.belongsTogether(with: attempt) else {
        counted.append(attempt)
        continue
      }
      let isBest: Bool = row["attempts"] == Rubric.Attempts.best.rawValue
      let replaces = !isBest || attempt.row.score >= last.row.score
      var kept = replaces ? attempt : last
      kept.latestRun = max(attempt.latestRun, last.latestRun)
      counted[counted.count - 1] = kept
    }
    for index in counted.indices {
      let attempt = counted[index]
      counted[index].row.failure = failures.message(
        attempt.row.assignment, attempt.row.student, after: attempt.latestRun)
    }
    return counted
  }

  private init(_ row: Row) {
    submission = row["submission"]
    latestRun = row["run"]
    self.row = ScoreRow(
      assignment: row["assignment"], student: row["student"], attempt: row["attempt"],
      score: Points(hundredths: row["score"]), pending: Points(hundredths: row["pending"]),
      possible: Points(hundredths: row["possible"]), manualMarks: row["marks"])
  }

  /// Whether both are attempts of one student at one assignment.
  ///
  /// Compares bytes as SQLite does: keys that only look the same are those of two students.
  private func belongsTogether(with other: CountedAttempt) -> Bool {
    row.assignment.utf8.elementsEqual(other.row.assignment.utf8)
      && row.student.utf8.elementsEqual(other.row.student.utf8)
  }

  private static func filter(
    _ assignment: String?, _ student: String?
  ) -> (sql: String, arguments: StatementArguments) {
    var conditions: [String] = []
    var arguments: StatementArguments = []
    if let assignment {
      conditions.append("t.assignment = ?")
      arguments += [assignment]
    }
    if let student {
      conditions.append("t.student = ?")
      arguments += [student]
    }
    return (
      conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "), arguments
    )
  }

  /// All attempts with their totals, the oldest first; a student on whom the grader has failed from
  /// the first has attempt 0 without results.
  private static func query(_ filter: String) -> String {
    """
    WITH tries AS (
      SELECT id, assignment, student, attempt, run FROM submissions
      UNION ALL
      SELECT DISTINCT NULL, q.assignment, f.student, 0, 0
      FROM failures f JOIN runs q ON q.id = f.run
      WHERE NOT EXISTS (
        SELECT 1 FROM submissions s
        WHERE s.assignment = q.assignment AND s.student = f.student)
    )
    SELECT t.id AS submission, t.assignment, t.student, t.attempt, t.run, a.attempts,
      COALESCE(SUM(COALESCE(o.points, r.points, 0)), 0) AS score,
      COALESCE(SUM(CASE
        WHEN o.points IS NULL AND COALESCE(r.verdict, 'review') = 'review'
        THEN COALESCE(r.possible, c.possible) END), 0) AS pending,
      COALESCE(SUM(COALESCE(r.possible, c.possible)), 0) AS possible,
      COUNT(o.points) AS marks
    FROM tries t
    JOIN assignments a ON a.id = t.assignment
    LEFT JOIN criteria c ON c.assignment = t.assignment AND c.position IS NOT NULL
    LEFT JOIN results r ON r.submission = t.id AND r.criterion = c.id
    LEFT JOIN overrides o ON o.student = t.student AND o.criterion = c.id
    \(filter)
    GROUP BY t.assignment, t.student, t.attempt
    ORDER BY t.assignment, t.student, t.attempt
    """
  }
}

/// The latest failure of the grader by assignment and student.
private struct Failures {
  private struct Key: Hashable {
    var assignment: String
    var student: String
  }

  private var latest: [Key: (run: Int64, message: String)] = [:]

  init(_ db: Database, _ assignment: String?, _ student: String?) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT q.assignment, f.student, f.run, f.message
        FROM failures f JOIN runs q ON q.id = f.run
        WHERE (?1 IS NULL OR q.assignment = ?1) AND (?2 IS NULL OR f.student = ?2)
        ORDER BY f.run
        """, arguments: [assignment, student])
    while let row = try rows.next() {
      latest[Key(assignment: row[0], student: row[1])] = (row[2], row[3])
    }
  }

  func message(_ assignment: String, _ student: String, after run: Int64) -> String? {
    guard let failure = latest[Key(assignment: assignment, student: student)], failure.run > run
    else { return nil }
    return failure.message
  }
}
