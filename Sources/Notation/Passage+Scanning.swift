extension Passage {
  /// Cuts an answer into prose, formulas, code, drawings and pictures.
  ///
  /// Reads Markdown, LaTeX sources, plain text and bare Python in any mixture. Delimiters of formulas and
  /// fences come first; then lines that can only be Python; in what is left a stretch with a relation between
  /// mathematics, or a line of mathematics alone, is a formula. Comments are dropped, macro definitions are
  /// collected. A formula that begins with a sign goes on with the one before it. Takes time linear in the text.
  ///
  /// - Parameters:
  ///   - text: The answer.
  ///   - joinsInDoubt: Whether a formula that begins with a minus sign is joined to the one before it.
  public init(scanning text: String, joinsInDoubt: Bool = true) {
    let source = PassageSource(text)
    var scanner = PassageScanner(source: source, joinsInDoubt: joinsInDoubt)
    scanner.run()
    self.init(pieces: scanner.pieces, macros: source.macros)
    hasDoubtfulJoins = scanner.hasDoubtfulJoins
    hasLooseSigns = scanner.hasLooseSigns
  }
  /// Returns the macros that a text defines, without cutting it into pieces.
  ///
  /// Takes a look at the text alone if it defines none.
  public static func macros(in text: String) -> [String: NameTable.Macro] {
    let bytes = Array(text.utf8)
    let definesSome = bytes.indices.contains { index in
      bytes[index] == 0x5C
        && PassageMacroFinder.beginnings.contains { bytes[(index + 1)...].starts(with: $0.utf8) }
    }
    return definesSome ? PassageSource(text).macros : [:]
  }
}
