/// What the ending of a file name says about its content.
enum FileKind {
  /// Text that is read.
  case answer
  /// A document of which only a human can read the answer.
  case document
  /// A notebook, whose cells no reader exists for.
  case notebook
  /// Something that goes with an answer, such as a picture.
  case companion

  private static let endings: [String: FileKind] = [
    "md": .answer, "markdown": .answer, "tex": .answer, "txt": .answer, "py": .answer,
    "ipynb": .notebook,
    "doc": .document, "docx": .document, "htm": .document, "html": .document, "odt": .document,
    "pages": .document, "pdf": .document, "ps": .document, "rtf": .document,
  ]

  init(name: String) {
    self = Self.endings[Self.ending(of: name).lowercased()] ?? .companion
  }

  /// The ending of a name without its dot; empty if there is none.
  static func ending(of name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return String(name[name.index(after: dot)...])
  }

  /// The name without its ending.
  static func stem(of name: String) -> String {
    let ending = ending(of: name)
    return ending.isEmpty ? name : String(name.dropLast(ending.count + 1))
  }

  /// Whether a name belongs to the system or an editor, not to the answer.
  static func isHidden(_ name: String) -> Bool {
    name.hasPrefix(".") || name.hasSuffix("~") || name == "__MACOSX"
  }
}
