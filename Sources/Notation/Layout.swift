/// Prepares tokens for the parser: pairs of brackets are found, braces and row marks without meaning dropped.
struct Layout {
  /// The tokens.
  private(set) var tokens: [Token]

  /// Prepares tokens.
  init(_ tokens: consuming [Token]) {
    self.tokens = tokens
    pair()
    if dropArrays() { pair() }
    if dropBraces() { pair() }
    if dropMarks() { pair() }
    markEvaluations()
  }

  /// Finds the partners of brackets; a bracket that is never closed keeps none.
  ///
  /// A closing bracket pairs with the nearest of its kind; those between are never closed. Braces of
  /// LaTeX and matrices are walls: no pair reaches through them.
  private mutating func pair() {
    var open: [Int] = []
    for index in tokens.indices {
      tokens[index].partner = -1
      switch tokens[index].kind {
      case .open: open.append(index)
      case .close(let bracket):
        guard let place = partner(of: bracket, in: open) else { continue }
        tokens[index].partner = open[place]
        tokens[open[place]].partner = index
        open.removeSubrange(place...)
      default: break
      }
    }
  }

  private func bracket(_ index: Int) -> Token.Bracket? {
    if case .open(let bracket) = tokens[index].kind { return bracket }
    return nil
  }

  /// Returns the place in the stack of the bracket that a closing one pairs with.
  private func partner(of closing: Token.Bracket, in open: [Int]) -> Int? {
    let isWall = closing == .group || closing == .matrix || closing == .cases
    var place = open.count - 1
    while place >= 0, let bracket = bracket(open[place]) {
      if bracket == closing { return place }
      if !isWall, bracket == .group || bracket == .matrix || bracket == .cases { break }
      if closing == .bars && bracket == .invisible { return place }
      place -= 1
    }
    // `[0, 1)`, `\left( ... \right]`, `\left. ... \right|`.
    guard !isWall, let last = open.last, let bracket = bracket(last) else { return nil }
    let round: Set<Token.Bracket> = [.parenthesis, .square, .invisible]
    let isMixed = round.contains(bracket) && round.contains(closing)
    return isMixed ? open.count - 1 : nil
  }

  /// Drops the ends of arrays that arrange equations and are no matrices; returns whether it did.
  private mutating func dropArrays() -> Bool {
    var dropped: Set<Int> = []
    for index in tokens.indices {
      guard case .open(.matrix) = tokens[index].kind, tokens[index].partner > index + 1,
        !isInside(index)
      else { continue }
      for inner in index + 1..<tokens[index].partner - 1 {
        if case .alignment = tokens[inner].kind, case .relation = tokens[inner + 1].kind {
          dropped.insert(index)
          dropped.insert(tokens[index].partner)
          break
        }
      }
    }
    guard !dropped.isEmpty else { return false }
    tokens = tokens.indices.filter { !dropped.contains($0) }.map { tokens[$0] }
    return true
  }

  /// Drops the braces around a single name, and those around a statement; returns whether it did.
  private mutating func dropBraces() -> Bool {
    var dropped: Set<Int> = []
    for index in tokens.indices {
      guard case .open(.group) = tokens[index].kind else { continue }
      let close = tokens[index].partner
      guard close > index, !isArgument(index) else { continue }
      if close == index + 1 {
        dropped.insert(index)
        dropped.insert(close)
        continue
      }
      if close == index + 2, isHead(tokens[index + 1].kind) {
        dropped.insert(index)
        dropped.insert(close)
        continue
      }
      if holdsStatement(index, close) {
        dropped.insert(index)
        dropped.insert(close)
        if index > 0, case .box = tokens[index - 1].kind { dropped.insert(index - 1) }
      }
    }
    guard !dropped.isEmpty else { return false }
    tokens = tokens.indices.filter { !dropped.contains($0) }.map { tokens[$0] }
    return true
  }

  /// Whether braces hold the argument or index of what stands before them.
  private func isArgument(_ index: Int) -> Bool {
    guard index > 0 else { return false }
    switch tokens[index - 1].kind {
    case .caret, .underscore, .fraction, .binomial, .root, .accent, .font, .close(.group),
      .function:
      return true
    case .number: return tokens[index].partner > index + 1 || index > 1 && isFraction(index - 2)
    case .close(.square): return index > 2 && isRootIndex(tokens[index - 1].partner)
    default: return false
    }
  }

  private func isFraction(_ index: Int) -> Bool {
    switch tokens[index].kind {
    case .fraction, .binomial: true
    default: false
    }
  }

  private func isRootIndex(_ open: Int) -> Bool {
    guard open > 0, case .root = tokens[open - 1].kind else { return false }
    return true
  }

  /// Whether a token is a sign that takes indices or a body.
  private func isHead(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .name, .reduction, .nabla, .relation, .plus, .minus, .times, .dot: true
    default: false
    }
  }

  /// Whether a relation or a row stands directly inside braces that stand in no other bracket.
  private func holdsStatement(_ open: Int, _ close: Int) -> Bool {
    var index = open + 1
    while index < close {
      switch tokens[index].kind {
      case .relation, .row, .alignment: return !isInside(open)
      case .open where tokens[index].partner > index: index = tokens[index].partner
      default: break
      }
      index += 1
    }
    return false
  }

  /// Whether a bracket is open around a token.
  private func isInside(_ index: Int) -> Bool {
    var place = 0
    while place < index {
      let partner = tokens[place].partner
      if partner > index { return true }
      place = partner > place ? partner + 1 : place + 1
    }
    return false
  }

  /// Drops `&` outside matrices, and `\\` where the expression goes on; returns whether it did.
  private mutating func dropMarks() -> Bool {
    guard tokens.contains(where: { isMark($0.kind) }) else { return false }
    var kept: [Token] = []
    kept.reserveCapacity(tokens.count)
    var closings: [Int] = []
    var matrixDepth = 0
    var wide = false
    for index in tokens.indices {
      while let last = closings.last, last < index { closings.removeLast() }
      var token = tokens[index]
      if case .open(let bracket) = token.kind, token.partner > index {
        closings.append(token.partner)
        if bracket == .matrix || bracket == .cases { matrixDepth += 1 }
      }
      if case .close(let bracket) = token.kind, token.partner >= 0,
        bracket == .matrix || bracket == .cases
      {
        matrixDepth -= 1
      }
      if matrixDepth == 0 {
        if case .alignment = token.kind {
          if index > 0, case .alignment = tokens[index - 1].kind { wide = true }
          if index > 0, case .comma = tokens[index - 1].kind { wide = true }
          continue
        }
        if case .row = token.kind {
          if !closings.isEmpty || goesOn(at: index) { continue }
          wide = false
        }
      }
      if wide {
        token.space = .wide
        wide = false
      }
      kept.append(token)
    }
    guard kept.count < tokens.count else { return false }
    tokens = kept
    return true
  }

  private func isMark(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .row, .alignment: true
    default: false
    }
  }

  /// Whether the expression before a row mark goes on behind it.
  private func goesOn(at row: Int) -> Bool {
    var before = row - 1
    while before >= 0, case .alignment = tokens[before].kind { before -= 1 }
    if before >= 0 {
      switch tokens[before].kind {
      case .plus, .minus, .plusMinus, .times, .dot, .elementwise, .slash, .caret, .reduction,
        .nabla, .relation:
        return true
      default: break
      }
    }
    var next = row + 1
    var isAligned = false
    while next < tokens.count {
      if case .alignment = tokens[next].kind {
        isAligned = true
      } else if case .row = tokens[next].kind, !isAligned {
        // The last of several marks decides.
      } else {
        break
      }
      next += 1
    }
    guard next < tokens.count else { return false }
    switch tokens[next].kind {
    case .plus, .plusMinus, .times, .dot, .elementwise, .slash: return true
    case .minus: return isAligned || !rowHasRelation(from: next)
    default: return false
    }
  }

  /// Whether a relation stands in a row outside all brackets.
  private func rowHasRelation(from start: Int) -> Bool {
    var index = start
    while index < tokens.count {
      switch tokens[index].kind {
      case .row: return false
      case .relation: return true
      case .open where tokens[index].partner > index: index = tokens[index].partner
      default: break
      }
      index += 1
    }
    return false
  }

  /// Marks the bars of `f(z)|_{z=a}`: no absolute value is open before them and a point stands below.
  private mutating func markEvaluations() {
    guard tokens.contains(where: { if case .underscore = $0.kind { true } else { false } }) else {
      return
    }
    var bars = [0]
    for index in tokens.indices {
      switch tokens[index].kind {
      case .open where tokens[index].partner > index: bars.append(0)
      case .close(let bracket):
        if tokens[index].partner >= 0 {
          if bars.count > 1 { bars.removeLast() }
        } else if bracket == .bars, hasPoint(index) {
          tokens[index].kind = .evaluation
        }
      case .relation, .comma, .semicolon, .row, .text: bars[bars.count - 1] = 0
      case .mid where hasPoint(index): tokens[index].kind = .evaluation
      case .bar:
        if bars[bars.count - 1] % 2 == 0, hasPoint(index) {
          tokens[index].kind = .evaluation
        } else {
          bars[bars.count - 1] += 1
        }
      default: break
      }
    }
  }

  /// Whether a bar stands behind an operand and has a point in brackets below.
  private func hasPoint(_ index: Int) -> Bool {
    guard index > 0, index + 2 < tokens.count, case .underscore = tokens[index + 1].kind,
      tokens[index + 2].partner > index + 3
    else { return false }
    switch tokens[index + 2].kind {
    case .open(.group), .open(.parenthesis): break
    default: return false
    }
    switch tokens[index - 1].kind {
    case .name, .capital, .number, .close, .prime, .transpose, .factorial, .evaluation: return true
    default: return false
    }
  }
}
