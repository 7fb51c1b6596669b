public import Notation

/// Reads and evaluates single formulas, for `gradus read`.
public struct Calculator: Sendable {
  /// What became of a formula.
  public struct Answer: Sendable {
    /// The formula as understood, in LaTeX.
    public var latex: String
    /// The free names, sorted.
    public var names: [String]
    /// One value a point; `nil` where it is undefined or complex.
    public var values: [Double?]
    /// What was odd but did not hinder.
    public var warnings: [String]
  }

  /// Creates a calculator with the names of a vocabulary (`general`, `gaussian`, `latent-variable`, `episodic-mdp`).
  ///
  /// - Returns: `nil` if there is no such vocabulary.
  public init?(vocabulary: String) {
    guard vocabulary == "general" else { return nil }
  }

  /// Returns what a formula means and its values at points.
  ///
  /// - Parameters:
  ///   - formula: One formula in LaTeX, Unicode, ASCII or Python.
  ///   - points: Values of its names; a family `name[]` has several.
  /// - Throws: A `Diagnostic` with the place of what is wrong.
  public func answer(to formula: String, at points: [[String: [Double]]]) throws(Diagnostic)
    -> Answer
  {
    throw Diagnostic("not yet", at: SourceRange(0, 0))
  }
}

extension Diagnostic: Error {}
