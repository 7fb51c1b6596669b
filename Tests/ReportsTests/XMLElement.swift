/// An element of a small XML document, read with the rules that matter for reports.
///
/// Knows elements, attributes in double quotes, text and the predefined and numeric references; a
/// document with anything else is refused.
struct XMLElement {
  struct Fault: Error, Equatable {
    var message: String
  }

  var name: String
  var attributes: [String: String] = [:]
  var children: [XMLElement] = []
  var text = ""

  /// Reads a document with a declaration.
  init(_ document: String) throws {
    var reader = Reader(rest: document[...])
    try reader.expect("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<")
    self = try reader.element()
    guard reader.rest == "\n" else { throw Fault(message: "text after the end") }
  }

  private init(name: String) {
    self.name = name
  }

  private struct Reader {
    var rest: Substring

    mutating func expect(_ text: String) throws {
      guard rest.hasPrefix(text) else {
        throw Fault(message: "expected '\(text)' at '\(rest.prefix(40))'")
      }
      rest = rest.dropFirst(text.count)
    }

    mutating func take(_ text: String) -> Bool {
      guard rest.hasPrefix(text) else { return false }
      rest = rest.dropFirst(text.count)
      return true
    }

    mutating func word() throws -> String {
      let word = rest.prefix { $0.isASCII && ($0.isLetter || $0 == "-") }
      guard !word.isEmpty else { throw Fault(message: "expected a name") }
      rest = rest[word.endIndex...]
      return String(word)
    }

    // element = name *(" " name "=" '"' text '"') ("/>" | ">" content "</" name ">")
    mutating func element() throws -> XMLElement {
      var element = XMLElement(name: try word())
      while take(" ") {
        let name = try word()
        try expect("=\"")
        let value = try text(until: "\"")
        guard element.attributes.updateValue(value, forKey: name) == nil else {
          throw Fault(message: "attribute '\(name)' twice")
        }
      }
      if take("/>") { return element }
      try expect(">")
      while true {
        element.text += try text(until: "<")
        if take("/") { break }
        element.children.append(try self.element())
      }
      guard try word() == element.name else { throw Fault(message: "the wrong end tag") }
      try expect(">")
      return element
    }

    /// Reads text with its references up to `end` and steps over it.
    private mutating func text(until end: Character) throws -> String {
      let scalars = rest.unicodeScalars
      guard let stop = scalars.firstIndex(of: end.unicodeScalars[end.unicodeScalars.startIndex])
      else { throw Fault(message: "'\(end)' is missing") }
      let raw = rest[..<stop]
      rest = rest[scalars.index(after: stop)...]
      return try Self.decoded(raw)
    }

    private static func decoded(_ raw: Substring) throws -> String {
      guard !raw.contains("<"), !raw.contains("]]>") else { throw Fault(message: "bare '<'") }
      let references = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"",
      ]
      let pieces = raw.split(separator: "&", omittingEmptySubsequences: false)
      var text = String(pieces[0])
      for piece in pieces.dropFirst() {
        guard let end = piece.firstIndex(of: ";"), let value = references[String(piece[..<end])]
        else { throw Fault(message: "an unknown reference") }
        text += value + piece[piece.index(after: end)...]
      }
      let isLegal = text.unicodeScalars.allSatisfy {
        $0 == "\t" || $0 == "\n" || ($0.value >= 0x20 && $0.value != 0xFFFE && $0.value != 0xFFFF)
      }
      guard isLegal else { throw Fault(message: "a character that XML forbids") }
      return text
    }
  }
}
