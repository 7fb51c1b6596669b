/// Reads tokens into a tree by recursive descent, one method a rule.
///
/// Every rule reads within `limit`, the end of the bracket or statement that it stands in, so damage
/// stays where it is. A rule that cannot go on leaves `unread` in the tree and a diagnostic.
struct Parser {
  /// The deepest nesting of expressions; each level needs several kilobytes of stack.
  static let depthLimit = 80

  /// The most terms of a sum and factors of a product.
  static let chainLimit = 80

  /// What is known about the bracket that is being read.
  struct Scope {
    /// How many absolute values are open.
    var bars = 0
    /// How many norms are open.
    var norms = 0
    /// Whether a bar divides arguments here.
    var divides = false
    /// Whether a double bar divides arguments here.
    var dividesDouble = false
    /// Whether the body of a derivative is being read.
    var isDerived = false
  }

  /// An integral that waits for its `dx`.
  struct Integral {
    /// The variables found so far.
    var variables: [Name] = []
    /// The bracket that the sign stands in, by its limit.
    var limit: Int
  }

  /// The tokens.
  var tokens: [Token]
  /// What is known of names.
  var names: NameTable
  /// The readings to take instead of the usual ones.
  let choices: Set<Choice>
  /// Whether the text is without commands and braces.
  let isPlain: Bool
  /// The offsets in the author's text.
  let map: SourceMap
  /// The next token.
  var position = 0
  /// The end of the stretch that is being read.
  var limit: Int
  /// The bracket that is being read.
  var scope = Scope()
  /// The integrals that are open, innermost last.
  var integrals: [Integral] = []
  /// How deep the rules are nested.
  var depth = 0
  /// Whether a trace, determinant or inverse is being read, where `Σ` is a matrix.
  var matrixDepth = 0
  /// The `||` of which the first bar has been read.
  var halfBar = -1
  /// The variable of the evaluation that was read last, and the token behind it.
  var lastEvaluation: (variable: String, end: Int)?
  /// The letters that make one name with a `d` before them: `d\theta \leftarrow d\theta + ...`.
  var accumulated: Set<String> = []
  /// What was not understood.
  var diagnostics: [Diagnostic] = []
  /// The choices that would make a difference.
  var ambiguities: Set<Choice> = []

  /// Creates a parser.
  init(
    _ tokens: [Token], names: NameTable, choices: Set<Choice>, isPlain: Bool, map: SourceMap
  ) {
    self.tokens = tokens
    self.names = names
    self.choices = choices
    self.isPlain = isPlain
    self.map = map
    limit = tokens.count
  }

  /// The kind of the next token, `nil` at the limit.
  var kind: Token.Kind? { position < limit ? tokens[position].kind : nil }

  /// The kind of a token at a distance, `nil` behind the limit.
  func kind(_ distance: Int) -> Token.Kind? {
    let index = position + distance
    return index >= 0 && index < limit ? tokens[index].kind : nil
  }

  /// Where a token stands in the author's text.
  func range(_ index: Int) -> SourceRange {
    guard index < tokens.count else { return endRange }
    return map.range(tokens[index].lower, tokens[index].upper)
  }

  /// The place of the next token, or the place behind the last if there is none.
  var here: SourceRange {
    if position < limit { return range(position) }
    if position > 0, position <= tokens.count {
      let last = range(position - 1)
      return SourceRange(last.upper, last.upper)
    }
    return endRange
  }

  private var endRange: SourceRange {
    guard let last = tokens.last else { return SourceRange(0, 0) }
    let range = map.range(last.lower, last.upper)
    return SourceRange(range.upper, range.upper)
  }

  /// The place from a token to the one before the next.
  func range(from start: Int) -> SourceRange {
    guard position > start, start < tokens.count else { return here }
    return range(start).union(range(position - 1))
  }

  /// The author's text between two tokens, or what it stands for.
  func spelling(_ index: Int) -> String {
    guard index < tokens.count else { return "" }
    return Spelling.of(tokens[index].kind)
  }

  /// Reports something and leaves it unread in the tree.
  mutating func fail(_ message: String, _ range: SourceRange) -> Expression {
    report(message, range)
    return Expression(.unread(message), range)
  }

  /// Reports something.
  mutating func report(_ message: String, _ range: SourceRange) {
    guard diagnostics.count < 50 else { return }
    let diagnostic = Diagnostic(message, at: range)
    if diagnostics.last != diagnostic { diagnostics.append(diagnostic) }
  }

  /// Reads up to another limit in a scope of its own, and reports what is left over there.
  ///
  /// Goes on at the limit.
  mutating func within(
    _ newLimit: Int, _ newScope: Scope = Scope(), _ rule: (inout Parser) -> Expression
  ) -> Expression {
    let (outerLimit, outerScope) = (limit, scope)
    (limit, scope) = (newLimit, newScope)
    var result = rule(&self)
    if position < limit {
      let start = position
      let words = "'\(spelling(start))' cannot be read here"
      position = limit
      let rest = fail(words, range(from: start))
      result = Expression(.binary(.multiply, result, rest), result.range.union(rest.range))
    }
    position = newLimit
    (limit, scope) = (outerLimit, outerScope)
    return result
  }
}

/// The offsets of an expanded text in the author's text.
struct SourceMap {
  /// For each byte the offset of what it comes from and the length of that; `nil` if nothing was expanded.
  var origins: [SourceRange]?

  /// Returns the place in the author's text.
  func range(_ lower: Int, _ upper: Int) -> SourceRange {
    guard let origins, !origins.isEmpty else { return SourceRange(lower, upper) }
    let first = origins[min(lower, origins.count - 1)]
    let last = origins[max(0, min(upper - 1, origins.count - 1))]
    return SourceRange(first.lower, max(first.upper, last.upper))
  }
}
