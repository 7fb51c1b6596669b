import RealModule

/// The smallest positive double: what a result may lose where it underflows.
private let leastError = 0x1p-1074

extension Machine {
  /// Applies an operation over a nest of loops: values first, then their bounds.
  func binary(
    _ operation: BinaryOperation, _ a: Operand, _ b: Operand, _ result: Operand, _ nest: Nest
  ) {
    let (aValues, bValues) = (value(a), value(b))
    let (aErrors, bErrors) = (error(a), error(b))
    var offset = result.offset
    visit(nest.outer) { aOffset, bOffset in
      let row = Row(
        count: nest.inner.count, aStep: nest.inner.aStep, bStep: nest.inner.bStep,
        a: aValues + aOffset, b: bValues + bOffset, aErrors: aErrors.map { $0 + aOffset },
        bErrors: bErrors.map { $0 + bOffset }, result: values + offset,
        errors: result.isExact ? nil : errors + offset)
      row.run(operation)
      offset += nest.inner.count
    }
  }
}

/// The innermost loop of a binary operation.
private struct Row<Scalar: BlockScalar> {
  let count: Int
  let aStep: Int
  let bStep: Int
  let a: UnsafePointer<Scalar>
  let b: UnsafePointer<Scalar>
  let aErrors: UnsafePointer<Double>?
  let bErrors: UnsafePointer<Double>?
  let result: UnsafeMutablePointer<Scalar>
  let errors: UnsafeMutablePointer<Double>?

  @inline(__always)
  func run(_ operation: BinaryOperation) {
    let unit = Scalar.unitRoundoff
    switch operation {
    case .add:
      combine { $0 + $1 }
      bound { _, e, _, f, r in (e ?? 0) + (f ?? 0) + unit * r.magnitude }
    case .subtract:
      combine { $0 - $1 }
      bound { _, e, _, f, r in (e ?? 0) + (f ?? 0) + unit * r.magnitude }
    case .multiply:
      combine { $0 * $1 }
      bound { a, e, b, f, r in
        var sum = unit * r.magnitude + underflow(r, a, b)
        if let f { sum += a.magnitude * f }
        if let e { sum += (b.magnitude + (f ?? 0)) * e }
        return sum
      }
    case .divide:
      combine { $0 / $1 }
      bound { a, e, b, f, r in
        let rounding = unit * r.magnitude + underflow(r, a, 1)
        guard let f else { return e.map { $0 / b.magnitude + rounding } ?? rounding }
        let room = b.magnitude - f
        let sum = ((e ?? 0) + r.magnitude * f) / room + rounding
        return room > 0 ? sum : (room <= 0 ? .infinity : room)
      }
    case .power:
      combine { Scalar.power($0, $1) }
      bound { a, e, b, f, r in powerBound(a, e ?? 0, b, f ?? 0, r) }
    case .maximum:
      combine { $0 > $1 ? $0 : ($1 >= $0 ? $1 : $0 + $1) }
      bound { _, e, _, f, _ in larger(e ?? 0, f ?? 0) }
    case .minimum:
      combine { $0 < $1 ? $0 : ($1 <= $0 ? $1 : $0 + $1) }
      bound { _, e, _, f, _ in larger(e ?? 0, f ?? 0) }
    }
  }

  // Which operand is one value for the whole row is decided outside of the loop.
  @inline(__always)
  private func combine(_ function: (Scalar, Scalar) -> Scalar) {
    if aStep == 0 {
      let x = a[0]
      if bStep == 0 {
        let value = function(x, b[0])
        for i in 0..<count { result[i] = value }
      } else {
        for i in 0..<count { result[i] = function(x, b[i]) }
      }
    } else if bStep == 0 {
      let y = b[0]
      for i in 0..<count { result[i] = function(a[i], y) }
    } else {
      for i in 0..<count { result[i] = function(a[i], b[i]) }
    }
  }

  // So is which operand is exact: its bound is nil throughout and costs nothing.
  @inline(__always)
  private func bound(_ function: (Double, Double?, Double, Double?, Double) -> Double) {
    guard let errors else { return }
    switch (aErrors, bErrors) {
    case (nil, nil):
      loop(errors) { i, j, r in function(a[i].leading, nil, b[j].leading, nil, r) }
    case (let e?, nil):
      loop(errors) { i, j, r in function(a[i].leading, e[i], b[j].leading, nil, r) }
    case (nil, let f?):
      loop(errors) { i, j, r in function(a[i].leading, nil, b[j].leading, f[j], r) }
    case (let e?, let f?):
      loop(errors) { i, j, r in function(a[i].leading, e[i], b[j].leading, f[j], r) }
    }
  }

  @inline(__always)
  private func loop(
    _ errors: UnsafeMutablePointer<Double>, _ function: (Int, Int, Double) -> Double
  ) {
    if aStep == 0 {
      let step = bStep
      if step == 0 {
        for i in 0..<count { errors[i] = function(0, 0, result[i].leading) }
      } else {
        for i in 0..<count { errors[i] = function(0, i, result[i].leading) }
      }
    } else if bStep == 0 {
      for i in 0..<count { errors[i] = function(i, 0, result[i].leading) }
    } else {
      for i in 0..<count { errors[i] = function(i, i, result[i].leading) }
    }
  }

  @inline(__always)
  private func underflow(_ r: Double, _ a: Double, _ b: Double) -> Double {
    r.magnitude < 0x1p-960 && a != 0 && b != 0 ? leastError : 0
  }

  @inline(__always)
  private func larger(_ e: Double, _ f: Double) -> Double {
    e > f ? e : (f >= e ? f : e + f)
  }

  // With d = |b| e / (|a| - e) + |log a| f (and the product of both errors) the power changes by less than
  // |r| (d + d^2) for d < 1. A base that may be negative under an inexact exponent has no bound.
  private func powerBound(_ a: Double, _ e: Double, _ b: Double, _ f: Double, _ r: Double)
    -> Double
  {
    if b == 0, f == 0 { return 0 }
    if e == 0, a == 0 { return f < b ? 0 : .infinity }
    let room = a.magnitude - e
    guard room > 0, a > 0 || f == 0 else { return r.isNaN && f == 0 ? r : .infinity }
    let logarithm = Double.log(a.magnitude)
    let d = (b.magnitude + f) * e / room + logarithm.magnitude * f
    guard d < 1 else { return d.isNaN ? d : .infinity }
    return r.magnitude * (d + d * d + Scalar.powerError((b * logarithm).magnitude)) + leastError
  }
}
