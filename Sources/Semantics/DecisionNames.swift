internal import Notation

/// The letters of reinforcement learning.
public enum DecisionNames {
  /// The first state.
  static let start: Set<String> = ["s_0", "S_0", "s0"]

  /// Returns what a letter runs over when nothing else says so, or `nil`.
  static func kind(of name: Name) -> MemberKind? {
    let stem = name.base
    if ["s", "S", "x", "y", "z"].contains(stem) { return .state }
    if ["a", "A", "u", "b"].contains(stem), stem != "b" || name.primes > 0 { return .action }
    if ["r", "R"].contains(stem) { return .reward }
    if ["k", "t", "n", "l", "m", "i"].contains(stem) { return .step }
    return nil
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
