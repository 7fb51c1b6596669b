internal import Homework
internal import Notation

/// Something that an answer claims about the target of a criterion.
struct Claim {
  /// How the claim names the target.
  enum Target {
    /// By a name that stands for it, with the sign that goes with the name; `nil` if either will do.
    case named(sign: Int?)
    /// By an expression that is evaluated, such as `KL(p \| q)`, `-KL(q \| p)`.
    case written(Expression)
    /// As a lower bound, `\log p(x) \ge ...`, or wrongly as an upper one.
    case bound(above: Bool)
    /// Not at all: a bare expression, or a name that nobody knows.
    case silent
    /// Within a larger side that holds the target's name: `L + KL(q \| p) = \log p(x)`.
    case within(Expression)
    /// In a way that does not say which quantity is meant, such as `Loss / ELBO`.
    case unclear
  }

  /// How the target is named.
  var target: Target
  /// What it is claimed to be.
  var answer: Expression
  /// The other members of the chain, which may be the answer where the rubric says that any will do.
  var earlier: [Expression]
  /// The formula in which it stands.
  var item: Int
  /// Where the whole statement stands.
  var range: SourceRange
  /// Whether the statement holds a stretch that could not be read.
  var isDamaged: Bool
  /// Whether the claim is up to a positive factor: `\propto`.
  var isProportional = false
  /// Whether a letter names the target, which may stand for the negative.
  var isLetter = false
  /// Whether words join it to the question and no relation does, so that only a right one counts.
  var isTentative = false
}
