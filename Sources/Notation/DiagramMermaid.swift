extension Diagram {
  /// Reads a flowchart of Mermaid; `nil` if it has no boxes.
  ///
  /// Takes chains, `&`, labels on arrows, all shapes of boxes, quotes, comments and the boxes of subgraphs.
  /// Lines that cannot be read are passed over.
  public init?(mermaid: String) {
    var builder = DiagramBuilder()
    for line in mermaid.split(whereSeparator: \.isNewline) {
      for statement in DiagramMermaidLine.statements(in: line) {
        var reader = DiagramMermaidLine(statement)
        reader.read(into: &builder)
      }
    }
    guard !builder.diagram.nodes.isEmpty else { return nil }
    self = builder.diagram
  }
}

/// Reads one statement of Mermaid.
struct DiagramMermaidLine {
  private static let ignored: Set<String> = [
    "flowchart", "graph", "subgraph", "end", "direction", "style", "classDef", "class", "linkStyle",
    "click",
    "title", "accTitle", "accDescr",
  ]

  private let text: [Character]
  private var index = 0

  init(_ text: [Character]) {
    self.text = text
  }

  /// Cuts a line at semicolons outside quotes and drops comments; a header with statements behind it is cut off.
  static func statements(in line: Substring) -> [[Character]] {
    var statements: [[Character]] = []
    var current: [Character] = []
    var isQuoted = false
    var brackets = 0
    for character in line.prefix(20_000) {
      if character == "\"" { isQuoted.toggle() }
      if !isQuoted, "[({".contains(character) { brackets += 1 }
      if !isQuoted, "])}".contains(character) { brackets -= 1 }
      if character == ";", !isQuoted, brackets <= 0 {
        statements.append(current)
        current = []
      } else {
        current.append(character)
      }
    }
    statements.append(current)
    return statements.filter { !String($0).drop { $0 == " " }.hasPrefix("%%") }
  }

  // statement = nodes {arrow nodes}
  mutating func read(into builder: inout DiagramBuilder) {
    skipSpaces()
    let start = index
    if Self.ignored.contains(identifier()), !isArrowNext { return }
    index = start
    var sources = nodes(&builder)
    while !sources.isEmpty, let label = arrow() {
      let targets = nodes(&builder)
      builder.edges(from: sources, to: targets, label: label)
      sources = targets
    }
  }

  private var isArrowNext: Bool {
    var copy = self
    copy.skipSpaces()
    return copy.peek("-") || copy.peek("=")
  }

  private func peek(_ character: Character) -> Bool {
    index < text.count && text[index] == character
  }

  private mutating func skipSpaces() {
    while index < text.count, text[index] == " " || text[index] == "\t" || text[index] == "\r" {
      index += 1
    }
  }

  // nodes = node {"&" node}
  private mutating func nodes(_ builder: inout DiagramBuilder) -> [String] {
    var ids: [String] = []
    repeat {
      skipSpaces()
      let id = identifier()
      guard !id.isEmpty else { break }
      builder.node(id, label: shape())
      ids.append(id)
      skipSpaces()
      guard peek("&") else { break }
      index += 1
    } while index < text.count
    return ids
  }

  private mutating func identifier() -> String {
    let start = index
    while index < text.count {
      let character = text[index]
      if character == "-" || character == "." {
        let next: Character = index + 1 < text.count ? text[index + 1] : " "
        guard index > start, next.isLetter || next.isNumber, character != "." else { break }
      } else if !(character.isLetter || character.isNumber || "_'^".contains(character)) {
        break
      }
      index += 1
    }
    return String(text[start..<index])
  }

  // shape = "[" label "]" | "(" label ")" | "([" label "])" | "((" label "))" | "{" label "}" | ">" label "]"
  private mutating func shape() -> String? {
    if index + 2 < text.count, text[index] == ":", text[index + 1] == ":", text[index + 2] == ":" {
      index += 3
      _ = identifier()
    }
    let closers: [Character: Character] = ["[": "]", "(": ")", "{": "}"]
    guard index < text.count else { return nil }
    var closing: [Character] = []
    let start = index
    if text[index] == ">" {
      closing = ["]"]
      index += 1
    }
    while index < text.count, closing.count < 3, let close = closers[text[index]] {
      closing.append(close)
      index += 1
    }
    guard let outer = closing.first else { return nil }
    while index < text.count, text[index] == "/" || text[index] == "\\" { index += 1 }
    let first = index
    var isQuoted = false
    var depth = closing.count
    while index < text.count {
      if text[index] == "\"" { isQuoted.toggle() }
      if !isQuoted, closers[text[index]] != nil { depth += 1 }
      if !isQuoted, "])}".contains(text[index]) {
        depth -= 1
        if depth == 0, text[index] == outer { break }
      }
      index += 1
    }
    guard index < text.count else {
      index = start
      return nil
    }
    let end = max(first, index - (closing.count - 1))
    index += 1
    return Self.label(text[first..<end])
  }

  /// A label without quotes, breaks and the marks of shapes.
  private static func label(_ characters: ArraySlice<Character>) -> String {
    var slice = characters
    while let first = slice.first, " \"/\\`".contains(first) { slice.removeFirst() }
    while let last = slice.last, " \"/\\`".contains(last) { slice.removeLast() }
    var label = String(slice)
    for tag in ["<br/>", "<br>", "<br />", "\\n"] { label = label.replacing(tag, with: " ") }
    return label
  }

  // arrow = line ["|" label "|"] | "--" label "-->"; line = ("--" | "==" | "-." ) ... [">" | "o" | "x"]
  private mutating func arrow() -> String? {
    skipSpaces()
    let start = index
    if peek("<") { index += 1 }
    guard line() else {
      index = start
      return nil
    }
    let isOpen = text[index - 1] != ">"
    var label = ""
    if isOpen, index < text.count, text[index] != "|" {
      label = labelOnLine() ?? ""
    }
    skipSpaces()
    if peek("|") {
      let first = index + 1
      index = first
      while index < text.count, text[index] != "|" { index += 1 }
      label = Self.label(text[first..<index])
      index = min(text.count, index + 1)
    }
    return label
  }

  /// Reads the strokes of an arrow.
  private mutating func line() -> Bool {
    let start = index
    while index < text.count, "-=.~".contains(text[index]) { index += 1 }
    guard index - start >= 2 else { return false }
    if index < text.count, text[index] == ">" { index += 1 }
    let next: Character = index + 1 < text.count ? text[index + 1] : " "
    if index < text.count, "ox".contains(text[index]), next == " " { index += 1 }
    return true
  }

  /// Reads the words inside `-- words -->`, if an arrow follows on them.
  private mutating func labelOnLine() -> String? {
    let first = index
    var isQuoted = false
    while index + 1 < text.count {
      if text[index] == "\"" { isQuoted.toggle() }
      let isStroke = "-=.".contains(text[index]) && "-=.>".contains(text[index + 1])
      if isStroke, !isQuoted {
        let end = index
        if line(), text[index - 1] == ">" || index == text.count || text[index] == " " {
          return Self.label(text[first..<end])
        }
        break
      }
      index += 1
    }
    index = first
    return nil
  }
}
