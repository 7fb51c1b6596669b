internal import Notation

extension ClaimFinder {
  /// Adds what an answer states without naming the target.
  ///
  /// A bare expression, or the value of a name that nobody knows, counts as the target if nothing else does;
  /// one that is marked as the result counts beside other claims.
  func addSilentClaims(of chains: [Chain], to findings: inout Findings) {
    guard map == nil else { return }
    let candidates = chains.indices.filter { isCandidate($0, of: chains) }
    let marked = candidates.filter { finals.contains(chains[$0].item) && chains[$0].links.isEmpty }
    if !findings.claims.isEmpty {
      // What is marked may be the result of another criterion of the part.
      guard foreign.isEmpty, let last = marked.last else { return }
      findings.claims.append(silentClaim(of: chains[last]))
      return
    }
    let plain = candidates.filter { chains[$0].kind != .inline || chains.count == 1 }
    if let chosen = marked.last ?? plain.last {
      findings.claims.append(silentClaim(of: chains[chosen]))
    } else if let chosen = candidates.last(where: { chains[$0].last?.isWeighty ?? false }) {
      var claim = silentClaim(of: chains[chosen])
      claim.isTentative = true
      findings.claims.append(claim)
    }
  }

  private func silentClaim(of chain: Chain) -> Claim {
    let answer = chain.last ?? Expression(.ellipsis, SourceRange(0, 0))
    return Claim(
      target: .silent, answer: answer, earlier: [], item: chain.lastItem, range: answer.range,
      isDamaged: answer.hasUnread)
  }

  /// Whether a chain may state the target without its name.
  private func isCandidate(_ index: Int, of chains: [Chain]) -> Bool {
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
    return !chains.indices.contains { $0 != index && chains[$0].uses(name) }
  }
}

extension Chain {
  /// Whether a name occurs on a side that it does not define.
  fileprivate func uses(_ name: Name) -> Bool {
    ([first].compactMap { $0 } + links.map(\.expression)).contains { member in
      if case .name = member.withoutGroups.node { return false }
      return member.contains { inner in
        if case .name(let used) = inner.node { used.bare == name.bare } else { false }
      }
    }
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
