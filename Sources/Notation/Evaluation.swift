/// Replaces a variable by its value at a point: `f'(z)|_{z=a}` is `f'(a)`.
///
/// A derivative by the variable becomes one by the value, in which the value stands for itself:
/// `\nabla_z f(z)|_{z=a}` is `\nabla_a f(a)`. In a derivative by something else the value is constant,
/// since the point is put in after the derivative is taken, unless the other reading is chosen.
struct Evaluation {
  /// The most characters that may be put in.
  private static let largest = 20_000

  let variable: String
  let value: Expression
  let functions: Set<String>
  /// Why the value cannot be put in, if so.
  private(set) var fault: String?
  private var rest = Evaluation.largest
  private let size: Int
  /// Whether the value moves with the variables of derivatives around it.
  private let isDerived: Bool
  private var isConstant = false
  /// Whether the value was put into a derivative by something on which it may depend.
  private(set) var isConstantSomewhere = false
  private var count = 0

  /// Creates an evaluation of a variable, by its canonical form, at a value.
  init(of variable: String, at value: Expression, functions: Set<String>, isDerived: Bool) {
    self.variable = variable
    self.value = value
    self.functions = functions
    self.isDerived = isDerived
    size = value.description.utf8.count
  }

  /// Returns an expression with the value in place of the variable.
  mutating func result(of expression: Expression) -> Expression {
    let result = replaced(expression, inTerm: false)
    if fault == nil, count == 0 {
      fault = "the variable '\(variable)' does not occur in what is taken at a point"
    }
    return result
  }

  private mutating func replaced(_ expression: Expression, inTerm: Bool) -> Expression {
    guard fault == nil else { return expression }
    switch expression.node {
    case .name(let name) where name.description == variable: return put(inTerm: inTerm)
    case .name(let name) where name.primes > 0: return applied(name, expression)
    case .apply(let name, _) where name.description == variable:
      fault = "the variable '\(variable)' is applied to arguments"
      return expression
    case .reduction(let reduction): return replaced(reduction, expression)
    case .expectation(let expectation):
      check(expectation.measures.flatMap(\.drawn))
      return parts(of: expression)
    case .derivative(let derivative): return replaced(derivative, expression)
    default: return parts(of: expression)
    }
  }

  private mutating func parts(of expression: Expression) -> Expression {
    let inTerm: Bool
    switch expression.node {
    case .binary, .negate, .transpose, .factorial, .element: inTerm = true
    default: inTerm = false
    }
    return expression.mapped { replaced($0, inTerm: inTerm) }
  }

  /// The value, in brackets where a term stands.
  private mutating func put(inTerm: Bool) -> Expression {
    count += 1
    rest -= size
    guard rest >= 0 else {
      fault = "the value at a point is too large to be put in"
      return value
    }
    if isConstant, value.hasName {
      isConstantSomewhere = true
      if !isDerived { return Expression(.call(.stopGradient, [value]), value.range) }
    }
    switch value.node {
    case .binary, .negate: break
    default: return value
    }
    return inTerm ? Expression(.group(.parentheses, value), value.range) : value
  }

  /// `f'|_{z=a}` is `f'(a)`.
  private mutating func applied(_ name: Name, _ expression: Expression) -> Expression {
    guard functions.contains(name.base) else { return parts(of: expression) }
    let argument = put(inTerm: false)
    return Expression(.apply(name, Arguments(groups: [[argument]])), expression.range)
  }

  private mutating func replaced(_ reduction: Reduction, _ whole: Expression) -> Expression {
    let variables = reduction.variables.map(\.description)
    guard variables.contains(variable) else {
      if whole.mentions(variable) { check(variables) }
      return parts(of: whole)
    }
    var result = reduction
    result.lower = result.lower.map { replaced($0, inTerm: false) }
    result.upper = result.upper.map { replaced($0, inTerm: false) }
    return Expression(.reduction(result), whole.range)
  }

  /// Notes a fault if the variable or something in the value has another meaning where the value is put in.
  private mutating func check(_ bound: [String]) {
    guard let name = bound.first(where: { $0 == variable || value.mentions($0) }) else { return }
    fault = "'\(name)' is bound where the value at a point is put in"
  }

  private mutating func replaced(_ derivative: Derivative, _ whole: Expression) -> Expression {
    guard derivative.variable == nil || derivative.variable?.mentions(variable) == true else {
      let outer = isConstant
      isConstant = true
      defer { isConstant = outer }
      return parts(of: whole)
    }
    guard !isConstant else {
      fault = "a derivative of a derivative is not read at a point"
      return whole
    }
    let form = value.description
    if derivative.body.mentions(form)
      || derivative.body.contains(where: { $0.description == form })
    {
      fault = "'\(value)' occurs in the derivative that is taken there"
    } else if !value.hasName {
      fault = "a derivative at a number is not read"
    }
    var result = derivative
    if let variable = derivative.variable {
      result.variable = replaced(variable, inTerm: false)
    } else {
      result.variable = value
    }
    if case .name(let name) = derivative.body.node, functions.contains(name.base) {
      result.body = applied(name, derivative.body)
    } else {
      result.body = replaced(derivative.body, inTerm: true)
    }
    return Expression(.derivative(result), whole.range)
  }
}

extension Expression {
  /// Whether a name stands in an expression.
  fileprivate var hasName: Bool {
    contains { part in
      switch part.node {
      case .name, .apply: true
      default: false
      }
    }
  }

  /// What is drawn by a measure below an expectation.
  fileprivate var drawn: [String] {
    switch node {
    case .name(let name): [name.description]
    case .relation(_, let left, _): left.drawn
    case .apply(_, let arguments): arguments.groups.first?.flatMap(\.drawn) ?? []
    case .tuple(let entries): entries.flatMap(\.drawn)
    default: []
    }
  }
}
