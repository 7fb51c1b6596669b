internal import Notation

/// The names that stand for the target of a criterion.
struct TargetNames {
  /// The sign of each name by its letters; `nil` as value if either sign will do.
  private var signs: [String: Int?] = [:]
  /// The letters of the first name, in lower case.
  private var first: String?

  /// Reads names such as `ELBO`, `-loss` (minus the loss is the target), `\pm L`.
  init(_ texts: [String], reader: Reader) {
    for text in texts {
      var rest = Substring(text)
      var sign: Int? = 1
      if rest.hasPrefix("\\pm") {
        sign = .none
        rest = rest.dropFirst(3)
      } else if rest.hasPrefix("-") {
        sign = -1
        rest = rest.dropFirst()
      }
      let formula = reader.formula(String(rest))
      guard case .name(let name)? = formula.statements.first?.first?.node else { continue }
      signs[name.key] = .some(sign)
      if first == nil { first = name.base.lowercased() }
    }
  }

  /// All spellings, sorted.
  var spellings: [String] { signs.keys.sorted() }

  /// Returns the sign of a name that stands for the target; `nil` if it is no such name.
  func sign(of name: Name) -> Int?? {
    if let sign = signs[name.key] { return .some(sign) }
    if let sign = signs[name.bare] { return .some(sign) }
    return nil
  }

  /// How firmly a name stands for the target: 2 for the first name of the rubric, 1 for a word, 0 for a letter.
  func rank(of name: Name) -> Int {
    let letters = name.base.lowercased()
    guard letters.utf8.count > 1, letters != "ell" else { return 0 }
    return letters == first ? 2 : 1
  }

  /// Whether an expression is such a name, alone or applied.
  func sign(of expression: Expression) -> Int?? {
    switch expression.node {
    case .name(let name), .apply(let name, _): sign(of: name)
    case .group(_, let inner): sign(of: inner)
    default: nil
    }
  }

  /// Whether such a name occurs anywhere inside.
  func occurs(in expression: Expression) -> Bool {
    expression.contains { sign(of: $0) != nil }
  }
}

extension Name {
  /// The name without what is above it.
  var key: String { description }
  /// The letters alone: `L` for `\mathcal L_{VAE}`.
  var bare: String { accents.joined() + base }
}
