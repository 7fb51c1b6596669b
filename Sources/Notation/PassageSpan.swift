/// A stretch with delimiters inside the text.
struct PassageSpan {
  var kind: Passage.Piece.Kind
  /// The content without delimiters.
  var content: Range<Int>
  /// The place behind the closing delimiter.
  var end: Int
  /// Whether it is an environment on its own.
  var isBlock = false
}

extension PassageScanner {
  // span = display | inline | parentheses | brackets | environment | picture | code
  mutating func span(at index: Int) -> PassageSpan? {
    switch scalars[index] {
    case "$": dollar(at: index)
    case "\\": backslash(at: index)
    case "!": picture(at: index)
    case "<": imageTag(at: index)
    case "`": ticks(at: index)
    default: nil
    }
  }

  private mutating func dollar(at index: Int) -> PassageSpan? {
    if scalars.matches("$$", at: index) { return display(at: index) }
    let first = index + 1
    guard first < scalars.count else { return nil }
    let close = cursor.next(.dollar, from: first, in: scalars)
    let paragraph = cursor.next(.paragraphEnd, from: index, in: scalars)
    guard close < paragraph else { return nil }
    var content = first..<close
    guard isMathematics(content) else { return nil }
    if content.count > 2, scalars[content.lowerBound] == "`", scalars[close - 1] == "`" {
      content = (first + 1)..<(close - 1)
    }
    return PassageSpan(kind: .inline, content: content, end: close + 1)
  }

  /// Whether what stands between two dollar signs is a formula and not the words between two prices.
  private func isMathematics(_ range: Range<Int>) -> Bool {
    guard let first = range.first, let last = range.last else { return false }
    guard range.contains(where: { scalars[$0] != " " && scalars[$0] != "\n" }) else { return false }
    var words = 0
    var run = 0
    var signs = 0
    for index in range {
      if PassageGlyph.isASCIILetter(scalars[index]) {
        run += 1
        if run == 3 { words += 1 }
      } else {
        run = 0
        if "\\^_=+|{".unicodeScalars.contains(scalars[index]) { signs += 1 }
      }
    }
    if signs > 0 { return !(words > 12 && signs < 2) }
    if PassageGlyph.isDigit(scalars[first]) {
      let after = range.upperBound + 1
      let digitFollows = after < scalars.count && PassageGlyph.isDigit(scalars[after])
      if digitFollows || scalars[last] == " " || words > 0 { return false }
    }
    return words < 2 || (words < 3 && scalars[last] != " " && scalars[first] != " ")
  }

  // display = "$$" formula ("$$" | blank line)
  private mutating func display(at index: Int) -> PassageSpan? {
    let first = index + 2
    let close = cursor.next(.dollars, from: first, in: scalars)
    let paragraph = cursor.next(.paragraphEnd, from: index, in: scalars)
    if close == first, close < scalars.count {
      return PassageSpan(kind: .display, content: first..<first, end: first + 2)
    }
    if close < paragraph {
      return PassageSpan(kind: .display, content: first..<close, end: close + 2)
    }
    if close < scalars.count, close - first < 4000, isAlone(index), isAlone(close) {
      return PassageSpan(kind: .display, content: first..<close, end: close + 2)
    }
    let end = max(first, paragraph)
    return PassageSpan(kind: .display, content: first..<end, end: end)
  }

  /// Whether two dollar signs have a line of their own.
  private func isAlone(_ index: Int) -> Bool {
    let line = source.lines[lineNumber(of: index)]
    guard line.upperBound - line.lowerBound < 200 else { return false }
    return line.filter { scalars[$0] != " " }.count == 2
  }

  private mutating func backslash(at index: Int) -> PassageSpan? {
    if scalars.matches("\\(", at: index) { return bracketed(index, .parenthesis, .inline) }
    if scalars.matches("\\[", at: index) { return bracketed(index, .bracket, .display) }
    if scalars.matches("\\\\[", at: index) || scalars.matches("\\\\(", at: index) {
      return doubled(index)
    }
    if scalars.matches("\\begin{", at: index) { return environment(at: index) }
    if scalars.matches("\\includegraphics", at: index) { return graphics(at: index) }
    return nil
  }

  private mutating func bracketed(
    _ index: Int, _ mark: PassageCursor.Mark, _ kind: Passage.Piece.Kind
  ) -> PassageSpan? {
    let first = index + 2
    let close = cursor.next(mark, from: first, in: scalars)
    let paragraph = cursor.next(.paragraphEnd, from: index, in: scalars)
    if close < paragraph || (close < scalars.count && kind == .display && close - first < 4000) {
      return PassageSpan(kind: kind, content: first..<close, end: close + 2)
    }
    guard kind == .display else { return nil }
    return PassageSpan(kind: kind, content: first..<paragraph, end: paragraph)
  }

  /// Reads `\\[ ... \\]`, as some preprocessors of Markdown demand.
  private mutating func doubled(_ index: Int) -> PassageSpan? {
    let isDisplay = scalars[index + 2] == "["
    let mark: PassageCursor.Mark = isDisplay ? .bracket : .parenthesis
    let paragraph = cursor.next(.paragraphEnd, from: index, in: scalars)
    var close = index + 3
    while close < paragraph, close - index < 2000 {
      if scalars.matches("\\\\", at: close), close + 2 < paragraph,
        scalars[close + 2] == (mark == .bracket ? "]" : ")")
      {
        return PassageSpan(
          kind: isDisplay ? .display : .inline, content: (index + 3)..<close, end: close + 3)
      }
      close += 1
    }
    return nil
  }

  // environment = "\begin{" name "}" ... "\end{" name "}"
  private mutating func environment(at index: Int) -> PassageSpan? {
    var end = index + 7
    while end < scalars.count, end - index < 40, PassageGlyph.isASCIILetter(scalars[end]) {
      end += 1
    }
    let base = scalars.string((index + 7)..<end)
    var name = base
    if end < scalars.count, scalars[end] == "*" {
      name += "*"
      end += 1
    }
    guard end < scalars.count, scalars[end] == "}" else { return nil }
    let isMath = PassageWords.mathEnvironments.contains(base)
    let isCode = PassageWords.codeEnvironments.contains(base)
    guard isMath || isCode || PassageWords.pictureEnvironments.contains(base) else { return nil }
    let close = cursor.next(.end(name), from: end, in: scalars)
    let other = cursor.next(.begin(name), from: end, in: scalars)
    let paragraph = cursor.next(.paragraphEnd, from: index, in: scalars)
    let isClosed = close < scalars.count && (close < other || close < paragraph)
    let stop = isClosed ? close + name.unicodeScalars.count + 6 : paragraph
    if isMath { return PassageSpan(kind: .display, content: index..<stop, end: stop) }
    guard isCode else { return PassageSpan(kind: .picture, content: index..<stop, end: stop) }
    var first = end + 1
    while first < close, scalars[first] != "\n" { first += 1 }
    let last = isClosed ? close : paragraph
    return PassageSpan(kind: .code, content: min(first, last)..<last, end: stop, isBlock: true)
  }

  // graphics = "\includegraphics" ["[" options "]"] "{" file "}"
  private func graphics(at index: Int) -> PassageSpan? {
    var place = index
    let limit = min(scalars.count, index + 400)
    while place < limit, scalars[place] != "{", scalars[place] != "\n" { place += 1 }
    guard place < limit, scalars[place] == "{" else { return nil }
    let first = place + 1
    while place < limit, scalars[place] != "}" { place += 1 }
    guard place < limit else { return nil }
    return PassageSpan(kind: .picture, content: first..<place, end: place + 1)
  }

  // picture = "![" words "](" link ")"
  private func picture(at index: Int) -> PassageSpan? {
    guard scalars.matches("![", at: index) else { return nil }
    let limit = min(scalars.count, index + 2000)
    var place = index + 2
    while place < limit, scalars[place] != "]", scalars[place] != "\n" { place += 1 }
    guard scalars.matches("](", at: place) else { return nil }
    let first = place + 2
    while place < limit, scalars[place] != ")", scalars[place] != "\n" { place += 1 }
    guard place < limit, scalars[place] == ")", place > first else { return nil }
    return PassageSpan(kind: .picture, content: first..<place, end: place + 1)
  }

  // image = "<img" ... "src=" quoted ... ">"
  private func imageTag(at index: Int) -> PassageSpan? {
    guard scalars.matches("<img ", at: index) else { return nil }
    let limit = min(scalars.count, index + 2000)
    var close = index
    while close < limit, scalars[close] != ">" { close += 1 }
    guard close < limit else { return nil }
    var content = index..<(close + 1)
    if let source = (index..<close).first(where: { scalars.matches("src=", at: $0) }),
      source + 5 < close
    {
      let quote = scalars[source + 4]
      let isQuoted = quote == "\"" || quote == "'"
      let first = source + (isQuoted ? 5 : 4)
      var last = first
      while last < close, scalars[last] != (isQuoted ? quote : " ") { last += 1 }
      content = first..<last
    }
    return PassageSpan(kind: .picture, content: content, end: close + 1)
  }

  // code = "`" ... "`" | "``" ... "``"
  private mutating func ticks(at index: Int) -> PassageSpan? {
    var first = index
    while first < scalars.count, scalars[first] == "`" { first += 1 }
    let length = first - index
    guard length < 3, index == 0 || scalars[index - 1] != "`" else { return nil }
    let close = cursor.next(length == 1 ? .tick : .ticks, from: first, in: scalars)
    let paragraph = cursor.next(.paragraphEnd, from: index, in: scalars)
    guard close < paragraph, close > first else { return nil }
    return PassageSpan(kind: .code, content: first..<close, end: close + length)
  }
}
