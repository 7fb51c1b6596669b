/// A place in a file: where a value or a fault stands.
public struct Place: Hashable, Sendable {
  /// The path as the user gave it or as it is called inside a submission.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// The column in characters (Unicode scalars), from 1.
  public var column: Int

  /// Creates a place.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}

extension Place: CustomStringConvertible {
  /// `path:line:column`, the form that editors open.
  public var description: String { "\(file):\(line):\(column)" }
}

/// A value read from a file, with the place where it stands.
public struct Located<Value: Sendable>: Sendable {
  /// The value.
  public var value: Value
  /// Where the value begins.
  public var place: Place

  /// Creates a value with its place.
  public init(_ value: Value, at place: Place) {
    self.value = value
    self.place = place
  }
}

extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}

/// Something wrong in a file, in words for whoever wrote it.
public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where it is.
  public var place: Place
  /// What is wrong: lower case, names in quotes, no full stop, the remedy after a semicolon.
  public var message: String

  /// Creates a fault.
  public init(at place: Place, _ message: String) {
    self.place = place
    self.message = message
  }

  /// `path:line:column: error: message`.
  public var description: String { "\(place): error: \(message)" }
}
