extension PassagePlain {
  /// What a stretch holds.
  enum Content {
    /// Words first.
    case words
    /// An expression and then words.
    case remark
    /// A relation outside all brackets.
    case statement
    /// An expression alone.
    case expression
  }

  /// Returns what a stretch holds.
  static func content(of scalars: [Unicode.Scalar], in range: Range<Int>) -> Content {
    var plain = PassagePlain(scalars: scalars, range: range)
    plain.mergeRelationWords()
    plain.markProse(isWhole: false)
    var depth = 0
    var isStatement = false
    for (index, token) in plain.tokens.enumerated() {
      switch token.kind {
      case .stop where index == plain.tokens.count - 1: continue
      case .open: depth += 1
      case .close: depth -= 1
      case .relation where depth <= 0: isStatement = true
      default: break
      }
      if plain.isProse[index] {
        return index > 2 && !isStatement && depth <= 1 ? .remark : .words
      }
    }
    return isStatement ? .statement : .expression
  }
}
