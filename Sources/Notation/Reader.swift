/// Reads mathematical notation: LaTeX, Unicode and plain ASCII, mixed as people mix them.
public struct Reader: Sendable {
  /// The longest text that is read, in bytes.
  private static let byteLimit = 200_000
  /// The deepest tree that is handed out.
  private static let treeLimit = 120

  private let names: NameTable
  private let choices: Set<Choice>

  /// Creates a reader that knows some names.
  public init(names: NameTable, choices: Set<Choice> = []) {
    self.names = names
    self.choices = choices
  }

  /// Reads one stretch of mathematics, without the delimiters around it.
  ///
  /// Nothing is dropped in silence: what is not understood stands in the tree as `unread` and in the
  /// diagnostics with its place, and the rest is read.
  public func formula(_ text: String) -> Formula {
    var text = text
    let bytes = text.withUTF8 { Array($0) }
    guard bytes.count <= Reader.byteLimit else {
      return refusal("the formula has \(bytes.count) bytes; at most 200000 are read", bytes.count)
    }
    let expander = MacroExpander(names.macros)
    let (expanded, map) = expander.expand(bytes)
    guard expanded.count <= Reader.byteLimit else {
      return refusal("the macros expand to more than 200000 bytes", bytes.count)
    }
    var lexer = Lexer(expanded, names: names)
    lexer.run()
    guard lexer.tokens.count <= Lexer.tokenLimit else {
      return refusal(
        "the formula is too long; at most \(Lexer.tokenLimit) signs are read", bytes.count)
    }
    let tokens = Layout(lexer.takeTokens()).tokens
    var parser = Parser(
      tokens, names: names, choices: choices, isPlain: lexer.isPlain, map: map)
    var formula = parser.formula()
    let faults = lexer.faults.map {
      Diagnostic($0.message, at: map.range($0.range.lower, $0.range.upper))
    }
    formula.diagnostics = faults + formula.diagnostics
    if tokens.count > Reader.treeLimit { bound(&formula) }
    return formula
  }

  /// A formula of which nothing is read.
  private func refusal(_ message: String, _ count: Int) -> Formula {
    let range = SourceRange(0, count)
    let unread = Expression(.unread(message), range)
    return Formula(
      statements: [Statement(first: unread, range: range)],
      diagnostics: [Diagnostic(message, at: range)])
  }

  /// Replaces expressions that are too deep for those who walk them.
  private func bound(_ formula: inout Formula) {
    let message = "nested too deeply, or too many terms in one sum"
    func bounded(_ expression: Expression) -> Expression {
      guard expression.isDeeper(than: Reader.treeLimit) else { return expression }
      formula.diagnostics.append(Diagnostic(message, at: expression.range))
      return Expression(.unread(message), expression.range)
    }
    for index in formula.statements.indices {
      if let first = formula.statements[index].first {
        formula.statements[index].first = bounded(first)
      }
      for link in formula.statements[index].links.indices {
        let expression = formula.statements[index].links[link].expression
        formula.statements[index].links[link].expression = bounded(expression)
      }
      formula.statements[index].conditions = formula.statements[index].conditions.map(bounded)
    }
  }
}

extension Expression {
  /// Returns whether a tree has more than so many levels; walks without recursion.
  fileprivate func isDeeper(than levels: Int) -> Bool {
    var level = [self]
    for _ in 0..<levels {
      if level.isEmpty { return false }
      level = level.flatMap(\.children)
    }
    return !level.isEmpty
  }
}
