import Homework

/// Where the start tags of a well-formed document stand, in document order.
struct MarkupPlaces {
  /// One start tag.
  struct Tag {
    /// Where its `<` stands.
    var place: Place
    /// Where the value of each attribute begins, behind the quote.
    var values: [String: Place] = [:]
    /// Where the first character of its text stands that is not blank.
    var text: Place?
  }

  private(set) var tags: [Tag] = []
  private var cursor: Cursor
  /// The tag whose text has not begun yet.
  private var awaiting: Int?

  init(_ bytes: [UInt8], file: String) {
    cursor = Cursor(bytes, file: file)
    cursor.skip("\u{FEFF}")
    while !cursor.isAtEnd { scan() }
  }

  // document: (comment | instruction | CDATA | end tag | start tag | text)*
  private mutating func scan() {
    if cursor.skip("<!--") {
      cursor.skip(through: "-->")
    } else if cursor.skip("<?") {
      cursor.skip(through: "?>")
    } else if cursor.skip("<![CDATA[") {
      cursor.skipBlanks()
      if !cursor.isAt("]]>") { textBegins() }
      cursor.skip(through: "]]>")
    } else if cursor.skip("</") {
      awaiting = nil
      cursor.skip(through: ">")
    } else if cursor.isAt("<") {
      startTag()
    } else {
      if !cursor.isAtBlank { textBegins() }
      cursor.advance()
    }
  }

  private mutating func textBegins() {
    guard let tag = awaiting else { return }
    tags[tag].text = cursor.place
    awaiting = nil
  }

  // start tag: '<' name (attribute '=' quoted value)* '/'? '>'
  private mutating func startTag() {
    var tag = Tag(place: cursor.place)
    cursor.advance()
    _ = name()
    while !cursor.isAtEnd {
      cursor.skipBlanks()
      if cursor.isAt(">") || cursor.isAt("/>") { break }
      let attribute = name()
      cursor.skipBlanks()
      cursor.skip("=")
      cursor.skipBlanks()
      let isDouble = cursor.isAt("\"")
      cursor.advance()
      tag.values[attribute] = cursor.place
      if isDouble { cursor.skip(through: "\"") } else { cursor.skip(through: "'") }
    }
    tags.append(tag)
    awaiting = cursor.isAt("/>") ? nil : tags.count - 1
    cursor.skip(through: ">")
  }

  private mutating func name() -> String {
    var name: [UInt8] = []
    while let byte = cursor.byte, !cursor.isAtBlank, !"=/>".utf8.contains(byte) {
      name.append(byte)
      cursor.advance()
    }
    return String(decoding: name, as: UTF8.self)
  }
}
