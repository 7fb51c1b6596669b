/// Replaces the author's macros by what they stand for.
struct MacroExpander {
  /// How often the whole text is gone through, so how deep macros may use macros.
  private static let roundLimit = 12
  /// The most bytes that macros may expand to.
  private static let byteLimit = 200_000

  private let macros: [String: NameTable.Macro]

  /// Creates an expander.
  init(_ macros: [String: NameTable.Macro]) {
    self.macros = macros
  }

  /// Returns the expanded text and where each byte comes from.
  func expand(_ bytes: [UInt8]) -> (bytes: [UInt8], map: SourceMap) {
    guard !macros.isEmpty, bytes.contains(UInt8(ascii: "\\")) else { return (bytes, SourceMap()) }
    var text = bytes
    var origins: [SourceRange]?
    for _ in 0..<MacroExpander.roundLimit {
      let current = origins ?? bytes.indices.map { SourceRange($0, $0 + 1) }
      guard let (next, nextOrigins) = round(text, current) else { break }
      (text, origins) = (next, nextOrigins)
      if text.count > MacroExpander.byteLimit { break }
    }
    return (text, SourceMap(origins: origins))
  }

  /// Expands each macro once; `nil` if there is none.
  private func round(
    _ bytes: [UInt8], _ origins: [SourceRange]
  ) -> ([UInt8], [SourceRange])? {
    var result: [UInt8] = []
    var resultOrigins: [SourceRange] = []
    var changed = false
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "\\") else {
        result.append(bytes[index])
        resultOrigins.append(origins[index])
        index += 1
        continue
      }
      var upper = index + 1
      while upper < bytes.count, Lexer.isLetter(bytes[upper]) { upper += 1 }
      if upper == index + 1 { upper = min(upper + 1, bytes.count) }
      let name = String(decoding: bytes[index + 1..<upper], as: UTF8.self)
      guard let macro = macros[name] else {
        result += bytes[index..<upper]
        resultOrigins += origins[index..<upper]
        index = upper
        continue
      }
      changed = true
      let (arguments, end) = self.arguments(of: macro, in: bytes, from: upper)
      let body = replacement(macro, arguments)
      let origin = origins[index].union(origins[end - 1])
      result += body
      resultOrigins += repeatElement(origin, count: body.count)
      // A blank keeps `\E x` apart from what follows.
      if let last = body.last, Lexer.isLetter(last), end < bytes.count, Lexer.isLetter(bytes[end]) {
        result.append(UInt8(ascii: " "))
        resultOrigins.append(origin)
      }
      index = end
      if result.count > MacroExpander.byteLimit { break }
    }
    return changed ? (result, resultOrigins) : nil
  }

  /// Returns the arguments of a call and the offset behind it.
  private func arguments(
    of macro: NameTable.Macro, in bytes: [UInt8], from start: Int
  ) -> (arguments: [[UInt8]], end: Int) {
    var index = start
    var arguments: [[UInt8]] = []
    func skipBlanks() {
      while index < bytes.count, bytes[index] == 32 || bytes[index] == 10 { index += 1 }
    }
    if let optional = macro.optional {
      let before = index
      skipBlanks()
      if index < bytes.count, bytes[index] == UInt8(ascii: "["),
        let close = bytes[index...].firstIndex(of: UInt8(ascii: "]"))
      {
        arguments.append(Array(bytes[index + 1..<close]))
        index = close + 1
      } else {
        index = before
        arguments.append(Array(optional.utf8))
      }
    }
    while arguments.count < macro.arity {
      skipBlanks()
      guard index < bytes.count else { break }
      let first = index
      switch bytes[index] {
      case UInt8(ascii: "{"):
        var level = 0
        repeat {
          if bytes[index] == UInt8(ascii: "\\") {
            index += 1
          } else if bytes[index] == 123 {
            level += 1
          } else if bytes[index] == 125 {
            level -= 1
          }
          index += 1
        } while level > 0 && index < bytes.count
        index = min(index, bytes.count)
        let closed = level == 0 && index > first + 1
        arguments.append(Array(bytes[first + 1..<(closed ? index - 1 : index)]))
      case UInt8(ascii: "\\"):
        index += 1
        while index < bytes.count, Lexer.isLetter(bytes[index]) { index += 1 }
        if index == first + 1 { index = min(index + 1, bytes.count) }
        arguments.append(Array(bytes[first..<index]))
      default:
        index += 1
        while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
        arguments.append(Array(bytes[first..<index]))
      }
    }
    return (arguments, index)
  }

  /// The body of a macro with its arguments in place.
  private func replacement(_ macro: NameTable.Macro, _ arguments: [[UInt8]]) -> [UInt8] {
    var result: [UInt8] = []
    let body = Array(macro.body.utf8)
    var index = 0
    while index < body.count {
      if body[index] == UInt8(ascii: "#"), index + 1 < body.count, Lexer.isDigit(body[index + 1]) {
        let place = Int(body[index + 1]) - 49
        if place >= 0, place < arguments.count { result += arguments[place] }
        index += 2
      } else {
        result.append(body[index])
        index += 1
      }
      if result.count > MacroExpander.byteLimit { break }
    }
    return result
  }
}
