internal import Notation

/// An index as a sum of letters and a whole number: `t + k + 1`, `T - 1`.
struct LinearIndex: Hashable {
  /// The letters with their coefficients, in the order in which they stand.
  private(set) var terms: [Term] = []
  /// The number.
  private(set) var constant = 0

  /// A letter with its coefficient.
  struct Term: Hashable {
    var letter: String
    var coefficient: Int
  }

  /// Reads an index; `nil` if it is anything else.
  init?(_ expression: Expression) {
    guard add(expression, times: 1) else { return nil }
    terms.removeAll { $0.coefficient == 0 }
  }

  /// The letter, if the index is one letter and a number.
  var letter: String? {
    terms.count == 1 && terms[0].coefficient == 1 ? terms[0].letter : nil
  }

  /// The number, if there is no letter.
  var number: Int? { terms.isEmpty ? constant : nil }

  /// Returns the coefficient of a letter.
  func coefficient(of letter: String) -> Int {
    terms.first { $0.letter == letter }?.coefficient ?? 0
  }

  /// Returns the index without a letter.
  func without(_ letter: String) -> LinearIndex {
    var result = self
    result.terms.removeAll { $0.letter == letter }
    return result
  }

  private mutating func add(_ expression: Expression, times factor: Int) -> Bool {
    switch expression.node {
    case .group(_, let inner): return add(inner, times: factor)
    case .negate(let inner): return add(inner, times: -factor)
    case .number(let value, _):
      guard let whole = Int(exactly: value), whole.magnitude < 1000 else { return false }
      constant += factor * whole
      return true
    case .name(let name):
      guard name.subscripts.isEmpty, name.superscripts.isEmpty else { return false }
      let letter = name.description
      if let place = terms.firstIndex(where: { $0.letter == letter }) {
        terms[place].coefficient += factor
      } else {
        terms.append(Term(letter: letter, coefficient: factor))
      }
      return true
    case .binary(.add, let left, let right):
      return add(left, times: factor) && add(right, times: factor)
    case .binary(.subtract, let left, let right):
      return add(left, times: factor) && add(right, times: -factor)
    default: return false
    }
  }
}
