internal import Homework
internal import Notation
internal import Semantics

/// The members of a derivation evaluated in all worlds, and the relations between neighbours.
struct DerivationSteps {
  /// One relation with what was found of it.
  struct Found {
    var chain: Int
    /// The member on its left, counted from 0 in its chain.
    var left: Int
    var relation: Relation
    var item: Int
    var range: SourceRange
    var holds: Bool?
    var reason: String
    var witness: Comparison.Witness?
  }

  let chains: [Chain]
  var found: [Found] = []
  /// Whether each chain is a derivation of several lines, and not a single statement.
  var isDerivation: [Bool] = []
  /// What differences and factors may be called.
  let known: [KnownQuantity]
  var benches: [Workbench] = []
  /// The values of the members by world, chain and place; `nil` where a world cannot tell.
  private(set) var values: [[[Workbench.Value?]]] = []
  private(set) var reasons: [[Misunderstanding?]] = []
  /// The names of the target by world, with their values.
  private var bound: [[(name: String, value: Workbench.Value)]] = []
  /// What is needed to try inequalities; the worlds are those of a wide range.
  let search: InequalitySearch
  let wideWorlds: [World]

  /// Evaluates chains.
  ///
  /// - Parameters:
  ///   - chains: The derivation.
  ///   - setting: The names, and the worlds where they have values.
  ///   - definitions: What the student defines.
  ///   - target: The names of the target with the expression that they stand for.
  ///   - known: What differences and factors may be called.
  init(
    chains: [Chain], setting: DerivationSetting, definitions: Definitions,
    target: (names: TargetNames, value: Expression?), known: [KnownQuantity]
  ) {
    self.chains = chains
    self.known = known
    let members = chains.map(\.members)
    let parameterNames = ParameterNames(in: Array(members.joined()))
    let names = target.names.spellings.filter { !definitions.stems.contains($0) }.sorted()
    wideWorlds = setting.wideWorlds
    search = InequalitySearch(
      vocabulary: setting.vocabulary, definitions: definitions,
      names: target.value.map { value in names.map { ($0, value) } } ?? [],
      parameterNames: parameterNames)
    reasons = members.map { $0.map { _ in nil } }
    for world in setting.worlds {
      var bench = Workbench(
        vocabulary: setting.vocabulary, world: world, definitions: definitions,
        parameterNames: parameterNames)
      var bound: [(name: String, value: Workbench.Value)] = []
      if !names.isEmpty, let goal = target.value, let value = try? bench.reference(goal) {
        bound = names.map { ($0, value) }
      }
      values.append(
        members.enumerated().map { index, members in
          members.enumerated().map { place, member in
            if chains[index].isEstimate(place) { return nil }
            do throws(Misunderstanding) {
              return try bench.answer(member, bound: bound)
            } catch {
              reasons[index][place] = graver(error, reasons[index][place])
              return nil
            }
          }
        })
      bench.evaluate(values[values.count - 1].joined().compactMap { $0 })
      benches.append(bench)
      self.bound.append(bound)
    }
    for (index, chain) in chains.enumerated() {
      let first = found.count
      for (left, link) in chain.links.enumerated() {
        found.append(judged(link, chain: index, left: left))
      }
      judgeImplications(from: first)
    }
  }

  private func graver(_ new: Misunderstanding, _ old: Misunderstanding?) -> Misunderstanding {
    guard let old else { return new }
    return old.kind == .outOfReach ? new : old
  }

  // MARK: - One relation

  private mutating func judged(_ link: Chain.Link, chain: Int, left: Int) -> Found {
    var step = Found(
      chain: chain, left: left, relation: link.relation, item: link.item,
      range: link.relationRange, holds: nil, reason: "")
    if link.relation == .implies { return step }
    if link.expression.isEllipsis {
      // Dots claim nothing; the lines around them are compared where the chain goes on.
      let goesOn = chains[chain].links[(left + 1)...].contains { !$0.expression.isEllipsis }
      step.holds = goesOn ? true : nil
      step.reason = goesOn ? "" : "the chain breaks off here"
      return step
    }
    if link.relation == .define, case .name = link.expression.node, reasons[chain][left] == nil {
      step.holds = true
      return step
    }
    guard let (origin, relation) = chains[chain].origin(of: left) else {
      step.reason = "the relations around the dots do not fit together"
      return step
    }
    let pair = Pair(chain: chain, left: origin, right: left + 1)
    if chains[chain].isEstimate(origin) || chains[chain].isEstimate(left + 1) {
      (step.holds, step.reason, step.witness) = verdict(onEstimates: relation, pair)
      return step
    }
    let outcomes = comparisons(of: pair)
    guard !outcomes.isEmpty else {
      if relation == .equal, holdsAtAnyLatent(pair) {
        step.holds = true
        return step
      }
      let reason = reasons[chain][left + 1] ?? reasons[chain][origin]
      step.reason = reason.map(\.message) ?? "the two sides cannot be compared"
      return step
    }
    (step.holds, step.reason, step.witness) = verdict(on: relation, outcomes, pair)
    return step
  }

  /// Whether two members are equal at any value of the latent variable, of which both are functions:
  /// `p(x, z) = p(x|z) p(z)`.
  private mutating func holdsAtAnyLatent(_ pair: Pair) -> Bool {
    let (left, right) = (
      chains[pair.chain].members[pair.left], chains[pair.chain].members[pair.right]
    )
    guard
      [reasons[pair.chain][pair.left], reasons[pair.chain][pair.right]].contains(where: {
        if case .unboundLatent? = $0?.kind { true } else { false }
      })
    else { return false }
    var isEqual = false
    for world in benches.indices {
      guard let latent = benches[world].anyLatent() else { continue }
      let names = bound[world] + ["z", "h"].map { (name: $0, value: latent) }
      guard let first = try? benches[world].answer(left, bound: names),
        let second = try? benches[world].answer(right, bound: names)
      else { continue }
      switch benches[world].compare(first, second, wantsWitness: false).outcome {
      case .incomparable: continue
      case .equal: isEqual = true
      default: return false
      }
    }
    return isEqual
  }

  /// Two members of a chain.
  struct Pair {
    var chain: Int
    var left: Int
    var right: Int
  }

  /// Compares two members in every world that can tell.
  ///
  /// A world where an integral diverges or cannot be bounded says nothing where others do.
  private mutating func comparisons(of pair: Pair) -> [Comparison] {
    var outcomes: [Comparison] = []
    var unknown: [Comparison] = []
    for world in benches.indices {
      guard let first = values[world][pair.chain][pair.left],
        let second = values[world][pair.chain][pair.right]
      else { continue }
      let comparison = benches[world].compare(first, second)
      switch comparison.outcome {
      case .incomparable: continue
      case .undecided where comparison.isUnknownSomewhere: unknown.append(comparison)
      default: outcomes.append(comparison)
      }
    }
    return outcomes.isEmpty ? unknown : outcomes
  }

  /// Judges `\Rightarrow` and its like between equations: false only where true ones lead to a false one.
  ///
  /// What stands on either side is all relations as far as the next such sign.
  private mutating func judgeImplications(from first: Int) {
    let signs = (first..<found.count).filter { found[$0].relation == .implies }
    for (number, sign) in signs.enumerated() {
      let before = (number == 0 ? first : signs[number - 1] + 1)..<sign
      let behind = (sign + 1)..<(number + 1 < signs.count ? signs[number + 1] : found.count)
      guard !before.isEmpty, !behind.isEmpty else {
        found[sign].reason = "an implication is between equations"
        continue
      }
      if before.contains(where: { found[$0].holds == false }) {
        found[sign].holds = true
      } else if found[before].contains(where: { $0.holds == nil }) {
        found[sign].reason = "what stands before it could not be judged"
      } else if behind.contains(where: { found[$0].holds == false }) {
        found[sign].holds = false
        found[sign].reason = "what follows from it is false"
      } else if found[behind].contains(where: { $0.holds == nil }) {
        found[sign].reason = "what stands behind it could not be judged"
      } else {
        found[sign].holds = true
      }
    }
  }

  // MARK: - Estimates

  /// Judges a relation beside a formula with draws: an approximation is compared in expectation.
  private mutating func verdict(
    onEstimates relation: Relation, _ pair: Pair
  ) -> (Bool?, String, Comparison.Witness?) {
    let expected = estimates(of: pair, as: .expected)
    guard !expected.isEmpty else {
      let reason = reasons[pair.chain][pair.right] ?? reasons[pair.chain][pair.left]
      return (nil, reason.map(\.message) ?? "the expectation cannot be compared", nil)
    }
    let witness = expected.first { $0.outcome != .equal }?.witness
    if expected.contains(where: { $0.outcome == .undecided }) {
      return (nil, "the two sides are too near to be told apart", nil)
    }
    let isUnbiased = expected.allSatisfy { $0.outcome == .equal }
    switch relation {
    case .approximate:
      if isUnbiased { return (true, "its expectation is the left side", nil) }
      return (false, "its expectation is another: " + difference(expected, pair), witness)
    case .equal, .define:
      guard chains[pair.chain].isEstimate(pair.left), chains[pair.chain].isEstimate(pair.right)
      else { return (nil, "a formula with draws equals one without them", nil) }
      guard isUnbiased else { return (false, difference(expected, pair), witness) }
      let fixed = estimates(of: pair, as: .fixed)
      if fixed.isEmpty || fixed.contains(where: { $0.outcome == .undecided }) {
        return (nil, "whether the two sides agree at each draw is not decided", nil)
      }
      if fixed.allSatisfy({ $0.outcome == .equal }) { return (true, "", nil) }
      return (false, "the two sides agree in expectation alone", fixed.first?.witness)
    default: return (nil, "the relation '\(relation.rawValue)' is not judged between draws", nil)
    }
  }

  private mutating func estimates(of pair: Pair, as kind: Sampling) -> [Comparison] {
    var outcomes: [Comparison] = []
    for world in benches.indices {
      guard let first = value(world, pair.chain, pair.left, as: kind),
        let second = value(world, pair.chain, pair.right, as: kind)
      else { continue }
      let comparison = benches[world].compare(first, second)
      if comparison.outcome != .incomparable { outcomes.append(comparison) }
    }
    return outcomes
  }

  private mutating func value(
    _ world: Int, _ chain: Int, _ place: Int, as kind: Sampling
  ) -> Workbench.Value? {
    guard chains[chain].isEstimate(place) else { return values[world][chain][place] }
    do throws(Misunderstanding) {
      return try benches[world].answer(
        chains[chain].members[place], bound: bound[world], sampling: kind)
    } catch {
      reasons[chain][place] = graver(error, reasons[chain][place])
      return nil
    }
  }

  // MARK: - Goals

  /// Returns the values of expressions of the rubric by world; `nil` where a world cannot tell.
  mutating func values(of goals: [Expression]) -> [[Workbench.Value?]] {
    benches.indices.map { world in
      let values = goals.map { try? benches[world].reference($0) }
      benches[world].evaluate(values.compactMap { $0 })
      return values
    }
  }

  /// Whether a member of a chain has a value of `values(of:)`, or its negative, in every world that can tell.
  mutating func member(
    _ chain: Int, _ place: Int, equals goal: Int, of goals: [[Workbench.Value?]]
  ) -> Bool? {
    var signs: Set<Int> = []
    for world in benches.indices {
      guard let value = values[world][chain][place], let reference = goals[world][goal]
      else { continue }
      switch benches[world].compare(value, reference, wantsWitness: false).outcome {
      case .incomparable: continue
      case .equal: signs.insert(1)
      case .factor(let factor) where factor == -1: signs.insert(-1)
      default: return false
      }
    }
    return signs.isEmpty ? nil : signs.count == 1
  }
}

extension Chain {
  /// The first side and all right sides.
  var members: [Expression] {
    let first = self.first.map { [$0] } ?? [Expression(.placeholder, SourceRange(0, 0))]
    return first + links.map(\.expression)
  }

  /// Whether a member is an estimate: it holds draws, and an approximation leads to it.
  fileprivate func isEstimate(_ place: Int) -> Bool {
    guard links.prefix(place).contains(where: { $0.relation == .approximate }) else { return false }
    return place > 0 && links[place - 1].expression.holdsDraws
  }

  /// Returns the last member before a link that is written, and the relation that leads from it to the link's
  /// own member; `nil` if there is none.
  fileprivate func origin(of link: Int) -> (place: Int, relation: Relation)? {
    var place = link
    var relation = links[link].relation
    while place > 0, links[place - 1].expression.isEllipsis {
      guard let combined = relation.combined(with: links[place - 1].relation) else { return nil }
      relation = combined
      place -= 1
    }
    return (place, relation)
  }
}

extension Relation {
  /// The relation between the ends of two neighbouring ones, or `nil` if nothing follows.
  fileprivate func combined(with other: Relation) -> Relation? {
    if self == other || other == .equal || other == .define { return self }
    if self == .equal || self == .define { return other }
    switch (self, other) {
    case (.greater, .greaterOrEqual), (.greaterOrEqual, .greater): return .greater
    case (.less, .lessOrEqual), (.lessOrEqual, .less): return .less
    default: return nil
    }
  }
}
