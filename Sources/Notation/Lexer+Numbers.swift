extension Lexer {
  /// Number := digits ["." digits] [("e" | "E") ["+" | "-"] digits]; thousands by `{,}` and `\,`.
  mutating func number(end: Int) {
    let start = position
    var index = position
    var digits: [UInt8] = []
    var isDecimal = false
    // A digit behind a command that takes arguments stands alone: `\frac12`.
    if takesOneDigit {
      let value = Double(bytes[index] &- UInt8(ascii: "0"))
      if Lexer.isDigit(bytes[index]) {
        add(.number(value, digits: 0), to: start + 1)
        return
      }
    }
    func digitRun() -> Int {
      var count = 0
      while index + count < end, Lexer.isDigit(bytes[index + count]) { count += 1 }
      return count
    }
    var count = digitRun()
    digits += bytes[index..<index + count]
    index += count
    while count > 0, digits != [UInt8(ascii: "0")],
      let width = thousandsMark(at: index, end: end)
    {
      index += width
      digits += bytes[index..<index + 3]
      index += 3
    }
    if let width = decimalMark(at: index, end: end) {
      isDecimal = true
      index += width
      count = digitRun()
      digits.append(UInt8(ascii: "."))
      digits += bytes[index..<index + count]
      index += count
    }
    let mantissa = digits
    if index < end, bytes[index] | 0x20 == UInt8(ascii: "e") {
      let hasSign =
        index + 1 < end
        && (bytes[index + 1] == UInt8(ascii: "-") || bytes[index + 1] == UInt8(ascii: "+"))
      let first = index + (hasSign ? 2 : 1)
      if first < end, Lexer.isDigit(bytes[first]) {
        isDecimal = true
        digits += bytes[index..<first]
        index = first
        count = digitRun()
        digits += bytes[index..<index + count]
        index += count
      }
    }
    let value =
      isDecimal || digits.count > 15
      ? Double(String(decoding: digits, as: UTF8.self)) ?? .infinity
      : Double(digits.reduce(0) { 10 * $0 + Int($1 - UInt8(ascii: "0")) })
    let significant = isDecimal ? Lexer.significantDigits(mantissa) : 0
    add(.number(value, digits: significant), to: index)
  }

  /// Returns how many digits stand from the first that is not 0 on.
  private static func significantDigits(_ mantissa: [UInt8]) -> Int {
    let digits = mantissa.filter(isDigit)
    return max(1, digits.count - digits.prefix { $0 == UInt8(ascii: "0") }.count)
  }

  /// Whether the last token is a command whose argument is one digit.
  private var takesOneDigit: Bool {
    switch last {
    case .fraction, .binomial, .root: return true
    case .number:
      guard space == .none || hasCommands, tokens.count > 1 else { return false }
      switch tokens[tokens.count - 2].kind {
      case .fraction, .binomial: return true
      default: return false
      }
    default: return false
    }
  }

  /// Returns the width of the mark before decimals: `.`, `{.}`, `{,}`, or a comma where no list can be.
  private func decimalMark(at index: Int, end: Int) -> Int? {
    guard index + 1 < end else { return nil }
    switch bytes[index] {
    case UInt8(ascii: "."): return Lexer.isDigit(bytes[index + 1]) ? 1 : nil
    case UInt8(ascii: "{"):
      let mark = bytes[index + 1]
      guard index + 3 < end, mark == UInt8(ascii: ",") || mark == UInt8(ascii: "."),
        bytes[index + 2] == UInt8(ascii: "}"), Lexer.isDigit(bytes[index + 3])
      else { return nil }
      return 3
    case UInt8(ascii: ","):
      return Lexer.isDigit(bytes[index + 1]) && isTerm && !isInBrackets && !goesOn(index, end)
        ? 1 : nil
    default: return nil
    }
  }

  /// Whether the number here is added or multiplied, so that it is in no list of numbers.
  private var isTerm: Bool {
    switch last {
    case .plus, .minus, .times, .dot, .slash: true
    default: false
    }
  }

  private var isInBrackets: Bool {
    var depth = 0
    for token in tokens {
      switch token.kind {
      case .open: depth += 1
      case .close: depth -= 1
      default: break
      }
    }
    return depth > 0
  }

  /// Whether another comma follows the digits behind a comma.
  private func goesOn(_ comma: Int, _ end: Int) -> Bool {
    var index = comma + 1
    while index < end, Lexer.isDigit(bytes[index]) { index += 1 }
    return index < end && bytes[index] == UInt8(ascii: ",")
  }

  /// Returns the width of a mark between thousands: `{,}` or `\,` with three digits behind it.
  private func thousandsMark(at index: Int, end: Int) -> Int? {
    guard index + 4 < end else { return nil }
    let width: Int
    if bytes[index] == UInt8(ascii: "{"), bytes[index + 1] == UInt8(ascii: ","),
      bytes[index + 2] == UInt8(ascii: "}")
    {
      width = 3
    } else if bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: ",") {
      width = 2
    } else {
      return nil
    }
    guard index + width + 3 <= end else { return nil }
    for offset in 0..<3 where !Lexer.isDigit(bytes[index + width + offset]) { return nil }
    if index + width + 3 < end, Lexer.isDigit(bytes[index + width + 3]) { return nil }
    return width
  }
}
