extension Machine {
  /// Reduces the middle one of three axes.
  func reduce(
    _ operation: ReduceOperation, _ a: Operand, _ result: Operand, _ outer: Int, _ count: Int,
    _ inner: Int
  ) {
    switch operation {
    case .sum: sum(a, result, outer, count, inner, isIntegral: false)
    case .product:
      fold(a, result, outer, count, inner, start: Scalar(known: 1, low: 0)) {
        $0 * $1
      } bound: {
        x, e, y, f, r in
        x.magnitude * f + (y.magnitude + f) * e + Scalar.unitRoundoff * r.magnitude
      }
    case .maximum:
      fold(a, result, outer, count, inner, start: Scalar(known: -.infinity, low: 0)) {
        $0 > $1 ? $0 : ($1 >= $0 ? $1 : $0 + $1)
      } bound: { _, e, _, f, _ in
        e > f ? e : (f >= e ? f : e + f)
      }
    case .minimum:
      fold(a, result, outer, count, inner, start: Scalar(known: .infinity, low: 0)) {
        $0 < $1 ? $0 : ($1 <= $0 ? $1 : $0 + $1)
      } bound: { _, e, _, f, _ in
        e > f ? e : (f >= e ? f : e + f)
      }
    }
  }

  private func fold(
    _ a: Operand, _ result: Operand, _ outer: Int, _ count: Int, _ inner: Int, start: Scalar,
    _ function: (Scalar, Scalar) -> Scalar,
    bound: (Double, Double, Double, Double, Double) -> Double
  ) {
    let (source, bounds) = (value(a), error(a))
    for o in 0..<outer {
      for i in 0..<inner {
        var offset = o * count * inner + i
        var value = start
        var error = 0.0
        for _ in 0..<count {
          let next = function(value, source[offset])
          if !result.isExact {
            error = bound(
              value.leading, error, source[offset].leading, bounds?[offset] ?? 0, next.leading)
          }
          value = next
          offset += inner
        }
        values[result.offset + o * inner + i] = value
        if !result.isExact { errors[result.offset + o * inner + i] = error }
      }
    }
  }

  /// Sums the middle one of three axes; an integral's bound gains the difference of even and odd places and
  /// what lies beyond its ends.
  ///
  /// With n terms and k additions in a row the rounding is at most `k u sum |a|`, k = n - 1 along an outer
  /// axis and n / 4 + 3 along the innermost one, which is summed in four lanes.
  func sum(
    _ a: Operand, _ result: Operand, _ outer: Int, _ count: Int, _ inner: Int, isIntegral: Bool
  ) {
    let (source, bounds) = (value(a), error(a))
    for o in 0..<outer {
      let start = o * count * inner
      let target = result.offset + o * inner
      if inner == 1 {
        let row = source + start
        let (total, size) = Self.laneSum(row, count)
        var error = Scalar.unitRoundoff * Double(count / 4 + 3) * size
        if let bounds { error += Self.laneTotal(bounds + start, count) }
        if isIntegral {
          error += Self.alternatingSum(row, count).leading.magnitude
          error += Self.rest(beyond: row, count, stride: 1)
        }
        values[target] = total
        errors[target] = error
      } else {
        sumRows(
          source + start, bounds.map { $0 + start }, target, count, inner, isIntegral: isIntegral)
      }
    }
  }

  // Adds row to row, some columns at a time so that the sums stay near.
  private func sumRows(
    _ source: UnsafePointer<Scalar>, _ bounds: UnsafePointer<Double>?, _ target: Int,
    _ count: Int, _ inner: Int, isIntegral: Bool
  ) {
    let unit = Scalar.unitRoundoff * Double(count)
    let zero = Scalar(known: 0, low: 0)
    let width = 256
    withUnsafeTemporaryAllocation(of: Scalar.self, capacity: width) { alternating in
      for first in stride(from: 0, to: inner, by: width) {
        let length = Swift.min(width, inner - first)
        let (sums, sizes) = (values + (target + first), errors + (target + first))
        for i in 0..<length {
          sums[i] = zero
          sizes[i] = 0
          alternating[i] = zero
        }
        for k in 0..<count {
          let row = source + (k * inner + first)
          for i in 0..<length { sums[i] = sums[i] + row[i] }
          if let bounds {
            let row = bounds + (k * inner + first)
            for i in 0..<length { sizes[i] += row[i] }
          }
          for i in 0..<length { sizes[i] += unit * row[i].leading.magnitude }
          guard isIntegral else { continue }
          if k.isMultiple(of: 2) {
            for i in 0..<length { alternating[i] = alternating[i] + row[i] }
          } else {
            for i in 0..<length { alternating[i] = alternating[i] - row[i] }
          }
        }
        guard isIntegral else { continue }
        for i in 0..<length {
          sizes[i] += alternating[i].leading.magnitude
          sizes[i] += Self.rest(beyond: source + (first + i), count, stride: inner)
        }
      }
    }
  }

  // What a sum over nodes lacks beyond both of its ends: the terms go on there as they fell to the end, as a
  // geometric series from pair to pair, so that a term at a zero does not hide its neighbour. Where they grow
  // to an end nothing is known.
  private static func rest(
    beyond a: UnsafePointer<Scalar>, _ count: Int, stride: Int
  ) -> Double {
    guard count >= 8 else { return 0 }
    func size(_ k: Int) -> Double { a[k * stride].leading.magnitude }
    func series(_ first: Int, _ second: Int, _ third: Int, _ fourth: Int) -> Double {
      let near = Swift.max(size(first), size(second))
      guard near > 0 else { return 0 }
      let ratio = near / Swift.max(size(third), size(fourth))
      return ratio < 1 ? 2 * near * ratio / (1 - ratio) : .infinity
    }
    return series(0, 1, 2, 3) + series(count - 1, count - 2, count - 3, count - 4)
  }

  // Four lanes and a fixed order: the order is part of the result's bits.
  private static func laneSum(_ a: UnsafePointer<Scalar>, _ count: Int) -> (Scalar, Double) {
    let zero = Scalar(known: 0, low: 0)
    var (s, t, u, v) = (zero, zero, zero, zero)
    var (p, q, m, n) = (0.0, 0.0, 0.0, 0.0)
    var i = 0
    while i + 4 <= count {
      s = s + a[i]
      t = t + a[i + 1]
      u = u + a[i + 2]
      v = v + a[i + 3]
      p += a[i].leading.magnitude
      q += a[i + 1].leading.magnitude
      m += a[i + 2].leading.magnitude
      n += a[i + 3].leading.magnitude
      i += 4
    }
    while i < count {
      s = s + a[i]
      p += a[i].leading.magnitude
      i += 1
    }
    return ((s + t) + (u + v), (p + q) + (m + n))
  }

  private static func laneTotal(_ a: UnsafePointer<Double>, _ count: Int) -> Double {
    var (s, t, u, v) = (0.0, 0.0, 0.0, 0.0)
    var i = 0
    while i + 4 <= count {
      s += a[i]
      t += a[i + 1]
      u += a[i + 2]
      v += a[i + 3]
      i += 4
    }
    while i < count {
      s += a[i]
      i += 1
    }
    return (s + t) + (u + v)
  }

  private static func alternatingSum(_ a: UnsafePointer<Scalar>, _ count: Int) -> Scalar {
    let zero = Scalar(known: 0, low: 0)
    var (even, odd) = (zero, zero)
    var i = 0
    while i + 2 <= count {
      even = even + a[i]
      odd = odd + a[i + 1]
      i += 2
    }
    if i < count { even = even + a[i] }
    return even - odd
  }
}
