internal import Notation

extension Expression {
  /// Whether something inside has the form of a pattern, names of parameters and groups aside.
  ///
  /// A placeholder in the pattern stands for anything. A list in the pattern asks for each of its entries somewhere inside.
  func containsForm(_ pattern: Expression) -> Bool {
    if case .tuple(let entries) = pattern.node { return entries.allSatisfy(containsForm) }
    return contains {
      var fillings: [Expression] = []
      return $0.matches(pattern, &fillings)
    }
  }

  /// Whether this has the form of a pattern; what stands for its placeholders is appended.
  private func matches(_ pattern: Expression, _ fillings: inout [Expression]) -> Bool {
    if case .placeholder = pattern.node {
      fillings.append(self)
      return true
    }
    if case .group(_, let inner) = pattern.node { return matches(inner, &fillings) }
    if case .group(_, let inner) = node { return inner.matches(pattern, &fillings) }
    switch (node, pattern.node) {
    case (.name(let one), .name(let other)):
      return one.base == other.base && one.primes == other.primes
    case (.apply(let one, let inside), .apply(let other, let pattern)):
      guard one.base.lowercased() == other.base.lowercased(),
        inside.groups.map(\.count) == pattern.groups.map(\.count)
      else { return false }
    case (.binary(let one, _, _), .binary(let other, _, _)):
      guard one == other else { return false }
    case (.call(let one, _), .call(let other, _)):
      guard one == other else { return false }
    case (.reduction(let one), .reduction(let other)):
      return one.kind == other.kind && one.body.matches(other.body, &fillings)
    case (.expectation(let one), .expectation(let other)):
      return one.body.matches(other.body, &fillings)
    case (.derivative(let one), .derivative(let other)):
      return one.body.matches(other.body, &fillings)
    case (.number(let one, _), .number(let other, _)): return one == other
    case (.negate, .negate), (.divergence, .divergence), (.bars, .bars), (.norm, .norm),
      (.transpose, .transpose), (.factorial, .factorial), (.tuple, .tuple), (.infinity, .infinity):
      break
    case (.relation(let one, _, _), .relation(let other, _, _)):
      guard one == other else { return false }
    default: return false
    }
    let parts = children
    let patterns = pattern.children
    guard parts.count == patterns.count else { return false }
    return zip(parts, patterns).allSatisfy { $0.matches($1, &fillings) }
  }
}

extension Expression {
  /// Returns this with the brackets of an earlier line in the place of `(\cdot)`.
  ///
  /// They are those that stand there within the same surroundings, the smallest that the earlier line has once:
  /// `\tfrac12\sum_j(\cdot)` behind a line with `\tfrac12\sum_j(1 + \log\sigma_j^2)`.
  func filled(from earlier: Expression) -> Expression {
    guard contains(where: \.isOmission) else { return self }
    var result = self
    for path in pathsToOmissions {
      for pattern in path.dropFirst() {
        var meanings: [Expression] = []
        earlier.walk { part in
          var fillings: [Expression] = []
          if part.matches(pattern, &fillings), fillings.count == 1,
            !meanings.contains(where: { $0.hasSameForm(as: fillings[0]) })
          {
            meanings.append(fillings[0])
          }
        }
        if meanings.count > 1 { continue }
        if let meaning = meanings.first {
          result = result.replacing(path[0].range, by: meaning)
        }
        break
      }
    }
    return result
  }

  /// Whether this is `(\cdot)`.
  private var isOmission: Bool {
    guard case .group(_, let inner) = node, case .placeholder = inner.node else { return false }
    return true
  }

  /// Each `(\cdot)` with what surrounds it, innermost first.
  private var pathsToOmissions: [[Expression]] {
    if isOmission { return [[self]] }
    return children.flatMap(\.pathsToOmissions).map { $0 + [self] }
  }

  private func replacing(_ place: SourceRange, by other: Expression) -> Expression {
    if isOmission, range == place { return other }
    return mapped { $0.replacing(place, by: other) }
  }
}
