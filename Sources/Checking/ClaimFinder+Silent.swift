internal import Notation
internal import Semantics

extension ClaimFinder {
  /// Adds what an answer states without naming the target.
  ///
  /// A bare expression, or the value of a name that nobody knows, counts as the target if nothing else does;
  /// one that is marked as the result counts beside other claims.
  func addSilentClaims(of chains: [Chain], to findings: inout Findings) {
    guard map == nil else { return }
    let marked = chains.last { chain in
      chain.links.isEmpty && finals.contains(chain.item) && chain.last?.isFormulaLike ?? false
    }
    if !findings.claims.isEmpty {
      if let value = codeValue(of: chains, findings.claims) {
        for chain in chains where chain.item == value.item {
          guard let first = chain.first, !chain.links.isEmpty, names.sign(of: first) != nil,
            let last = chain.last
          else { continue }
          _ = findings.definitions.define(first, as: last)
        }
        findings.claims.append(silentClaim(of: value))
      }
      // What is marked may be the result of another criterion of the part.
      if let marked, foreign.isEmpty { findings.claims.append(silentClaim(of: marked)) }
      return
    }
    let users = Self.users(of: chains)
    let candidates = chains.indices.filter { isCandidate($0, of: chains, users) }.map { chains[$0] }
    if let chosen = marked ?? candidates.last(where: { $0.kind != .inline || chains.count == 1 }) {
      findings.claims.append(silentClaim(of: chosen))
    } else if let chosen = candidates.last(where: { $0.last?.isWeighty ?? false }) {
      var claim = silentClaim(of: chosen)
      claim.isTentative = true
      findings.claims.append(claim)
    }
  }

  /// The value that code ends with, if it is computed from the target: `kl = ...; return 0.5 * kl`.
  private func codeValue(of chains: [Chain], _ claims: [Claim]) -> Chain? {
    guard let last = chains.last, last.kind == .code, last.links.isEmpty, let value = last.last,
      value.isFormulaLike, names.occurs(in: value), claims.contains(where: { $0.item == last.item })
    else { return nil }
    return last
  }

  private func silentClaim(of chain: Chain) -> Claim {
    let answer = chain.last ?? Expression(.ellipsis, SourceRange(0, 0))
    return Claim(
      target: .silent, answer: answer, earlier: [], item: chain.lastItem, range: answer.range,
      isDamaged: answer.hasUnread)
  }

  /// Whether a chain may state the target without its name.
  private func isCandidate(
    _ index: Int, of chains: [Chain], _ users: [String: Set<Int>]
  ) -> Bool {
    let chain = chains[index]
    guard let last = chain.last else { return false }
    guard !chain.links.isEmpty else { return last.isFormulaLike }
    guard chain.links.allSatisfy({ $0.relation == .equal || $0.relation == .define }) else {
      return false
    }
    // `KL $= ...$`: the words name what is equal.
    guard let first = chain.first else { return chain.kind == .inline }
    guard case .name(let name) = first.node, chain.isFunction || !isKnown(name),
      !foreign.contains(name.bare)
    else { return false }
    // A name that another formula uses is only defined here.
    return users[name.bare]?.subtracting([index]).isEmpty ?? true
  }

  /// Up to two of the chains in which each name occurs on a side that it does not define.
  private static func users(of chains: [Chain]) -> [String: Set<Int>] {
    var users: [String: Set<Int>] = [:]
    for (index, chain) in chains.enumerated() {
      for member in [chain.first].compactMap({ $0 }) + chain.links.map(\.expression) {
        if case .name = member.withoutGroups.node { continue }
        member.walk { inner in
          guard case .name(let name) = inner.node, users[name.bare]?.count ?? 0 < 2 else { return }
          users[name.bare, default: []].insert(index)
        }
      }
    }
    return users
  }
}

extension Expression {
  /// Whether the expression says more than a name or a number.
  fileprivate var isFormulaLike: Bool {
    switch node {
    case .name, .number, .apply, .words, .relation, .tuple, .unread: false
    case .group(_, let inner): inner.isFormulaLike
    default: true
    }
  }

  /// Whether the expression has terms or functions, as an answer has.
  fileprivate var isWeighty: Bool {
    contains { inner in
      switch inner.node {
      case .binary(.add, _, _), .binary(.subtract, _, _), .call, .reduction, .expectation,
        .divergence, .derivative:
        true
      default: false
      }
    }
  }
}
