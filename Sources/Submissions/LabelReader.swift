/// A label found at the beginning of a line.
struct FoundLabel {
  /// The question that it names.
  enum Question: Hashable {
    case none, foreign
    case known(Int)
  }

  var question = Question.none
  var part: String?
  var rank: LabelScanner.Rank
  /// Whether the question is named by a number alone.
  var isBare = false
  /// Where the text behind the label begins.
  var end: Int

  /// Whether what follows on the line is the title of a question.
  var isTitled: Bool { question != .none && part == nil && rank == .heading }
}

/// Reads the label at the beginning of a line, as people write them.
struct LabelReader {
  private let table: LabelTable
  private var scanner: LabelScanner

  init(_ bytes: ArraySlice<UInt8>, table: LabelTable) {
    self.table = table
    scanner = LabelScanner(bytes.prefix(300))
  }

  // label: heading | question part? | number part | part
  mutating func label() -> FoundLabel? {
    let start = scanner.offset
    if let found = heading() { return found }
    scanner.rewind(to: start)
    if let found = questionLabel() { return found }
    scanner.rewind(to: start)
    guard let part = part(isJoined: false) else { return nil }
    return found(.none, part)
  }

  private mutating func found(_ question: FoundLabel.Question, _ part: String?) -> FoundLabel {
    scanner.skipClosers()
    return FoundLabel(question: question, part: part, rank: scanner.rank, end: scanner.offset)
  }

  // heading: a declared label of several letters, the id of a criterion or the title of a question
  private mutating func heading() -> FoundLabel? {
    guard scanner.rank >= .marked else { return nil }
    let start = scanner.offset
    let line = scanner.rest
    let ends = [line.endIndex] + line.indices.filter { line[$0] == 0x3A }.prefix(2)
    for end in ends {
      let text = String(decoding: line[..<end], as: UTF8.self)
      let bare = text.drop(while: \.isWhitespace)
        .reversed().drop { " \t*_:.]}\\#".contains($0) }.reversed()
      guard let target = table.headings[LabelTable.plain(String(bare))] else { continue }
      scanner.rewind(to: end == line.endIndex ? end : max(start, end + 1))
      return found(target.question.map { .known($0) } ?? .none, target.part)
    }
    return nil
  }

  // question: (homework number?)? ('Question' | 'Q' ...) number part?  |  number part
  private mutating func questionLabel() -> FoundLabel? {
    let hasWord = questionWord()
    guard let question = number(hasWord: hasWord) else { return nil }
    let behind = scanner.offset
    let isDirect = scanner.byte.map { LabelScanner.isAlphanumeric($0) || $0 == 0x28 } ?? false
    if !isDirect { scanner.skip(" \t.,:)-") }
    // `1.c` is as good as `1c)`; `1c` alone might begin a sentence such as `2D Gaussians are ...`.
    let isDotted = !hasWord && scanner.offset == behind + 1
    if let part = part(isJoined: isDotted || scanner.rank >= .marked) {
      return found(question, part)
    }
    scanner.rewind(to: behind)
    guard !isDirect, hasWord || isLoneNumber else { return nil }
    if hasWord, scanner.rank < .marked, !isTerminated { return nil }
    var label = found(question, nil)
    label.isBare = !hasWord
    return label
  }

  /// Whether a number alone may name a question: as a heading, or in bold with nothing behind it.
  private var isLoneNumber: Bool {
    scanner.rank == .heading || (scanner.rank == .marked && isFollowedByNothing)
  }

  private var isTerminated: Bool {
    var copy = scanner
    copy.skipBlanks()
    return isFollowedByNothing || copy.byte.map { ":.)-".utf8.contains($0) } == true
  }

  private var isFollowedByNothing: Bool {
    var copy = scanner
    copy.skipClosers()
    return copy.isAtEnd
  }

  private mutating func questionWord() -> Bool {
    let start = scanner.offset
    for word in ["homework", "assignment", "hw", "sheet"] where scanner.takeWord(word) {
      scanner.skip(" -#")
      _ = scanner.takeNumber()
      scanner.skip(" \t,:;.-")
      break
    }
    for word in ["question", "problem", "exercise", "task", "aufgabe", "prob", "ex"]
    where scanner.takeWord(word) {
      scanner.skip(" \t.#")
      return true
    }
    if let byte = scanner.byte, LabelScanner.lower(byte) == 0x71 {
      let next = scanner.rest.dropFirst().first
      if next.map({ (0x30...0x39).contains($0) || $0 == 0x20 || $0 == 0x2E }) == true {
        scanner.skip("qQ")
        scanner.skip(" .")
        return true
      }
    }
    scanner.rewind(to: start)
    return false
  }

  private mutating func number(hasWord: Bool) -> FoundLabel.Question? {
    let start = scanner.offset
    for (label, index) in table.numbers where scanner.take(label) {
      let isWhole =
        scanner.byte.map { !(0x30...0x39).contains($0) || !label.allSatisfy(\.isNumber) } ?? true
      if isWhole { return .known(index) }
      scanner.rewind(to: start)
    }
    let digits = scanner.takeNumber()
    return hasWord && !digits.isEmpty && scanner.rank >= .marked ? .foreign : nil
  }

  // part: ('part' | 'subpart' ...)? ( '(' label ')' | label terminator )
  private mutating func part(isJoined: Bool) -> String? {
    let start = scanner.offset
    var hasWord = false
    for word in ["part", "subpart", "teil", "subquestion"] where scanner.takeWord(word) {
      scanner.skip(" \t.")
      hasWord = true
      scanner.raise(to: .marked)
      break
    }
    let isInParentheses = scanner.take("(") || scanner.take(#"\("#)
    for label in table.parts where scanner.takeWord(label) {
      let isWhole =
        isInParentheses ? scanner.take(")") : isTerminated(hasWord: hasWord, isJoined: isJoined)
      if isWhole { return label }
      break
    }
    scanner.rewind(to: start)
    return nil
  }

  // terminator: ')' | ']' | ':' | '.' blank | emphasis | dash | end of the line
  private func isTerminated(hasWord: Bool, isJoined: Bool) -> Bool {
    var copy = scanner
    let isMarked = hasWord || isJoined || scanner.rank >= .marked
    if copy.take(")") || copy.take("]") || copy.take(":") || copy.isAtEnd && isMarked {
      return true
    }
    if copy.take(".") { return copy.isAtEnd || copy.isAtGap }
    guard isMarked, copy.isAtGap else { return false }
    if copy.byte != 0x20, copy.byte != 0x09 { return true }
    copy.skipBlanks()
    if copy.isAtEnd || isJoined || hasWord && scanner.rank == .heading { return true }
    return copy.isAt("- ") || copy.isAt("– ") || copy.isAt("— ")
  }
}
