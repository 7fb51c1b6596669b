extension Expression {
  /// The expression in LaTeX with no more brackets than it needs; read again it gives the same tree.
  public var latex: String { LaTeXPrinter.text(of: self, in: .lowest) }
}

extension Statement {
  /// The statement in LaTeX: its sides, relations and side conditions; words stay outside.
  public var latex: String {
    var text = first?.latex ?? ""
    for link in links {
      if !text.isEmpty { text += " " }
      text += LaTeXPrinter.sign(of: link.relation) + " " + link.expression.latex
    }
    for condition in conditions { text += ", \\quad " + condition.latex }
    return text
  }
}

extension Name {
  /// The name in LaTeX: `\hat{x}_{ij}`, `\mathrm{loss}`.
  public var latex: String { LaTeXPrinter.text(of: self) }
}

/// Writes trees as LaTeX.
enum LaTeXPrinter {
  /// How tightly the surroundings bind, loosest first.
  enum Binding: Int, Comparable {
    case lowest
    /// A term of a sum.
    case sum
    /// The right side of `-`, and what a sign stands before.
    case term
    /// A factor of a product.
    case product
    /// A factor that is not the last: it must not swallow what follows.
    case factor
    /// The base of a power, the operand of a postfix.
    case atom

    static func < (left: Binding, right: Binding) -> Bool { left.rawValue < right.rawValue }
  }

  static func text(of expression: Expression, in surroundings: Binding) -> String {
    let (text, binding) = bare(expression)
    return binding < surroundings ? bracketed(text) : text
  }

  static func bracketed(_ text: String) -> String { "\\left(\(text)\\right)" }

  static func list(_ expressions: [Expression]) -> String {
    expressions.map { text(of: $0, in: .lowest) }.joined(separator: ", ")
  }

  /// Returns the text of an expression and how tightly it binds.
  private static func bare(_ expression: Expression) -> (String, Binding) {
    switch expression.node {
    case .number(let value, _): (number(value), value < 0 ? .sum : .atom)
    case .name(let name):
      (text(of: name), name.superscripts.isEmpty && name.primes == 0 ? .atom : .factor)
    case .infinity: ("\\infty", .atom)
    case .negate(let inner): ("-" + text(of: inner, in: .term), .sum)
    case .binary(let sign, let left, let right): binary(sign, left, right)
    case .group(let delimiter, let inner): group(delimiter, inner)
    case .call(let function, let arguments): call(function, arguments)
    case .apply(let name, let arguments):
      (text(of: name) + bracketed(text(of: arguments)), .atom)
    case .reduction(let reduction): (text(of: reduction), .term)
    case .expectation(let expectation): (text(of: expectation), .atom)
    case .divergence(let first, let second):
      ("D_{KL}\\left(\(first.latex) \\,\\|\\, \(second.latex)\\right)", .atom)
    case .derivative(let derivative): (text(of: derivative), .term)
    case .bars(let inner): ("\\left|\(inner.latex)\\right|", .atom)
    case .norm(let inner, let index):
      ("\\left\\|\(inner.latex)\\right\\|" + (index.map { "_{\($0.latex)}" } ?? ""), .atom)
    case .transpose(let inner): (text(of: inner, in: .atom) + "^{\\top}", .factor)
    case .factorial(let inner): (text(of: inner, in: .atom) + "!", .factor)
    case .tuple(let entries): (bracketed(list(entries)), .atom)
    case .matrix(let rows): (matrix(rows), .atom)
    case .element(let array, let indices):
      (text(of: array, in: .atom) + "\\left[\(list(indices))\\right]", .atom)
    case .ellipsis: ("\\dots", .atom)
    case .placeholder: ("\\cdot", .atom)
    case .words(let words): ("\\text{\(escaped(words))}", .atom)
    case .relation(let relation, let left, let right):
      ("\(left.latex) \(sign(of: relation)) \(right.latex)", .lowest)
    case .unread: ("\\text{?}", .atom)
    }
  }

  private static func group(_ delimiter: Delimiter, _ inner: Expression) -> (String, Binding) {
    let inner = text(of: inner, in: .lowest)
    return switch delimiter {
    case .parentheses: (bracketed(inner), .atom)
    case .brackets: ("\\left[\(inner)\\right]", .atom)
    case .braces: ("\\left\\{\(inner)\\right\\}", .atom)
    }
  }

  private static func binary(
    _ sign: Operator, _ left: Expression, _ right: Expression
  ) -> (String, Binding) {
    switch sign {
    case .add:
      return ("\(text(of: left, in: .sum)) + \(text(of: right, in: .term))", .sum)
    case .subtract:
      return ("\(text(of: left, in: .sum)) - \(text(of: right, in: .term))", .sum)
    case .multiply:
      return ("\(leading(left)) \\cdot \(factor(right))", .product)
    case .elementwise:
      return ("\(leading(left)) \\odot \(factor(right))", .product)
    case .matrixProduct:
      return ("\(leading(left)) @ \(factor(right))", .product)
    case .divide:
      return ("\\frac{\(left.withoutGroups.latex)}{\(right.withoutGroups.latex)}", .factor)
    case .power:
      return ("\(base(left))^{\(right.withoutGroups.latex)}", .factor)
    }
  }

  /// The left side of a product, in brackets if it would swallow the right side.
  private static func leading(_ expression: Expression) -> String {
    text(of: expression, in: hasOpenEnd(expression) ? .atom : .product)
  }

  /// Whether what follows an expression could be read as part of it, as behind `\sum_j a_j`.
  private static func hasOpenEnd(_ expression: Expression) -> Bool {
    switch expression.node {
    case .reduction, .derivative: true
    case .binary(let sign, _, let right):
      sign != .divide && sign != .power && hasOpenEnd(right)
    case .negate(let inner): hasOpenEnd(inner)
    default: false
    }
  }

  /// The right factor of a product; a second product needs brackets to stay on the right.
  private static func factor(_ expression: Expression) -> String {
    let swallows: Bool =
      switch expression.node {
      case .reduction, .derivative: true
      default: false
      }
    return text(of: expression, in: swallows ? .term : .factor)
  }

  /// The base of a power; brackets unless it is a single sign or stands in brackets.
  private static func base(_ expression: Expression) -> String {
    switch expression.node {
    case .number(let value, _) where value >= 0: number(value)
    case .name(let name) where name.superscripts.isEmpty && name.primes == 0: text(of: name)
    case .group, .tuple, .bars, .norm, .element, .infinity, .matrix:
      text(of: expression, in: .lowest)
    default: bracketed(text(of: expression, in: .lowest))
    }
  }

  /// A number with a point and, if it is very large or small, a power of ten.
  static func number(_ value: Double) -> String {
    if value.isNaN { return "\\text{?}" }
    if value.isInfinite { return value < 0 ? "-\\infty" : "\\infty" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    let text = String(value)
    guard let mark = text.firstIndex(of: "e") else { return text }
    let exponent = text[text.index(after: mark)...].drop { $0 == "+" }
    return "\\left(\(text[..<mark]) \\cdot 10^{\(exponent)}\\right)"
  }

  private static func matrix(_ rows: [[Expression]]) -> String {
    let lines = rows.map { $0.map(\.latex).joined(separator: " & ") }
    return "\\begin{pmatrix} \(lines.joined(separator: " \\\\ ")) \\end{pmatrix}"
  }

  /// Words with the characters that LaTeX would act on replaced.
  static func escaped(_ words: String) -> String {
    var text = ""
    for character in words {
      switch character {
      case "{", "}", "$", "&", "#", "_", "%": text += "\\" + String(character)
      case "\\", "^", "~": text += " "
      default: text.append(character)
      }
    }
    return text
  }

  static func sign(of relation: Relation) -> String {
    switch relation {
    case .equal: "="
    case .define: ":="
    case .approximate: "\\approx"
    case .greaterOrEqual: "\\ge"
    case .lessOrEqual: "\\le"
    case .greater: ">"
    case .less: "<"
    case .notEqual: "\\ne"
    case .proportional: "\\propto"
    case .distributed: "\\sim"
    case .member: "\\in"
    case .arrow: "\\to"
    case .update: "\\leftarrow"
    case .implies: "\\Rightarrow"
    }
  }
}
