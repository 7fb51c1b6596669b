/// Tells which formulas go on with the one before them because they begin with a sign.
///
/// `+` always continues. A minus continues if no relation stands behind it; then it may as well begin a
/// formula of its own, so that the join is in doubt.
struct PassageContinuation {
  /// What a formula is to the one before it.
  enum Join {
    /// It goes on with it.
    case certain
    /// It may go on with it, or stand alone.
    case doubtful
    /// It begins with a sign, and is not joined.
    case loose
  }

  let scalars: [Unicode.Scalar]

  // MARK: - Formulas with delimiters

  /// Returns what the content of a formula is to the formula before it; `nil` if it begins on its own.
  func join(of content: Range<Int>, behind earlier: Range<Int>) -> Join? {
    let first = beginning(of: content)
    guard first < content.upperBound else { return nil }
    let isSign = isPlus(first) || isMinus(first)
    if endsOpen(earlier) { return isSign || hasRelation(content) ? nil : .certain }
    guard isSign, (first + 1..<content.upperBound).contains(where: { scalars[$0] != " " }) else {
      return nil
    }
    if isPlus(first) { return .certain }
    return hasRelation(first..<content.upperBound) ? nil : .doubtful
  }

  /// Whether a formula begins with a plus sign and is no number with a sign.
  func isLoose(_ content: Range<Int>) -> Bool {
    let first = beginning(of: content)
    return first + 8 < content.upperBound && isPlus(first)
  }

  /// The content from its sign on, unless an environment begins before it.
  func withoutSpace(_ content: Range<Int>) -> Range<Int> {
    let first = beginning(of: content)
    let begins = (content.lowerBound..<first).contains { scalars.matches("\\begin", at: $0) }
    return begins ? content : first..<content.upperBound
  }

  /// The place of the first sign that is neither space nor arrangement.
  private func beginning(of content: Range<Int>) -> Int {
    var index = content.lowerBound
    while index < content.upperBound {
      switch scalars[index] {
      case " ", "\n", "&", "~", PassageSource.filler: index += 1
      case "{" where scalars.matches("{}", at: index): index += 2
      case "\\":
        guard let end = spaceEnd(at: index, content.upperBound) else { return index }
        index = end
      default: return index
      }
    }
    return index
  }

  /// The place behind a command that only makes space or arranges, such as `\quad`, `\begin{split}`.
  private func spaceEnd(at index: Int, _ limit: Int) -> Int? {
    var end = index + 1
    while end < limit, PassageGlyph.isASCIILetter(scalars[end]) { end += 1 }
    switch scalars.string(index + 1..<end) {
    case "": return end < limit && ",;:!> ".unicodeScalars.contains(scalars[end]) ? end + 1 : nil
    case "quad", "qquad", "displaystyle", "hspace", "phantom", "hphantom": break
    case "begin": break
    default: return nil
    }
    if end < limit, scalars[end] == "*" { end += 1 }
    guard end < limit, scalars[end] == "{" else { return end }
    while end < limit, scalars[end] != "}" { end += 1 }
    return min(limit, end + 1)
  }

  /// Whether a formula ends with a sign that needs an operand.
  private func endsOpen(_ content: Range<Int>) -> Bool {
    guard content.count > 2,
      let last = content.last(where: { scalars[$0] != " " && scalars[$0] != "\n" })
    else { return false }
    return last > content.lowerBound && (isPlus(last) || isMinus(last) || scalars[last] == "=")
  }

  /// Whether a relation stands in the first row outside all brackets.
  private func hasRelation(_ content: Range<Int>) -> Bool {
    var depth = 0
    var index = content.lowerBound
    while index < content.upperBound {
      switch scalars[index] {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      case "=", "<", ">", "\u{2248}", "\u{221D}", "\u{2264}", "\u{2265}", "\u{2192}", "\u{21D2}":
        if depth <= 0 { return true }
      case "\\":
        var end = index + 1
        while end < content.upperBound, PassageGlyph.isASCIILetter(scalars[end]) { end += 1 }
        if end == index + 1, end < content.upperBound, scalars[end] == "\\" { return false }
        if depth <= 0, Self.relations.contains(scalars.string(index + 1..<end)) { return true }
        index = max(end, index + 2)
        continue
      default: break
      }
      index += 1
    }
    return false
  }

  private static let relations: Set<String> = [
    "approx", "coloneqq", "equiv", "ge", "geq", "gt", "iff", "implies", "le", "leq", "lt",
    "propto", "Rightarrow", "sim", "to",
  ]

  // MARK: - Lines without delimiters

  /// Returns what a line that begins with a sign is to the stretch before it; `nil` for any other line.
  ///
  /// An item of a list is not joined, nor a line that holds words; one with a relation is joined if it begins
  /// with a plus sign and is indented.
  func join(ofLine line: Range<Int>, behind stretch: Range<Int>) -> Join? {
    guard let first = line.first(where: { scalars[$0] != " " }), isPlus(first) || isMinus(first),
      let next = (first + 1..<line.upperBound).first(where: { scalars[$0] != " " }),
      scalars[next] != scalars[first], scalars[next] != ">",
      let last = stretch.last(where: { scalars[$0] != " " }), scalars[last] != ":"
    else { return nil }
    let begin = stretch.lowerBound
    var start = begin
    while start > 0, scalars[start - 1] != "\n" { start -= 1 }
    let indent = (start..<begin).first { scalars[$0] != " " } ?? begin
    let isItem = next > first + 1 && scalars[first].isASCII
    // The line before is an item of the same list, or of one around it.
    if isItem, indent < begin, first - line.lowerBound <= indent - start { return nil }
    let isIndented = first - line.lowerBound > indent - start
    switch PassagePlain.content(of: scalars, in: next..<line.upperBound) {
    case .words: return nil
    case .remark: return .loose
    case .statement where isPlus(first): return isIndented ? .certain : .loose
    case .statement: return isIndented ? .loose : nil
    case .expression: return isItem && (!isIndented || isMinus(first)) ? .doubtful : .certain
    }
  }

  private func isPlus(_ index: Int) -> Bool { scalars[index] == "+" }

  private func isMinus(_ index: Int) -> Bool {
    "-\u{2212}\u{2013}".unicodeScalars.contains(scalars[index])
  }
}
