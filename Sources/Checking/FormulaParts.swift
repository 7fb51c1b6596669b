internal import Notation

/// The kinds of things that an answer's side contains beyond closed form.
///
/// Closed form is numbers, declared symbols, `+ - * / ^`, elementary functions, sums over data and
/// dimensions, and matrix algebra.
enum FormulaPart: String, CaseIterable {
  /// `KL(q \| p)` of distributions that are only named.
  case divergence
  /// `KL(N(...) \| N(...))` of distributions that are written out.
  case normalDivergence = "normal-divergence"
  /// `E_q[...]`.
  case expectation
  /// `\int`.
  case integral
  /// `p(x \mid z)`.
  case likelihood
  /// `p(z)`, `q(z \mid x)` and other densities by name.
  case density
  /// `N(x; \mu, \sigma^2)`.
  case normalDensity = "normal-density"
  /// `p(x)`.
  case evidence
  /// `H[q]`.
  case entropy
  /// `\nabla`, `\partial`.
  case derivative
  /// `\lim`, `\max`, `\min` over a variable.
  case limit

  /// Returns the parts of an expression.
  ///
  /// - Parameters:
  ///   - expression: The answer's side.
  ///   - definitions: The bodies of what the student defines, by their letters.
  /// - Returns: What the expression contains beyond closed form.
  static func parts(
    of expression: Expression, expanding definitions: [String: Expression] = [:]
  ) -> Set<FormulaPart> {
    var found: Set<FormulaPart> = []
    var pending = definitions
    collect(expression, &found, &pending)
    return found
  }

  private static func collect(
    _ expression: Expression, _ found: inout Set<FormulaPart>,
    _ definitions: inout [String: Expression]
  ) {
    switch expression.node {
    case .divergence(let first, let second):
      found.insert(isWrittenOut(first) && isWrittenOut(second) ? .normalDivergence : .divergence)
      return
    case .expectation(let expectation):
      found.insert(.expectation)
      collect(expectation.body, &found, &definitions)
      return
    case .reduction(let reduction):
      if reduction.kind == .integral { found.insert(.integral) }
      if [.limit, .maximum, .minimum, .argmax].contains(reduction.kind) { found.insert(.limit) }
    case .derivative: found.insert(.derivative)
    case .call(.entropy, _):
      found.insert(.entropy)
      return
    case .apply(let name, let arguments):
      if let body = definitions.removeValue(forKey: name.bare) {
        collect(body, &found, &definitions)
        return
      }
      if let part = density(name, arguments) { found.insert(part) }
    case .name(let name):
      if let body = definitions.removeValue(forKey: name.bare) {
        collect(body, &found, &definitions)
      } else if ["p", "q"].contains(name.bare), name.subscripts.isEmpty {
        found.insert(.density)
      }
    default: break
    }
    for child in expression.children { collect(child, &found, &definitions) }
  }

  private static func isWrittenOut(_ expression: Expression) -> Bool {
    if case .apply(let name, let arguments) = expression.node {
      return ["N", "Normal"].contains(name.base) && (arguments.groups.last?.count ?? 0) >= 2
    }
    return false
  }

  private static func density(_ name: Name, _ arguments: Arguments) -> FormulaPart? {
    if ["N", "Normal"].contains(name.base) { return .normalDensity }
    guard ["p", "q"].contains(name.base) else { return nil }
    guard name.base == "p", let first = arguments.groups.first?.first,
      case .name(let variable) = first.node, variable.base == "x",
      arguments.groups.first?.count == 1
    else { return .density }
    return arguments.dividers.first == .bar ? .likelihood : .evidence
  }
}
