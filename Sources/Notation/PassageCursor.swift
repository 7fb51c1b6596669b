/// Finds the next place of closing delimiters; each search resumes where the last one ended.
struct PassageCursor {
  /// What is looked for.
  enum Mark: Hashable {
    /// A dollar sign without backslash.
    case dollar
    /// Two dollar signs.
    case dollars
    /// `\)`.
    case parenthesis
    /// `\]`.
    case bracket
    /// The newline before a blank line, a fence or a heading, or the end of the text.
    case paragraphEnd
    /// A single backtick.
    case tick
    /// Two backticks.
    case ticks
    /// `\begin{name}`.
    case begin(String)
    /// `\end{name}`.
    case end(String)
  }

  private var found: [Mark: Int] = [:]

  /// Returns the first place of a mark at or behind a place, or the end of the text.
  mutating func next(_ mark: Mark, from place: Int, in scalars: [Unicode.Scalar]) -> Int {
    if let known = found[mark], known >= place { return known }
    if found.count > 64 { found.removeAll() }
    let result = search(mark, place, scalars)
    found[mark] = result
    return result
  }

  private func search(_ mark: Mark, _ start: Int, _ scalars: [Unicode.Scalar]) -> Int {
    var index = start
    while index < scalars.count {
      switch mark {
      case .dollar:
        if scalars[index] == "\\" { index += 1 } else if scalars[index] == "$" { return index }
      case .dollars:
        if scalars[index] == "\\" {
          index += 1
        } else if scalars.matches("$$", at: index) {
          return index
        }
      case .parenthesis: if scalars.matches("\\)", at: index) { return index }
      case .bracket:
        if scalars.matches("\\\\", at: index) {
          index += 1
        } else if scalars.matches("\\]", at: index) {
          return index
        }
      case .paragraphEnd: if endsParagraph(index, scalars) { return index }
      case .tick, .ticks:
        guard scalars[index] == "`" else { break }
        let first = index
        while index < scalars.count, scalars[index] == "`" { index += 1 }
        if index - first == (mark == .tick ? 1 : 2) { return first }
        continue
      case .begin(let name): if stands("\\begin{", name, at: index, scalars) { return index }
      case .end(let name): if stands("\\end{", name, at: index, scalars) { return index }
      }
      index += 1
    }
    return scalars.count
  }

  private func endsParagraph(_ index: Int, _ scalars: [Unicode.Scalar]) -> Bool {
    guard scalars[index] == "\n" else { return false }
    var place = index + 1
    while place < scalars.count, scalars[place] == " " { place += 1 }
    guard place < scalars.count else { return true }
    return scalars[place] == "\n" || scalars.matches("```", at: place)
      || scalars.matches("# ", at: place)
      || scalars.matches("##", at: place)
  }

  private func stands(
    _ command: StaticString, _ name: String, at index: Int, _ scalars: [Unicode.Scalar]
  ) -> Bool {
    guard scalars[index] == "\\", scalars.matches(command, at: index) else { return false }
    var place = index + command.utf8CodeUnitCount
    for scalar in name.unicodeScalars {
      guard place < scalars.count, scalars[place] == scalar else { return false }
      place += 1
    }
    return place < scalars.count && scalars[place] == "}"
  }
}
