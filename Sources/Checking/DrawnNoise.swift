internal import Notation

/// What an answer draws from the standard normal distribution, under the one name that the question has for it.
///
/// Draws are calls, `randn_like(std)`, the distribution in the place of its draw, `\sigma N(0, 1)`, and names that
/// stand for either: `e = torch.randn(n)`, `u \sim N(0, I)`.
struct DrawnNoise {
  /// The name of the noise in the question.
  private let name: Name
  /// The names that the answer draws.
  private let drawn: Set<String>
  /// The law of the draws, if it is not the standard normal distribution.
  let law: NoiseLaw?

  /// - Parameters:
  ///   - name: The name of the noise in the question.
  ///   - chains: The chains of the answer.
  ///   - isKnown: Whether a name means something in the question.
  init(name: Name, chains: [Chain], isKnown: (Name) -> Bool) {
    self.name = name
    var drawn: Set<String> = []
    for chain in chains where chain.links.count == 1 {
      guard case .name(let head)? = chain.first?.node,
        chain.links[0].expression.withoutGroups.isDraw,
        [.equal, .define, .distributed].contains(chain.links[0].relation),
        Expression.isNoise(head) || !isKnown(head)
      else { continue }
      drawn.insert(head.description)
    }
    for condition in chains.flatMap(\.conditions) {
      guard case .relation(.distributed, let left, let right) = condition.node,
        case .name(let head) = left.node, right.isDraw, !isKnown(head)
      else { continue }
      drawn.insert(head.description)
    }
    let statements = NoiseLaw.statements(in: chains)
    if statements.allSatisfy({ $0.law == nil }) {
      law = nil
    } else {
      // Another letter is the noise where no usual one is written.
      let isUsual = chains.contains { chain in
        chain.members.contains { $0.contains { $0.isUsualNoise } }
      }
      let own = statements.filter { statement in
        Expression.isNoise(statement.name) || !isUsual && !isKnown(statement.name)
      }
      let others = own.filter { $0.law != nil }
      drawn.formUnion(others.map(\.name.description))
      let isOne = others.count == own.count && Set(own.map(\.name.description)).count == 1
      law =
        isOne || others.isEmpty
        ? others.last?.law : .unknown("the answer states several laws of the noise")
    }
    self.drawn = drawn
  }

  /// Returns the chains with every draw under the name of the noise, without those that only name a draw.
  ///
  /// Several draws in one answer stay as they are: they do not stand for one number.
  func named(in chains: [Chain]) -> [Chain] {
    guard drawn.count <= 1 else { return chains }
    return chains.compactMap { chain in
      if case .name(let head)? = chain.first?.node, drawn.contains(head.description) { return nil }
      return chain.mapped { member in
        member.draws(of: drawn) <= 1 && !member.withoutGroups.isDraw ? named(member) : member
      }
    }
  }

  private func named(_ expression: Expression) -> Expression {
    if expression.isDraw || expression.isName(in: drawn) {
      return Expression(.name(name), expression.range)
    }
    switch expression.node {
    case .negate, .group, .binary, .call: return expression.mapped(named)
    default: return expression
    }
  }
}

extension Expression {
  /// Whether the expression is a draw from the standard normal distribution: `randn_like(std)`, `N(0, I)`.
  var isDraw: Bool {
    switch node {
    case .call(.standardNormal, _): return true
    case .apply(let name, let arguments):
      let entries = arguments.groups.joined().map(\.withoutGroups)
      guard name.base == "N" || name.base == "Normal", arguments.groups.count == 1,
        entries.count == 2
      else { return false }
      return entries[0].isZero && entries[1].isUnit
    default: return false
    }
  }

  /// Whether a number is made of a draw: `\sigma N(0, 1)`, and not `KL(q \| N(0, 1))`.
  var isMadeOfDraws: Bool {
    if withoutGroups.isDraw { return false }
    var isMade = false
    walkTerms { if $0.isDraw { isMade = true } }
    return isMade
  }

  /// Visits the expression and all that arithmetic and functions make it of.
  private func walkTerms(_ visit: (Expression) -> Void) {
    visit(self)
    if isDraw { return }
    switch node {
    case .negate(let inner), .group(_, let inner): inner.walkTerms(visit)
    case .binary(_, let left, let right):
      left.walkTerms(visit)
      right.walkTerms(visit)
    case .call(_, let arguments): for argument in arguments { argument.walkTerms(visit) }
    default: break
    }
  }

  /// How many draws stand inside, a name counting once.
  fileprivate func draws(of names: Set<String>) -> Int {
    var count = 0
    var isNamed = false
    walkTerms { inner in
      if inner.isDraw { count += 1 }
      if inner.isName(in: names) { isNamed = true }
    }
    return count + (isNamed ? 1 : 0)
  }

  fileprivate func isName(in names: Set<String>) -> Bool {
    if case .name(let name) = node { names.contains(name.description) } else { false }
  }

  /// Whether the expression is a letter that is usual for noise.
  fileprivate var isUsualNoise: Bool {
    if case .name(let name) = node { Expression.isNoise(name) } else { false }
  }

  /// Whether the expression is 0, or a vector of zeros.
  var isZero: Bool {
    switch node {
    case .number(let value, _): value == 0
    case .name(let name): name.base == "0"
    default: false
    }
  }

  private var isUnit: Bool {
    switch node {
    case .number(let value, _): value == 1
    case .name(let name): name.base == "I"
    case .call(.identity, _): true
    default: false
    }
  }
}
