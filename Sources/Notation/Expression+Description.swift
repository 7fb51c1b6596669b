extension Expression: CustomStringConvertible {
  /// The expression with all brackets written out: `(a + (b * c))`.
  public var description: String {
    var text = ""
    write(to: &text)
    return text
  }

  /// Appends the description, so that a long one is not built of its parts again and again.
  func write(to text: inout String) {
    switch node {
    case .number(let value, _): text += Expression.numberText(value)
    case .name(let name): text += name.description
    case .infinity: text += "infinity"
    case .negate(let inner): text.add("(-", inner, ")")
    case .binary(let sign, let left, let right):
      text.add("(", left, " " + sign.rawValue + " ")
      text.add("", right, ")")
    case .group(_, let inner): inner.write(to: &text)
    case .call(let function, let arguments):
      text += function.rawValue + "("
      text.add(list: arguments)
      text += ")"
    case .apply(let name, let arguments):
      text += name.description + "("
      arguments.write(to: &text)
      text += ")"
    case .reduction(let reduction): reduction.write(to: &text)
    case .expectation(let expectation): expectation.write(to: &text)
    case .divergence(let first, let second):
      text.add("KL(", first, " || ")
      text.add("", second, ")")
    case .derivative(let derivative): derivative.write(to: &text)
    case .bars(let inner): text.add("|", inner, "|")
    case .norm(let inner, let index):
      text.add("||", inner, "||")
      if let index { text.add("_", index) }
    case .transpose(let inner): text.add("transpose(", inner, ")")
    case .factorial(let inner): text.add("", inner, "!")
    case .tuple(let entries):
      text += "("
      text.add(list: entries)
      text += ")"
    case .matrix(let rows):
      text += "["
      for (index, row) in rows.enumerated() {
        if index > 0 { text += "; " }
        text.add(list: row)
      }
      text += "]"
    case .element(let array, let indices):
      text.add("", array, "[")
      text.add(list: indices)
      text += "]"
    case .ellipsis: text += "..."
    case .placeholder: text += "."
    case .words(let words): text += "\"\(words)\""
    case .relation(let relation, let left, let right):
      text.add("(", left, " " + relation.rawValue + " ")
      text.add("", right, ")")
    case .unread(let message): text += "<\(message)>"
    }
  }

  /// Returns a number without a fraction part if it has none.
  static func numberText(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    return String(value)
  }
}

extension String {
  /// Appends an expression with what stands around it.
  fileprivate mutating func add(
    _ before: String, _ expression: Expression?, _ after: String = ""
  ) {
    self += before
    expression?.write(to: &self)
    self += after
  }

  /// Appends expressions with commas between them.
  fileprivate mutating func add(list: [Expression]) {
    for (index, expression) in list.enumerated() {
      add(index > 0 ? ", " : "", expression)
    }
  }
}

extension Arguments {
  /// Appends the arguments with their dividers: `x, z | y; theta`.
  fileprivate func write(to text: inout String) {
    for (index, group) in groups.enumerated() {
      if index > 0 {
        switch index <= dividers.count ? dividers[index - 1] : .bar {
        case .bar: text += " | "
        case .semicolon: text += "; "
        case .doubleBar: text += " || "
        }
      }
      text.add(list: group)
    }
  }
}

extension Reduction {
  /// Appends the reduction as `sum[j = 1 to k](body)`.
  fileprivate func write(to text: inout String) {
    text += kind.rawValue + "[" + variables.map(\.description).joined(separator: ", ")
    if let lower { text.add(" = ", lower) }
    if let upper { text.add(" to ", upper) }
    if let condition { text.add(": ", condition) }
    text.add("](", body, ")")
  }
}

extension Expectation {
  /// Appends the expectation as `E[measures](body | given)`.
  fileprivate func write(to text: inout String) {
    text += "E["
    text.add(list: measures)
    text.add("](", body)
    if !given.isEmpty {
      text += " | "
      text.add(list: given)
    }
    text += ")"
  }
}

extension Derivative {
  /// Appends the derivative as `grad[theta](body)` or `d[x, 2](body)`.
  fileprivate func write(to text: inout String) {
    text.add(kind == .gradient ? "grad[" : "d[", variable)
    if order != 1 { text += ", \(order)" }
    text.add("](", body, ")")
  }
}
