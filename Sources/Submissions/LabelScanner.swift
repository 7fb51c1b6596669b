/// Reads the beginning of a line piece by piece.
struct LabelScanner {
  let bytes: ArraySlice<UInt8>
  private(set) var offset: Int
  /// How strongly the line is set off as a heading.
  private(set) var rank = Rank.plain
  /// Columns of white space before the first mark.
  private(set) var indent = 0

  /// How a label is set off from the text around it, the weakest first.
  enum Rank: Int, Comparable {
    case indented, plain, marked, heading

    static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
  }

  /// - Parameters:
  ///   - bytes: The line.
  ///   - isTableRow: Whether the line is a row of a Markdown table, whose first cell may be a label.
  init(_ bytes: ArraySlice<UInt8>, isTableRow: Bool = false) {
    self.bytes = bytes
    offset = bytes.startIndex
    marks()
    if isTableRow, take("|") {
      raise(to: .marked)
      skipBlanks()
      marks()
    }
  }

  var isAtEnd: Bool { offset >= bytes.endIndex }
  var byte: UInt8? { isAtEnd ? nil : bytes[offset] }
  var rest: ArraySlice<UInt8> { bytes[offset...] }

  func isAt(_ text: String) -> Bool { rest.starts(with: text.utf8) }

  mutating func take(_ text: String) -> Bool {
    guard isAt(text) else { return false }
    offset += text.utf8.count
    return true
  }

  /// Moves over a text written in any case, if no letter or digit follows it.
  mutating func takeWord(_ text: String) -> Bool {
    let end = offset + text.utf8.count
    guard end <= bytes.endIndex,
      zip(rest, text.utf8).allSatisfy({ Self.lower($0) == Self.lower($1) })
    else { return false }
    if end < bytes.endIndex, Self.isAlphanumeric(bytes[end]),
      !Self.wideMarks.contains(where: { bytes[end...].starts(with: $0.utf8) })
    {
      return false
    }
    offset = end
    return true
  }

  /// Moves over a bracket that opens a label.
  mutating func takeOpening() -> Bool { take("(") || take(#"\("#) || take("（") }

  /// Moves over a bracket that closes a label.
  mutating func takeClosing() -> Bool { take(")") || take("）") }

  /// Moves over the digits here and returns them.
  mutating func takeNumber() -> String {
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    offset += digits.count
    return String(decoding: digits, as: UTF8.self)
  }

  mutating func skip(_ set: String) {
    while let byte, set.utf8.contains(byte) { offset += 1 }
  }

  mutating func skipBlanks() { skip(" \t") }

  /// Moves over what closes a label and the marks around it, but over nothing of a formula.
  mutating func skipClosers() {
    while true {
      let before = offset
      skip(" \t*_:.)]}")
      for mark in [#"\*"#, #"\_"#, "</b>", "</strong>"] + Self.wideMarks where take(mark) { break }
      if offset == before { return }
    }
  }

  /// Whether a blank or the end of some emphasis stands here.
  var isAtGap: Bool {
    if isAt(#"\*"#) || isAt(#"\_"#) || isAt("</") { return true }
    guard let byte, " \t*_}".utf8.contains(byte) else { return false }
    // `a_1` and `a*b` are formulas.
    guard byte == 0x5F || byte == 0x2A else { return true }
    return rest.dropFirst().first.map { !Self.isAlphanumeric($0) } ?? true
  }

  mutating func rewind(to offset: Int) { self.offset = offset }

  /// Marks the line as set off at least so strongly.
  mutating func raise(to rank: Rank) { self.rank = max(self.rank, rank) }

  /// Full-width marks behind a label.
  static let wideMarks = ["）", "：", "．", "、"]

  static func isAlphanumeric(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(lower(byte))
  }

  static func lower(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
  }

  // MARK: - Marks

  // marks: (blank | quote | bullet | hashes | emphasis | command)*
  private mutating func marks() {
    while let byte, byte == 0x20 || byte == 0x09 {
      indent += byte == 0x09 ? 4 : 1
      offset += 1
    }
    if indent >= 2 { rank = .indented }
    for _ in 0..<8 {
      let before = offset
      if !takeBullet() { takeHashes() }
      takeEmphasis()
      takeCommand()
      skipBlanks()
      if offset == before { break }
    }
  }

  private mutating func takeBullet() -> Bool {
    for bullet in ["> ", "- ", "* ", "+ ", #"\* "#, #"\- "#, "• "] where take(bullet) {
      skipBlanks()
      return true
    }
    return false
  }

  private mutating func takeHashes() {
    let count = rest.prefix { $0 == 0x23 }.count
    guard (1...6).contains(count) else { return }
    offset += count
    rank = .heading
  }

  private mutating func takeEmphasis() {
    for mark in [#"\*\*"#, #"\_\_"#, "**", "__", "<b>", "<strong>", "*", "_", #"\*"#]
    where take(mark) {
      rank = max(rank, .marked)
      return
    }
  }

  private mutating func takeCommand() {
    guard isAt("\\") || isAt("<h") else { return }
    let before = offset
    for (command, rank) in Self.commands where take(command) {
      _ = take("*")
      guard command != #"\item"#, command != #"\noindent"# else {
        if command == #"\item"# { _ = take("[") }
        return
      }
      if take("{") || command.hasSuffix(">") {
        self.rank = max(self.rank, rank)
        return
      }
      offset = before
      return
    }
  }

  private static let commands: [(String, Rank)] = [
    (#"\chapter"#, .heading), (#"\section"#, .heading), (#"\subsection"#, .heading),
    (#"\subsubsection"#, .heading), (#"\paragraph"#, .heading), (#"\subparagraph"#, .heading),
    (#"\part"#, .heading), (#"\question"#, .heading), (#"\textbf"#, .marked),
    (#"\emph"#, .marked), (#"\underline"#, .marked), (#"\textit"#, .marked),
    (#"\item"#, .plain), (#"\noindent"#, .plain), ("<h1>", .heading), ("<h2>", .heading),
    ("<h3>", .heading), ("<h4>", .heading),
  ]
}
