internal import Notation
internal import Semantics

extension EstimatorDefinitions {
  /// The definition of a new name that the one of a known name comes to, unless the answer says elsewhere what
  /// the new name is.
  func resolved(_ entry: Entry) -> Entry {
    guard let solution = entry.solution, case .name(let letter) = solution.name.node else {
      return entry
    }
    let isSaid = list.contains { other in
      // `\rho = \log\sigma` beside `\sigma = e^\rho` says the same.
      let isInverse = entry.head.headName.map(other.body.uses) ?? false
      return other.head.headName?.stemKey == letter.stemKey && !isInverse
        && other.body.contains { inner in
          guard case .name(let name) = inner.node else { return false }
          // A network gives new names: `\rho = f(x)`.
          return vocabulary.field == .episodicMDP || vocabulary.fixes(name)
        }
    }
    return isSaid ? entry : Entry(head: solution.name, body: solution.value)
  }
}

extension Expression {
  /// Solves `value = h(u)` for the only name u in the expression h(u): the name and what it is.
  func solved(
    for value: Expression
  ) -> (name: Expression, value: Expression)? {
    var unknown: [Expression] = []
    var isLinear = true
    walk { inner in
      switch inner.node {
      case .name(let name):
        // `s` of `\sigma = e^s` is new, whatever else the letter stands for.
        let isConstant = ["pi", "e"].contains(name.base) && name.subscripts.isEmpty
        if !isConstant { unknown.append(inner) }
      case .apply, .expectation, .reduction, .derivative: isLinear = false
      default: break
      }
    }
    guard isLinear, unknown.count == 1, let letter = unknown.first else { return nil }
    var side = value
    var rest = self
    while true {
      let range = value.range
      func number(_ value: Double) -> Expression { Expression(.number(value, digits: 0), range) }
      func call(_ function: Function, _ argument: Expression) -> Expression {
        Expression(.call(function, [argument]), range)
      }
      func binary(_ operation: Operator, _ left: Expression, _ right: Expression) -> Expression {
        Expression(.binary(operation, left, right), range)
      }
      switch rest.node {
      case .name: return (letter, side)
      case .group(_, let inner): rest = inner
      case .negate(let inner): (side, rest) = (Expression(.negate(side), range), inner)
      case .call(.exp, let arguments): (side, rest) = (call(.log, side), arguments[0])
      case .call(.log, let arguments): (side, rest) = (call(.exp, side), arguments[0])
      case .call(.sqrt, let arguments):
        (side, rest) = (binary(.power, side, number(2)), arguments[0])
      case .call(.softplus, let arguments):
        (side, rest) = (call(.log, call(.expMinusOne, side)), arguments[0])
      case .call(.logOnePlus, let arguments):
        (side, rest) = (call(.expMinusOne, side), arguments[0])
      case .binary(let operation, let left, let right):
        let isLeft = left.contains { if case .name = $0.node { true } else { false } }
        let (inner, known) = isLeft ? (left, right) : (right, left)
        switch operation {
        case .add: side = binary(.subtract, side, known)
        case .subtract: side = isLeft ? binary(.add, side, known) : binary(.subtract, known, side)
        case .multiply, .elementwise: side = binary(.divide, side, known)
        case .divide:
          side = isLeft ? binary(.multiply, side, known) : binary(.divide, known, side)
        case .power where isLeft && known.isNumber(2): side = call(.sqrt, side)
        case .power where !isLeft && known.isBaseOfExponential: side = call(.log, side)
        default: return nil
        }
        rest = inner
      default: return nil
      }
    }
  }

  fileprivate var isBaseOfExponential: Bool {
    if case .name(let name) = withoutGroups.node { return name.description == "e" }
    return false
  }
}
