internal import Notation
internal import Semantics

extension Expression {
  /// Whether the expression sums over the steps of an episode, is of one fixed step, or of arrays with an entry
  /// a step.
  func isOverSteps(_ definitions: Definitions) -> Bool {
    var bodies = definitions.bodies[...]
    // What is known of the definitions, by their places.
    var known: [Int: Bool] = [:]
    func isOver(_ expression: Expression) -> Bool {
      if expression.isOverStepsItself { return true }
      // What is defined later may use what is defined before.
      return expression.contains { inner in
        let name: Name
        switch inner.node {
        case .name(let own), .apply(let own, _): name = own
        default: return false
        }
        guard let place = bodies.lastIndex(where: { $0.stem == name.accents.joined() + name.base })
        else { return false }
        // `G_t` of a step is a sum over later ones, which does not make it one over all.
        let isOfStep = ["G", "R", "r", "A", "delta", "Q", "q"].contains(name.base)
        if isOfStep, !name.subscripts.isEmpty { return false }
        if let result = known[place] { return result }
        let saved = bodies
        bodies = bodies[..<place]
        defer { bodies = saved }
        let result = isOver(saved[place].body)
        known[place] = result
        return result
      }
    }
    return isOver(self)
  }

  private var isOverStepsItself: Bool {
    contains { inner in
      switch inner.node {
      case .reduction(let reduction):
        guard [.sum, .product].contains(reduction.kind), let variable = reduction.variables.first
        else { return false }
        return reduction.body.isIndexed(byStep: variable.description)
      case .name(let name):
        if name.base == "tau" { return true }
        if DecisionNames.actions.contains(name.base), name.subscripts.count == 1,
          case .number = name.subscripts[0].node
        {
          return true
        }
        return false
      case .call(.sum, _), .call(.mean, _), .call(.dot, _), .binary(.matrixProduct, _, _):
        return true
      default: return false
      }
    }
  }

  private func isIndexed(byStep letter: String) -> Bool {
    contains { inner in
      switch inner.node {
      case .name(let name), .apply(let name, _):
        name.subscripts.contains { $0.mentions(letter) }
      case .element(_, let indices): indices.contains { $0.mentions(letter) }
      default: false
      }
    }
  }

  /// The letter of a step that no sum binds: `t` of `G_t`.
  var freeStep: String? {
    var found: String?
    func visit(_ expression: Expression, _ bound: Set<String>) {
      guard found == nil else { return }
      switch expression.node {
      case .name(let name) where DecisionNames.ofStep.contains(name.base) || name.base == "G":
        for index in name.subscripts {
          if case .name(let letter) = index.node, !bound.contains(letter.description),
            letter.subscripts.isEmpty
          {
            found = letter.description
          }
        }
      case .reduction(let reduction):
        visit(reduction.body, bound.union(reduction.variables.map(\.description)))
        return
      case .expectation(let expectation):
        // Behind the sign the step is drawn as well.
        if expectation.given.isEmpty { return }
      default: break
      }
      for child in expression.children { visit(child, bound) }
    }
    visit(self, [])
    return found
  }
}
