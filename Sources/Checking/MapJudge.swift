internal import Homework
internal import Notation
internal import Semantics

/// Judges a map from noise to a latent variable (`z = \mu + \sigma \odot \epsilon`) by the law that it
/// produces, or an expectation over the noise that equals a reference.
///
/// The noise is a declared variable; the rubric's references are the maps with that law: with standard
/// normal noise `\mu + \sigma\epsilon` and `\mu - \sigma\epsilon` are all that are smooth and monotone.
struct MapJudge {
  let criterion: PreparedCriterion
  let answer: AnswerText

  /// Returns the assessment, or `nil` if nothing in the answer could be such a map.
  func assessment() -> Assessment? {
    let formulas = answer.items.map(\.formula)
    let written = Chain.chains(
      of: Array(zip(formulas, answer.items.map(\.piece.kind))).map { ($0.0, $0.1) })
    let noise = noise(in: written)
    let chains = noise?.named(in: written) ?? written
    let finder = ClaimFinder(
      names: criterion.targetNames, target: criterion.target, bound: criterion.bound,
      map: criterion.criterion.mapVariable, foreign: criterion.foreignNames,
      acceptsProportion: criterion.acceptsProportion,
      isKnown: criterion.vocabulary.knows)
    let findings = finder.findings(in: chains)
    var claims = findings.claims.filter { $0.answer.hasNoise && !$0.answer.isBareNoise }
    for chain in chains { claims += mapClaims(of: chain) }
    if claims.isEmpty { claims = codeClaims(of: chains) }
    guard !claims.isEmpty else { return nil }
    let check = FormulaCheck(
      criterion: criterion, definitions: findings.definitions, stated: [], words: answer.words)
    var judged: [(claim: Claim, finding: Finding)] = []
    for claim in claims { judged.append((claim, finding(on: claim, noise?.law, check))) }
    let maps = judged.filter { if case .silent = $0.claim.target { true } else { false } }
    // Maps that are written out count before expectations; a right one among right ones is enough.
    let counted = maps.isEmpty ? judged : maps
    guard let chosen = counted.first(where: { $0.finding.verdict != .correct }) ?? counted.first
    else { return nil }
    if counted.contains(where: { !$0.finding.agrees(with: chosen.finding) }) {
      return assessment(
        chosen.claim,
        Finding(
          verdict: .review, credit: 0, mistake: nil,
          reason: "the answer gives several maps that come to different marks"))
    }
    return assessment(chosen.claim, chosen.finding)
  }

  /// Returns the finding on a map under the law that the answer states for its noise.
  private func finding(on claim: Claim, _ law: NoiseLaw?, _ check: FormulaCheck) -> Finding {
    switch law {
    case nil: return check.finding(on: claim)
    case .unknown(let reason): return .review(reason)
    case .normal?:
      var claim = claim
      claim.answer = law?.applied(to: claim.answer) ?? claim.answer
      return check.finding(on: claim)
    }
  }

  /// The draws of the answer, if the question has a name for noise.
  private func noise(in chains: [Chain]) -> DrawnNoise? {
    let names = Expression.noise.sorted().map { Name($0) }
    guard let name = names.first(where: criterion.vocabulary.knows) else { return nil }
    return DrawnNoise(name: name, chains: chains) {
      criterion.vocabulary.knows($0) || $0.bare == criterion.criterion.mapVariable
    }
  }

  /// The maps in a chain: `z = ...` on its own or as an argument, `p(x \mid z = \mu + \sigma\epsilon)`.
  private func mapClaims(of chain: Chain) -> [Claim] {
    var claims: [Claim] = []
    func add(_ value: Expression, _ item: Int) {
      guard value.hasNoise, !value.isBareNoise else { return }
      claims.append(
        Claim(
          target: .silent, answer: value, earlier: [], item: item, range: value.range,
          isDamaged: value.hasUnread))
    }
    if let first = chain.first, isVariable(first), let link = chain.links.last,
      chain.links.allSatisfy({ $0.relation == .equal || $0.relation == .define })
    {
      add(link.expression, link.item)
      return claims
    }
    for (expression, item) in [(chain.first, chain.item)]
      + chain.links.map({ ($0.expression, $0.item) })
    {
      expression?.walk { inner in
        if case .relation(.equal, let left, let right) = inner.node, isVariable(left) {
          add(right, item)
        }
      }
    }
    return claims
  }

  /// The maps that code ends with or returns without a name for the variable: `return mu + std * eps`.
  private func codeClaims(of chains: [Chain]) -> [Claim] {
    chains.indices.compactMap { index in
      let chain = chains[index]
      let isLast = index + 1 == chains.count || chains[index + 1].item != chain.item
      guard let value = chain.last, chain.kind == .code,
        chain.isFunction && !chain.links.isEmpty || chain.links.isEmpty && isLast, value.hasNoise,
        !value.isBareNoise
      else { return nil }
      return Claim(
        target: .silent, answer: value, earlier: [], item: chain.lastItem, range: value.range,
        isDamaged: value.hasUnread)
    }
  }

  private func isVariable(_ expression: Expression) -> Bool {
    if case .name(let name) = expression.node {
      return name.bare == criterion.criterion.mapVariable
    }
    return false
  }

  private func assessment(_ claim: Claim, _ finding: Finding) -> Assessment {
    let item = answer.items[claim.item]
    var reason = finding.reason.capitalisedFirst
    if !reason.hasSuffix(".") { reason += "." }
    return Assessment(
      criterion: criterion.criterion.id, verdict: finding.verdict,
      credit: finding.verdict == .review ? nil : finding.credit,
      possible: criterion.criterion.points, mistakes: finding.mistakes, reason: reason,
      read: [
        Reading(
          place: answer.place(of: claim.answer.range.lower, in: item),
          text: answer.source(of: claim.answer.range, in: item),
          understood: claim.answer.latex)
      ],
      witness: finding.witness.map(Witness.init))
  }
}

extension Criterion {
  /// The variable whose map is asked.
  var mapVariable: String { conventions["map"]?.value ?? "z" }
}

extension Expression {
  fileprivate static let noise: Set<String> = ["epsilon", "eps", "xi", "noise"]

  /// Whether noise occurs inside: a letter for it, or a call that draws it.
  var hasNoise: Bool {
    isMadeOfDraws
      || contains { expression in
        switch expression.node {
        case .name(let name): Expression.noise.contains(name.bare)
        case .call(.standardNormal, _): true
        default: false
        }
      }
  }

  /// Whether a name is one that is usual for noise.
  static func isNoise(_ name: Name) -> Bool { noise.contains(name.bare) }

  /// Whether the expression is the noise alone, or a map that is only named, `g(\epsilon, x)`.
  fileprivate var isBareNoise: Bool {
    switch node {
    case .name, .apply: true
    case .group(_, let inner): inner.isBareNoise
    default: isDraw
    }
  }
}
