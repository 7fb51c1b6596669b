extension Lexer {
  /// The deepest nesting of commands that are read with their arguments.
  private static let depthLimit = 32

  /// Reads what begins with a backslash.
  mutating func command(end: Int) {
    let start = position
    var upper = position + 1
    while upper < end, Lexer.isLetter(bytes[upper]) { upper += 1 }
    guard upper > start + 1 else {
      escape(end: end)
      return
    }
    let name = text(start + 1, upper)
    guard let command = Command.named(name) else {
      let near = Command.names.first { isOneEditApart($0, name) }
      let hint = near.map { "; did you mean '\\\($0)'?" } ?? ""
      add(.unknown("unknown command '\\\(name)'\(hint)"), to: upper)
      return
    }
    carryOut(command, name, to: upper, end: end)
  }

  private mutating func carryOut(_ command: Command, _ name: String, to upper: Int, end: Int) {
    switch command {
    case .token(let kind):
      add(kind, to: upper)
      if case .root = kind { rootIndex(end: end) }
    case .space(let width): skip(upper - position, width)
    case .drop:
      skip(upper - position)
      if peek(0) == UInt8(ascii: "*") { position += 1 }
    case .dropArguments(let count): drop(count, name, to: upper, end: end)
    case .size(let side): delimiter(side, to: upper, end: end)
    case .words: words(to: upper, end: end)
    case .upright(let font): upright(font, to: upper, end: end)
    case .font(let font): alphabet(font, to: upper, end: end)
    case .fontSwitch(let font): switchedFont(font, to: upper, end: end)
    case .above: stack(isBelow: false, to: upper, end: end)
    case .below: stack(isBelow: true, to: upper, end: end)
    case .brace: brace(to: upper, end: end)
    case .longArrow(let relation): longArrow(relation, to: upper, end: end)
    case .transparent: transparent(to: upper, end: end)
    case .box: add(.box, to: upper)
    case .begin: begin(to: upper, end: end)
    case .end: self.end(to: upper, end: end)
    case .substack: substack(to: upper, end: end)
    case .not: not(to: upper, end: end)
    case .argument:
      position = upper
      while peek(0) == UInt8(ascii: " ") || follows("\\,") || follows("\\!") {
        position += peek(0) == UInt8(ascii: " ") ? 1 : 2
      }
      if follows("\\max") {
        add(.reduction(.argmax, count: 1), to: position + 4)
      } else if follows("\\min") {
        add(.name("argmin", font: nil), to: position + 4)
      } else {
        tokens.append(Token(.name("arg", font: nil), upper - 4, upper, space: space))
      }
    }
  }

  /// Reads a backslash before something that is not a letter.
  private mutating func escape(end: Int) {
    switch peek(1) {
    case UInt8(ascii: "\\"):
      let start = position
      position += 2
      if peek(0) == UInt8(ascii: "*") { position += 1 }
      if peek(0) == UInt8(ascii: "["), Lexer.isDigit(peek(1)) || peek(1) == UInt8(ascii: "-") {
        while position < end, bytes[position] != UInt8(ascii: "]") { position += 1 }
        position = min(position + 1, end)
      }
      tokens.append(Token(.row, start, position, space: space))
      space = .none
    case UInt8(ascii: "{"): add(.open(.brace), to: position + 2)
    case UInt8(ascii: "}"): add(.close(.brace), to: position + 2)
    case UInt8(ascii: "|"): add(.doubleBar, to: position + 2)
    case UInt8(ascii: "%"): add(.percent, to: position + 2)
    case UInt8(ascii: "_"):
      position += 1
      underscore(end: end)
    case UInt8(ascii: "*"): add(.times, to: position + 2)
    case UInt8(ascii: "^"), UInt8(ascii: "&"), UInt8(ascii: "#"), UInt8(ascii: "+"),
      UInt8(ascii: "="), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "("),
      UInt8(ascii: ")"), UInt8(ascii: "'"), UInt8(ascii: "~"), UInt8(ascii: "<"):
      // An escape of Markdown, or of a delimiter that was left in.
      position += 1
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"),
      UInt8(ascii: " "), UInt8(ascii: ">"), UInt8(ascii: "/"), UInt8(ascii: "-"),
      UInt8(ascii: "\n"):
      skip(2)
    default: add(.unknown("a backslash has no meaning here"), to: position + 1)
    }
  }

  /// Returns whether one letter more, less, or other makes one word the other.
  private func isOneEditApart(_ left: String, _ right: String) -> Bool {
    let (first, second) = (Array(left.utf8), Array(right.utf8))
    guard abs(first.count - second.count) <= 1, min(first.count, second.count) > 1 else {
      return false
    }
    let common = zip(first, second).prefix { $0 == $1 }.count
    let (firstRest, secondRest) = (first[common...], second[common...])
    return firstRest.dropFirst() == secondRest.dropFirst()
      || firstRest.dropFirst() == secondRest || firstRest == secondRest.dropFirst()
  }

  /// Skips blanks.
  private mutating func skipBlanks(end: Int) {
    while position < end, bytes[position] == UInt8(ascii: " ") || bytes[position] == 10 {
      position += 1
    }
  }

  /// Returns the offsets of the next argument, without its braces, and goes on behind it.
  mutating func rawArgument(end: Int) -> Range<Int> {
    skipBlanks(end: end)
    guard position < end else { return position..<position }
    let start = position
    if bytes[start] == UInt8(ascii: "{") {
      var level = 0
      var index = start
      while index < end {
        switch bytes[index] {
        case UInt8(ascii: "{"): level += 1
        case UInt8(ascii: "}"): level -= 1
        case UInt8(ascii: "\\"): index += 1
        default: break
        }
        index += 1
        if level == 0 {
          position = min(index, end)
          return start + 1..<position - 1
        }
      }
      tokens.append(Token(.unknown("'{' is never closed"), start, start + 1))
      position = end
      return start + 1..<end
    }
    var upper = start + 1
    if bytes[start] == UInt8(ascii: "\\") {
      while upper < end, Lexer.isLetter(bytes[upper]) { upper += 1 }
      if upper == start + 1 { upper = min(upper + 1, end) }
    } else {
      while upper < end, bytes[upper] & 0xC0 == 0x80 { upper += 1 }
    }
    position = upper
    return start..<upper
  }

  /// Cuts a stretch of the text, then goes on where it was.
  mutating func cut(_ range: Range<Int>) {
    guard depth < Lexer.depthLimit else {
      add(.unknown("commands are nested too deeply"), to: position)
      return
    }
    let after = position
    depth += 1
    position = range.lowerBound
    run(to: range.upperBound)
    position = after
    depth -= 1
  }

  private mutating func drop(_ count: Int, _ name: String, to upper: Int, end: Int) {
    skip(upper - position)
    if peek(0) == UInt8(ascii: "*") { position += 1 }
    if count == 0 {
      // `\kern 3pt`, `\hskip -1em`.
      while position < end, " .-0123456789".utf8.contains(bytes[position]) { position += 1 }
      for unit in ["pt", "em", "ex", "mu", "cm", "mm"] where name != "rlap" && name != "llap" {
        if peek(0) == Array(unit.utf8)[0], peek(1) == Array(unit.utf8)[1] {
          position += 2
          break
        }
      }
    }
    for _ in 0..<count { _ = rawArgument(end: end) }
  }

  /// `\left`, `\big` and others before a bracket.
  private mutating func delimiter(_ side: Command.Side, to upper: Int, end: Int) {
    let start = position
    position = upper
    skipBlanks(end: end)
    let width: Int
    var isDouble = false
    switch peek(0) {
    case UInt8(ascii: "|"): width = 1
    case UInt8(ascii: "."):
      if side == .left {
        add(.open(.invisible), to: position + 1)
      } else if side == .right {
        add(.close(.invisible), to: position + 1)
      } else {
        position = upper
      }
      return
    case UInt8(ascii: "<") where side == .left || side == .right,
      UInt8(ascii: ">") where side == .left || side == .right:
      add(side == .left ? .open(.angle) : .close(.angle), to: position + 1)
      return
    case UInt8(ascii: "\\") where peek(1) == UInt8(ascii: "|"): (width, isDouble) = (2, true)
    default:
      if follows("\\Vert") || follows("\\lVert") || follows("\\rVert") {
        (width, isDouble) = (follows("\\Vert") ? 5 : 6, true)
      } else if follows("\\vert") || follows("\\lvert") || follows("\\rvert") {
        width = follows("\\vert") ? 5 : 6
      } else {
        return
      }
    }
    if !isDouble, width == 1, peek(1) == UInt8(ascii: "|"), side != .none || peek(2) != 124 {
      // `\big||` is the double bar of ASCII.
      tokens.append(Token(.doubleBar, start, position + 2, space: space))
      position += 2
      space = .none
      return
    }
    let bracket = isDouble ? Token.Bracket.doubleBars : .bars
    switch side {
    case .left: add(.open(bracket), to: position + width)
    case .right: add(.close(bracket), to: position + width)
    case .middle: add(isDouble ? .doubleMid : .mid, to: position + width)
    case .none: add(isDouble ? .doubleBar : .bar, to: position + width)
    }
  }

  /// `\sqrt[n]`: the brackets become the brackets of an index.
  private mutating func rootIndex(end: Int) {
    skipBlanks(end: end)
    guard peek(0) == UInt8(ascii: "[") else { return }
    var index = position + 1
    var level = 0
    while index < end, bytes[index] != UInt8(ascii: "]") || level > 0 {
      if bytes[index] == UInt8(ascii: "{") { level += 1 }
      if bytes[index] == UInt8(ascii: "}") { level -= 1 }
      index += 1
    }
    guard index < end else { return }
    let range = position + 1..<index
    tokens.append(Token(.open(.square), position, position + 1))
    position = index + 1
    cut(range)
    tokens.append(Token(.close(.square), index, index + 1))
  }
}
