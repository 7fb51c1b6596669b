/// Collects the author's macros and blanks their definitions.
///
/// All searches for closing braces together visit a bounded number of scalars, so that hostile text costs
/// linear time; definitions behind that bound stay in the text.
struct PassageMacroFinder {
  static let largestBody = 4000
  static let mostMacros = 500
  /// How the commands that define macros begin.
  static let beginnings = ["newc", "renew", "provide", "Declare", "def", "gdef", "let"]

  private(set) var scalars: [Unicode.Scalar]
  private(set) var macros: [String: NameTable.Macro] = [:]
  private var index = 0
  private var budget: Int

  init(scalars: [Unicode.Scalar]) {
    self.scalars = scalars
    budget = 2 * scalars.count + 100_000
  }

  mutating func run() {
    var place = 0
    while place < scalars.count {
      guard scalars[place] == "\\" else {
        place += 1
        continue
      }
      index = place + 1
      let command = letters()
      if macros.count < Self.mostMacros, let (name, macro) = definition(command) {
        macros[name] = macro
        for taken in place..<index where scalars[taken] != "\n" {
          scalars[taken] = PassageSource.filler
        }
        place = index
      } else {
        place += max(2, command.unicodeScalars.count + 1)
      }
    }
  }

  // definition = newcommand | def | operator | let
  private mutating func definition(_ command: String) -> (String, NameTable.Macro)? {
    switch command {
    case "newcommand", "renewcommand", "providecommand", "DeclareRobustCommand": newCommand()
    case "def", "gdef": definePlain()
    case "DeclareMathOperator": declareOperator()
    case "let": letCommand()
    default: nil
    }
  }

  // newcommand = ["*"] name ["[" digit "]"] ["[" default "]"] "{" body "}"
  private mutating func newCommand() -> (String, NameTable.Macro)? {
    skip("*")
    guard let name = name() else { return nil }
    var arity = 0
    var optional: String?
    if let count = bracketed() {
      guard let value = Int(count), (0...9).contains(value) else { return nil }
      arity = value
      optional = bracketed()
    }
    guard let body = braced() else { return nil }
    return (name, NameTable.Macro(arity: arity, optional: arity > 0 ? optional : nil, body: body))
  }

  // def = name {"#" digit} "{" body "}"
  private mutating func definePlain() -> (String, NameTable.Macro)? {
    guard let name = name() else { return nil }
    var arity = 0
    while arity < 9, index + 1 < scalars.count, scalars[index] == "#" {
      guard PassageGlyph.isDigit(scalars[index + 1]) else { return nil }
      arity += 1
      index += 2
    }
    guard let body = braced() else { return nil }
    return (name, NameTable.Macro(arity: arity, body: body))
  }

  // operator = ["*"] name "{" words "}"
  private mutating func declareOperator() -> (String, NameTable.Macro)? {
    skip("*")
    guard let name = name(), let body = braced() else { return nil }
    return (name, NameTable.Macro(arity: 0, body: "\\operatorname{\(body)}"))
  }

  // let = "\" name ["="] "\" name
  private mutating func letCommand() -> (String, NameTable.Macro)? {
    guard let name = name() else { return nil }
    skip("=")
    guard index < scalars.count, scalars[index] == "\\", let other = self.name() else { return nil }
    return (name, NameTable.Macro(arity: 0, body: "\\\(other)"))
  }

  // name = "{" "\" letters "}" | "\" letters
  private mutating func name() -> String? {
    skipSpaces()
    let inBraces = index < scalars.count && scalars[index] == "{"
    if inBraces {
      index += 1
      skipSpaces()
    }
    guard index < scalars.count, scalars[index] == "\\" else { return nil }
    index += 1
    let name = letters()
    guard !name.isEmpty else { return nil }
    skipSpaces()
    if inBraces {
      guard index < scalars.count, scalars[index] == "}" else { return nil }
      index += 1
    }
    return name
  }

  private mutating func letters() -> String {
    let start = index
    while index < scalars.count, index - start < 64, PassageGlyph.isASCIILetter(scalars[index]) {
      index += 1
    }
    return scalars.string(start..<index)
  }

  private mutating func bracketed() -> String? { delimited("[", "]") }

  private mutating func braced() -> String? { delimited("{", "}") }

  private mutating func delimited(_ open: Unicode.Scalar, _ close: Unicode.Scalar) -> String? {
    skipSpaces()
    guard index < scalars.count, scalars[index] == open else { return nil }
    let end = min(scalars.count, index + Self.largestBody)
    var depth = 0
    var place = index
    while place < end, budget > 0 {
      budget -= 1
      let scalar = scalars[place]
      if scalar == "\\" {
        place += 2
        continue
      }
      if scalar == open { depth += 1 }
      if scalar == close {
        depth -= 1
        if depth == 0 {
          let body = scalars.string((index + 1)..<place)
          index = place + 1
          return body
        }
      }
      place += 1
    }
    return nil
  }

  private mutating func skip(_ scalar: Unicode.Scalar) {
    skipSpaces()
    if index < scalars.count, scalars[index] == scalar { index += 1 }
  }

  private mutating func skipSpaces() {
    while index < scalars.count, scalars[index] == " " { index += 1 }
  }
}
