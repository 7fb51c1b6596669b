extension Passage {
  /// Cuts an answer into prose, formulas, code, drawings and pictures.
  ///
  /// Reads Markdown, LaTeX sources, plain text and bare Python in any mixture. Delimiters of formulas and
  /// fences come first; then lines that can only be Python; in what is left a stretch with a relation between
  /// mathematics, or a line of mathematics alone, is a formula. Comments are dropped, macro definitions are
  /// collected. Takes time linear in the text.
  public init(scanning text: String) {
    let source = PassageSource(text)
    var scanner = PassageScanner(source: source)
    scanner.run()
    self.init(pieces: scanner.pieces, macros: source.macros)
  }
}
