internal import Notation

/// The law that an answer states for its noise, where it is not the standard normal distribution:
/// `\epsilon \sim N(0, \sigma^2)`, `\epsilon \sim U(0, 1)`.
enum NoiseLaw {
  /// A normal distribution by its mean and its deviation.
  case normal(mean: Expression, deviation: Expression)
  /// Any other law, or several, with what is said of them.
  case unknown(String)

  /// What an answer says of the noise under one name.
  struct Statement {
    var name: Name
    /// `nil` if the law is the standard normal distribution.
    var law: NoiseLaw?
  }

  /// Returns what is drawn in chains and from what.
  static func statements(in chains: [Chain]) -> [Statement] {
    var statements: [Statement] = []
    func add(_ head: Expression, _ law: Expression, isDrawn: Bool) {
      guard let name = head.nameOfDrawn(isDrawn: isDrawn), law.isLaw else { return }
      statements.append(Statement(name: name, law: NoiseLaw(law)))
    }
    for chain in chains {
      if let first = chain.first, let link = chain.links.first, let last = chain.last,
        chain.links.dropFirst().allSatisfy({ $0.relation == .equal })
      {
        let isDrawn = link.relation == .distributed
        if isDrawn || link.relation == .equal { add(first, last, isDrawn: isDrawn) }
      }
      for condition in chain.conditions {
        switch condition.node {
        case .relation(.distributed, let head, let law): add(head, law, isDrawn: true)
        case .relation(.equal, let head, let law): add(head, law, isDrawn: false)
        default: break
        }
      }
    }
    return statements
  }

  /// Reads a law; `nil` if it is the standard normal distribution.
  private init?(_ law: Expression) {
    let text = "the noise is drawn from '\(law)', not from the standard normal distribution"
    guard let (name, entries) = law.lawParameters, name.isNormal, entries.count == 2 else {
      self = .unknown(text)
      return
    }
    let spread = entries[1].withoutIdentity
    guard let spread else {
      if entries[0].isZero { return nil }
      let one = Expression(.number(1, digits: 0), law.range)
      self = .normal(mean: entries[0], deviation: one)
      return
    }
    // Whether a letter without a square is the variance or the deviation is not said.
    if case .binary(.power, let base, let exponent) = spread.node, exponent.isNumber(2) {
      self = .normal(mean: entries[0], deviation: base)
    } else if let number = spread.plainNumber, number > 0, name.base == "N" {
      let deviation = Expression(.number(number.squareRoot(), digits: 0), law.range)
      self = .normal(mean: entries[0], deviation: deviation)
    } else {
      self = .unknown(text)
    }
  }

  /// Returns a map with its noise made of standard normal noise.
  func applied(to map: Expression) -> Expression {
    guard case .normal(let mean, let deviation) = self else { return map }
    if case .name(let name) = map.node, Expression.isNoise(name) {
      let scaled = Expression(.binary(.multiply, deviation, map), map.range)
      let value = mean.isZero ? scaled : Expression(.binary(.add, mean, scaled), map.range)
      return Expression(.group(.parentheses, value), map.range)
    }
    if case .name = map.node { return map }
    return map.mapped(applied)
  }
}

extension Name {
  /// Whether the name is one of the normal distribution.
  fileprivate var isNormal: Bool { ["n", "normal", "gaussian"].contains(base.lowercased()) }
}

extension Expression {
  /// The name of what is drawn: `\epsilon` of `\epsilon \sim U`, and of `p(\epsilon) = U`.
  fileprivate func nameOfDrawn(isDrawn: Bool) -> Name? {
    switch withoutGroups.node {
    case .name(let name): return isDrawn ? name : nil
    case .apply(let density, let arguments) where ["p", "q"].contains(density.base):
      guard !isDrawn, let argument = arguments.groups.first?.first, arguments.groups.count == 1,
        case .name(let name) = argument.node
      else { return nil }
      return name
    default: return nil
    }
  }

  /// The name of a law and its parameters: `U(0, 1)`, and `N(\epsilon; 0, 1)`.
  fileprivate var lawParameters: (name: Name, entries: [Expression])? {
    switch withoutGroups.node {
    case .apply(let name, let arguments):
      return (name, (arguments.groups.last ?? []).map(\.withoutGroups))
    case .binary(.multiply, let left, let right):
      guard case .name(let name) = left.node, case .tuple(let entries) = right.withoutGroups.node
      else { return nil }
      return (name, entries.map(\.withoutGroups))
    default: return nil
    }
  }

  /// Whether the expression says of which law it is, not only its name.
  fileprivate var isLaw: Bool {
    switch withoutGroups.node {
    case .name(let name): !name.isNormal && !["p", "q"].contains(name.base)
    case .apply(let name, let arguments):
      !["p", "q", "r", "pi"].contains(name.base)
        && !(name.isNormal && arguments.groups.joined().count < 2)
    case .words, .unread, .ellipsis, .placeholder: false
    default: true
    }
  }

  /// A variance without the identity beside it; `nil` if it is the identity, or 1.
  fileprivate var withoutIdentity: Expression? {
    switch withoutGroups.node {
    case .number(1, _), .call(.identity, _): return nil
    case .name(let name) where ["I", "1", "Id"].contains(name.base): return nil
    case .binary(.power, let base, _) where base.withoutIdentity == nil: return nil
    case .binary(.multiply, let left, let right):
      guard let left = left.withoutIdentity else { return right.withoutIdentity }
      guard let right = right.withoutIdentity else { return left }
      return Expression(.binary(.multiply, left, right), range)
    case .call(.diagonal, let entries) where entries.count == 1:
      return entries[0].withoutIdentity
    default: return withoutGroups
    }
  }
}
