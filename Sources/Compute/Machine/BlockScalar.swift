/// A number that the machine computes with: a double, or a double-double where rounding decides.
protocol BlockScalar: Comparable, Sendable {
  /// The largest relative error of a sum, difference, product or quotient.
  static var unitRoundoff: Double { get }
  init(known value: Double, low: Double)
  /// Copies exact doubles.
  static func load(
    _ count: Int, _ source: UnsafePointer<Double>, _ target: UnsafeMutablePointer<Self>)
  /// The nearest double.
  var leading: Double { get }

  static prefix func - (a: Self) -> Self
  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  static func / (a: Self, b: Self) -> Self

  /// Raises to a power: undefined for a negative base unless the exponent is an integer.
  static func power(_ a: Self, _ b: Self) -> Self
  /// The relative error of a power apart from that of its operands, for `|b log a|` of a given size.
  static func powerError(_ exponent: Double) -> Double

  /// Applies a function to a block.
  static func apply(
    _ operation: UnaryOperation, _ count: Int, _ a: UnsafePointer<Self>,
    _ result: UnsafeMutablePointer<Self>)
  /// The declared relative error of a function for an exact operand.
  static func functionError(_ operation: UnaryOperation) -> Double
  /// The relative error with which a function sees its operand; zero if it takes all of it.
  static func operandError(_ operation: UnaryOperation) -> Double
}

/// Writes a function of every value of a block.
@inline(__always)
func map<Value, Result>(
  _ count: Int, _ a: UnsafePointer<Value>, _ result: UnsafeMutablePointer<Result>,
  _ function: (Value) -> Result
) {
  for i in 0..<count { result[i] = function(a[i]) }
}
