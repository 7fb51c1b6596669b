internal import Notation

extension Expression {
  /// Returns the names that nothing binds, sorted; `\pi` and `e` are constants.
  ///
  /// - Parameters:
  ///   - all: Whether variables of derivatives and constants are included.
  ///   - families: The letters of families, whose members are left out.
  /// - Returns: The canonical names.
  func freeNames(all: Bool = false, families: Set<String> = []) -> [String] {
    var names: Set<String> = []
    collectFreeNames(bound: families, all: all, into: &names)
    return names.sorted()
  }

  private func collectFreeNames(
    bound: Set<String>, all: Bool, into names: inout Set<String>
  ) {
    switch node {
    case .name(let name):
      let key = name.description
      guard !bound.contains(key), !bound.contains(name.stem), all || key != "pi" && key != "e"
      else { return }
      names.insert(key)
    case .reduction(let reduction):
      let inner = bound.union(reduction.variables.map(\.description))
      reduction.lower?.collectFreeNames(bound: bound, all: all, into: &names)
      reduction.upper?.collectFreeNames(bound: bound, all: all, into: &names)
      reduction.body.collectFreeNames(bound: inner, all: all, into: &names)
    case .derivative(let derivative):
      derivative.body.collectFreeNames(bound: bound, all: all, into: &names)
      if all {
        derivative.variable?.collectFreeNames(bound: bound, all: all, into: &names)
      }
    default:
      for child in children { child.collectFreeNames(bound: bound, all: all, into: &names) }
    }
  }
}
