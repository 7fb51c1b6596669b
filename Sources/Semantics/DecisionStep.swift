internal import Compute
internal import Notation

/// The variables of one step of an episode in the body of an expectation that nothing binds.
///
/// The state, the action and the return have the index of the step; the next state and its action have the
/// next index or a prime. A reward may have either: `r_t`, `R_{t+1}`.
struct DecisionStep {
  var states: Set<String> = []
  var actions: Set<String> = []
  var rewards: Set<String> = []
  var nextStates: Set<String> = []
  var nextActions: Set<String> = []
  /// The letter that numbers the step, if one does.
  private(set) var letter: String?
  /// The number of steps after the letter's.
  private(set) var constant = 0
  /// Whether all variables are of one step or the next.
  private(set) var isOne = true

  /// A variable with its index taken apart.
  private struct Found: Hashable {
    var name: String
    var kind: MemberKind
    /// The index; `nil` if there is none.
    var index: LinearIndex?
    var isPrimed: Bool
  }

  /// Finds the variables of a step.
  ///
  /// - Parameters:
  ///   - body: What an expectation is taken of.
  ///   - bound: The names that something around binds.
  ///   - drawn: The states and actions that the formula has outside.
  init(
    of body: Expression, bound: Set<String>, drawn: [String: (axis: Axis, kind: MemberKind)]
  ) {
    var found: Set<Found> = []
    Self.look(at: body, bound, isArgument: false, into: &found)
    found = found.filter { drawn[$0.name] == nil || $0.kind != .state }
    let members = found.filter { $0.kind != .reward }
    let indices = members.compactMap(\.index)
    constant = indices.map(\.constant).min() ?? 0
    if let first = indices.first {
      letter = first.letter
      isOne = indices.allSatisfy { $0.terms == first.terms }
    }
    for one in members {
      let ahead = (one.index.map { $0.constant - constant } ?? 0) + (one.isPrimed ? 1 : 0)
      switch (one.kind, ahead) {
      case (.state, 0): states.insert(one.name)
      case (.state, 1): nextStates.insert(one.name)
      case (.action, 0): actions.insert(one.name)
      case (.action, 1): nextActions.insert(one.name)
      default: isOne = false
      }
    }
    for reward in found where reward.kind == .reward {
      // A capital with the index of the step may be the return.
      let isPlain = reward.index == nil && !reward.isPrimed
      let ahead = reward.index.map { $0.constant - constant }
      let fits = ahead == 1 || ahead == 0 && reward.name.hasPrefix("r")
      if isPlain && reward.name == "r" || fits && reward.index?.terms == indices.first?.terms {
        rewards.insert(reward.name)
      }
    }
  }

  /// Whether anything behind the state and the action occurs.
  var hasSuccessor: Bool { !(nextStates.isEmpty && nextActions.isEmpty && rewards.isEmpty) }

  /// Whether the action is drawn, for its own sake or for what follows it.
  var drawsAction: Bool { !actions.isEmpty || hasSuccessor }

  private static func look(
    at expression: Expression, _ bound: Set<String>, isArgument: Bool, into found: inout Set<Found>
  ) {
    switch expression.node {
    case .name(let name):
      guard !bound.contains(name.description),
        !DecisionNames.start.contains(name.description), let kind = DecisionNames.kind(of: name),
        isArgument && (kind == .state || kind == .action) || !isArgument && kind == .reward
      else { return }
      let index = name.subscripts.count == 1 ? LinearIndex(name.subscripts[0]) : nil
      found.insert(
        Found(name: name.description, kind: kind, index: index, isPrimed: name.primes > 0))
    case .apply(_, let arguments):
      for argument in arguments.groups.joined() {
        look(at: argument, bound, isArgument: true, into: &found)
      }
    case .reduction(let reduction):
      let inner = bound.union(reduction.variables.map(\.description))
      look(at: reduction.body, inner, isArgument: false, into: &found)
    default:
      for child in expression.children {
        look(at: child, bound, isArgument: false, into: &found)
      }
    }
  }
}
