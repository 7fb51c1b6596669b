internal import Notation

extension Expression {
  /// Returns the expression with a letter replaced wherever it stands alone or as an index.
  func substituting(_ letter: String, by replacement: Expression) -> Expression {
    if case .name(let name) = node, name.stem == letter, name.subscripts.isEmpty,
      name.superscripts.isEmpty
    {
      return replacement
    }
    return mapped { $0.substituting(letter, by: replacement) }
  }
}
