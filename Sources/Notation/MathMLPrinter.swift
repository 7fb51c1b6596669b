extension Expression {
  /// The expression as presentation MathML: the content of a `math` element.
  public var mathML: String { MathMLPrinter.text(of: self, in: .lowest) }
}

extension Statement {
  /// The statement as presentation MathML: the content of a `math` element.
  public var mathML: String {
    var text = first?.mathML ?? ""
    for link in links {
      text += MathMLPrinter.sign(MathMLPrinter.symbol(of: link.relation)) + link.expression.mathML
    }
    for condition in conditions {
      text += MathMLPrinter.sign(",") + "<mspace width=\"1em\"/>" + condition.mathML
    }
    return "<mrow>\(text)</mrow>"
  }
}

/// Writes trees as MathML.
enum MathMLPrinter {
  typealias Binding = LaTeXPrinter.Binding

  static func text(of expression: Expression, in surroundings: Binding) -> String {
    let (text, binding) = bare(expression)
    return binding < surroundings ? bracketed(text) : text
  }

  static func row(_ parts: String...) -> String { "<mrow>\(parts.joined())</mrow>" }

  static func sign(_ text: String) -> String { "<mo>\(escaped(text))</mo>" }

  static func bracketed(_ text: String, _ open: String = "(", _ close: String = ")") -> String {
    row(sign(open), text, sign(close))
  }

  static func list(_ expressions: [Expression]) -> String {
    expressions.map { text(of: $0, in: .lowest) }.joined(separator: sign(","))
  }

  /// Returns the text of an expression and how tightly it binds.
  private static func bare(_ expression: Expression) -> (String, Binding) {
    switch expression.node {
    case .number(let value, _): (number(value), value < 0 ? .sum : .atom)
    case .name(let name): (text(of: name), .atom)
    case .infinity: ("<mi>\u{221E}</mi>", .atom)
    case .negate(let inner): (row(sign("\u{2212}"), text(of: inner, in: .term)), .sum)
    case .binary(let sign, let left, let right): binary(sign, left, right)
    case .group(let delimiter, let inner): (group(delimiter, inner), .atom)
    case .call(let function, let arguments): call(function, arguments)
    case .apply(let name, let arguments):
      (row(text(of: name), sign("\u{2061}"), bracketed(text(of: arguments))), .atom)
    case .reduction(let reduction): (text(of: reduction), .term)
    case .expectation(let expectation): (text(of: expectation), .atom)
    case .divergence(let first, let second):
      (
        row(
          "<msub><mi>D</mi><mi>KL</mi></msub>",
          bracketed(first.mathML + sign("\u{2016}") + second.mathML)), .atom
      )
    case .derivative(let derivative): (text(of: derivative), .term)
    case .bars(let inner): (bracketed(inner.mathML, "|", "|"), .atom)
    case .norm(let inner, let index):
      (below(bracketed(inner.mathML, "\u{2016}", "\u{2016}"), index.map(\.mathML)), .atom)
    case .transpose(let inner):
      ("<msup>\(text(of: inner, in: .atom))<mo>\u{22A4}</mo></msup>", .factor)
    case .factorial(let inner): (row(text(of: inner, in: .atom), sign("!")), .factor)
    case .tuple(let entries): (bracketed(list(entries)), .atom)
    case .matrix(let rows): (matrix(rows), .atom)
    case .element(let array, let indices):
      (row(text(of: array, in: .atom), bracketed(list(indices), "[", "]")), .atom)
    case .ellipsis: ("<mo>\u{2026}</mo>", .atom)
    case .placeholder: ("<mo>\u{22C5}</mo>", .atom)
    case .words(let words): ("<mtext>\(escaped(words))</mtext>", .atom)
    case .relation(let relation, let left, let right):
      (row(left.mathML, sign(symbol(of: relation)), right.mathML), .lowest)
    case .unread: ("<mtext>?</mtext>", .atom)
    }
  }

  private static func group(_ delimiter: Delimiter, _ inner: Expression) -> String {
    switch delimiter {
    case .parentheses: bracketed(inner.mathML)
    case .brackets: bracketed(inner.mathML, "[", "]")
    case .braces: bracketed(inner.mathML, "{", "}")
    }
  }

  private static func binary(
    _ sign: Operator, _ left: Expression, _ right: Expression
  ) -> (String, Binding) {
    func infix(_ symbol: String, _ first: Binding, _ second: Binding) -> String {
      row(text(of: left, in: first), self.sign(symbol), text(of: right, in: second))
    }
    return switch sign {
    case .add: (infix("+", .sum, .term), .sum)
    case .subtract: (infix("\u{2212}", .sum, .term), .sum)
    case .multiply: (infix("\u{22C5}", .product, .factor), .product)
    case .elementwise: (infix("\u{2299}", .product, .factor), .product)
    case .matrixProduct: (infix("\u{22C5}", .product, .factor), .product)
    case .divide:
      (
        "<mfrac>\(single(left.withoutGroups.mathML))\(single(right.withoutGroups.mathML))</mfrac>",
        .factor
      )
    case .power:
      ("<msup>\(text(of: left, in: .atom))\(single(right.withoutGroups.mathML))</msup>", .factor)
    }
  }

  /// Puts several elements into one, where MathML wants exactly one.
  static func single(_ text: String) -> String { "<mrow>\(text)</mrow>" }

  static func below(_ base: String, _ index: String?) -> String {
    index.map { "<msub>\(base)\(single($0))</msub>" } ?? base
  }

  static func number(_ value: Double) -> String {
    if value.isNaN { return "<mtext>?</mtext>" }
    if value.isInfinite {
      return value < 0 ? row(sign("\u{2212}"), "<mi>\u{221E}</mi>") : "<mi>\u{221E}</mi>"
    }
    let isWhole = value == value.rounded() && abs(value) < 1e15
    let digits = isWhole ? String(Int(abs(value))) : String(abs(value))
    let positive = "<mn>\(digits)</mn>"
    return value < 0 ? row(sign("\u{2212}"), positive) : positive
  }

  private static func matrix(_ rows: [[Expression]]) -> String {
    let lines = rows.map { row in
      "<mtr>" + row.map { "<mtd>\($0.mathML)</mtd>" }.joined() + "</mtr>"
    }
    return bracketed("<mtable>\(lines.joined())</mtable>")
  }

  /// Text with the characters of markup and those that XML forbids replaced.
  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: result.append(contentsOf: "&amp;".unicodeScalars)
      case 0x3C: result.append(contentsOf: "&lt;".unicodeScalars)
      case 0x3E: result.append(contentsOf: "&gt;".unicodeScalars)
      case 0x22: result.append(contentsOf: "&quot;".unicodeScalars)
      case 0x00..<0x09, 0x0B, 0x0C, 0x0E..<0x20, 0x7F, 0xFFFE, 0xFFFF: result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  static func symbol(of relation: Relation) -> String {
    switch relation {
    case .equal: "="
    case .define: ":="
    case .approximate: "\u{2248}"
    case .greaterOrEqual: "\u{2265}"
    case .lessOrEqual: "\u{2264}"
    case .greater: ">"
    case .less: "<"
    case .notEqual: "\u{2260}"
    case .proportional: "\u{221D}"
    case .distributed: "\u{223C}"
    case .member: "\u{2208}"
    case .arrow: "\u{2192}"
    case .update: "\u{2190}"
    case .implies: "\u{21D2}"
    }
  }
}
