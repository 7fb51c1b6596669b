import RealModule

extension DoubleDouble {
  static let pi = DoubleDouble(high: 0x1.921fb54442d18p+1, low: 0x1.1a62633145c07p-53)
  static let ln2 = DoubleDouble(high: 0x1.62e42fefa39efp-1, low: 0x1.abc9e3b39803fp-56)
  static let one = DoubleDouble(1)

  // 1 / n for n up to 30, so that series need no divisions.
  private static let reciprocals = (0...30).map { $0 == 0 ? one : one / DoubleDouble(Double($0)) }
  // 1 / n! for n up to 30.
  private static let factorials = reciprocals.reduce(into: [DoubleDouble]()) { list, reciprocal in
    list.append((list.last ?? one) * reciprocal)
  }

  /// The number times a power of two, exactly.
  private func scaled(_ factor: Double) -> DoubleDouble {
    DoubleDouble(high: high * factor, low: low * factor)
  }

  /// The square root; undefined for negative numbers.
  public func squareRoot() -> DoubleDouble {
    guard high > 0, high.isFinite else { return DoubleDouble(high.squareRoot()) }
    let root = DoubleDouble(high.squareRoot())
    return root + DoubleDouble((self - root * root).high / (2 * root.high))
  }

  /// The exponential, by halving the argument 9 times and the Taylor series.
  public static func exp(_ x: DoubleDouble) -> DoubleDouble {
    guard x.high.magnitude < 700 else { return DoubleDouble(Double.exp(x.high)) }
    let k = (x.high / ln2.high).rounded()
    let p = reducedExpm1(x - DoubleDouble(k) * ln2) + one
    let half = Double(sign: .plus, exponent: Int(k / 2), significand: 1)
    let rest = Double(sign: .plus, exponent: Int(k) - Int(k / 2), significand: 1)
    return p.scaled(half).scaled(rest)
  }

  /// The exponential minus one, relatively accurate near zero.
  public static func expm1(_ x: DoubleDouble) -> DoubleDouble {
    x.high.magnitude < 0.5 ? reducedExpm1(x) : exp(x) - one
  }

  // (1 + p)^2 - 1 = p (2 + p) keeps what 1 + p would lose.
  private static func reducedExpm1(_ x: DoubleDouble) -> DoubleDouble {
    let r = x.scaled(0x1p-9)
    let factorials = factorials
    var p = factorials[9]
    for k in stride(from: 8, through: 1, by: -1) { p = p * r + factorials[k] }
    p = p * r
    for _ in 0..<9 { p = p.scaled(2) + p * p }
    return p
  }

  /// The natural logarithm: a series near one, else one step of Halley's kind from that of the double.
  public static func log(_ x: DoubleDouble) -> DoubleDouble {
    guard x.high > 0, x.high.isFinite else { return DoubleDouble(Double.log(x.high)) }
    if (x.high - 1).magnitude < 0.1 { return logNearOne(x - one) }
    let first = DoubleDouble(Double.log(x.high))
    // Near the ends of the range e^-first would leave it.
    let scale = x.high > 0x1p900 ? 0x1p-200 : (x.high < 0x1p-900 ? 0x1p200 : 1)
    let shift = scale == 1 ? DoubleDouble(0) : DoubleDouble(scale > 1 ? 200 : -200) * ln2
    let z = x.scaled(scale) * exp(-(first + shift)) - one
    return first + (z - z * z.scaled(0.5))
  }

  /// The logarithm of one plus a number, relatively accurate near zero.
  public static func log1p(_ x: DoubleDouble) -> DoubleDouble {
    x.high.magnitude < 0.1 ? logNearOne(x) : log(one + x)
  }

  // log(1 + t) = 2 artanh(t / (2 + t)).
  private static func logNearOne(_ t: DoubleDouble) -> DoubleDouble {
    let s = t / (DoubleDouble(2) + t)
    let square = s * s
    let reciprocals = reciprocals
    var sum = reciprocals[25]
    for k in stride(from: 23, through: 3, by: -2) { sum = sum * square + reciprocals[k] }
    return (s + s * square * sum).scaled(2)
  }

  /// Sine and cosine; undefined beyond 2^30, where the reduction would need more of pi.
  static func sineAndCosine(_ x: DoubleDouble) -> (DoubleDouble, DoubleDouble) {
    guard x.high.magnitude < 0x1p30 else { return (DoubleDouble(.nan), DoubleDouble(.nan)) }
    let k = (x.high / (pi.high / 2)).rounded()
    // A quarter turn in three parts.
    let turns = DoubleDouble(k)
    let first = x - DoubleDouble(product: k, 0x1.921fb54442d18p+0)
    let second = first - DoubleDouble(product: k, 0x1.1a62633145c07p-54)
    let r = second - turns * DoubleDouble(-0x1.f1976b7ed8fbcp-110)
    let square = r * r
    let factorials = factorials
    var (sine, cosine) = (factorials[29], factorials[28])
    for n in stride(from: 26, through: 0, by: -2) {
      cosine = factorials[n] - square * cosine
      sine = factorials[n + 1] - square * sine
    }
    sine = r * sine
    return switch Int(k) & 3 {
    case 0: (sine, cosine)
    case 1: (cosine, -sine)
    case 2: (-sine, -cosine)
    default: (-cosine, sine)
    }
  }

  /// The hyperbolic tangent.
  public static func tanh(_ x: DoubleDouble) -> DoubleDouble {
    guard x.high.magnitude < 40 else {
      return DoubleDouble(x.high.isNaN ? x.high : (x.high < 0 ? -1 : 1))
    }
    let m = expm1(x.scaled(2))
    return m / (m + DoubleDouble(2))
  }

  static func sinh(_ x: DoubleDouble) -> DoubleDouble {
    if x.high.magnitude > 700 { return DoubleDouble(Double.sinh(x.high)) }
    let m = expm1(x)
    return (m + m / (m + one)).scaled(0.5)
  }

  static func cosh(_ x: DoubleDouble) -> DoubleDouble {
    let e = exp(x.magnitude)
    return e.isFinite ? (e + one / e).scaled(0.5) : e
  }

  static func atan(_ x: DoubleDouble) -> DoubleDouble {
    let first = Double.atan(x.high)
    guard x.isFinite, x.high.magnitude < 0x1p60 else { return DoubleDouble(first) }
    let (sine, cosine) = sineAndCosine(DoubleDouble(first))
    let rest = (x * cosine - sine) / (cosine + x * sine)
    return DoubleDouble(first) + rest
  }

  static func asin(_ x: DoubleDouble) -> DoubleDouble {
    let size = x.magnitude
    guard size <= one else { return DoubleDouble(.nan) }
    let root = ((one - size) * (one + size)).squareRoot()
    if size.high < 0.7 { return atan(x / root) }
    let angle = pi.scaled(0.5) - atan(root / size)
    return x.high < 0 ? -angle : angle
  }

  static func acos(_ x: DoubleDouble) -> DoubleDouble {
    guard x.high > 0.5 else { return pi.scaled(0.5) - asin(x) }
    guard x <= one else { return DoubleDouble(.nan) }
    return atan(((one - x) * (one + x)).squareRoot() / x)
  }

  static func asinh(_ x: DoubleDouble) -> DoubleDouble {
    let a = x.magnitude
    guard a.high < 0x1p400 else { return DoubleDouble(Double.asinh(x.high)) }
    let value = log1p(a + a * a / (one + (one + a * a).squareRoot()))
    return x.high < 0 ? -value : value
  }

  static func acosh(_ x: DoubleDouble) -> DoubleDouble {
    guard x >= one, x.high < 0x1p400 else { return DoubleDouble(Double.acosh(x.high)) }
    let t = x - one
    return log1p(t + (t * (t + DoubleDouble(2))).squareRoot())
  }

  static func atanh(_ x: DoubleDouble) -> DoubleDouble {
    guard x.magnitude < one else { return DoubleDouble(Double.atanh(x.high)) }
    return log1p(x.scaled(2) / (one - x)).scaled(0.5)
  }

  /// Rounds down; exact.
  func roundedDown() -> DoubleDouble {
    let whole = high.rounded(.down)
    return whole == high
      ? DoubleDouble(sum: whole, low.rounded(.down)) : DoubleDouble(whole)
  }
}
