public import Homework

/// Scores as CSV (RFC 4180): comma, CR LF, UTF-8.
public enum ScoresCSV {
  /// Returns a line of column names and a line a score.
  public static func text(_ rows: [ScoreRow]) -> String {
    let header = [
      "assignment", "student", "attempt", "score", "pending", "possible", "manual_marks",
      "failure",
    ]
    let lines = rows.map { row in
      [
        CSV.cell(row.assignment), CSV.cell(row.student), String(row.attempt),
        row.score.description, row.pending.description, row.possible.description,
        String(row.manualMarks), CSV.cell(row.failure ?? ""),
      ]
    }
    return CSV.text([header] + lines)
  }
}

/// Scores as the CSV file that the gradebook of Canvas imports.
///
/// The key of a student goes into the column `SIS Login ID`, by which Canvas finds the student, and
/// into the name. A score with pending points is left blank: Canvas then keeps what it has.
public enum CanvasCSV {
  /// Returns the file for the scores of one assignment.
  ///
  /// - Parameters:
  ///   - rows: The scores of one assignment.
  ///   - title: The title in Canvas, best with its number as Canvas exports it: `Homework 1 (4711)`.
  /// - Returns: The line of column names, the line of possible points, and a line a student.
  public static func text(_ rows: [ScoreRow], title: String) -> String {
    let header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", CSV.cell(title)]
    let possible = rows.first?.possible.description ?? ""
    let lines = rows.map { row in
      let student = CSV.cell(row.student)
      return [
        student, "", "", student, "", row.pending > .zero ? "" : row.score.description,
      ]
    }
    return CSV.text([header, ["    Points Possible", "", "", "", "", possible]] + lines)
  }
}

/// Cells and lines of CSV.
enum CSV {
  /// Returns a cell with text that no spreadsheet takes for a formula.
  ///
  /// Hidden characters are written out; a text that begins with `=`, `+`, `-` or `@` gets an
  /// apostrophe before it, also after blanks; quotes are doubled.
  static func cell(_ text: String) -> String {
    var text = text.visible
    let first = text.first { $0 != " " }
    if let first, "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".contains(first) { text = "'" + text }
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0 == " " || $0 == ";" }) else {
      return text
    }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }

  /// Returns lines of cells that are already fit for a file.
  static func text(_ lines: [[String]]) -> String {
    lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
  }
}
