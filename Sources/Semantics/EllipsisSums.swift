public import Notation

extension Expression {
  /// Returns the expression with sums that are written out with dots as sums over an index:
  /// `r_t + r_{t+1} + \dots + r_T`, `r_t + \gamma r_{t+1} + \gamma^2 r_{t+2} + \dots`.
  ///
  /// The terms before the dots say how the index and the power of the discount grow; the last term behind
  /// them must be that of the last step. What does not fit stays as it is.
  public var withoutEllipses: Expression {
    if case .binary(.add, _, _) = node, let sum = EllipsisSum(self) { return sum.expression }
    return mapped { $0.withoutEllipses }
  }
}

/// A sum of rewards with dots.
private struct EllipsisSum {
  /// One term: a power of the discount times a reward.
  private struct Term {
    var power: LinearIndex?
    var name: Name
    var index: LinearIndex
  }

  private let first: Term
  private let range: SourceRange
  private let isDiscounted: Bool
  private let gamma: Expression?

  init?(_ sum: Expression) {
    range = sum.range
    let terms = EllipsisSum.terms(of: sum)
    guard
      let dots = terms.firstIndex(where: { if case .ellipsis = $0.node { true } else { false } }),
      dots > 0, terms.count - dots <= 2
    else { return nil }
    var discount: Expression?
    func read(_ expression: Expression) -> Term? {
      guard let (term, base) = EllipsisSum.term(expression) else { return nil }
      if let base { discount = base }
      return term
    }
    let listed = terms[..<dots].compactMap(read)
    guard listed.count == dots, let one = listed.first, one.power?.number ?? 0 == 0 else {
      return nil
    }
    let last = dots + 1 < terms.count ? read(terms[dots + 1]) : nil
    if dots + 1 < terms.count {
      guard let last, last.index.coefficient(of: "T") == 1, last.name.base == one.name.base else {
        return nil
      }
    }
    gamma = discount
    isDiscounted = discount != nil
    for (place, term) in listed.enumerated() {
      guard term.name.base == one.name.base,
        term.index.terms == one.index.terms, term.index.constant == one.index.constant + place,
        term.power?.number ?? 0 == (isDiscounted ? place : 0)
      else { return nil }
    }
    // One listed term alone says nothing of a discount, two do.
    if isDiscounted, listed.count < 2 { return nil }
    if let last, isDiscounted, last.power == nil { return nil }
    first = one
  }

  /// The sum over a new index from 0.
  var expression: Expression {
    let index = Expression(.name(Name("dots")), range)
    var name = first.name
    name.subscripts = name.subscripts.map {
      Expression(.binary(.add, $0, index), range)
    }
    var body = Expression(.name(name), range)
    if isDiscounted, let gamma {
      let power = Expression(.binary(.power, gamma, index), range)
      body = Expression(.binary(.multiply, power, body), range)
    }
    var reduction = Reduction(.sum, variables: [Name("dots")], body: body)
    reduction.lower = Expression(.number(0, digits: 0), range)
    reduction.upper = Expression(.infinity, range)
    return Expression(.reduction(reduction), range)
  }

  private static func terms(of sum: Expression) -> [Expression] {
    switch sum.node {
    case .binary(.add, let left, let right): terms(of: left) + terms(of: right)
    default: [sum]
    }
  }

  /// Reads `\gamma^2 r_{t+2}`: the term and the discount.
  private static func term(_ expression: Expression) -> (Term, Expression?)? {
    switch expression.withoutGroups.node {
    case .name(let name):
      guard ["r", "R"].contains(name.base), name.subscripts.count == 1,
        let index = LinearIndex(name.subscripts[0])
      else { return nil }
      return (Term(power: nil, name: name, index: index), nil)
    case .binary(.multiply, let left, let right), .binary(.elementwise, let left, let right):
      guard let (term, inner) = term(right), inner == nil else { return nil }
      var result = term
      switch left.withoutGroups.node {
      case .name(let name) where name.base == "gamma":
        result.power = LinearIndex(Expression(.number(1, digits: 0), left.range))
        return (result, left.withoutGroups)
      case .binary(.power, let base, let exponent):
        guard case .name(let name) = base.withoutGroups.node, name.base == "gamma",
          let power = LinearIndex(exponent)
        else { return nil }
        result.power = power
        return (result, base.withoutGroups)
      default: return nil
      }
    default: return nil
    }
  }
}
