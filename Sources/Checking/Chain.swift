internal import Notation

/// A statement with all that continues it, through displays and words between.
struct Chain {
  /// One member after the first, with the relation before it.
  struct Link {
    var relation: Relation
    var relationRange: SourceRange
    var expression: Expression
    /// The formula in which it stands.
    var item: Int
  }

  /// The first member.
  var first: Expression?
  /// The others.
  var links: [Link]
  /// The formula in which the chain begins.
  var item: Int
  /// The kind of text in which it begins.
  var kind: Passage.Piece.Kind
  /// The parameters of a function in code.
  var isFunction: Bool
  /// What stands beside it: `\epsilon \sim N(0, I)`.
  var conditions: [Expression]

  /// The last member.
  var last: Expression? { links.last?.expression ?? first }
  /// The formula of the last member.
  var lastItem: Int { links.last?.item ?? item }

  /// Returns the chain with all members replaced.
  func mapped(_ transform: (Expression) -> Expression) -> Chain {
    var result = self
    result.first = first.map(transform)
    for index in links.indices {
      result.links[index].expression = transform(links[index].expression)
    }
    return result
  }

  /// Cuts the chain where another relation stands than those given.
  func parts(joinedBy relations: Set<Relation>) -> [Chain] {
    var parts: [Chain] = []
    var open = self
    open.links = []
    for link in links {
      if relations.contains(link.relation) {
        open.links.append(link)
      } else {
        parts.append(open)
        open.first = link.expression
        open.links = []
        open.item = link.item
      }
    }
    return parts + [open]
  }

  /// The chain without numbers that hold only under a condition: `KL = \dots = 0 \iff p = q`.
  var withoutConditionedNumbers: Chain {
    var chain = self
    chain.links = links.indices.filter { index in
      let isConditioned = index + 1 < links.count && links[index + 1].relation == .implies
      return !(isConditioned && links[index].expression.plainNumber != nil)
    }.map { links[$0] }
    return chain
  }

  /// Joins the statements of an answer's formulas to chains.
  ///
  /// A statement that begins with a relation continues the one before it, and so does one that begins with
  /// `\vdots`; dots that stand alone are no member. So does the first one of a formula that words join to the
  /// formula before it: `$r$ denotes $\sigma_q / \sigma_p$`; but a distribution is no expression, as in
  /// `the divergence from $p$ is $...$`.
  static func chains(
    of formulas: [(formula: Formula, kind: Passage.Piece.Kind)], joined: Set<Int> = []
  ) -> [Chain] {
    var chains: [Chain] = []
    for (item, (formula, kind)) in formulas.enumerated() {
      for (place, statement) in formula.statements.enumerated() {
        let links = statement.links.map {
          Link(
            relation: $0.relation, relationRange: $0.relationRange, expression: $0.expression,
            item: item)
        }
        if statement.first?.isEllipsis ?? true, kind != .inline,
          let open = chains.lastIndex(where: { $0.kind != .inline })
        {
          chains[open].links += links
          continue
        }
        if statement.first == nil, kind == .inline, let last = chains.indices.last,
          chains[last].lastItem == item - 1, chains[last].first != nil,
          !links.allSatisfy({ $0.expression.plainNumber != nil })
        {
          // `$A = B$, which is $\ge C$`; but `the last term is $\ge 0$` is a remark.
          chains[last].links += links
          chains[last].conditions += statement.conditions
          continue
        }
        if place == 0, joined.contains(item), let first = statement.first,
          let last = chains.indices.last, chains[last].lastItem == item - 1,
          chains[last].links.isEmpty, let open = chains[last].first,
          first.isDistribution || !open.isNameOfDistribution
        {
          let link = Link(
            relation: .equal, relationRange: SourceRange(first.range.lower, first.range.lower),
            expression: first, item: item)
          chains[last].links = [link] + links
          chains[last].conditions += statement.conditions
          continue
        }
        // `\Rightarrow a = b` with nothing before it states what follows.
        let isArrow = statement.first == nil && links.first?.relation == .implies
        chains.append(
          Chain(
            first: isArrow ? links.first?.expression : statement.first,
            links: isArrow ? Array(links.dropFirst()) : links, item: item, kind: kind,
            isFunction: !statement.parameters.isEmpty, conditions: statement.conditions))
      }
    }
    return chains.map(\.filled)
  }

  /// The chain with what `(\cdot)` leaves out, taken from the line before.
  private var filled: Chain {
    var chain = self
    for index in links.indices {
      let earlier = index == 0 ? chain.first : chain.links[index - 1].expression
      guard let earlier else { continue }
      chain.links[index].expression = links[index].expression.filled(from: earlier)
    }
    return chain
  }
}

extension Expression {
  /// Whether the expression is a distribution, `N(\mu, \sigma^2)`, or a name.
  fileprivate var isDistribution: Bool {
    switch node {
    case .apply, .name, .words: true
    default: false
    }
  }

  /// Whether the expression is the name of a distribution.
  fileprivate var isNameOfDistribution: Bool {
    if case .name(let name) = node { return ["p", "q"].contains(name.base) }
    return false
  }

  /// Whether nothing but dots stands here, for lines that are not written.
  var isEllipsis: Bool {
    if case .ellipsis = withoutGroups.node { return true }
    return false
  }
}
