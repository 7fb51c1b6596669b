internal import Notation
internal import Semantics

extension Expression {
  /// Whether an arbitrary function is differentiated inside, in what is defined as well.
  func differentiatesFunction(
    _ vocabulary: Vocabulary, _ definitions: Definitions
  ) -> Bool {
    contains { inner in
      switch inner.node {
      case .name(let name), .apply(let name, _):
        if vocabulary.isSlope(name) { return true }
        return definitions.bodies.contains { stem, body in
          stem == name.base
            && body.contains { part in
              switch part.node {
              case .name(let name), .apply(let name, _): vocabulary.isSlope(name)
              default: false
              }
            }
        }
      case .derivative(let derivative):
        return derivative.body.contains { part in
          switch part.node {
          case .name(let name), .apply(let name, _): vocabulary.isFunction(name)
          default: false
          }
        }
      default: return false
      }
    }
  }

  /// The expression with names of standard deviations standing for variances, as in `N(\mu, \sigma)` where sigma is
  /// the variance.
  func readingDeviationsAsVariances(_ vocabulary: Vocabulary) -> Expression {
    switch node {
    case .name(let name):
      guard vocabulary.variable(named: name)?.kind == .deviation else { return self }
      let two = Expression(.number(2, digits: 0), range)
      return Expression(.binary(.power, self, two), range)
    default: return mapped { $0.readingDeviationsAsVariances(vocabulary) }
    }
  }
}
