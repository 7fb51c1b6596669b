import CElementary
import RealModule

extension Double: BlockScalar {
  static var unitRoundoff: Double { 0x1p-53 }

  @inline(__always)
  init(known value: Double, low: Double) { self = value }

  static func load(
    _ count: Int, _ source: UnsafePointer<Double>, _ target: UnsafeMutablePointer<Double>
  ) {
    target.update(from: source, count: count)
  }

  @inline(__always)
  var leading: Double { self }

  static func power(_ a: Double, _ b: Double) -> Double {
    if a > 0 { return Double.pow(a, b) }
    if b == 0 { return 1 }
    guard let isOdd = b.isOddInteger else {
      return a == 0 && b > 0 ? 0 : (a == 0 && b < 0 ? .infinity : .nan)
    }
    if a == 0 { return b > 0 ? 0 : .infinity }
    let size = Double.pow(-a, b)
    return isOdd ? -size : size
  }

  static func powerError(_ exponent: Double) -> Double { 0x1p-51 }

  /// Whether an integer is odd; nil if the number is none or is undefined.
  var isOddInteger: Bool? {
    guard isFinite, rounded(.towardZero) == self else { return nil }
    return magnitude < 0x1p53 && !truncatingRemainder(dividingBy: 2).isZero
  }

  static func apply(
    _ operation: UnaryOperation, _ n: Int, _ a: UnsafePointer<Double>,
    _ r: UnsafeMutablePointer<Double>
  ) {
    switch operation {
    case .negate: map(n, a, r) { -$0 }
    case .reciprocal: map(n, a, r) { 1 / $0 }
    case .absolute: map(n, a, r) { $0.magnitude }
    case .sign: map(n, a, r) { $0 > 0 ? 1 : ($0 < 0 ? -1 : $0) }
    case .floor: map(n, a, r) { $0.rounded(.down) }
    case .ceil: map(n, a, r) { $0.rounded(.up) }
    case .exp: elementary_exp(n, a, r)
    case .log: elementary_log(n, a, r)
    case .sqrt: map(n, a, r) { $0.squareRoot() }
    case .sin: map(n, a, r) { Double.sin($0) }
    case .cos: map(n, a, r) { Double.cos($0) }
    case .tan: map(n, a, r) { Double.tan($0) }
    case .asin: map(n, a, r) { Double.asin($0) }
    case .acos: map(n, a, r) { Double.acos($0) }
    case .atan: map(n, a, r) { Double.atan($0) }
    case .sinh: map(n, a, r) { Double.sinh($0) }
    case .cosh: map(n, a, r) { Double.cosh($0) }
    case .tanh: elementary_tanh(n, a, r)
    case .asinh: map(n, a, r) { Double.asinh($0) }
    case .acosh: map(n, a, r) { Double.acosh($0) }
    case .atanh: map(n, a, r) { Double.atanh($0) }
    case .sigmoid: elementary_sigmoid(n, a, r)
    case .softplus:
      map(n, a, r) { ($0 < 0 ? 0 : $0) + Double.log(onePlus: Double.exp(-$0.magnitude)) }
    case .relu: map(n, a, r) { $0 < 0 ? 0 : $0 }
    case .step: map(n, a, r) { $0 > 0 ? 1 : ($0 <= 0 ? 0 : $0) }
    case .erf: map(n, a, r) { Double.erf($0) }
    case .gamma: map(n, a, r) { Double.gamma($0) }
    case .logGamma: map(n, a, r) { Double.logGamma($0) }
    case .digamma: map(n, a, r) { Double.digamma($0) }
    case .trigamma: map(n, a, r) { Double.trigamma($0) }
    case .log1p: map(n, a, r) { Double.log(onePlus: $0) }
    case .expm1: map(n, a, r) { Double.expMinusOne($0) }
    case .square: map(n, a, r) { $0 * $0 }
    case .stopGradient: map(n, a, r) { $0 }
    }
  }

  // In units of 2^-53, half a unit in the last place: the C library's figures, rounded up.
  static func functionError(_ operation: UnaryOperation) -> Double {
    switch operation {
    case .negate, .absolute, .sign, .floor, .ceil, .relu, .step, .stopGradient: 0
    case .reciprocal, .sqrt, .square: 0x1p-53
    case .exp, .log, .sin, .cos: 2 * 0x1p-53
    case .tan, .asin, .acos, .atan, .erf, .log1p, .expm1: 4 * 0x1p-53
    case .tanh, .sinh, .cosh, .asinh, .acosh, .atanh, .sigmoid, .softplus: 6 * 0x1p-53
    case .gamma, .logGamma, .digamma, .trigamma: 16 * 0x1p-53
    }
  }

  static func operandError(_ operation: UnaryOperation) -> Double { 0 }
}
