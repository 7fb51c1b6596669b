/// Reads the Python that students write for formulas: numpy, torch, tensorflow, jax and `math`.
///
/// Assignments become statements, functions of the libraries become the functions of the tree, sums over
/// comprehensions and loops that add up become sums. `*` between arrays is elementwise. What a name means
/// is not decided here: an unknown function is a name applied to arguments.
public struct PythonReader: Sendable {
  /// What is known of names; functions defined there are applied even if a library has them too.
  public var names: NameTable

  /// Creates a reader.
  public init(names: NameTable = NameTable()) {
    self.names = names
  }

  /// Returns the statements of a piece of code, in order.
  ///
  /// Comments become the words of the statement on their line, or of the next one. A statement that cannot
  /// be read has an unread expression and a diagnostic. Ranges are UTF-8 offsets in `code`.
  public func formula(_ code: String) -> Formula {
    let (tokens, isWhole) = PythonLexer.tokens(of: code)
    var parser = PythonParser(tokens: tokens, functions: names.functions)
    parser.file()
    if !isWhole, let last = tokens.last {
      let message = "the code is longer than \(PythonLexer.mostTokens) tokens"
      parser.diagnostics.append(Diagnostic(message, at: last.range))
    }
    return Formula(statements: parser.statements, diagnostics: parser.diagnostics)
  }
}
