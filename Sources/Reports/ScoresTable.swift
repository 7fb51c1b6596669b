public import Homework

/// Scores as aligned columns for a terminal.
public enum ScoresTable {
  /// Returns the heading and a line a score; pending points make the score a range.
  ///
  /// The notes say what is behind a score: an attempt after the first, manual marks, a failure.
  public static func text(_ rows: [ScoreRow]) -> String {
    if rows.isEmpty { return "no scores\n" }
    var table = Table(("assignment", .left), ("student", .left), ("score", .left), ("notes", .left))
    for row in rows {
      table.append([row.assignment, row.student, row.scoreText, notes(row)])
    }
    return table.text
  }

  private static func notes(_ row: ScoreRow) -> String {
    var notes: [String] = []
    if row.attempt > 1 { notes.append("attempt \(row.attempt)") }
    if row.manualMarks == 1 { notes.append("1 mark by hand") }
    if row.manualMarks > 1 { notes.append("\(row.manualMarks) marks by hand") }
    if let failure = row.failure { notes.append("the grader failed: \(failure)") }
    return notes.joined(separator: "; ")
  }
}
