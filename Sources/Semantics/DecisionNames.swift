internal import Notation

/// The letters of reinforcement learning.
public enum DecisionNames {
  /// The first state.
  static let start: Set<String> = ["s_0", "S_0", "s0"]

  /// The letters of the states of an episode; control theory writes x.
  static let states: Set<String> = ["s", "S", "x"]
  /// The letters of the actions of an episode; control theory writes u.
  public static let actions: Set<String> = ["a", "A", "u"]
  static let rewards: Set<String> = ["r", "R"]
  /// What a step begins with.
  public static let ofStep = states.union(actions)
  /// What has the time of a step as its index.
  static let timed = ofStep.union(rewards).union(["G"])
  /// What is drawn with an episode, beside its length.
  static let ofEpisode = timed.union(["tau"])

  /// Returns what a letter runs over when nothing else says so, or `nil`.
  static func kind(of name: Name) -> MemberKind? {
    let stem = name.base
    if states.contains(stem) || ["y", "z"].contains(stem) { return .state }
    if actions.contains(stem) || stem == "b" && name.primes > 0 { return .action }
    if rewards.contains(stem) { return .reward }
    if ["k", "t", "n", "l", "m", "i"].contains(stem) { return .step }
    return nil
  }

  /// Whether a name is a state, an action or a reward of an episode.
  static func isOfStepOrReward(_ name: Name) -> Bool {
    ofStep.contains(name.base) || rewards.contains(name.base)
  }

  /// The names of the distribution of states while the policy is followed.
  static let onPolicy: Set<String> = ["mu", "d", "rho"]
  static let visits: Set<String> = ["eta"]
  /// Both: what states are weighted by.
  public static let weights = onPolicy.union(visits)
  static let value: Set<String> = ["v", "V"]
  static let actionValue: Set<String> = ["q", "Q"]
  static let advantage: Set<String> = ["A"]
  static let objective: Set<String> = ["J"]
  static let parameters: Set<String> = ["theta", "w", "phi", "vartheta", "varphi", "omega"]
}
