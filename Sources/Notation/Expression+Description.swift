extension Expression: CustomStringConvertible {
  /// The expression with all brackets written out: `(a + (b * c))`.
  public var description: String {
    switch node {
    case .number(let value, _): return Expression.numberText(value)
    case .name(let name): return name.description
    case .infinity: return "infinity"
    case .negate(let inner): return "(-\(inner))"
    case .binary(let sign, let left, let right): return "(\(left) \(sign.rawValue) \(right))"
    case .group(_, let inner): return inner.description
    case .call(let function, let arguments):
      return "\(function.rawValue)(\(Expression.list(arguments)))"
    case .apply(let name, let arguments): return "\(name)(\(arguments))"
    case .reduction(let reduction): return reduction.description
    case .expectation(let expectation): return expectation.description
    case .divergence(let first, let second): return "KL(\(first) || \(second))"
    case .derivative(let derivative): return derivative.description
    case .bars(let inner): return "|\(inner)|"
    case .norm(let inner, let index): return "||\(inner)||" + (index.map { "_\($0)" } ?? "")
    case .transpose(let inner): return "transpose(\(inner))"
    case .factorial(let inner): return "\(inner)!"
    case .tuple(let entries): return "(\(Expression.list(entries)))"
    case .matrix(let rows):
      return "[" + rows.map { Expression.list($0) }.joined(separator: "; ") + "]"
    case .element(let array, let indices): return "\(array)[\(Expression.list(indices))]"
    case .ellipsis: return "..."
    case .placeholder: return "."
    case .words(let words): return "\"\(words)\""
    case .relation(let relation, let left, let right):
      return "(\(left) \(relation.rawValue) \(right))"
    case .unread(let message): return "<\(message)>"
    }
  }

  /// Returns expressions with commas between them.
  static func list(_ expressions: [Expression]) -> String {
    expressions.map(\.description).joined(separator: ", ")
  }

  /// Returns a number without a fraction part if it has none.
  static func numberText(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    return String(value)
  }
}

extension Arguments: CustomStringConvertible {
  /// The arguments with their dividers: `x, z | y; theta`.
  public var description: String {
    var text = ""
    for (index, group) in groups.enumerated() {
      if index > 0 {
        switch index <= dividers.count ? dividers[index - 1] : .bar {
        case .bar: text += " | "
        case .semicolon: text += "; "
        case .doubleBar: text += " || "
        }
      }
      text += Expression.list(group)
    }
    return text
  }
}

extension Reduction: CustomStringConvertible {
  /// The reduction as `sum[j = 1 to k](body)`.
  public var description: String {
    var head = variables.map(\.description).joined(separator: ", ")
    if let lower { head += " = \(lower)" }
    if let upper { head += " to \(upper)" }
    if let condition { head += ": \(condition)" }
    return "\(kind.rawValue)[\(head)](\(body))"
  }
}

extension Expectation: CustomStringConvertible {
  /// The expectation as `E[measures](body | given)`.
  public var description: String {
    let condition = given.isEmpty ? "" : " | " + Expression.list(given)
    return "E[\(Expression.list(measures))](\(body)\(condition))"
  }
}

extension Derivative: CustomStringConvertible {
  /// The derivative as `grad[theta](body)` or `d[x, 2](body)`.
  public var description: String {
    var head = variable?.description ?? ""
    if order != 1 { head += ", \(order)" }
    return "\(kind == .gradient ? "grad" : "d")[\(head)](\(body))"
  }
}
