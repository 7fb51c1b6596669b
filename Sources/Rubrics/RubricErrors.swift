public import Homework

/// Everything that is wrong in a rubric, in order of the places.
public struct RubricErrors: Error, Hashable, Sendable, CustomStringConvertible {
  /// The faults, each with its line and column; never empty.
  public let faults: [Fault]

  /// One fault a line.
  public var description: String { faults.map(\.description).joined(separator: "\n") }

  /// Creates the error from faults in any order; repeated ones count once.
  init(_ faults: [Fault]) {
    var seen: Set<Fault> = []
    self.faults = faults.filter { seen.insert($0).inserted }.enumerated().sorted {
      let (left, right) = ($0.element.place, $1.element.place)
      return (left.line, left.column, $0.offset) < (right.line, right.column, $1.offset)
    }.map(\.element)
  }
}

/// A rubric or schema file that could not be opened or read.
public struct RubricFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The path as given.
  public let path: String
  /// What happened and the remedy.
  public let reason: String

  /// `path: error: reason`.
  public var description: String { "\(path): error: \(reason)" }
}
