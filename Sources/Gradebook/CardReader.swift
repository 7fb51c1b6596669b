import GRDB
import Homework

/// The statement that reads the results of one attempt, compiled once.
struct CardReader {
  private let statement: Statement

  init(_ db: Database) throws {
    statement = try db.cachedStatement(
      sql: """
        SELECT c.key, c.title, COALESCE(r.possible, c.possible), r.verdict, r.credit, r.mistakes,
          r.reason, r.detail, o.points, o.who, o.made, o.why
        FROM criteria c
        LEFT JOIN results r ON r.submission = ? AND r.criterion = c.id
        LEFT JOIN overrides o ON o.student = ? AND o.criterion = c.id
        WHERE c.assignment = ? AND c.position IS NOT NULL
        ORDER BY c.position
        """)
  }

  func card(_ attempt: CountedAttempt) throws -> GradedScorecard {
    let row = attempt.row
    var card = GradedScorecard(
      scorecard: Scorecard(assignment: row.assignment, student: row.student, assessments: []),
      attempt: row.attempt, failure: row.failure)
    let rows = try Row.fetchCursor(
      statement, arguments: [attempt.submission, row.student, row.assignment])
    while let row = try rows.next() {
      let criterion: String = row[0]
      card.titles[criterion] = row[1]
      card.scorecard.assessments.append(
        try assessment(row, criterion: criterion, student: attempt.row.student))
      if let points = row[8] as Int? {
        card.marks[criterion] = ManualMark(
          points: Points(hundredths: points), who: row[9], when: row[10], why: row[11])
      }
    }
    return card
  }

  private func assessment(
    _ row: Row, criterion: String, student: String
  ) throws -> Assessment {
    let possible = Points(hundredths: row[2])
    guard let name = row[3] as String? else {
      return Assessment(
        criterion: criterion, verdict: .review, credit: nil, possible: possible,
        reason: "Not graded yet.")
    }
    guard let verdict = Verdict(rawValue: name), let detail = Detail(json: row[7]),
      let mistakes = try? JSONValue(json: row[5]).array?.map(\.string)
    else { throw GradebookError.unreadableResult(student: student, criterion: criterion) }
    return Assessment(
      criterion: criterion, verdict: verdict, credit: row[4], possible: possible,
      mistakes: mistakes.compactMap(\.self), reason: row[6], read: detail.read,
      witness: detail.witness, steps: detail.steps)
  }
}
