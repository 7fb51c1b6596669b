internal import Homework
internal import Notation
internal import Semantics

extension DerivationSteps {
  typealias Judgement = (holds: Bool?, reason: String, witness: Comparison.Witness?)

  /// Judges a relation between two members from how they compare at generic points.
  mutating func verdict(
    on relation: Relation, _ outcomes: [Comparison], _ pair: Pair
  ) -> Judgement {
    let witness = outcomes.first { $0.outcome != .equal }?.witness
    switch relation {
    case .equal, .define:
      if outcomes.allSatisfy({ $0.outcome == .equal }) { return (true, "", nil) }
      if outcomes.contains(where: { $0.outcome == .undecided }) {
        return (nil, openness(outcomes), nil)
      }
      return (false, mismatch(outcomes, pair), witness)
    case .greaterOrEqual, .greater:
      return inequality(isGreater: true, isStrict: relation == .greater, outcomes, pair)
    case .lessOrEqual, .less:
      return inequality(isGreater: false, isStrict: relation == .less, outcomes, pair)
    case .proportional:
      for outcome in outcomes {
        switch outcome.proportion {
        case .constant(let factor) where factor > 0: continue
        case .constant: return (false, "the factor is negative", witness)
        case .none: return (false, "the two sides are not proportional", witness)
        case .unknown: return (nil, "whether the two sides are proportional is not decided", nil)
        }
      }
      return (true, factor(pair).map { "the factor is \($0)" } ?? "", nil)
    default: return (nil, "the relation '\(relation.rawValue)' is not judged", nil)
    }
  }

  /// Says why two sides are neither equal nor different.
  private func openness(_ outcomes: [Comparison]) -> String {
    outcomes.contains(where: \.isUnknownSomewhere)
      ? "an integral does not converge, or too slowly to be sure of it"
      : "the two sides are too near to be told apart"
  }

  /// Says how two sides differ that should be equal.
  private mutating func mismatch(_ outcomes: [Comparison], _ pair: Pair) -> String {
    for isGreater in [true, false]
    where outcomes.allSatisfy({ isGreater ? $0.isNowhereBelow : $0.isNowhereAbove }) {
      let sign = isGreater ? ">=" : "<="
      let gap = gap(pair, isGreater: isGreater)
      if let gap, gap.quantity.isNowhereNegative, gap.factor == 1 {
        let verb = isGreater ? "dropped" : "added"
        return "you \(verb) \(gap.quantity.name); the relation should be '\(sign)'"
      }
      if gap == nil, case .survived = trial(pair, isGreater: isGreater) {
        return "the \(isGreater ? "left" : "right") side is larger: '\(sign)' would hold"
      }
    }
    return difference(outcomes, pair)
  }

  /// Names the difference of two sides if it is known, or their factor.
  mutating func difference(_ outcomes: [Comparison], _ pair: Pair) -> String {
    for outcome in outcomes {
      if case .factor(let factor) = outcome.outcome {
        return abs(factor + 1) < 1e-9
          ? "the sign is wrong" : "the sides differ by the factor \(Figures.short(factor))"
      }
    }
    if let factor = factor(pair) {
      return "the sides differ by the factor '\(factor)', which '\\propto' leaves out"
    }
    if let gap = gap(pair, isGreater: true) {
      let side = gap.factor > 0 ? "left" : "right"
      let size = abs(abs(gap.factor) - 1) < 1e-9 ? "" : "\(Figures.short(abs(gap.factor))) "
      return "the \(side) side has \(size)\(gap.quantity.name) more"
    }
    return "the two sides differ"
  }

  // MARK: - Inequalities

  /// What trying an inequality at wide points gives.
  private enum Trial {
    case survived
    case refuted(Comparison.Witness)
    case unknown
  }

  /// Judges an inequality: at generic points, then at wide ones with a search for smaller gaps.
  private mutating func inequality(
    isGreater: Bool, isStrict: Bool, _ outcomes: [Comparison], _ pair: Pair
  ) -> Judgement {
    let side = isGreater ? "smaller" : "larger"
    let opposite = isGreater ? "<=" : ">="
    if outcomes.allSatisfy({ $0.outcome == .equal }) {
      return isStrict
        ? (false, "the two sides are equal", nil) : (true, "the two sides are equal", nil)
    }
    let witness = outcomes.lazy.compactMap { isGreater ? $0.witnessBelow : $0.witnessAbove }.first
    if let witness {
      if outcomes.allSatisfy({ isGreater ? $0.isNowhereAbove : $0.isNowhereBelow }),
        holds(pair, isGreater: !isGreater)
      {
        return (false, "the direction is reversed: '\(opposite)' holds", witness)
      }
      return (false, "the left side is \(side) at some point", witness)
    }
    guard outcomes.allSatisfy({ isGreater ? $0.isNowhereBelow : $0.isNowhereAbove }) else {
      return (nil, openness(outcomes), nil)
    }
    let gap = gap(pair, isGreater: isGreater)
    let text = gap.map { gap in
      "the gap is " + (gap.factor == 1 ? "" : "\(Figures.short(gap.factor)) ") + gap.quantity.name
    }
    // A divergence is nowhere negative: nothing is left to try.
    if let gap, gap.quantity.isNowhereNegative, gap.factor > 0 { return (true, text ?? "", nil) }
    switch trial(pair, isGreater: isGreater) {
    case .survived:
      if let witness = refutation(of: pair, gap: gap, isGreater: isGreater) {
        return (false, "the left side is \(side) at some point", witness)
      }
      return (true, text.map { "not refuted; \($0)" } ?? "not refuted", nil)
    case .refuted(let witness): return (false, "the left side is \(side) at some point", witness)
    case .unknown: return (nil, "the inequality could not be tried at enough points", nil)
    }
  }

  /// Tries an inequality in other words, that may be known at more points: what equals the left side stands
  /// for it, and the name of the gap for the gap.
  private func refutation(
    of pair: Pair, gap: (quantity: KnownQuantity, factor: Double)?, isGreater: Bool
  ) -> Comparison.Witness? {
    let origin = Pair(chain: pair.chain, left: equalOrigin(of: pair), right: pair.right)
    if origin.left != pair.left, case .refuted(let witness) = trial(origin, isGreater: isGreater) {
      return witness
    }
    guard let gap else { return nil }
    let quantity = gap.quantity.expression
    let zero = Expression(.number(0, digits: 0), quantity.range)
    let (greater, lesser) = gap.factor > 0 ? (quantity, zero) : (zero, quantity)
    guard case .refuted(let witness) = trial(of: greater, over: lesser) else { return nil }
    return witness
  }

  /// The first member of the chain from which true equations lead to the left one.
  private func equalOrigin(of pair: Pair) -> Int {
    let steps = found.filter { $0.chain == pair.chain }
    var place = pair.left
    while place > 0,
      let step = steps.first(where: { $0.left == place - 1 }),
      step.holds == true, step.relation == .equal || step.relation == .define,
      !chains[pair.chain].members[place].isEllipsis
    {
      place -= 1
    }
    return place
  }

  /// Whether the opposite direction holds, by the known gap or as far as the search goes.
  private mutating func holds(_ pair: Pair, isGreater: Bool) -> Bool {
    if let gap = gap(pair, isGreater: isGreater) {
      return gap.quantity.isNowhereNegative && gap.factor > 0
    }
    if case .survived = trial(pair, isGreater: isGreater) { return true }
    return false
  }

  /// Tries whether one member is nowhere smaller than the other.
  private func trial(_ pair: Pair, isGreater: Bool) -> Trial {
    let members = chains[pair.chain].members
    let (left, right) = (members[pair.left], members[pair.right])
    let trial = trial(of: isGreater ? left : right, over: isGreater ? right : left)
    guard case .refuted(var point) = trial, !isGreater else { return trial }
    (point.left, point.right) = (point.right, point.left)
    return .refuted(point)
  }

  private func trial(of greater: Expression, over lesser: Expression) -> Trial {
    var isTried = false
    for world in wideWorlds {
      do throws(Misunderstanding) {
        let point = try search.refutation(of: greater, over: lesser, in: world)
        isTried = true
        if let point { return .refuted(point) }
      } catch {
        continue
      }
    }
    return isTried ? .survived : .unknown
  }

  // MARK: - Known quantities

  /// The known quantity of which the left side less the right one is a multiple, the other way round if it is
  /// the right side that is greater.
  private mutating func gap(
    _ pair: Pair, isGreater: Bool
  ) -> (quantity: KnownQuantity, factor: Double)? {
    for quantity in known where quantity.role == .difference {
      var factor: Double?
      var isMultiple = true
      for world in benches.indices where isMultiple {
        guard let (first, second) = sides(pair, in: world),
          let reference = try? benches[world].reference(
            quantity.expression, number: quantity.number)
        else { continue }
        let difference = benches[world].difference(
          of: isGreater ? first : second, and: isGreater ? second : first)
        let outcome = benches[world].compare(difference, reference, wantsWitness: false).outcome
        switch outcome {
        case .equal: isMultiple = factor.map { $0 == 1 } ?? true
        case .factor(let one): isMultiple = factor.map { abs($0 - one) < 1e-9 } ?? true
        case .incomparable: continue
        default: isMultiple = false
        }
        if case .factor(let one) = outcome { factor = one }
        if outcome == .equal { factor = 1 }
      }
      if isMultiple, let factor { return (quantity, factor) }
    }
    return nil
  }

  /// The known quantity by which the left side is a multiple of the right one.
  private mutating func factor(_ pair: Pair) -> String? {
    for quantity in known where quantity.role == .factor {
      var isFactor: Bool?
      for world in benches.indices where isFactor ?? true {
        guard let (first, second) = sides(pair, in: world),
          let reference = try? benches[world].reference(
            quantity.expression, number: quantity.number)
        else { continue }
        let product = benches[world].product(of: second, and: reference)
        switch benches[world].compare(first, product, wantsWitness: false).outcome {
        case .equal: isFactor = true
        case .incomparable: continue
        default: isFactor = false
        }
      }
      if isFactor == true { return quantity.name }
    }
    return nil
  }

  private func sides(
    _ pair: Pair, in world: Int
  ) -> (first: Workbench.Value, second: Workbench.Value)? {
    guard let first = values[world][pair.chain][pair.left],
      let second = values[world][pair.chain][pair.right], first.isNumber, second.isNumber
    else { return nil }
    return (first, second)
  }
}
