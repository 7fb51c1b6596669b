internal import Notation

extension Expression {
  /// Returns the expression with a letter replaced wherever it stands alone or as an index.
  ///
  /// A variable that a sum or an expectation inside binds is another one. One that the replacement
  /// has as well gets a new letter: `\sum_{k=t}^T r_k` with t replaced by k is `\sum_{n=k}^T r_n`.
  func substituting(_ letter: String, by replacement: Expression) -> Expression {
    switch node {
    case .name(let name)
    where name.stem == letter && name.subscripts.isEmpty && name.superscripts.isEmpty:
      return replacement
    case .name(let name) where !name.subscripts.isEmpty && name.description == letter:
      return replacement
    case .reduction(var reduction):
      reduction.lower = reduction.lower?.substituting(letter, by: replacement)
      reduction.upper = reduction.upper?.substituting(letter, by: replacement)
      let isBound = reduction.variables.contains { $0.description == letter }
      if !isBound {
        reduction.avoid(capturing: replacement)
        reduction.condition = reduction.condition?.substituting(letter, by: replacement)
        reduction.body = reduction.body.substituting(letter, by: replacement)
      }
      return Expression(.reduction(reduction), range)
    case .expectation(let expectation) where expectation.draws(letter): return self
    default: return mapped { $0.substituting(letter, by: replacement) }
    }
  }
}

extension Reduction {
  /// The letters that number steps and members, to choose from.
  private static let letters = ["k", "n", "l", "m", "j", "i"]

  /// Gives variables that an expression mentions new letters.
  fileprivate mutating func avoid(capturing expression: Expression) {
    for (place, variable) in variables.enumerated()
    where variable.isLetter && expression.mentions(variable.base) {
      let isFree = { (letter: String) in
        !expression.mentions(letter) && !body.mentions(letter)
          && !variables.contains { $0.description == letter }
      }
      guard let letter = Self.letters.first(where: isFree) else { continue }
      let renamed = Expression(.name(Name(letter)), body.range)
      body = body.substituting(variable.base, by: renamed)
      condition = condition?.substituting(variable.base, by: renamed)
      variables[place] = Name(letter)
    }
  }
}

extension Expectation {
  /// Whether a letter is drawn below the sign: `a \sim \pi`.
  fileprivate func draws(_ letter: String) -> Bool {
    measures.contains { measure in
      guard case .relation(.distributed, let variable, _) = measure.node,
        case .name(let name) = variable.node
      else { return false }
      return name.description == letter
    }
  }
}

extension Name {
  /// Whether there is nothing but letters.
  fileprivate var isLetter: Bool {
    accents.isEmpty && primes == 0 && subscripts.isEmpty && superscripts.isEmpty
  }
}
