public import Homework

/// Scores as JSON: an array with an object a score, one a line.
public enum ScoresJSON {
  /// Returns the array.
  public static func text(_ rows: [ScoreRow]) -> String {
    if rows.isEmpty { return "[]\n" }
    return "[\n" + rows.map { "  " + object($0).description }.joined(separator: ",\n") + "\n]\n"
  }

  private static func object(_ row: ScoreRow) -> JSONValue {
    .object([
      .init("assignment", .string(row.assignment)),
      .init("student", .string(row.student)),
      .init("attempt", .number(Double(row.attempt))),
      .init("score", row.score.json),
      .init("pending", row.pending.json),
      .init("possible", row.possible.json),
      .init("manual_marks", .number(Double(row.manualMarks))),
      .init("failure", row.failure.map { .string($0) } ?? .null),
    ])
  }
}
