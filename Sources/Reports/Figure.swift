/// Numbers as reports print them: six significant digits, a decimal point whatever the locale.
public enum Figure {
  /// Returns a number with at most six significant digits, as text for people.
  ///
  /// Halves are rounded away from zero. Without needless zeros; with an exponent (`1.5e-7`) below
  /// 0.0001 and from a million on. `undefined` for not-a-number, `infinity` and `-infinity`.
  public static func text(_ value: Double) -> String {
    guard value.isFinite else {
      return value.isNaN ? "undefined" : value < 0 ? "-infinity" : "infinity"
    }
    var decimal = Decimal(value.magnitude)
    decimal.round(to: 6)
    guard decimal.digits.first != 0 else { return "0" }
    return (value < 0 ? "-" : "") + decimal.text
  }

  /// Returns the number nearest to `value` that has six significant digits, never -0.
  public static func rounded(_ value: Double) -> Double {
    guard value.isFinite else { return value }
    return Double(text(value)) ?? value
  }
}

/// A positive number as decimal digits: `0.d1 d2 d3...` times ten to the power of `exponent + 1`.
private struct Decimal {
  /// The digits without leading and trailing zeros; a single 0 for zero.
  private(set) var digits: [UInt8]
  /// The power of ten of the first digit.
  private(set) var exponent: Int

  /// Takes the shortest digits that give `value` back.
  init(_ value: Double) {
    let parts = value.description.split(separator: "e")
    let mantissa = parts[0].utf8
    let whole = mantissa.prefix { $0 != UInt8(ascii: ".") }.count
    let all = mantissa.filter { $0 != UInt8(ascii: ".") }.map { $0 - UInt8(ascii: "0") }
    let zeros = all.prefix { $0 == 0 }.count
    exponent = whole - 1 - zeros + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    digits = Array(all.dropFirst(zeros))
    trim()
  }

  private mutating func trim() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { digits = [0] }
  }

  mutating func round(to count: Int) {
    guard digits.count > count else { return }
    let roundsUp = digits[count] >= 5
    digits.removeLast(digits.count - count)
    if roundsUp {
      while digits.last == 9 { digits.removeLast() }
      if let last = digits.last {
        digits[digits.count - 1] = last + 1
      } else {
        digits = [1]
        exponent += 1
      }
    }
    trim()
  }

  var text: String {
    let numerals = digits.map { String($0) }
    if exponent < -4 || exponent >= 6 {
      let rest = numerals.dropFirst().joined()
      return numerals[0] + (rest.isEmpty ? "" : "." + rest) + "e\(exponent)"
    }
    if exponent < 0 {
      return "0." + String(repeating: "0", count: -exponent - 1) + numerals.joined()
    }
    let whole = numerals.prefix(exponent + 1).joined()
    let missing = max(0, exponent + 1 - numerals.count)
    let rest = numerals.dropFirst(exponent + 1).joined()
    return whole + String(repeating: "0", count: missing) + (rest.isEmpty ? "" : "." + rest)
  }
}
