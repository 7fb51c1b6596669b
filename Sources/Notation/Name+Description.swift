extension Name: CustomStringConvertible {
  /// The canonical name, such as `sigma_p`, `hatx_ij`, `a_k+n`, `D_KL`.
  ///
  /// The LaTeX name without backslash, braces and blanks; accents first, fonts dropped, terms of an
  /// index in order of the alphabet with numbers last.
  public var description: String {
    if let plain = plainDescription { return plain }
    var text = accents.reversed().joined() + base
    let before = min(leadingPrimes, primes)
    text += String(repeating: "'", count: before)
    var after = primes - before
    if !subscripts.isEmpty {
      var below = Name.joined(subscripts)
      // `a_{b'}'` and `a_b''` are one name.
      while superscripts.isEmpty, below.hasSuffix("'") {
        below.removeLast()
        after += 1
      }
      text += "_" + below
    }
    for upper in superscripts {
      if case .tuple = upper.node {
        text += "^(" + upper.indexText + ")"
      } else {
        text += "^" + upper.indexText
      }
    }
    return text + String(repeating: "'", count: after)
  }

  /// The canonical name of letters alone, or with one index that is letters alone: the usual case.
  private var plainDescription: String? {
    guard accents.isEmpty, primes == 0, superscripts.isEmpty else { return nil }
    guard let index = subscripts.first else { return base }
    guard subscripts.count == 1, case .name(let below) = index.node, below.subscripts.isEmpty,
      below.superscripts.isEmpty, below.accents.isEmpty, below.primes == 0
    else { return nil }
    return base + "_" + below.base
  }

  /// Returns indices side by side, with commas where digits would run together.
  private static func joined(_ indices: [Expression]) -> String {
    var text = ""
    var previousIsName = true
    for index in indices {
      let isName: Bool
      if case .name = index.node { isName = true } else { isName = false }
      if !text.isEmpty, !isName || !previousIsName { text += "," }
      text += index.indexText
      previousIsName = isName
    }
    return text
  }
}

extension Expression {
  /// The expression as it stands in the canonical name of a variable.
  var indexText: String {
    switch node {
    case .number(let value, _): return Expression.numberText(value)
    case .name(let name): return name.description
    case .group(.parentheses, let inner): return "(" + inner.indexText + ")"
    case .group(_, let inner): return inner.indexText
    case .negate(let inner): return "-" + inner.indexText
    case .binary(.add, _, _):
      return summands.map(\.indexText).sorted(by: Expression.precedesInIndex)
        .joined(separator: "+")
    case .binary(let sign, let left, let right):
      return left.indexText + sign.rawValue + right.indexText
    case .tuple(let entries): return entries.map(\.indexText).joined(separator: ",")
    case .apply(let name, let arguments):
      let groups = arguments.groups.map { $0.map(\.indexText).joined(separator: ",") }
      return name.description + "(" + groups.joined(separator: "|") + ")"
    case .relation(let relation, let left, let right):
      return left.indexText + relation.rawValue + right.indexText
    case .infinity: return "infty"
    case .ellipsis: return "..."
    case .placeholder: return "cdot"
    case .words(let words): return words
    default: return description
    }
  }

  /// The terms of a sum, from left to right.
  private var summands: [Expression] {
    guard case .binary(.add, let left, let right) = node else { return [self] }
    return left.summands + right.summands
  }

  /// Names by the alphabet, then what begins with a digit.
  private static func precedesInIndex(_ left: String, _ right: String) -> Bool {
    let leftIsNumber = left.utf8.first.map { (48...57).contains($0) } ?? false
    let rightIsNumber = right.utf8.first.map { (48...57).contains($0) } ?? false
    if leftIsNumber != rightIsNumber { return rightIsNumber }
    return left < right
  }
}
