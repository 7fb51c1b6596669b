/// A piece of a formula's text with what it stands for, whichever notation it is written in.
struct Token {
  /// The white space in front of a token.
  enum Space: Comparable {
    case none
    case some
    /// `\quad` and wider.
    case wide
  }

  /// Brackets that come in pairs.
  enum Bracket: Hashable {
    case parenthesis
    case square
    case brace
    /// `{ }` of LaTeX, which shows nothing.
    case group
    case floor
    case ceiling
    case angle
    /// `\left|`, `\lvert`.
    case bars
    /// `\left\|`, `\lVert`.
    case doubleBars
    /// `\left.`.
    case invisible
    /// `\begin`, `\end` of a matrix.
    case matrix
    /// `\begin{cases}`.
    case cases
  }

  /// What a token stands for.
  enum Kind: Equatable {
    case number(Double, digits: Int)
    case name(String, font: String?)
    /// A function of every question; `certain` if the word cannot be a variable.
    case function(Function, certain: Bool)
    /// `count` is that of integral signs; 0 for a word such as `sum` or `max` in plain text.
    case reduction(Reduction.Kind, count: Int)
    /// `Σ`: a sum or a matrix, depending on what follows.
    case capital(String, Reduction.Kind)
    case nabla
    case partial
    case relation(Relation, reason: String)
    case plus
    case minus
    case plusMinus
    case times
    /// `\cdot`: a product, or a placeholder where an operand is expected.
    case dot
    case elementwise
    case at
    case slash
    case caret
    case underscore
    case prime(Int)
    case transpose
    case open(Bracket)
    case close(Bracket)
    case bar
    /// A bar that only divides: `\mid`, `\middle|`.
    case mid
    case doubleBar
    /// `\middle\|`.
    case doubleMid
    /// The bar of `f(z)|_{z = a}`, which encloses nothing.
    case evaluation
    case comma
    case semicolon
    case colon
    case period
    case alignment
    case row
    case fraction
    case binomial
    case over
    case root
    case accent(String)
    case font(String)
    /// A command that shows its argument, such as `\boxed`.
    case box
    case text(String)
    case factorial
    case ellipsis
    case infinity
    case degree
    case percent
    case star
    /// Something that has no meaning here, with the reason.
    case unknown(String)
  }

  /// What it stands for.
  var kind: Kind
  /// Where it begins, in the text with macros expanded.
  var lower: Int
  /// Where it ends, in the text with macros expanded.
  var upper: Int
  /// The space in front of it.
  var space: Space
  /// Whether it is the `||` of plain text, which may also be two bars side by side.
  var isTwoBars = false
  /// The index of the other bracket of the pair, or -1.
  var partner = -1

  /// Creates a token.
  init(_ kind: Kind, _ lower: Int, _ upper: Int, space: Space = .none) {
    self.kind = kind
    self.lower = lower
    self.upper = upper
    self.space = space
  }
}
