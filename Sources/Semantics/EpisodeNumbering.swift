public import Notation

/// How an answer numbers the steps of an episode and their rewards.
public struct EpisodeNumbering: Hashable, Sendable {
  /// The number of the first step: 0, or 1 where sums over the steps begin there.
  public var firstStep = 0
  /// The index of a reward less that of the action before it: 1 for `R_{t+1}`, 0 for `r_t`.
  public var rewardLag = 0
  /// Whether the text fits either lag: `\sum_{k=t+1}^T R_k` alone.
  public var isLagOpen = false
  /// Whether `R_t` may be the return or the reward.
  public var isReturnOpen = false
  /// Whether the sums over the steps begin at different numbers.
  public var isFirstStepOpen = false

  /// The numbering of `A_0, R_1, A_1, R_2, ...`.
  static let standard = EpisodeNumbering(of: [])

  /// Finds out how formulas number steps and rewards.
  ///
  /// - Parameter expressions: All formulas of an answer.
  public init(of expressions: [Expression]) {
    var scan = NumberingScan()
    for expression in expressions { scan.lookForSteps(in: expression) }
    let first = Set(scan.firstSteps)
    firstStep = first.count == 1 ? first.first ?? 0 : 0
    isFirstStepOpen = first.count > 1
    scan.firstStep = firstStep
    for expression in expressions { scan.lookForRewards(in: expression, [:]) }
    guard let least = scan.lags.map(\.effective).min() else {
      rewardLag = expressions.isEmpty ? 1 : 0
      return
    }
    rewardLag = least >= 1 ? 1 : 0
    isLagOpen =
      rewardLag == 1 && !scan.hasShiftedPower
      && !scan.lags.contains { $0.effective == 1 && $0.written == 1 }
    isReturnOpen = scan.hasBareReturn
  }

  /// Returns the numbering with the other lag.
  public var withOtherLag: EpisodeNumbering {
    var other = self
    other.rewardLag = 1 - rewardLag
    return other
  }
}

/// Goes through formulas for the indices of actions and rewards.
private struct NumberingScan {
  var firstStep = 0
  var firstSteps: [Int] = []
  /// What the indices of rewards are above those of the actions, as written and with the bounds of sums.
  var lags: [(written: Int, effective: Int)] = []
  /// Whether a discount has the power `k - t - 1`.
  var hasShiftedPower = false
  var hasBareReturn = false
  private var actionLetters: Set<String> = []

  mutating func lookForSteps(in expression: Expression) {
    switch expression.node {
    case .name(let name) where DecisionNames.ofStep.contains(name.base):
      if let letter = name.subscripts.last.flatMap(LinearIndex.init)?.letter {
        actionLetters.insert(letter)
      }
    case .reduction(let reduction) where reduction.kind == .sum && reduction.variables.count == 1:
      let letter = reduction.variables[0].description
      if let lower = reduction.lower.flatMap(LinearIndex.init)?.number, (0...1).contains(lower),
        reduction.body.indexesAction(letter)
      {
        firstSteps.append(lower)
      }
    default: break
    }
    for child in expression.children { lookForSteps(in: child) }
  }

  mutating func lookForRewards(in expression: Expression, _ lowers: [String: LinearIndex]) {
    var lowers = lowers
    switch expression.node {
    case .name(let name) where DecisionNames.rewards.contains(name.base) && name.accents.isEmpty:
      if name.subscripts.count == 1, let index = LinearIndex(name.subscripts[0]) {
        look(at: index, isCapital: name.base == "R", lowers)
      }
    case .binary(.power, let base, let exponent):
      if base.isDiscount, let power = LinearIndex(exponent), power.constant == -1,
        power.terms.count == 2, power.terms.contains(where: { $0.coefficient == -1 })
      {
        hasShiftedPower = true
      }
    case .reduction(let reduction) where reduction.kind == .sum && reduction.variables.count == 1:
      let letter = reduction.variables[0].description
      lowers[letter] = reduction.leastIndex
    default: break
    }
    for child in expression.children { lookForRewards(in: child, lowers) }
  }

  private mutating func look(
    at index: LinearIndex, isCapital: Bool, _ lowers: [String: LinearIndex]
  ) {
    guard index.coefficient(of: "T") == 0, !index.terms.isEmpty,
      index.terms.allSatisfy({ $0.coefficient == 1 })
    else { return }
    if index.terms.count == 2 {
      // `R_{t+k+1}`: k counts from its lower bound.
      let least = index.terms.compactMap { lowers[$0.letter]?.number }.first ?? 0
      lags.append((index.constant + least, index.constant + least))
      return
    }
    guard let letter = index.letter else { return }
    if isCapital, index.constant == 0, actionLetters.contains(letter),
      lowers[letter]?.letter == nil
    {
      hasBareReturn = true
    }
    guard let lower = lowers[letter] else {
      lags.append((index.constant, index.constant))
      return
    }
    if let number = lower.number {
      lags.append((index.constant, index.constant + max(0, number - firstStep)))
    } else {
      lags.append((index.constant, index.constant + lower.constant))
    }
  }
}

extension Reduction {
  /// The least value of the variable, from the lower bound or a condition `k \ge t`.
  var leastIndex: LinearIndex? {
    if let lower { return LinearIndex(lower) }
    guard case .relation(let relation, _, let right)? = condition?.node else { return nil }
    switch relation {
    case .greaterOrEqual: return LinearIndex(right)
    case .greater:
      let one = Expression(.number(1, digits: 0), right.range)
      return LinearIndex(Expression(.binary(.add, right, one), right.range))
    default: return nil
    }
  }
}

extension Expression {
  /// Whether the expression is the discount.
  fileprivate var isDiscount: Bool {
    if case .name(let name) = withoutGroups.node { return name.base == "gamma" }
    return false
  }

  /// Whether a letter numbers a state or an action inside.
  func indexesAction(_ letter: String) -> Bool {
    contains { expression in
      guard case .name(let name) = expression.node,
        DecisionNames.ofStep.contains(name.base) || name.base == "G"
      else { return false }
      return name.subscripts.contains { LinearIndex($0)?.coefficient(of: letter) == 1 }
    }
  }
}
