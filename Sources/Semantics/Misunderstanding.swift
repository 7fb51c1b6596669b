public import Notation

/// Why an expression has no value in a world.
public struct Misunderstanding: Error, Hashable, Sendable {
  /// The kinds of reasons, which decide whether another world may do better.
  public enum Kind: Hashable, Sendable {
    /// The text could not be read.
    case unread
    /// A name means nothing here.
    case unknownName(String)
    /// A latent variable is left free where a number is expected.
    case unboundLatent(String)
    /// What is written has no meaning: a logarithm of a matrix, vectors of different lengths.
    case nonsense
    /// This world cannot compute it, another may.
    case outOfReach
    /// It is too large.
    case tooLarge
  }

  /// The kind.
  public var kind: Kind
  /// The reason: lower case, names in quotes, no full stop.
  public var message: String
  /// Where it stands in the text of the formula.
  public var range: SourceRange

  init(_ kind: Kind, _ message: String, at range: SourceRange) {
    self.kind = kind
    self.message = message
    self.range = range
  }
}
