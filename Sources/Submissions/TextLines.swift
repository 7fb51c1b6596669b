/// The lines of a text, and which of them begin inside code or display mathematics.
struct TextLines {
  /// One line.
  struct Line {
    /// Where the line begins.
    var start: Int
    /// Where it ends, before its line end.
    var end: Int
    /// Whether it begins inside code or mathematics, where nothing is a label.
    var isInside = false
  }

  let bytes: [UInt8]
  private(set) var lines: [Line] = []
  /// The last line that closes a fence of at least a length, for each kind of fence.
  private var lastFence: [UInt8: [(length: Int, line: Int)]] = [:]
  /// The last line that ends a listing of LaTeX, for each environment.
  private var lastListing: [String: Int] = [:]

  init(_ text: String) {
    bytes = Array(text.utf8)
    var start = 0
    for (offset, byte) in bytes.enumerated() where byte == 0x0A {
      lines.append(Line(start: start, end: offset))
      start = offset + 1
    }
    lines.append(Line(start: start, end: bytes.count))
    findEnds()
    markInside()
  }

  /// The text of a stretch.
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  func isBlank(_ line: Line) -> Bool {
    bytes[line.start..<line.end].allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// Whether a stretch ends with a colon or a comma.
  func isAnnouncement(_ range: Range<Int>) -> Bool {
    let last = bytes[range].last { $0 > 0x20 }
    return last == 0x3A || last == 0x2C
  }

  /// Whether a stretch shows signs of a formula or of code.
  func hasFormula(_ range: Range<Int>) -> Bool {
    let text = bytes[range]
    return text.contains { "$=&`".utf8.contains($0) }
      || text.indices.dropLast().contains {
        text[$0] == 0x5C && (text[$0 + 1] == 0x28 || text[$0 + 1] == 0x5B)
      }
  }

  // MARK: - Code and mathematics

  /// Stretches of several lines, with how they end.
  private enum Block {
    case fence(byte: UInt8, length: Int)
    case display(end: [UInt8])
    case verbatim(end: [UInt8])
  }

  private mutating func markInside() {
    var open: Block?
    for number in lines.indices {
      if case .display = open, isBlank(lines[number]) { open = nil }
      lines[number].isInside = open != nil
      open = after(line: number, open)
    }
  }

  /// Returns what is open at the end of a line.
  private func after(line number: Int, _ before: Block?) -> Block? {
    let line = lines[number]
    var open = before
    var offset = line.start
    if let fence = fence(line) {
      if case .fence(let byte, let length) = open {
        return fence.byte == byte && fence.length >= length && fence.isBare ? nil : open
      }
      if open == nil,
        lastFence[fence.byte]?.contains(where: { $0.length >= fence.length && $0.line > number })
          == true
      {
        return .fence(byte: fence.byte, length: fence.length)
      }
    }
    if case .fence = open { return open }
    while offset < line.end {
      switch open {
      case .display(let end), .verbatim(let end):
        if bytes[offset..<line.end].starts(with: end) {
          offset += end.count
          open = nil
        } else {
          offset += 1
        }
      case .fence, nil:
        (open, offset) = opening(at: offset, in: line, number: number)
      }
    }
    return open
  }

  private func opening(at offset: Int, in line: Line, number: Int) -> (Block?, Int) {
    let rest = bytes[offset..<line.end]
    if rest.starts(with: "$$".utf8) { return (.display(end: Array("$$".utf8)), offset + 2) }
    if rest.starts(with: #"\["#.utf8) { return (.display(end: Array(#"\]"#.utf8)), offset + 2) }
    if rest.starts(with: #"\begin{"#.utf8) {
      let name = rest.dropFirst(7).prefix(24).prefix { $0 != 0x7D }
      let end = Array(#"\end{"#.utf8) + name + [0x7D]
      let text = String(decoding: name, as: UTF8.self)
      let next = offset + 8 + name.count
      if Self.displays.contains(text) { return (.display(end: end), min(next, line.end)) }
      if Self.listings.contains(text), lastListing[text] ?? -1 > number {
        return (.verbatim(end: end), min(next, line.end))
      }
      return (nil, offset + 7)
    }
    // `\\[2pt]` is a line break and `\$` a dollar.
    return (nil, min(offset + (rest.first == 0x5C ? 2 : 1), line.end))
  }

  private static let displays: Set<String> = [
    "align", "align*", "aligned", "alignat", "alignat*", "displaymath", "eqnarray", "eqnarray*",
    "equation", "equation*", "flalign", "flalign*", "gather", "gather*", "math", "multline",
    "multline*", "split",
  ]
  private static let listings: Set<String> = [
    "lstlisting", "minted", "tikzpicture", "verbatim", "Verbatim",
  ]

  /// The fence that a line is: three or more backticks or tildes.
  private func fence(_ line: Line) -> (byte: UInt8, length: Int, isBare: Bool)? {
    let rest = bytes[line.start..<line.end].drop { $0 == 0x20 }
    guard let byte = rest.first, byte == 0x60 || byte == 0x7E else { return nil }
    let length = rest.prefix { $0 == byte }.count
    let isBare = rest.dropFirst(length).allSatisfy { $0 == 0x20 || $0 == 0x09 }
    return length >= 3 ? (byte, length, isBare) : nil
  }

  /// Notes where blocks of code end: one that never does is a slip, and hides nothing.
  private mutating func findEnds() {
    for (number, line) in lines.enumerated() {
      if let fence = fence(line), fence.isBare {
        lastFence[fence.byte, default: []].removeAll { $0.length <= fence.length }
        lastFence[fence.byte, default: []].append((fence.length, number))
      }
      let text = bytes[line.start..<line.end]
      guard let offset = text.firstIndex(of: 0x5C), text[offset...].starts(with: Self.end) else {
        continue
      }
      let name = text[(offset + Self.end.count)...].prefix(24).prefix { $0 != 0x7D }
      lastListing[String(decoding: name, as: UTF8.self)] = number
    }
  }

  private static let end = Array(#"\end{"#.utf8)
}
