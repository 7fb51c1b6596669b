import RealModule

extension DoubleDouble: BlockScalar {
  static var unitRoundoff: Double { 0x1p-100 }

  init(known value: Double, low: Double) { self.init(high: value, low: low) }

  static func load(
    _ count: Int, _ source: UnsafePointer<Double>, _ target: UnsafeMutablePointer<DoubleDouble>
  ) {
    map(count, source, target) { DoubleDouble($0) }
  }

  var leading: Double { high }

  static func power(_ a: DoubleDouble, _ b: DoubleDouble) -> DoubleDouble {
    if a.high > 0, a.isFinite, b.isFinite { return exp(b * log(a)) }
    guard a.high < 0, a.isFinite, b.low == 0, let isOdd = b.high.isOddInteger, b.high != 0 else {
      return DoubleDouble(Double.power(a.high, b.high))
    }
    let size = exp(b * log(-a))
    return isOdd ? -size : size
  }

  static func powerError(_ exponent: Double) -> Double { 0x1p-94 * (1 + exponent) }

  static func apply(
    _ operation: UnaryOperation, _ n: Int, _ a: UnsafePointer<DoubleDouble>,
    _ r: UnsafeMutablePointer<DoubleDouble>
  ) {
    switch operation {
    case .negate: map(n, a, r) { -$0 }
    case .reciprocal: map(n, a, r) { one / $0 }
    case .absolute: map(n, a, r) { $0.magnitude }
    case .sign:
      map(n, a, r) { DoubleDouble($0.high > 0 ? 1 : ($0.high < 0 ? -1 : $0.high)) }
    case .floor: map(n, a, r) { $0.roundedDown() }
    case .ceil: map(n, a, r) { -(-$0).roundedDown() }
    case .exp: map(n, a, r) { exp($0) }
    case .log: map(n, a, r) { log($0) }
    case .sqrt: map(n, a, r) { $0.squareRoot() }
    case .sin: map(n, a, r) { sineAndCosine($0).0 }
    case .cos: map(n, a, r) { sineAndCosine($0).1 }
    case .tan:
      map(n, a, r) {
        let (sine, cosine) = sineAndCosine($0)
        return sine / cosine
      }
    case .asin: map(n, a, r) { asin($0) }
    case .acos: map(n, a, r) { acos($0) }
    case .atan: map(n, a, r) { atan($0) }
    case .sinh: map(n, a, r) { sinh($0) }
    case .cosh: map(n, a, r) { cosh($0) }
    case .tanh: map(n, a, r) { tanh($0) }
    case .asinh: map(n, a, r) { asinh($0) }
    case .acosh: map(n, a, r) { acosh($0) }
    case .atanh: map(n, a, r) { atanh($0) }
    case .sigmoid: map(n, a, r) { one / (one + exp(-$0)) }
    case .softplus:
      map(n, a, r) { ($0.high < 0 ? DoubleDouble(0) : $0) + log1p(exp(-$0.magnitude)) }
    case .relu: map(n, a, r) { $0.high < 0 ? DoubleDouble(0) : $0 }
    case .step: map(n, a, r) { DoubleDouble($0.high > 0 ? 1 : ($0.high <= 0 ? 0 : $0.high)) }
    case .erf: map(n, a, r) { DoubleDouble(Double.erf($0.high)) }
    case .gamma: map(n, a, r) { DoubleDouble(Double.gamma($0.high)) }
    case .logGamma: map(n, a, r) { DoubleDouble(Double.logGamma($0.high)) }
    case .digamma: map(n, a, r) { DoubleDouble(Double.digamma($0.high)) }
    case .trigamma: map(n, a, r) { DoubleDouble(Double.trigamma($0.high)) }
    case .log1p: map(n, a, r) { log1p($0) }
    case .expm1: map(n, a, r) { expm1($0) }
    case .square: map(n, a, r) { $0 * $0 }
    case .stopGradient: map(n, a, r) { $0 }
    }
  }

  // The functions that double-double lacks keep the error of the double's.
  static func functionError(_ operation: UnaryOperation) -> Double {
    switch operation {
    case .negate, .absolute, .sign, .floor, .ceil, .relu, .step, .stopGradient: 0
    case .reciprocal, .sqrt, .square: unitRoundoff
    case .erf, .gamma, .logGamma, .digamma, .trigamma: Double.functionError(operation)
    default: 0x1p-94
    }
  }

  static func operandError(_ operation: UnaryOperation) -> Double {
    switch operation {
    case .erf, .gamma, .logGamma, .digamma, .trigamma: 0x1p-53
    default: 0
    }
  }
}
