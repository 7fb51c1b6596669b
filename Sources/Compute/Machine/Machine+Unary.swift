import RealModule

extension Machine {
  /// Applies a function to a block: values first, then their bounds.
  func unary(_ operation: UnaryOperation, _ a: Operand, _ result: Operand, _ count: Int) {
    Scalar.apply(operation, count, value(a), values + result.offset)
    if result.isExact { return }
    let bounds = UnaryBounds(
      count: count, a: value(a), aErrors: error(a), result: UnsafePointer(values + result.offset),
      errors: errors + result.offset, rounding: Scalar.functionError(operation),
      operandRounding: Scalar.operandError(operation))
    bounds.run(operation)
  }
}

/// The bounds of a function of a block.
///
/// Each is what an error `e` of the operand `x` can do to the result `r`, plus the declared error of the
/// function. Infinite where an edge of the domain or a pole lies within the error.
private struct UnaryBounds<Scalar: BlockScalar> {
  let count: Int
  let a: UnsafePointer<Scalar>
  let aErrors: UnsafePointer<Double>?
  let result: UnsafePointer<Scalar>
  let errors: UnsafeMutablePointer<Double>
  let rounding: Double
  let operandRounding: Double

  func run(_ operation: UnaryOperation) {
    switch operation {
    case .negate, .absolute, .relu, .stopGradient: bound { _, _, e in e }
    case .sign: bound { x, _, e in within(e, x.magnitude) ? 2 : 0 }
    case .step: bound { x, _, e in within(e, x.magnitude) ? 1 : 0 }
    case .floor: bound { x, r, e in jump(r, (x - e).rounded(.down), (x + e).rounded(.down)) }
    case .ceil: bound { x, r, e in jump(r, (x - e).rounded(.up), (x + e).rounded(.up)) }
    case .reciprocal: bound { x, r, e in open(e, x.magnitude) { e * r.magnitude / $0 } }
    case .sqrt: bound { x, r, e in open(e, x) { _ in e / r } }
    case .square: bound(extra: 0x1p-1074) { x, _, e in (2 * x.magnitude + e) * e }
    case .exp:
      bound(extra: 0x1p-1074) { _, r, e in grow(r, e) }
      boundLargeErrors()
    case .expm1: bound { _, r, e in grow(r + 1, e) }
    case .log: bound { x, _, e in open(e, x) { e / $0 } }
    case .log1p: bound { x, _, e in open(e, 1 + x) { e / $0 } }
    default: runTranscendental(operation)
    }
  }

  private func runTranscendental(_ operation: UnaryOperation) {
    switch operation {
    case .sin, .cos, .atan, .asinh: bound { _, _, e in e }
    case .tanh: bound { _, r, e in (1 - r * r + e).magnitude * e }
    case .sigmoid: bound(extra: 0x1p-1074) { _, r, e in (r * (1 - r) + e).magnitude * e }
    case .softplus: bound(extra: 0x1p-1074) { _, r, e in (1 - Double.exp(-r) + e) * e }
    case .erf: bound { x, _, e in (1.13 * Double.exp(-x * x) + e) * e }
    // |tan(x + e) - r| = t (1 + r^2) / (1 - r t) with t = tan e < 1.2 e.
    case .tan:
      bound { _, r, e in open(1.2 * e * r.magnitude, 1) { 1.2 * e * (1 + r * r) / $0 } }
    case .asin, .acos:
      bound { x, _, e in open(e, 1 - x.magnitude) { e / (($0 * (2 - $0)).squareRoot()) } }
    case .acosh: bound { x, _, e in open(e, x - 1) { e / ($0 * (2 + $0)).squareRoot() } }
    case .atanh: bound { x, _, e in open(e, 1 - x.magnitude) { e / ($0 * (2 - $0)) } }
    case .sinh: bound { x, r, e in grow(r.magnitude + 1, e) }
    case .cosh: bound { _, r, e in grow(r, e) }
    case .gamma:
      bound { x, r, e in
        poles(x, e) {
          2 * r.magnitude * Double.digamma(x).magnitude * e
            + 2 * r.magnitude * (Double.trigamma(x) + Double.digamma(x) * Double.digamma(x)) * e * e
        }
      }
    case .logGamma:
      bound { x, _, e in
        poles(x, e) { (2 * Double.digamma(x).magnitude + 2 * Double.trigamma(x) * e) * e }
      }
    // Near its zero at 1.46 the error is that of its terms.
    case .digamma:
      bound(extra: 2 * rounding) { x, _, e in poles(x, e) { 2 * Double.trigamma(x) * e } }
    case .trigamma: bound { x, r, e in poles(x, e) { 2 * e * (2 * r * r.squareRoot() + r) } }
    default: bound { _, _, _ in .infinity }
    }
  }

  @inline(__always)
  private func bound(
    extra: Double = 0, _ propagated: (_ x: Double, _ r: Double, _ e: Double) -> Double
  ) {
    if operandRounding > 0 {
      for i in 0..<count {
        let (x, r) = (a[i].leading, result[i].leading)
        let e = (aErrors.map { $0[i] } ?? 0) + operandRounding * x.magnitude
        errors[i] = propagated(x, r, e) + rounding * r.magnitude + extra
      }
    } else if let aErrors {
      for i in 0..<count {
        let r = result[i].leading
        errors[i] = propagated(a[i].leading, r, aErrors[i]) + (rounding * r.magnitude + extra)
      }
    } else {
      for i in 0..<count { errors[i] = rounding * result[i].leading.magnitude + extra }
    }
  }

  // Whether zero lies within an error of a number of this size; an exact zero is known.
  @inline(__always)
  private func within(_ e: Double, _ size: Double) -> Bool { e >= size && e > 0 }

  // A bound that holds while the error leaves room to an edge; an undefined room stays undefined.
  @inline(__always)
  private func open(_ e: Double, _ distance: Double, _ bound: (Double) -> Double) -> Double {
    let room = distance - e
    return room > 0 ? bound(room) : (e >= 0 && e <= 0 ? 0 : .infinity)
  }

  // e^(x + e) - e^x <= r (e + e^2) for e < 1.
  @inline(__always)
  private func grow(_ r: Double, _ e: Double) -> Double {
    e < 1 ? r.magnitude * (e + e * e) : .infinity
  }

  // Far below zero even a large error of the exponent changes little: by less than e^(x + e).
  private func boundLargeErrors() {
    guard let aErrors else { return }
    for i in 0..<count where aErrors[i] >= 1 {
      errors[i] = Double.exp(a[i].leading + aErrors[i]) * (1 + rounding) + 0x1p-1074
    }
  }

  @inline(__always)
  private func jump(_ r: Double, _ below: Double, _ above: Double) -> Double {
    let (down, up) = (r - below, above - r)
    return down > up ? down : up
  }

  // Near a pole at 0, -1, -2, ... nothing is known.
  @inline(__always)
  private func poles(_ x: Double, _ e: Double, _ bound: () -> Double) -> Double {
    let distance = x > 0.5 ? x : (x - x.rounded()).magnitude
    return 4 * e < distance ? bound() : (e == 0 ? 0 : .infinity)
  }
}
