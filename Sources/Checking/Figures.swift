/// Numbers in messages: at most six significant digits, a dot, no exponent where it can be helped.
enum Figures {
  static func short(_ value: Double) -> String {
    guard value.isFinite else {
      return value.isNaN ? "undefined" : value > 0 ? "infinity" : "-infinity"
    }
    if value == value.rounded(), abs(value) < 1e6 { return "\(Int(value))" }
    let magnitude = abs(value)
    guard magnitude >= 1e-4, magnitude < 1e9 else { return "\(value)" }
    var scale = 1.0
    var digits = magnitude
    while digits < 100_000 {
      digits *= 10
      scale *= 10
    }
    let rounded = (value * scale).rounded() / scale
    return "\(rounded)"
  }

  /// A ratio in words, to two decimals: `1.53 times the variance of ...`, or `the variance of ...` alone.
  static func times(_ ratio: Double, _ unit: String) -> String {
    let rounded = (ratio * 100).rounded() / 100
    return rounded == 1 ? unit : "\(short(rounded)) times \(unit)"
  }
}
