/// A stretch of an answer file cut into prose, formulas, code, drawings and pictures, in order.
public struct Passage: Sendable {
  /// One piece.
  public struct Piece: Sendable {
    /// What the piece is.
    public enum Kind: Hashable, Sendable {
      /// Words.
      case prose
      /// A formula inside a line of prose: `$...$`, `\(...\)`.
      case inline
      /// A formula on its own: `$$...$$`, `\[...\]`, an environment, a math fence.
      case display
      /// A line of Unicode or ASCII mathematics without delimiters.
      case plain
      /// Lines of Python.
      case code
      /// Mermaid or DOT source.
      case diagram
      /// A picture by link; the text is the link.
      case picture
    }

    /// What the piece is.
    public var kind: Kind
    /// The text without delimiters, Markdown escapes undone where they would be misread.
    public var text: String
    /// The line of the first character of `text` in the passage, from 1.
    public var line: Int
    /// The column in Unicode scalars of the first character of `text`, from 1.
    public var column: Int

    /// Creates a piece.
    public init(kind: Kind, text: String, line: Int, column: Int) {
      self.kind = kind
      self.text = text
      self.line = line
      self.column = column
    }
  }

  /// The pieces in order.
  public var pieces: [Piece]
  /// The author's macros found anywhere in the passage.
  public var macros: [String: NameTable.Macro]
  /// Whether a formula that begins with a minus sign follows another, so that it may continue it or stand alone.
  public var hasDoubtfulJoins = false
  /// Whether a formula begins with a sign, and nothing says what it continues.
  public var hasLooseSigns = false

  /// Creates a passage from its pieces.
  public init(pieces: [Piece], macros: [String: NameTable.Macro] = [:]) {
    self.pieces = pieces
    self.macros = macros
  }
}
