import RealModule

extension Double {
  /// The logarithmic derivative of the gamma function.
  ///
  /// Recurrence up to 10, then the asymptotic series with Bernoulli numbers; reflection for negative
  /// arguments. Undefined at the poles 0, -1, -2, ...
  ///
  /// - SeeAlso: DLMF 5.5.2, 5.5.4, 5.11.2.
  static func digamma(_ x: Double) -> Double {
    if x <= 0 {
      if x == x.rounded(.down) { return .nan }
      return digamma(1 - x) - .pi * cotangentOfPi(x)
    }
    guard x.isFinite else { return x }
    var x = x
    var shift = 0.0
    while x < 10 {
      shift -= 1 / x
      x += 1
    }
    let y = 1 / (x * x)
    let series =
      y
      * (1 / 12 - y
        * (1 / 120 - y
          * (1 / 252 - y * (1 / 240 - y * (1 / 132 - y * (691 / 32760 - y / 12))))))
    return shift + (Double.log(x) - 0.5 / x - series)
  }

  /// The derivative of the digamma function.
  ///
  /// - SeeAlso: DLMF 5.15.5, 5.15.6, 5.15.8.
  static func trigamma(_ x: Double) -> Double {
    if x <= 0 {
      if x == x.rounded(.down) { return .infinity }
      let cotangent = cotangentOfPi(x)
      return .pi * .pi * (1 + cotangent * cotangent) - trigamma(1 - x)
    }
    guard x.isFinite else { return x.isNaN ? x : 0 }
    var x = x
    var shift = 0.0
    while x < 10 {
      shift += 1 / (x * x)
      x += 1
    }
    let y = 1 / (x * x)
    let series =
      y
      * (1 / 6 - y
        * (1 / 30 - y * (1 / 42 - y * (1 / 30 - y * (5 / 66 - y * (691 / 2730 - y * 7 / 6))))))
    return shift + (1 / x + y / 2 + series / x)
  }

  // The period is taken off first, where it is exact.
  private static func cotangentOfPi(_ x: Double) -> Double {
    let angle = Double.pi * (x - x.rounded())
    return Double.cos(angle) / Double.sin(angle)
  }
}
