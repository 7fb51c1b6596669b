extension Parser {
  /// `Σ`, `Π`: a sum or product if a body follows, else a matrix.
  mutating func capital(_ name: String, _ kind: Reduction.Kind) -> Expression {
    if isSum(at: position) { return reduction(kind, count: 1) }
    return named()
  }

  /// Whether the capital at a token is the sign of a sum.
  func isSum(at start: Int) -> Bool {
    var index = start + 1
    var hasIndex = false
    var hasBounds = false
    var letters = true
    while index < limit {
      if case .underscore = tokens[index].kind, let end = scriptEnd(index + 1) {
        hasIndex = true
        for inner in index + 1..<min(end, limit) {
          switch tokens[inner].kind {
          case .relation: hasBounds = true
          case .name(let name, _): letters = letters && Parser.indexLetters.contains(name)
          case .open, .close, .comma, .prime: break
          default: letters = false
          }
        }
        index = end
      } else if case .caret = tokens[index].kind, let end = scriptEnd(index + 1) {
        if case .minus = tokens[min(index + 2, tokens.count - 1)].kind { return false }
        if case .minus = tokens[min(index + 1, tokens.count - 1)].kind { return false }
        if hasIndex, case .name = tokens[min(end - 1, tokens.count - 1)].kind { hasBounds = true }
        if hasBounds || !hasIndex { hasBounds = hasIndex }
        index = end
      } else {
        break
      }
    }
    if hasBounds { return true }
    guard matrixDepth == 0, index < limit, !hasIndex || letters else { return false }
    switch tokens[index].kind {
    case .open(let bracket):
      return bracket == .parenthesis || bracket == .square || bracket == .brace
    case .bar, .doubleBar: return hasIndex && scope.bars == 0 && !scope.divides
    case .name:
      if hasIndex { return true }
      guard index + 1 < limit, case .underscore = tokens[index + 1].kind else { return false }
      return index + 3 >= limit || isIndexed(index + 1)
    case .number, .function, .fraction, .reduction, .capital, .nabla, .root, .accent, .minus:
      return hasIndex
    default: return false
    }
  }

  /// Whether the script at a token is a letter that counts.
  private func isIndexed(_ index: Int) -> Bool {
    guard let end = scriptEnd(index + 1) else { return false }
    for inner in index + 1..<min(end, limit) {
      if case .name(let name, _) = tokens[inner].kind {
        return Parser.indexLetters.contains(name)
      }
    }
    return false
  }

  private static let indexLetters: Set<String> = [
    "i", "j", "k", "l", "m", "n", "d", "s", "t", "a", "r", "x", "z", "tau",
  ]
}
