extension Parser {
  /// What stands between two pieces of a formula.
  enum Separator {
    case beginning
    case comma
    case row
    case words
  }

  /// A chain of relations with the words before and behind it.
  struct Piece {
    var separator: Separator
    var words = ""
    var first: Expression?
    var links: [Statement.Link] = []
    var trailingWords = ""
    /// Words that belong to what follows in the same row.
    var carriedWords = ""
    var range: SourceRange
  }

  // formula := piece (separator piece)*
  mutating func formula() -> Formula {
    var statements: [Statement] = []
    var separator = Separator.beginning
    var pending = ""
    if tokens.isEmpty { report("the formula is empty", SourceRange(0, 0)) }
    findAccumulated()
    if let mention { return Formula(statements: [mention]) }
    while position < limit {
      switch kind {
      case .row, .period:
        position += 1
        separator = .row
      case .comma, .semicolon:
        position += 1
        if separator != .row { separator = .comma }
      case .colon:
        position += 1
        if let last = statements.last, last.links.isEmpty, last.conditions.isEmpty,
          let first = last.first, first.isLabel
        {
          statements.removeLast()
          pending = first.description
        }
        separator = .row
      default:
        var piece = self.piece(separator)
        piece.words = joined(pending, piece.words)
        pending = ""
        if piece.first == nil, piece.links.isEmpty {
          pending = add(words: piece, to: &statements)
        } else {
          add(piece, to: &statements)
          pending = piece.carriedWords
        }
        separator = .words
      }
    }
    if !pending.isEmpty, let last = statements.indices.last {
      statements[last].words = joined(statements[last].words, pending)
    } else if !pending.isEmpty {
      let words = Expression(.words(pending), SourceRange(0, 0).union(range(from: 0)))
      statements.append(Statement(first: words, range: words.range))
    }
    return Formula(
      statements: statements, diagnostics: diagnostics, ambiguities: ambiguities)
  }

  /// Finds the names with a `d` before them that are updated.
  private mutating func findAccumulated() {
    for index in tokens.indices where index + 2 < tokens.count {
      guard case .name("d", nil) = tokens[index].kind, index == 0 || endsPiece(index - 1),
        case .name(let base, _) = tokens[index + 1].kind, tokens[index + 1].space == .none
      else { continue }
      var end = index + 2
      while end + 1 < tokens.count, case .underscore = tokens[end].kind {
        end = scriptEnd(end + 1) ?? tokens.count
      }
      guard end < tokens.count, case .relation(.update, _) = tokens[end].kind else { continue }
      accumulated.insert(base)
    }
  }

  private func endsPiece(_ index: Int) -> Bool {
    switch tokens[index].kind {
    case .row, .comma, .semicolon, .period, .colon, .text: true
    default: false
    }
  }

  /// A sign alone, as in "where `\odot` is the product of the entries".
  private var mention: Statement? {
    guard tokens.count == 1 else { return nil }
    switch tokens[0].kind {
    case .elementwise, .dot, .function, .nabla, .partial, .relation:
      let words = Expression(.words(spelling(0)), range(0))
      return Statement(first: words, range: range(0))
    default: return nil
    }
  }

  // piece := words* [expression] (relation expression)* words*
  private mutating func piece(_ separator: Separator) -> Piece {
    let start = position
    var piece = Piece(separator: separator, range: here)
    while let words = wordsHere(atStart: true) { piece.words = joined(piece.words, words) }
    if atRelation == nil, !atSeparator { piece.first = expression() }
    var hasWords = false
    while let (relation, reason) = atRelation {
      if hasWords, endsRemark, let last = piece.links.indices.last {
        piece.links[last].reason = joined(piece.links[last].reason, restOfRow())
        break
      }
      let sign = range(position)
      position += 1
      // `= \\ &=`: the sign is written at the end of one row and at the beginning of the next.
      if let (next, _) = atRelation, next == relation { continue }
      var link = Statement.Link(relation, at: sign, reason: reason, expression())
      if relation == .update, let first = piece.first { link.addIncrement(to: first) }
      while let words = wordsHere(atStart: false) {
        hasWords = true
        if WordTable.opensReason(words) {
          link.reason = joined(link.reason, joined(words, restOfRow()))
        } else if position < limit, atRelation == nil, !atSeparator {
          piece.carriedWords = joined(piece.carriedWords, words)
        } else {
          link.reason = joined(link.reason, words)
        }
      }
      piece.links.append(link)
    }
    if piece.links.isEmpty {
      while let words = wordsHere(atStart: false) {
        if position < limit, atRelation == nil, !atSeparator {
          piece.carriedWords = joined(piece.carriedWords, words)
        } else {
          piece.trailingWords = joined(piece.trailingWords, words)
        }
      }
    }
    if position == start { piece.first = stray() }
    piece.range = range(from: start)
    return piece
  }

  /// Whether a relation to a number ends the row: `\text{as the divergence is } \ge 0`.
  private var endsRemark: Bool {
    guard case .number = kind(1) else { return false }
    switch kind(2) {
    case nil, .row, .close, .period: return true
    default: return false
    }
  }

  /// Reads what is left of the row as words.
  private mutating func restOfRow() -> String {
    var words = ""
    while position < limit {
      if case .row = tokens[position].kind { break }
      words = joined(words, spelling(position))
      position += 1
    }
    return words
  }

  /// Whether a bracket behind wide space ends the row and says something: `\quad (KL \ge 0)`.
  var isRemark: Bool {
    guard case .open(let bracket) = kind, bracket == .parenthesis || bracket == .square,
      tokens[position].space == .wide, tokens[position].partner > position
    else { return false }
    let close = tokens[position].partner
    if close + 1 < limit {
      guard case .row = tokens[close + 1].kind else { return false }
    }
    return tokens[position + 1..<close].contains { token in
      if case .relation = token.kind { true } else { false }
    }
  }

  /// The relation at the next token.
  var atRelation: (Relation, String)? {
    if case .relation(let relation, let reason) = kind { return (relation, reason) }
    return nil
  }

  /// Whether a piece ends here.
  var atSeparator: Bool {
    switch kind {
    case nil, .row, .comma, .semicolon, .period, .colon: true
    default: false
    }
  }

  /// Reads words, or a bracket with nothing but words or the number of an equation.
  private mutating func wordsHere(atStart: Bool) -> String? {
    if case .text(let text) = kind {
      if atStart, textIsOperand { return nil }
      position += 1
      return text
    }
    guard holdsOnlyWords(at: position) || (!atStart && (isEquationNumber || isRemark)) else {
      return nil
    }
    let close = tokens[position].partner
    var words = ""
    for index in position + 1..<close { words = joined(words, spelling(index)) }
    position = close + 1
    return "(" + words + ")"
  }

  /// Whether the text here is an operand of a formula, such as `\text{Loss} = ...`.
  private var textIsOperand: Bool {
    guard case .text(let text) = kind, !WordTable.isEnglish(text) else { return false }
    switch kind(1) {
    case .relation, .plus, .minus, .times, .dot, .slash, .caret, .underscore: return true
    case .open: return isIdentifier(text)
    case nil, .row: return position == 0 || !isIdentifier(text) ? false : kind(-1) == nil
    default: return false
    }
  }

  /// Whether a bracket holds nothing but words.
  func holdsOnlyWords(at index: Int) -> Bool {
    guard index < limit, case .open = tokens[index].kind, tokens[index].partner > index + 1 else {
      return false
    }
    if case .text(let text) = tokens[index + 1].kind, beginsSentence(text) { return true }
    return tokens[index + 1..<tokens[index].partner].allSatisfy {
      switch $0.kind {
      case .text, .comma: true
      default: false
      }
    }
  }

  /// Whether words are a remark, such as `since`, and no name.
  private func beginsSentence(_ text: String) -> Bool {
    guard let first = text.split(separator: " ").first else { return false }
    return WordTable.isEnglish(String(first)) || first != text[...]
  }

  /// Whether the number of an equation stands here: `\qquad (2)` at the end of a row.
  var isEquationNumber: Bool {
    guard position + 2 < limit, limit == tokens.count, tokens[position].space == .wide,
      case .open(.parenthesis) = tokens[position].kind,
      tokens[position].partner == position + 2
    else { return false }
    switch tokens[position + 1].kind {
    case .number, .star: break
    case .name(let name, _) where name.utf8.count == 1: break
    default: return false
    }
    if position + 3 >= limit { return true }
    if case .row = tokens[position + 3].kind { return true }
    return false
  }

  /// Whether wide space parts two statements here: `a = b \quad c = d`.
  var isParted: Bool {
    guard position < limit, limit == tokens.count, tokens[position].space == .wide else {
      return false
    }
    return rowHasRelation(from: position, step: 1) && rowHasRelation(from: position - 1, step: -1)
  }

  private func rowHasRelation(from start: Int, step: Int) -> Bool {
    var index = start
    while index >= 0, index < tokens.count {
      switch tokens[index].kind {
      case .row, .comma, .semicolon: return false
      case .relation: return true
      case .open, .close:
        let partner = tokens[index].partner
        if partner >= 0, (partner - index) * step > 0 { index = partner }
      default: break
      }
      index += step
    }
    return false
  }

  /// Something that begins no expression.
  private mutating func stray() -> Expression {
    let place = range(position)
    let sign = spelling(position)
    position += 1
    return fail("'\(sign)' cannot be read here", place)
  }

  /// Two words with a blank between.
  func joined(_ left: String, _ right: String) -> String {
    if left.isEmpty { return right }
    return right.isEmpty ? left : left + " " + right
  }

  /// Whether text is one word of letters and digits.
  func isIdentifier(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { Lexer.isLetter($0) || Lexer.isDigit($0) }
  }
}

extension Statement.Link {
  /// Writes `a += b` as `a <- a + b`.
  fileprivate mutating func addIncrement(to first: Expression) {
    guard reason == "+=" || reason == "-=" else { return }
    let sign: Operator = reason == "+=" ? .add : .subtract
    expression = Expression(
      .binary(sign, first, expression), first.range.union(expression.range))
    reason = ""
  }
}
