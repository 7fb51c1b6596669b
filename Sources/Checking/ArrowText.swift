/// The drawings of an answer that are made of arrows between words and symbols.
enum ArrowText {
  /// One drawing: what stands between the arrows, and what stands on them.
  struct Drawing {
    /// The text as written.
    var text: String
    /// The stations and the labels of the arrows, in order.
    var stations: [Substring]
    /// Which of them are labels.
    var labels: Set<Int>
  }

  /// The signs for arrows, longer ones first.
  private static let arrows = [
    "\\longrightarrow", "\\Longrightarrow", "\\longmapsto", "\\rightarrow", "\\Rightarrow",
    "\\mapsto", "\\to", "-->", "->", "==>", "=>", "⟶", "→", "⇒", "⟹", "↦", "➔", "➜", "▶", "►", "↓",
  ]
  /// Commands for arrows with a label: the label comes first, or behind the sign.
  private static let labelled = ["\\xrightarrow", "\\xmapsto", "\\overset", "\\stackrel"]
  /// What stands around mathematics.
  private static let delimiters = ["$$", "$", "\\[", "\\]", "\\(", "\\)"]

  /// Returns the drawings of a text with at least two arrows.
  static func drawings(in text: String) -> [Drawing] {
    chunks(of: text).compactMap { chunk in
      let drawing = drawing(of: chunk)
      return drawing.stations.count - drawing.labels.count > 2 ? drawing : nil
    }
  }

  /// Cuts a text at the delimiters of mathematics and at line breaks, unless an arrow joins lines.
  private static func chunks(of text: String) -> [Substring] {
    var chunks: [Substring] = []
    var start = text.startIndex
    var position = start
    func isArrow(_ rest: Substring) -> Bool {
      let line = rest.drop { " \t&".contains($0) }
      return (arrows + labelled).contains { line.hasPrefix($0) }
    }
    func endsInArrow(_ line: Substring) -> Bool {
      let line = line.trimmed
      return arrows.contains { line.hasSuffix($0) }
    }
    while position < text.endIndex {
      let rest = text[position...]
      guard rest.mayBeginSign || text[position].isNewline else {
        position = text.index(after: position)
        continue
      }
      if let delimiter = delimiters.first(where: { rest.hasPrefix($0) }) {
        chunks.append(text[start..<position])
        position = text.index(position, offsetBy: delimiter.count)
        start = position
        continue
      }
      let next = text.index(after: position)
      if text[position].isNewline, !isArrow(text[next...]), !endsInArrow(text[start..<position]) {
        chunks.append(text[start..<position])
        start = next
      }
      position = next
    }
    chunks.append(text[start...])
    return chunks
  }

  private static func drawing(of text: Substring) -> Drawing {
    var drawing = Drawing(text: String(text.trimmed), stations: [], labels: [])
    var start = text.startIndex
    var position = start
    while position < text.endIndex {
      let rest = text[position...]
      guard rest.mayBeginSign else {
        position = text.index(after: position)
        continue
      }
      if let command = labelled.first(where: { rest.hasPrefix($0) }),
        let (label, end) = label(behind: rest.dropFirst(command.count), isOver: command.count < 12)
      {
        drawing.stations.append(text[start..<position])
        if !label.trimmed.isEmpty {
          drawing.labels.insert(drawing.stations.count)
          drawing.stations.append(label)
        }
        start = end
        position = end
      } else if let arrow = arrows.first(where: { rest.hasPrefix($0) }),
        !continuesWord(rest.dropFirst(arrow.count), arrow)
      {
        drawing.stations.append(text[start..<position].withoutStroke)
        start = rest.index(rest.startIndex, offsetBy: arrow.count)
        position = start
      } else {
        position = text.index(after: position)
      }
    }
    drawing.stations.append(text[start...])
    return drawing
  }

  /// Whether a command goes on: `\top` is no `\to`.
  private static func continuesWord(_ rest: Substring, _ arrow: String) -> Bool {
    arrow.hasPrefix("\\") && (rest.first?.isLetter ?? false)
  }

  /// The label of `\xrightarrow[below]{label}` or `\overset{label}{\to}`, and where it ends.
  private static func label(
    behind text: Substring, isOver: Bool
  ) -> (label: Substring, end: Substring.Index)? {
    var rest = text.drop { $0 == " " }
    if rest.first == "[", let close = rest.firstIndex(of: "]") {
      rest = rest[rest.index(after: close)...]
    }
    guard let (label, end) = group(rest) else { return nil }
    guard isOver else { return (label, end) }
    guard let (sign, behind) = group(text[end...]), arrows.contains(String(sign.trimmed)) else {
      return nil
    }
    return (label, behind)
  }

  /// The inside of `{...}` at the start of a text, and where it ends.
  private static func group(_ text: Substring) -> (Substring, Substring.Index)? {
    let text = text.drop { $0 == " " }
    guard text.first == "{" else { return nil }
    var depth = 0
    for index in text.indices {
      if text[index] == "{" { depth += 1 } else if text[index] == "}" { depth -= 1 }
      if depth == 0 {
        return (text[text.index(after: text.startIndex)..<index], text.index(after: index))
      }
    }
    return nil
  }
}

extension Substring {
  /// Whether the first byte is one with which an arrow, a command or a delimiter begins.
  fileprivate var mayBeginSign: Bool {
    switch utf8.first {
    case UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "-"), UInt8(ascii: "="), 0xE2: true
    default: false
    }
  }

  /// The text without white space at its ends.
  fileprivate var trimmed: Substring {
    var text = drop(while: \.isWhitespace)
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }

  /// The text without the stroke of an arrow whose tip was found: `──▶`.
  fileprivate var withoutStroke: Substring {
    var text = trimmed
    while let last = text.last, "─—–-=━".contains(last) { text.removeLast() }
    return text
  }
}
