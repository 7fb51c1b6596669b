/// Guesses what was meant by a misspelt name.
enum Suggestion {
  /// Returns `; did you mean 'x'?` for the nearest name within two edits, or nothing.
  static func phrase(for text: String, among names: [String]) -> String {
    guard text.count <= 60 else { return "" }
    let ranked = names.filter { $0 != text && $0.count <= 60 }.map { (distance(text, $0), $0) }
    guard let best = ranked.min(by: { $0 < $1 }), best.0 <= min(2, text.count / 2) else {
      return ""
    }
    return "; did you mean '\(best.1)'?"
  }

  /// The least number of insertions, deletions and replacements between two texts.
  private static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (i, character) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let replaced = diagonal + (character == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
