internal import Homework
internal import Notation
internal import Semantics

/// The names of a question for answers that number its distributions from 0.
///
/// An alias that two distributions share (`1` in `1 0 a` and `2 1 b`) belongs to the first one, unless
/// the answer uses the alias of the first that stands where the second has it: `0` and `1` together.
struct Renumbering: Sendable {
  /// The shared alias.
  var shared: String
  /// The alias that takes its place for the first distribution.
  var sign: String
  /// The alias of the second distribution beside the shared one; who uses it numbers as usual.
  var usual: String?
  /// The names, read this way.
  var vocabulary: Vocabulary
  /// The special cases with these names.
  var cases: [PreparedCriterion.Case]

  /// Returns the aliases that two distributions share, without the names that follow from them.
  static func shared(
    by declarations: [Declaration]
  ) -> [(alias: String, sign: String, usual: String?, first: String)] {
    var lists: [(name: String, aliases: [String])] = []
    for case .distribution(let name, _, let aliases) in declarations {
      lists.append((name.value, aliases))
    }
    var found: [(alias: String, sign: String, usual: String?, first: String)] = []
    for (index, first) in lists.enumerated() {
      for second in lists[(index + 1)...] {
        for (place, alias) in second.aliases.enumerated() where place < first.aliases.count {
          guard let old = first.aliases.firstIndex(of: alias) else { continue }
          let usual = old < second.aliases.count ? second.aliases[old] : nil
          found.append((alias, first.aliases[place], usual, first.name))
        }
      }
    }
    return found
  }
}

extension PreparedCriterion {
  /// The criterion with the names as an answer numbers them.
  func numbered(by formulas: [Formula]) -> PreparedCriterion {
    guard !renumberings.isEmpty else { return self }
    var used: Set<String> = []
    let telling = Set(
      renumberings.flatMap { [$0.shared, $0.sign, $0.usual].compactMap { $0 } })
    func look(at expression: Expression) {
      expression.walk { inner in
        switch inner.node {
        case .name(let name), .apply(let name, _):
          let signs = name.signs.filter(telling.contains)
          guard !signs.isEmpty, vocabulary.knows(name) else { return }
          used.formUnion(signs)
        default: break
        }
      }
    }
    for statement in formulas.flatMap(\.statements) {
      statement.first.map(look)
      for link in statement.links { look(at: link.expression) }
      for condition in statement.conditions { look(at: condition) }
    }
    for other in renumberings
    where used.contains(other.shared) && used.contains(other.sign)
      && !(other.usual.map(used.contains) ?? false)
    {
      var result = self
      result.vocabulary = other.vocabulary
      result.cases = other.cases
      return result
    }
    return self
  }
}

extension Name {
  /// What could be the sign of a distribution: the indices, or the digits at the end of the letters.
  fileprivate var signs: [String] {
    var signs: [String] = []
    for case .name(let index) in subscripts.map(\.node) { signs.append(index.base) }
    for case .number(let value, _) in subscripts.map(\.node) where value == value.rounded() {
      if abs(value) < 1e6 { signs.append("\(Int(value))") }
    }
    // Letters of the alphabet are seen to be no digits by their bytes.
    let isLetter = base.utf8.last.map { (0x41..<0x7F).contains($0) } ?? true
    if !isLetter, let last = base.last, last.isNumber, base.count > 1 { signs.append(String(last)) }
    return signs
  }
}
