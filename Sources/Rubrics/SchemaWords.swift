/// The names of the schema, and what its values look like, for messages.
enum SchemaWords {
  static let elements = [
    "answer", "assignment", "case", "condition", "convention", "credit", "criterion", "definition",
    "distribution", "feedback", "form", "function", "given", "implied-by", "map", "mistake",
    "name", "note", "phrase", "question", "reference", "target", "tests", "variable", "variant",
    "vocabulary",
  ]

  static let attributes = [
    "aliases", "allow", "arity", "attempts", "axes", "check", "credit", "criterion", "id", "kind",
    "label", "mistake", "must-be-stated", "name", "of", "on", "part", "points", "reason", "rung",
    "stated-credit", "title", "value",
    "verdict", "vocabulary",
  ]

  /// Says what the value of an attribute looks like.
  static func expectation(_ attribute: String) -> String {
    switch attribute {
    case "points": "a number from 0 to 9999 with at most two decimals, such as '1.5'"
    case "credit", "value": "a number from 0 to 1 with at most four decimals, such as '0.5'"
    case "arity": "a whole number from 1 to 9"
    case "kind": "one word of letters, digits, '-', '_' and '.'"
    case "allow", "axes": "words of letters, digits, '-', '_' and '.'"
    default: "letters, digits, '.', '-' and '_' behind a letter"
    }
  }

  /// Joins names: `'a', 'b' or 'c'`.
  static func list(_ names: [String]) -> String {
    let quoted = names.map { "'\($0)'" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "something else" }
    return quoted.dropLast().joined(separator: ", ") + " or " + last
  }
}
