internal import Notation

/// What an answer says of the signs of the target's names among each other: `ELBO = -L`.
///
/// A letter means what the answer says of it, a word such as `ELBO` what it always means; the first name of
/// the rubric stands above all others.
struct TargetAliases {
  /// A member of a chain that only names the target.
  struct Member {
    var name: Name
    /// The sign in front of the name.
    var factor: Int
    /// The sign that goes with the name and what stands in front of it; `nil` if either will do.
    var sign: Int?
  }

  let names: TargetNames
  /// The signs that replace the usual ones, by names.
  private var signs: [String: Int] = [:]

  /// Collects the equations between names.
  init(_ chains: [Chain], names: TargetNames) {
    self.names = names
    var equations: [(first: Member, second: Member)] = []
    var valued: Set<String> = []
    for chain in chains {
      guard let first = chain.first, !chain.links.isEmpty,
        chain.links.allSatisfy({ [.equal, .define].contains($0.relation) })
      else { continue }
      let members = ([first] + chain.links.map(\.expression)).map(member)
      let named = members.compactMap { $0 }
      guard let head = named.first else { continue }
      if named.count < members.count {
        valued.formUnion(named.map(\.name.key))
      } else {
        for other in named.dropFirst() where other.name.key != head.name.key {
          equations.append((head, other))
        }
      }
    }
    for (first, second) in equations {
      transfer(from: first, to: second, valued)
      transfer(from: second, to: first, valued)
    }
  }

  /// Returns the name that an expression consists of, with its signs.
  func member(_ expression: Expression) -> Member? {
    switch expression.node {
    case .name(let name), .apply(let name, _):
      guard let sign = names.sign(of: name) else { return nil }
      return Member(name: name, factor: 1, sign: signs[name.key] ?? sign)
    case .group(_, let inner): return member(inner)
    case .negate(let inner):
      guard let inner = member(inner) else { return nil }
      return Member(name: inner.name, factor: -inner.factor, sign: inner.sign.map { -$0 })
    default: return nil
    }
  }

  /// The member that says best which quantity is meant, the first among equals.
  func best(of members: [Member]) -> Member? {
    var best: Member?
    for member in members
    where best.map({ names.rank(of: member.name) > names.rank(of: $0.name) }) ?? true {
      best = member
    }
    return best
  }

  /// Gives a name that has a value the sign that follows from another name of higher rank, or from one that
  /// has no value of its own and no lower rank.
  private mutating func transfer(from source: Member, to name: Member, _ valued: Set<String>) {
    guard valued.contains(name.name.key), let sign = source.sign else { return }
    let difference = names.rank(of: source.name) - names.rank(of: name.name)
    guard difference > 0 || difference == 0 && !valued.contains(source.name.key) else { return }
    signs[name.name.key] = sign * name.factor
  }
}
