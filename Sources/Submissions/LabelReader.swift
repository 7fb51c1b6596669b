/// A label found at the beginning of a line.
struct FoundLabel {
  /// The question that it names.
  enum Question: Hashable {
    case none, foreign
    case known(Int)
  }

  var question = Question.none
  var part: String?
  /// The number of the part where a number stands for its letter, as in `ii)` and `1.2`.
  var ordinal: Int?
  var rank: LabelScanner.Rank
  /// Whether the question is named by a number alone.
  var isBare = false
  /// Whether question and part stand in brackets, as the number of an equation does: `(1a)`.
  var isInBrackets = false
  /// Whether the heading says no more than that the answer begins: `# Solution`.
  var isBeginning = false
  /// Where the text behind the label begins.
  var end: Int

  /// Whether what follows on the line is the title of a question.
  var isTitled: Bool { question != .none && part == nil && rank == .heading }
}

/// Reads the label at the beginning of a line, as people write them.
struct LabelReader {
  private let table: LabelTable
  private let isTableRow: Bool
  private var scanner: LabelScanner

  init(_ bytes: ArraySlice<UInt8>, table: LabelTable, isTableRow: Bool = false) {
    self.table = table
    self.isTableRow = isTableRow
    scanner = LabelScanner(bytes.prefix(300), isTableRow: isTableRow)
  }

  // label: heading | answer? (question part? | number part | '(' number part ')' | part | ordinal)
  mutating func label() -> FoundLabel? {
    if let found = heading() { return found }
    let isAnswer = answerWord()
    let start = scanner.offset
    if isAnswer, scanner.rank == .heading, isFollowedByNothing {
      var label = found(.none, nil)
      label.isBeginning = true
      return label
    }
    for rule in [Rule.question, .bracketed, .part, .ordinal] {
      scanner.rewind(to: start)
      if let found = label(by: rule), !isAnswer || isSetOff(found) { return found }
    }
    return nil
  }

  private enum Rule { case question, bracketed, part, ordinal }

  private mutating func label(by rule: Rule) -> FoundLabel? {
    switch rule {
    case .question: questionLabel()
    case .bracketed: bracketedLabel()
    case .part: part(isJoined: false).map { found(.none, $0) }
    case .ordinal: ordinalLabel()
    }
  }

  /// Whether a label behind a word such as `Answer` is no part of a sentence.
  private func isSetOff(_ label: FoundLabel) -> Bool {
    if label.rank >= .marked || scanner.isAtEnd { return true }
    return label.part != nil && scanner.bytes[..<label.end].last { $0 != 0x20 } == 0x3A
  }

  // answer: (('answer' | 'solution' ...) ('to' | 'for' ...)?)?
  private mutating func answerWord() -> Bool {
    for word in ["answer", "answers", "solution", "solutions", "antwort", "lösung"]
    where scanner.takeWord(word) {
      scanner.skipBlanks()
      for word in ["to", "for", "of", "zu"] where scanner.takeWord(word) { scanner.skipBlanks() }
      return true
    }
    return false
  }

  private mutating func found(_ question: FoundLabel.Question, _ part: String?) -> FoundLabel {
    scanner.skipClosers()
    if isTableRow, scanner.take("|") { scanner.skipBlanks() }
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
    guard let question = number(hasWord: hasWord), !isAtDecimals else { return nil }
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

  // bracketed: '(' number '.'? label ')'
  private mutating func bracketedLabel() -> FoundLabel? {
    guard scanner.takeOpening(), let question = number(hasWord: false) else { return nil }
    scanner.skip(" .")
    guard let part = table.parts.first(where: { scanner.takeWord($0) }), scanner.takeClosing()
    else { return nil }
    var label = found(question, part)
    label.isInBrackets = true
    return label
  }

  // ordinal: question? number '.' number terminator | '(' roman ')' | roman terminator
  private mutating func ordinalLabel() -> FoundLabel? {
    let start = scanner.offset
    let hasWord = questionWord()
    var ordinal: Int?
    var question = FoundLabel.Question.none
    if let named = number(hasWord: hasWord), isAtDecimals {
      _ = scanner.take(".")
      question = named
      ordinal = Int(scanner.takeNumber())
      guard scanner.isAtGap || isTerminated(hasWord: true, isJoined: true) else { return nil }
    } else {
      scanner.rewind(to: start)
      let isInBrackets = scanner.takeOpening()
      ordinal = Self.romans.firstIndex { scanner.takeWord($0) }.map { $0 + 1 }
      guard isInBrackets ? scanner.takeClosing() : isTerminated(hasWord: false, isJoined: false)
      else { return nil }
    }
    guard let ordinal else { return nil }
    var label = found(question, nil)
    label.ordinal = ordinal
    return label
  }

  private static let romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"]

  /// Whether a point with digits behind it follows.
  private var isAtDecimals: Bool {
    scanner.byte == 0x2E
      && scanner.rest.dropFirst().first.map { (0x30...0x39).contains($0) } ?? false
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
    let isInParentheses = scanner.takeOpening()
    for label in table.parts where scanner.takeWord(label) {
      let isWhole =
        isInParentheses ? scanner.takeClosing() : isTerminated(hasWord: hasWord, isJoined: isJoined)
      if isWhole { return label }
      break
    }
    scanner.rewind(to: start)
    return nil
  }

  // terminator: ')' | ']' | ':' | '.' blank | emphasis | dash | end of the cell | end of the line
  private func isTerminated(hasWord: Bool, isJoined: Bool) -> Bool {
    var copy = scanner
    let isMarked = hasWord || isJoined || scanner.rank >= .marked
    if copy.take(")") || copy.take("]") || copy.take(":") || copy.isAtEnd && isMarked {
      return true
    }
    if LabelScanner.wideMarks.contains(where: { copy.take($0) }) { return true }
    if isTableRow {
      copy.skip(" \t*_")
      if copy.take("|") { return true }
      copy = scanner
    }
    if copy.take(".") { return copy.isAtEnd || copy.isAtGap }
    guard isMarked, copy.isAtGap else { return false }
    if copy.byte != 0x20, copy.byte != 0x09 { return true }
    copy.skipBlanks()
    if copy.isAtEnd || isJoined || hasWord && scanner.rank == .heading { return true }
    return copy.isAt("- ") || copy.isAt("– ") || copy.isAt("— ")
  }
}
