extension Parser {
  /// Adds a piece of words alone; returns the words if they belong to what follows.
  mutating func add(words piece: Piece, to statements: inout [Statement]) -> String {
    let words = joined(piece.words, piece.trailingWords)
    guard atSeparator, let last = statements.indices.last else { return words }
    if let link = statements[last].links.indices.last, statements[last].conditions.isEmpty {
      let reason = statements[last].links[link].reason
      statements[last].links[link].reason = joined(reason, words)
    } else {
      statements[last].words = joined(statements[last].words, words)
    }
    return ""
  }

  /// Adds a piece as a statement, as more links of the last, or as a condition.
  mutating func add(_ piece: Piece, to statements: inout [Statement]) {
    guard let last = statements.indices.last else {
      statements.append(statement(piece))
      return
    }
    if piece.first == nil {
      statements[last].links += piece.links
      statements[last].words = joined(statements[last].words, piece.trailingWords)
      statements[last].range = statements[last].range.union(piece.range)
      return
    }
    if goesOnWithRange(piece, &statements[last]) { return }
    if isCondition(piece) {
      statements[last].conditions.append(condition(piece))
      statements[last].words = joined(
        joined(statements[last].words, piece.words), piece.trailingWords)
      statements[last].range = statements[last].range.union(piece.range)
      return
    }
    statements.append(statement(piece))
  }

  private func statement(_ piece: Piece) -> Statement {
    Statement(
      first: piece.first, links: piece.links,
      words: joined(piece.words, piece.trailingWords), range: piece.range)
  }

  /// `j = 1, \dots, J`: the entries behind the first comma go on with a range.
  private mutating func goesOnWithRange(_ piece: Piece, _ statement: inout Statement) -> Bool {
    guard piece.links.isEmpty, piece.separator == .comma, let entry = piece.first else {
      return false
    }
    let isEllipsis: Bool
    if case .ellipsis = entry.node { isEllipsis = true } else { isEllipsis = false }
    if let condition = statement.conditions.last,
      let extended = Parser.extended(condition, by: entry, isEllipsis)
    {
      statement.conditions[statement.conditions.count - 1] = extended
      return true
    }
    guard statement.conditions.isEmpty, let link = statement.links.indices.last,
      isEllipsis || Parser.endsInEllipsis(statement.links[link].expression)
    else { return false }
    let right = statement.links[link].expression
    statement.links[link].expression = Parser.tuple(right, entry)
    return true
  }

  private static func extended(
    _ condition: Expression, by entry: Expression, _ isEllipsis: Bool
  ) -> Expression? {
    guard case .relation(let relation, let left, let right) = condition.node,
      isEllipsis || endsInEllipsis(right)
    else { return nil }
    return Expression(
      .relation(relation, left, tuple(right, entry)), condition.range.union(entry.range))
  }

  private static func endsInEllipsis(_ expression: Expression) -> Bool {
    guard case .tuple(let entries) = expression.node, case .ellipsis = entries.last?.node else {
      return false
    }
    return true
  }

  private static func tuple(_ left: Expression, _ right: Expression) -> Expression {
    let range = left.range.union(right.range)
    if case .tuple(let entries) = left.node { return Expression(.tuple(entries + [right]), range) }
    return Expression(.tuple([left, right]), range)
  }

  /// Whether a piece restricts the statement before it.
  private func isCondition(_ piece: Piece) -> Bool {
    let opening = piece.words.split(separator: " ").first.map { $0.lowercased() } ?? ""
    if [
      "for", "if", "when", "s.t.", "st", "subject", "given", "assuming", "provided", "whenever",
      "wherever", "as", "over", "per",
    ].contains(opening) {
      return true
    }
    guard piece.separator != .row, let first = piece.first else { return false }
    guard piece.links.count == 1, let link = piece.links.first else { return false }
    switch link.relation {
    case .distributed, .member: return true
    case .less, .greater, .lessOrEqual, .greaterOrEqual, .notEqual:
      if case .name = first.node { return true }
      if case .number = first.node { return true }
      return false
    case .equal:
      // `t = 0, \dots, T - 1`; what follows the comma is looked at.
      guard case .name = first.node, case .comma = kind, case .ellipsis = kind(1) else {
        return false
      }
      return true
    default: return false
    }
  }

  private func condition(_ piece: Piece) -> Expression {
    guard let first = piece.first else { return Expression(.words(""), piece.range) }
    var result: Expression?
    for (index, link) in piece.links.enumerated().reversed() {
      let left = index == 0 ? first : piece.links[index - 1].expression
      let right = result ?? link.expression
      result = Expression(
        .relation(link.relation, left, right), left.range.union(right.range))
    }
    return result ?? first
  }
}

extension Expression {
  /// Whether an expression may be a label before a colon: `Loss: ...`.
  var isLabel: Bool {
    switch node {
    case .name, .words: true
    case .apply: true
    default: false
    }
  }
}
