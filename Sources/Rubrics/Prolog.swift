import Homework

/// What is refused before the parser of the system sees it: large files, encodings, DOCTYPE.
enum Prolog {
  /// Returns the first reason not to parse the bytes at all.
  static func fault(in bytes: [UInt8], file: String) -> Fault? {
    var cursor = Cursor(bytes, file: file)
    if bytes.count > RubricFile.largest {
      return Fault(
        at: cursor.place,
        "the rubric has \(bytes.count) bytes, but at most \(RubricFile.largest) are read")
    }
    if bytes.allSatisfy(Cursor.isBlank) { return Fault(at: cursor.place, "the rubric is empty") }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return Fault(at: cursor.place, "the rubric is in UTF-16; save it as UTF-8")
    }
    if let fault = encodingFault(&cursor) { return fault }
    cursor = Cursor(bytes, file: file)
    cursor.skip("\u{FEFF}")
    while !cursor.isAtEnd {
      cursor.skipBlanks()
      if cursor.skip("<?") {
        cursor.skip(through: "?>")
      } else if cursor.skip("<!--") {
        cursor.skip(through: "-->")
      } else {
        break
      }
    }
    guard cursor.isAt("<!DOCTYPE") else { return nil }
    return Fault(
      at: cursor.place, "a DOCTYPE is not allowed in a rubric; remove it and every entity")
  }

  private static func encodingFault(_ cursor: inout Cursor) -> Fault? {
    if let offset = cursor.firstOffsetOfInvalidUTF8 {
      cursor.advance(to: offset)
      return Fault(at: cursor.place, "the rubric is not in UTF-8; save it as UTF-8")
    }
    cursor.skip("\u{FEFF}")
    guard cursor.skip("<?xml") else { return nil }
    guard let end = cursor.offset(of: "?>") else { return nil }
    while cursor.offset < end, !cursor.isAt("encoding") { cursor.advance() }
    guard cursor.skip("encoding") else { return nil }
    cursor.skipBlanks()
    cursor.skip("=")
    cursor.skipBlanks()
    let place = cursor.place
    let name = cursor.quotedText ?? ""
    if ["utf-8", "utf8", "us-ascii", "ascii", ""].contains(name.lowercased()) { return nil }
    return Fault(at: place, "the rubric is declared as '\(name)'; save it as UTF-8")
  }
}
