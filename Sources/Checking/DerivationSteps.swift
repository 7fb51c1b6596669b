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
  private(set) var found: [Found] = []
  /// Whether each chain is a derivation of several lines, and not a single statement.
  var isDerivation: [Bool] = []
  private var benches: [Workbench] = []
  /// The values of the members by world, chain and place; `nil` where a world cannot tell.
  private var values: [[[Workbench.Value?]]] = []
  private var reasons: [[Misunderstanding?]] = []

  /// Evaluates chains.
  ///
  /// - Parameters:
  ///   - chains: The derivation.
  ///   - vocabulary: The names.
  ///   - worlds: Where they have values.
  ///   - definitions: What the student defines.
  ///   - target: The names of the target with the expression that they stand for.
  init(
    chains: [Chain], vocabulary: Vocabulary, worlds: [World], definitions: Definitions,
    target: (names: TargetNames, value: Expression?)
  ) {
    self.chains = chains
    reasons = chains.map { [Misunderstanding?](repeating: nil, count: $0.links.count + 1) }
    for world in worlds {
      var bench = Workbench(vocabulary: vocabulary, world: world, definitions: definitions)
      var bound: [(name: String, value: Workbench.Value)] = []
      let names = target.names.spellings.filter { !definitions.stems.contains($0) }
      if !names.isEmpty, let goal = target.value, let value = try? bench.reference(goal) {
        bound = names.map { ($0, value) }
      }
      values.append(
        chains.enumerated().map { index, chain in
          chain.members.enumerated().map { place, member in
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
    }
    for (index, chain) in chains.enumerated() {
      for (left, link) in chain.links.enumerated() { judge(link, chain: index, left: left) }
    }
  }

  private func graver(_ new: Misunderstanding, _ old: Misunderstanding?) -> Misunderstanding {
    guard let old else { return new }
    return old.kind == .outOfReach ? new : old
  }

  private mutating func judge(_ link: Chain.Link, chain: Int, left: Int) {
    var step = Found(
      chain: chain, left: left, relation: link.relation, item: link.item,
      range: link.relationRange, holds: nil, reason: "")
    defer { found.append(step) }
    if link.relation == .define {
      if case .name = link.expression.node, reasons[chain][left] == nil {
        step.holds = true
        return
      }
    }
    var outcomes: [Comparison] = []
    for world in benches.indices {
      guard let first = values[world][chain][left], let second = values[world][chain][left + 1]
      else { continue }
      let comparison = benches[world].compare(first, second)
      if comparison.outcome != .incomparable { outcomes.append(comparison) }
    }
    guard !outcomes.isEmpty else {
      let reason = reasons[chain][left + 1] ?? reasons[chain][left]
      step.reason = reason.map(\.message) ?? "the two sides cannot be compared"
      return
    }
    (step.holds, step.reason, step.witness) = verdict(on: link.relation, outcomes)
  }

  private func verdict(
    on relation: Relation, _ outcomes: [Comparison]
  ) -> (Bool?, String, Comparison.Witness?) {
    let witness = outcomes.first { $0.outcome != .equal }?.witness
    switch relation {
    case .equal, .define:
      if outcomes.allSatisfy({ $0.outcome == .equal }) { return (true, "", nil) }
      if outcomes.contains(where: { $0.outcome == .undecided }) {
        return (nil, "the two sides are too near to be told apart", nil)
      }
      if outcomes.allSatisfy(\.isNowhereBelow) {
        return (false, "the left side is larger: '>=' would hold", witness)
      }
      if outcomes.allSatisfy(\.isNowhereAbove) {
        return (false, "the right side is larger: '<=' would hold", witness)
      }
      return (false, difference(outcomes), witness)
    case .greaterOrEqual, .greater:
      if outcomes.allSatisfy(\.isNowhereBelow) { return (true, "", nil) }
      return (
        false,
        outcomes.allSatisfy(\.isNowhereAbove)
          ? "the direction is reversed: '<=' holds" : "the left side is smaller at some point",
        witness
      )
    case .lessOrEqual, .less:
      if outcomes.allSatisfy(\.isNowhereAbove) { return (true, "", nil) }
      return (
        false,
        outcomes.allSatisfy(\.isNowhereBelow)
          ? "the direction is reversed: '>=' holds" : "the left side is larger at some point",
        witness
      )
    case .proportional:
      for outcome in outcomes {
        switch outcome.proportion {
        case .constant(let factor) where factor > 0: continue
        case .constant: return (false, "the factor is negative", witness)
        case .none: return (false, "the two sides are not proportional", witness)
        case .unknown: return (nil, "whether the two sides are proportional is not decided", nil)
        }
      }
      return (true, "", nil)
    default: return (nil, "the relation '\(relation.rawValue)' is not judged", nil)
    }
  }

  private func difference(_ outcomes: [Comparison]) -> String {
    for outcome in outcomes {
      if case .factor(let factor) = outcome.outcome {
        return abs(factor + 1) < 1e-9
          ? "the sign is wrong" : "the sides differ by the factor \(Figures.short(factor))"
      }
    }
    return "the two sides differ"
  }

  /// Returns the values of expressions of the rubric by world; `nil` where a world cannot tell.
  mutating func values(of goals: [Expression]) -> [[Workbench.Value?]] {
    benches.indices.map { world in
      let values = goals.map { try? benches[world].reference($0) }
      benches[world].evaluate(values.compactMap { $0 })
      return values
    }
  }

  /// Whether a member of a chain has a value of `values(of:)` in every world that can tell.
  mutating func member(
    _ chain: Int, _ place: Int, equals goal: Int, of goals: [[Workbench.Value?]]
  ) -> Bool? {
    var isDecided = false
    for world in benches.indices {
      guard let value = values[world][chain][place], let reference = goals[world][goal]
      else { continue }
      let comparison = benches[world].compare(value, reference)
      switch comparison.outcome {
      case .incomparable: continue
      case .equal: isDecided = true
      default: return false
      }
    }
    return isDecided ? true : nil
  }
}

extension Chain {
  /// The first side and all right sides.
  var members: [Expression] {
    let first = self.first.map { [$0] } ?? [Expression(.placeholder, SourceRange(0, 0))]
    return first + links.map(\.expression)
  }
}
