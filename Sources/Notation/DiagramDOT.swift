extension Diagram {
  /// Reads a graph of DOT; `nil` if it has no boxes.
  ///
  /// Takes chains, groups in braces, attributes of boxes and arrows, quotes, comments and the boxes of
  /// subgraphs. What cannot be read is passed over.
  public init?(dot: String) {
    var reader = DiagramDOTReader(dot)
    guard reader.header() else { return nil }
    reader.statements(depth: 0)
    guard !reader.builder.diagram.nodes.isEmpty else { return nil }
    self = reader.builder.diagram
  }
}

/// Reads DOT by recursive descent.
struct DiagramDOTReader {
  private enum Token: Equatable {
    case id(String)
    case sign(Character)
    case arrow
  }

  private static let deepest = 20
  private static let mostTokens = 50_000

  private(set) var builder = DiagramBuilder()
  private var tokens: [Token] = []
  private var index = 0

  init(_ text: String) {
    let characters = Array(text.prefix(500_000))
    var place = 0
    while place < characters.count, tokens.count < Self.mostTokens {
      place = Self.next(characters, place, &tokens)
    }
  }

  /// Reads one token and returns the place behind it.
  private static func next(_ text: [Character], _ start: Int, _ tokens: inout [Token]) -> Int {
    var place = start
    let character = text[place]
    let following: Character = place + 1 < text.count ? text[place + 1] : " "
    func isWord(_ character: Character) -> Bool {
      character.isLetter || character.isNumber || "_.'^".contains(character)
    }
    if character.isWhitespace { return place + 1 }
    if character == "#" || (character == "/" && following == "/") {
      while place < text.count, !text[place].isNewline { place += 1 }
      return place
    }
    if character == "/", following == "*" {
      place += 2
      while place < text.count, !(text[place] == "/" && text[place - 1] == "*") { place += 1 }
      return place + 1
    }
    if character == "\"" {
      var content = ""
      place += 1
      while place < text.count, text[place] != "\"" {
        if text[place] == "\\", place + 1 < text.count {
          place += 1
          content.append("nlr".contains(text[place]) ? " " : text[place])
        } else {
          content.append(text[place])
        }
        place += 1
      }
      tokens.append(.id(content))
      return place + 1
    }
    if character == "-", following == ">" || following == "-" {
      tokens.append(.arrow)
      return place + 2
    }
    if isWord(character) || (character == "-" && following.isNumber) {
      place += 1
      while place < text.count, isWord(text[place]) { place += 1 }
      tokens.append(.id(String(text[start..<place])))
      return place
    }
    tokens.append(.sign(character))
    return place + 1
  }

  private var token: Token? { index < tokens.count ? tokens[index] : nil }

  // header = ["strict"] ("digraph" | "graph") [id] "{"
  mutating func header() -> Bool {
    var words: [String] = []
    while case .id(let word)? = token, words.count < 3 {
      words.append(word)
      index += 1
    }
    guard words.contains("digraph") || words.contains("graph"), token == .sign("{") else {
      return false
    }
    index += 1
    return true
  }

  // statements = {statement [";"]} "}"; returns the boxes named
  @discardableResult
  mutating func statements(depth: Int) -> [String] {
    var named: [String] = []
    while let token {
      if token == .sign("}") {
        index += 1
        return named
      }
      if token == .sign(";") || token == .sign(",") || token == .arrow {
        index += 1
        continue
      }
      named.append(contentsOf: statement(depth: depth))
      if named.count > DiagramBuilder.mostNodes {
        named.removeLast(named.count - DiagramBuilder.mostNodes)
      }
    }
    return named
  }

  // statement = operand {"->" operand} [attributes] | id "=" id
  private mutating func statement(depth: Int) -> [String] {
    var chain: [[String]] = []
    repeat {
      guard let operand = operand(depth: depth) else { break }
      chain.append(operand)
      guard token == .arrow else { break }
      index += 1
    } while index < tokens.count
    guard let first = chain.first else {
      index += 1
      return []
    }
    if token == .sign("=") {
      index += 2
      return []
    }
    let label = attributes()
    let keywords: Set<String> = ["node", "edge", "graph"]
    if chain.count == 1, let id = first.first, keywords.contains(id) { return [] }
    if chain.count == 1, let id = first.first {
      if first.count == 1 { builder.node(id, label: label) }
      return first
    }
    for operand in chain { for id in operand { builder.node(id, label: nil) } }
    for (from, to) in zip(chain, chain.dropFirst()) {
      builder.edges(from: from, to: to, label: label ?? "")
    }
    return chain.flatMap { $0 }
  }

  // operand = id [":" port] | ["subgraph" [id]] "{" statements "}"
  private mutating func operand(depth: Int) -> [String]? {
    if case .id(let id)? = token {
      index += 1
      if id == "subgraph" {
        if case .id? = token { index += 1 }
        return token == .sign("{") ? group(depth) : nil
      }
      while token == .sign(":") { index += 2 }
      return [id]
    }
    return token == .sign("{") ? group(depth) : nil
  }

  private mutating func group(_ depth: Int) -> [String]? {
    index += 1
    guard depth < Self.deepest else {
      index = tokens.count
      return nil
    }
    return statements(depth: depth + 1)
  }

  // attributes = {"[" {id "=" id [","]} "]"}; returns the label
  private mutating func attributes() -> String? {
    var label: String?
    while token == .sign("[") {
      index += 1
      while let token, token != .sign("]") {
        let isLabel = token == .id("label") || token == .id("xlabel")
        index += 1
        guard self.token == .sign("=") else { continue }
        index += 1
        if isLabel, case .id(let text)? = self.token { label = text }
        if self.token != .sign("]") { index += 1 }
      }
      index += 1
    }
    return label
  }
}
