/// A number of about 32 decimal digits: the unevaluated sum of two doubles.
///
/// Decides what rounding leaves open in plain doubles. Sums and products are those of Dekker (Numerische
/// Mathematik 18, 1971) and Knuth (TAOCP 2, 4.2.2), with relative errors of a few 2^-104. An infinite or
/// undefined value has a lower part of zero.
public struct DoubleDouble: Hashable, Sendable {
  /// The double nearest to the value.
  public var high: Double
  /// What the nearest double lacks.
  public var low: Double

  /// Takes two parts as they are; the lower must not reach into the higher.
  @inline(__always)
  public init(high: Double, low: Double) {
    self.high = high
    self.low = low
  }

  /// The value of a double, exactly.
  @inline(__always)
  public init(_ value: Double) {
    self.init(high: value, low: 0)
  }

  /// The exact sum of two doubles.
  public init(sum a: Double, _ b: Double) {
    let sum = a + b
    guard sum.isFinite else {
      self.init(sum)
      return
    }
    let part = sum - a
    self.init(high: sum, low: (a - (sum - part)) + (b - part))
  }

  /// The exact product of two doubles, unless it underflows.
  public init(product a: Double, _ b: Double) {
    let product = a * b
    guard product.isFinite else {
      self.init(product)
      return
    }
    self.init(high: product, low: (-product).addingProduct(a, b))
  }

  /// Whether the value is undefined.
  public var isNaN: Bool { high.isNaN }

  /// Whether the value is neither infinite nor undefined.
  public var isFinite: Bool { high.isFinite }

  /// The absolute value.
  public var magnitude: DoubleDouble { high < 0 || (high == 0 && low < 0) ? -self : self }

  /// Returns the value with the opposite sign.
  public static prefix func - (a: DoubleDouble) -> DoubleDouble {
    DoubleDouble(high: -a.high, low: -a.low)
  }

  /// Returns the sum.
  public static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let high = DoubleDouble(sum: a.high, b.high)
    guard high.high.isFinite else { return high }
    let low = DoubleDouble(sum: a.low, b.low)
    let first = normalized(high.high, high.low + low.high)
    return normalized(first.high, first.low + low.low)
  }

  /// Returns the difference.
  public static func - (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble { a + (-b) }

  /// Returns the product.
  public static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let product = DoubleDouble(product: a.high, b.high)
    guard product.high.isFinite else { return product }
    return normalized(product.high, product.low + (a.high * b.low + a.low * b.high))
  }

  /// Returns the quotient.
  public static func / (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let first = a.high / b.high
    guard first.isFinite, b.high.isFinite else { return DoubleDouble(first) }
    let rest = a - b * DoubleDouble(first)
    let second = rest.high / b.high
    let last = (rest - b * DoubleDouble(second)).high / b.high
    let sum = normalized(first, second)
    return normalized(sum.high, sum.low + last)
  }

  // Valid if the first part is not smaller than the second.
  private static func normalized(_ a: Double, _ b: Double) -> DoubleDouble {
    let sum = a + b
    guard sum.isFinite else { return DoubleDouble(sum) }
    return DoubleDouble(high: sum, low: b - (sum - a))
  }
}

extension DoubleDouble: Comparable {
  /// Returns whether the first number is smaller; false if either is undefined.
  public static func < (a: DoubleDouble, b: DoubleDouble) -> Bool {
    a.high < b.high || (a.high == b.high && a.low < b.low)
  }

  /// Returns whether the first number is larger; false if either is undefined.
  public static func > (a: DoubleDouble, b: DoubleDouble) -> Bool { b < a }

  /// Returns whether the first number is at most the second; false if either is undefined.
  public static func <= (a: DoubleDouble, b: DoubleDouble) -> Bool { a < b || a == b }

  /// Returns whether the first number is at least the second; false if either is undefined.
  public static func >= (a: DoubleDouble, b: DoubleDouble) -> Bool { b <= a }
}
