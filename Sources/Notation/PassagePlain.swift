/// Finds formulas without delimiters in a stretch of text.
///
/// A word belongs to a sentence if it has three letters or more, is not known to mathematics, and does not
/// stand between signs as a name does. What is left between such words is a formula if a relation in it has
/// mathematics on both sides, or if it is a whole line.
struct PassagePlain {
  private let scalars: [Unicode.Scalar]
  private let range: Range<Int>
  private(set) var tokens: [PassageToken]
  private(set) var isProse: [Bool] = []
  /// The first token that is not prose.
  private var firstIndex = 0
  /// The tokens that could be words.
  private var words: [Int] = []

  init(scalars: [Unicode.Scalar], range: Range<Int>) {
    self.scalars = scalars
    self.range = range
    tokens = PassageTokenizer.tokens(of: scalars, in: range)
  }

  /// Returns the stretches that are formulas, in order.
  ///
  /// An expression without a relation counts if the stretch is all of its line.
  static func formulas(
    of scalars: [Unicode.Scalar], in range: Range<Int>, isWhole: Bool
  ) -> [Range<Int>] {
    var plain = PassagePlain(scalars: scalars, range: range)
    plain.mergeRelationWords()
    plain.markProse(isWhole: isWhole)
    if isWhole, plain.isDrawing { return [plain.trimmedAll] }
    return plain.spans().filter { plain.isFormula($0, isWhole: isWhole) }.map {
      plain.place(of: $0)
    }
  }

  /// Makes `prop. to` and `proportional to` relations.
  mutating func mergeRelationWords() {
    var merged: [PassageToken] = []
    var index = 0
    while index < tokens.count {
      let text = tokens[index].kind == .word ? word(index) : ""
      if text == "prop" || text == "proportional" || text == "propto" {
        var last = index
        if last + 1 < tokens.count, tokens[last + 1].kind == .stop { last += 1 }
        if last + 1 < tokens.count, tokens[last + 1].kind == .word, word(last + 1) == "to" {
          last += 1
        }
        if text == "propto" || last > index {
          let place = tokens[index].range.lowerBound..<tokens[last].range.upperBound
          merged.append(PassageToken(kind: .relation, range: place, isSpaced: true))
          index = last + 1
          continue
        }
      }
      merged.append(tokens[index])
      index += 1
    }
    tokens = merged
  }

  private func word(_ index: Int) -> String {
    scalars.string(tokens[index].range).lowercased()
  }

  mutating func markProse(isWhole: Bool) {
    isProse = tokens.indices.map { index in
      switch tokens[index].kind {
      case .word: isProseWord(index)
      case .other, .stop: true
      default: false
      }
    }
    markBrackets()
    markRemark()
    markReason()
    if isWhole { markEnumerator() }
    firstIndex = isProse.firstIndex(of: false) ?? 0
    words = tokens.indices.filter { tokens[$0].kind == .word }
  }

  /// Marks brackets that hold nothing but prose, as in `(maximise)`.
  private mutating func markBrackets() {
    var opens: [Int] = []
    for index in tokens.indices {
      if tokens[index].kind == .open { opens.append(index) }
      guard tokens[index].kind == .close, let open = opens.popLast(), !tokens[open].isApplication,
        index > open + 1, isProse[open + 1], isProse[index - 1]
      else { continue }
      isProse[open] = true
      isProse[index] = true
    }
  }

  /// Marks a remark behind wide space at the end of the stretch: `...   (z held fixed)`.
  private mutating func markRemark() {
    guard let last = tokens.indices.last(where: { tokens[$0].kind != .stop }),
      tokens[last].kind == .close
    else { return }
    var depth = 0
    var open = last
    while open > 0 {
      if tokens[open].kind == .close { depth += 1 }
      if tokens[open].kind == .open { depth -= 1 }
      if depth == 0 { break }
      open -= 1
    }
    let place = tokens[open].range.lowerBound
    guard open > 0, place > 1, scalars[place - 1] == " ", scalars[place - 2] == " " else { return }
    let inside = open + 1..<last
    let isNumber = inside.count == 1 && tokens[open + 1].kind == .number
    guard
      isNumber || inside.contains(where: { tokens[$0].kind == .relation })
        || inside.filter({ tokens[$0].kind == .word && isProse[$0] }).count > 1
    else { return }
    for index in open...last { isProse[index] = true }
  }

  /// Marks what stands behind `because` or `#` where a relation stands before.
  private mutating func markReason() {
    guard let relation = tokens.firstIndex(where: { $0.kind == .relation }) else { return }
    let opening = tokens.indices.first { index in
      guard index > relation else { return false }
      switch tokens[index].kind {
      case .word: return WordTable.opensReason(word(index))
      case .other: return scalars[tokens[index].range.lowerBound] == "#"
      default: return false
      }
    }
    guard let opening else { return }
    for index in opening..<tokens.count { isProse[index] = true }
  }

  /// Marks `(a)`, `b)`, `(ii)` and `(1)` at the beginning of a line.
  private mutating func markEnumerator() {
    let first = tokens.first?.kind == .open ? 1 : 0
    if first == 1, tokens.count > 3, tokens[1].kind == .number, tokens[1].range.count < 3,
      tokens[2].kind == .close, tokens[3].isSpaced, tokens[3].kind != .sign
    {
      for index in 0...2 { isProse[index] = true }
      return
    }
    guard tokens.count > first + 2, tokens[first].kind == .word, tokens[first].range.count < 4,
      tokens[first + 1].kind == .close, tokens[first + 2].isSpaced
    else { return }
    let text = word(first)
    let isRoman = text.allSatisfy { "ivx".contains($0) }
    switch tokens[first + 2].kind {
    case .sign, .relation: return
    default: break
    }
    guard text.count == 1 || isRoman else { return }
    for index in 0...(first + 1) { isProse[index] = true }
  }

  private func isProseWord(_ index: Int) -> Bool {
    let token = tokens[index]
    guard token.range.count < 40 else { return true }
    let word = word(index)
    if PassageWords.prose.contains(word) { return true }
    let next = index + 1 < tokens.count ? tokens[index + 1] : nil
    if let next, next.kind == .open, next.isApplication, !isPlural(index + 1) { return false }
    if isDifferential(index) { return false }
    if token.range.count < 3 { return PassageWords.shortProse.contains(word) }
    if PassageWords.mathematical.contains(word) || isUppercase(token.range) { return false }
    return !standsLikeName(index)
  }

  /// Whether a word is the `dphi` of `d/dphi`.
  private func isDifferential(_ index: Int) -> Bool {
    guard index > 1, !tokens[index].isSpaced, tokens[index - 1].kind == .sign,
      scalars[tokens[index - 1].range.lowerBound] == "/", word(index).hasPrefix("d")
    else { return false }
    let name = String(word(index).dropFirst())
    return PassageWords.mathematical.contains(name) || ["mu", "nu", "xi", "pi"].contains(name)
  }

  /// Whether brackets hold the `s` of `variable(s)`.
  private func isPlural(_ open: Int) -> Bool {
    open + 2 < tokens.count && tokens[open + 2].kind == .close && word(open + 1) == "s"
      && tokens[open - 1].range.count > 3
  }

  private func isUppercase(_ range: Range<Int>) -> Bool {
    range.count <= 5 && scalars[range].allSatisfy { (65...90).contains($0.value) }
  }

  /// Whether signs on both sides, or on one and the edge of the stretch on the other, make a word a name.
  private func standsLikeName(_ index: Int) -> Bool {
    let next = index + 1 < tokens.count ? tokens[index + 1] : nil
    let previous = index > 0 ? tokens[index - 1] : nil
    if let next, next.kind == .relation { return true }
    let opens: Bool =
      switch previous?.kind {
      case .sign, .relation: true
      case .open, .comma, .bar: previous?.isApplication ?? false
      case .number: true
      default: false
      }
    let closes: Bool =
      switch next?.kind {
      case nil, .sign, .semicolon, .comma, .stop: true
      case .close: true
      case .bar: next?.isApplication ?? false
      default: false
      }
    let begins = previous == nil || previous?.kind == .stop || previous?.kind == .semicolon
    return (opens && closes) || (begins && next?.kind == .sign && next?.isSpaced == true && closes)
  }

  /// Maximal runs of tokens that are not prose, cut at semicolons behind prose, trimmed.
  private func spans() -> [Range<Int>] {
    var spans: [Range<Int>] = []
    var start = 0
    for index in 0...tokens.count where index == tokens.count || isProse[index] {
      if index > start { spans.append(contentsOf: trimmed(start..<index)) }
      start = index + 1
    }
    return spans
  }

  /// Drops punctuation, articles and brackets without partner at the ends.
  private func trimmed(_ span: Range<Int>) -> [Range<Int>] {
    var lower = span.lowerBound
    var upper = span.upperBound
    var unopened: [Int] = []
    var unclosed: [Int] = []
    for index in span {
      if tokens[index].kind == .open {
        unclosed.append(index)
      } else if tokens[index].kind == .close {
        if unclosed.popLast() == nil { unopened.append(index) }
      }
    }
    while lower < upper {
      switch tokens[lower].kind {
      case .comma, .semicolon, .stop: lower += 1
      case .close: lower += 1
      case .open where unclosed.first == lower && unclosed.count == 1: lower += 1
      case .word where isArticle(lower, upper): lower += 1
      default:
        while upper > lower {
          switch tokens[upper - 1].kind {
          case .comma, .semicolon, .stop: upper -= 1
          case .open: upper -= 1
          case .close where unopened.last == upper - 1: upper -= 1
          case .sign where scalars[tokens[upper - 1].range.lowerBound] == "-": upper -= 1
          default: return [lower..<upper]
          }
        }
      }
    }
    return []
  }

  private func isArticle(_ index: Int, _ upper: Int) -> Bool {
    guard word(index) == "a", index > 0, isProse[index - 1], index + 1 < upper else { return false }
    let next = tokens[index + 1]
    return next.isSpaced && (next.kind == .word || next.kind == .name)
  }

  private func isFormula(_ span: Range<Int>, isWhole: Bool) -> Bool {
    var relations: [Int] = []
    var weight = 0
    var names = 0
    for index in span {
      switch tokens[index].kind {
      case .relation: relations.append(index)
      case .word, .name:
        names += 1
        let next = index + 1
        if next < span.upperBound, tokens[next].kind == .open, tokens[next].isApplication {
          weight += 1
        }
      case .sign, .bar, .number: weight += 1
      default: break
      }
    }
    guard names > 0, !isLoopHeader(span) else { return false }
    for relation in relations {
      let hasRight = relation + 1 < span.upperBound
      let beginsLine = relation == span.lowerBound && isWhole && span.lowerBound == firstIndex
      if hasRight, relation > span.lowerBound || (beginsLine && weight > 0) {
        return !relations.allSatisfy { isDefinitionInWords(span, $0) }
      }
    }
    guard relations.isEmpty else { return false }
    if !isWhole || isAnnounced(span) { return weight > 3 && isAnnounced(span) && hasOperator(span) }
    guard weight > (isContinuedBelow ? 0 : 1) else { return false }
    let isLast = (words.last ?? 0) < span.upperBound
    let isFirst = (words.first ?? tokens.count) >= span.lowerBound
    return isLast && (isFirst || endsLabel(span.lowerBound))
  }

  /// Whether the next line begins with a relation.
  private var isContinuedBelow: Bool {
    var index = range.upperBound
    while index < scalars.count, scalars[index] == " " || scalars[index] == "\r" { index += 1 }
    guard index < scalars.count, scalars[index] == "\n" else { return false }
    while index < scalars.count, scalars[index] == " " || scalars[index] == "\n" { index += 1 }
    return index < scalars.count
      && "=<>\u{2264}\u{2265}\u{2248}\u{221D}".unicodeScalars.contains(scalars[index])
  }

  /// Whether a stretch says only what a loop runs over: `For t = 0, 1, ..., T-1:`, `for i = T-1 down to 0`.
  private func isLoopHeader(_ span: Range<Int>) -> Bool {
    let first = span.lowerBound
    guard first > 0, tokens[first - 1].kind == .word, span.count > 2, tokens[first].kind == .word,
      tokens[first].range.count == 1, tokens[first + 1].kind == .relation,
      scalars.string(tokens[first + 1].range) == "=", span.upperBound < tokens.count,
      span.dropFirst(2).allSatisfy({ tokens[$0].kind != .relation })
    else { return false }
    let next = tokens[span.upperBound]
    if next.kind == .word, word(first - 1) == "for" {
      return ["down", "downto", "to"].contains(word(span.upperBound))
    }
    let isColon = next.kind == .stop && scalars[next.range.lowerBound] == ":"
    return isColon
      && span.contains { index in
        let value = scalars[tokens[index].range.lowerBound].value
        return value == 0x2026 || (tokens[index].kind == .number && value == 0x2E)
      }
  }

  /// Whether a verb of giving stands before: `The bound is E_q[...] - ...`.
  private func isAnnounced(_ span: Range<Int>) -> Bool {
    guard span.lowerBound > 0, tokens[span.lowerBound - 1].kind == .word else { return false }
    let verbs: Set<String> = [
      "is", "be", "as", "equals", "becomes", "get", "obtain", "gives", "yields", "minimise",
      "minimize",
      "maximise", "maximize",
    ]
    return verbs.contains(word(span.lowerBound - 1))
  }

  private func hasOperator(_ span: Range<Int>) -> Bool {
    span.dropFirst().contains { index in
      tokens[index].kind == .sign
        && "+-*/^\u{2212}\u{B7}".unicodeScalars.contains(
          scalars[tokens[index].range.lowerBound])
    }
  }

  private func endsLabel(_ index: Int) -> Bool {
    index > 0 && tokens[index - 1].kind == .stop
      && scalars[tokens[index - 1].range.lowerBound] == ":"
  }

  /// Whether a single name is explained by a single unknown word: `v = variance`.
  private func isDefinitionInWords(_ span: Range<Int>, _ relation: Int) -> Bool {
    guard relation + 1 < span.upperBound, tokens[relation + 1].kind == .word else { return false }
    let isLong = relation + 2 < span.upperBound && tokens[relation + 2].kind != .comma
    let text = word(relation + 1)
    return !isLong && text.count > 3 && !PassageWords.mathematical.contains(text)
  }

  /// Whether the line draws arrows between at least three things.
  private var isDrawing: Bool {
    var arrows = 0
    for token in tokens where token.kind == .relation {
      let text = scalars.string(token.range)
      let value = scalars[token.range.lowerBound].value
      if text.hasSuffix("->") || value == 0x2192 || value == 0x27F6 || text == "=>" { arrows += 1 }
    }
    let prose = isProse.filter { $0 }.count
    return arrows >= 2 && prose <= 4 * arrows
  }

  private var trimmedAll: Range<Int> {
    guard let first = tokens.first, let last = tokens.last else { return range }
    let upper = last.kind == .stop ? last.range.lowerBound : last.range.upperBound
    return first.range.lowerBound..<upper
  }

  private func place(of span: Range<Int>) -> Range<Int> {
    tokens[span.lowerBound].range.lowerBound..<tokens[span.upperBound - 1].range.upperBound
  }
}
