/// A token of Python.
struct PythonToken {
  /// What a token is.
  enum Kind: Hashable {
    case name(String)
    case number(Double, digits: Int)
    /// The characters between the quotes.
    case string(String)
    case sign(String)
    case comment(String)
    /// The end of a line outside brackets.
    case newline
    /// The line is indented deeper than the one before.
    case indent
    /// A level of indentation ends.
    case dedent
    case end
    /// A character that Python does not have.
    case unknown(String)
  }

  var kind: Kind
  var range: SourceRange
}
