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

  /// The least number of insertions, deletions, replacements and exchanges of neighbours between two texts.
  private static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left)
    let right = Array(right)
    var before: [Int] = []
    var row = Array(0...right.count)
    for i in left.indices {
      var next = [i + 1]
      for j in right.indices {
        var least = min(row[j] + (left[i] == right[j] ? 0 : 1), next[j] + 1, row[j + 1] + 1)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          least = min(least, before[j - 1] + 1)
        }
        next.append(least)
      }
      (before, row) = (row, next)
    }
    return row[right.count]
  }
}
