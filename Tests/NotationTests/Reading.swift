import Notation

/// Readers for tests, and what they read as text.
enum Reading {
  /// A reader that knows the functions of the course.
  static let usual = Reader(names: names)
  /// The same reader with all readings that are not the usual ones.
  static let other = Reader(names: names, choices: Set(Choice.allCases))

  private static let names = NameTable(
    functions: ["p", "q", "f", "Q", "V", "J", "g", "r", "R", "b", "P", "pi", "v"])

  /// Returns all statements, with words in brackets before them and conditions behind.
  static func text(of formula: Formula) -> String {
    formula.statements.map { statement in
      var text = statement.words.isEmpty ? "" : "(\(statement.words)) "
      text += statement.first?.description ?? ""
      for link in statement.links {
        let reason = link.reason.isEmpty ? "" : "[\(link.reason)]"
        text += " \(link.relation.rawValue)\(reason) \(link.expression)"
      }
      return text + statement.conditions.map { ", \($0)" }.joined()
    }.joined(separator: " ;; ")
  }

  /// Returns the diagnostics with their places.
  static func messages(of formula: Formula) -> [String] {
    formula.diagnostics.map { "\($0.range.lower)-\($0.range.upper) \($0.message)" }
  }
}
