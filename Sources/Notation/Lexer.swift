/// Cuts a formula into tokens; every notation comes out as the same tokens.
struct Lexer {
  /// The most tokens that a formula may have.
  static let tokenLimit = 4000

  /// The text, with macros expanded.
  let bytes: [UInt8]
  /// What is known of names.
  let names: NameTable
  /// Whether the text has commands.
  let hasCommands: Bool
  /// Whether the text has neither commands nor braces: runs of letters are words then.
  let isPlain: Bool
  /// What has been cut so far.
  var tokens: [Token] = []
  /// What was not understood.
  var faults: [Diagnostic] = []
  /// The offset of the next byte.
  var position = 0
  /// The space in front of the next token.
  var space = Token.Space.none
  /// How deep commands with arguments are nested.
  var depth = 0
  /// The environments that are open, with the offsets of their beginnings.
  var environments: [(name: String, lower: Int)] = []

  /// Creates a lexer.
  init(_ bytes: [UInt8], names: NameTable) {
    self.bytes = bytes
    self.names = names
    var commands = false
    var braces = false
    for index in bytes.indices {
      if bytes[index] == UInt8(ascii: "{") { braces = true }
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count,
        Lexer.isLetter(bytes[index + 1])
      {
        commands = true
        break
      }
    }
    hasCommands = commands
    isPlain = !commands && !braces
    tokens.reserveCapacity(min(bytes.count, 512))
  }

  /// Cuts the whole text.
  mutating func run() {
    run(to: bytes.count)
    for environment in environments {
      let message = "'\\begin{\(environment.name)}' is never closed"
      tokens.append(Token(.unknown(message), environment.lower, bytes.count))
    }
  }

  /// Hands over what has been cut.
  mutating func takeTokens() -> [Token] {
    let taken = tokens
    tokens = []
    return taken
  }

  /// Cuts the text up to an offset.
  mutating func run(to end: Int) {
    while position < end, tokens.count <= Lexer.tokenLimit {
      let byte = bytes[position]
      if byte < 0x80 {
        ascii(byte, width: 1, end: end)
      } else {
        unicode(end: end)
      }
    }
  }

  /// Adds a token that ends at an offset, and goes on behind it.
  mutating func add(_ kind: Token.Kind, to upper: Int) {
    tokens.append(Token(kind, position, upper, space: space))
    position = upper
    space = .none
  }

  /// Notes a space.
  mutating func skip(_ width: Int, _ kind: Token.Space = .some) {
    position += width
    space = max(space, kind)
  }

  /// Notes something that was not understood.
  mutating func fault(_ message: String, _ lower: Int, _ upper: Int) {
    faults.append(Diagnostic(message, at: SourceRange(lower, upper)))
  }

  /// The byte at a distance from the next, 0 behind the end.
  func peek(_ distance: Int) -> UInt8 {
    let index = position + distance
    return index < bytes.count ? bytes[index] : 0
  }

  /// Whether the text goes on with some ASCII characters.
  func follows(_ text: StaticString) -> Bool {
    guard position + text.utf8CodeUnitCount <= bytes.count else { return false }
    return text.withUTF8Buffer { buffer in
      for index in buffer.indices where buffer[index] != bytes[position + index] { return false }
      return true
    }
  }

  /// The kind of the last token.
  var last: Token.Kind? { tokens.last?.kind }

  static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}

extension Lexer {
  /// Reads what begins with an ASCII character.
  mutating func ascii(_ byte: UInt8, width: Int, end: Int) {
    if Lexer.isLetter(byte) {
      word(end: end)
      return
    }
    if Lexer.isDigit(byte) || (byte == UInt8(ascii: ".") && Lexer.isDigit(peek(1))) {
      number(end: end)
      return
    }
    if symbol(byte, width: width) || pair(byte, width: width) { return }
    switch byte {
    case UInt8(ascii: "\\"): command(end: end)
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "$"):
      skip(width)
    case UInt8(ascii: "\n"):
      if isPlain { add(.row, to: position + width) } else { skip(width) }
    case UInt8(ascii: "_"): underscore(end: end)
    case UInt8(ascii: "'"):
      var count = 0
      while peek(count) == byte { count += 1 }
      add(.prime(max(count, 1)), to: position + max(count, 1))
    case UInt8(ascii: "~"): tilde(width)
    case UInt8(ascii: "%"):
      guard !isPlain else {
        add(.percent, to: position + width)
        return
      }
      while position < end, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    default:
      let character = byte < 0x20 ? "a control character" : "'\(Character(Unicode.Scalar(byte)))'"
      add(.unknown("\(character) has no meaning in a formula"), to: position + width)
    }
  }

  /// Reads a character that always means the same.
  private mutating func symbol(_ byte: UInt8, width: Int) -> Bool {
    let kind: Token.Kind
    switch byte {
    case UInt8(ascii: "("): kind = .open(.parenthesis)
    case UInt8(ascii: ")"): kind = .close(.parenthesis)
    case UInt8(ascii: "["): kind = .open(.square)
    case UInt8(ascii: "]"): kind = .close(.square)
    case UInt8(ascii: "{"): kind = .open(.group)
    case UInt8(ascii: "}"): kind = .close(.group)
    case UInt8(ascii: "^"): kind = .caret
    case UInt8(ascii: "/"): kind = .slash
    case UInt8(ascii: ","): kind = .comma
    case UInt8(ascii: ";"): kind = .semicolon
    case UInt8(ascii: "&"): kind = .alignment
    case UInt8(ascii: "@"): kind = .at
    default: return false
    }
    add(kind, to: position + width)
    return true
  }

  /// Reads a character that means something else together with those behind it.
  private mutating func pair(_ byte: UInt8, width: Int) -> Bool {
    let next = peek(width)
    func relation(_ relation: Relation) -> Token.Kind { .relation(relation, reason: "") }
    var length = width
    let kind: Token.Kind
    switch (byte, next) {
    case (UInt8(ascii: "*"), UInt8(ascii: "*")): (kind, length) = (.caret, width + 1)
    case (UInt8(ascii: "*"), UInt8(ascii: "{")) where space == .none && standsBehindName:
      // Formatters of Markdown turn `D_{KL}` into `D*{KL}`.
      kind = .underscore
    case (UInt8(ascii: "*"), _): kind = isStar(next) ? .star : .times
    case (UInt8(ascii: "+"), UInt8(ascii: "-")) where peek(width + 1) == UInt8(ascii: " "):
      (kind, length) = (.plusMinus, width + 1)
    case (UInt8(ascii: "+"), UInt8(ascii: "=")):
      (kind, length) = (.relation(.update, reason: "+="), width + 1)
    case (UInt8(ascii: "-"), UInt8(ascii: "=")):
      (kind, length) = (.relation(.update, reason: "-="), width + 1)
    case (UInt8(ascii: "+"), _): kind = .plus
    case (UInt8(ascii: "-"), UInt8(ascii: ">")):
      (kind, length) = (relation(.arrow), width + 1)
    case (UInt8(ascii: "-"), _): kind = .minus
    case (UInt8(ascii: "="), UInt8(ascii: "=")): (kind, length) = (relation(.equal), width + 1)
    case (UInt8(ascii: "="), UInt8(ascii: ">")): (kind, length) = (relation(.implies), width + 1)
    case (UInt8(ascii: "="), UInt8(ascii: ":")): (kind, length) = (relation(.define), width + 1)
    case (UInt8(ascii: "="), _): kind = relation(.equal)
    case (UInt8(ascii: "<"), UInt8(ascii: "=")):
      let isBoth = peek(width + 1) == UInt8(ascii: ">")
      (kind, length) = (relation(isBoth ? .implies : .lessOrEqual), width + (isBoth ? 2 : 1))
    case (UInt8(ascii: "<"), UInt8(ascii: "-")): (kind, length) = (relation(.update), width + 1)
    case (UInt8(ascii: "<"), _): kind = relation(.less)
    case (UInt8(ascii: ">"), UInt8(ascii: "=")):
      (kind, length) = (relation(.greaterOrEqual), width + 1)
    case (UInt8(ascii: ">"), _): kind = relation(.greater)
    case (UInt8(ascii: "!"), UInt8(ascii: "=")):
      (kind, length) = (relation(.notEqual), width + 1)
    case (UInt8(ascii: "!"), _): kind = .factorial
    case (UInt8(ascii: ":"), UInt8(ascii: "=")): (kind, length) = (relation(.define), width + 1)
    case (UInt8(ascii: ":"), _): kind = .colon
    case (UInt8(ascii: "|"), UInt8(ascii: "|")): (kind, length) = (.doubleBar, width + 1)
    case (UInt8(ascii: "|"), _): kind = .bar
    case (UInt8(ascii: "."), UInt8(ascii: ".")):
      while peek(length) == UInt8(ascii: ".") { length += 1 }
      kind = .ellipsis
    case (UInt8(ascii: "."), UInt8(ascii: "|")): kind = .dot
    case (UInt8(ascii: "."), UInt8(ascii: "*")): (kind, length) = (.elementwise, width + 1)
    case (UInt8(ascii: "."), UInt8(ascii: "^")): (kind, length) = (.caret, width + 1)
    case (UInt8(ascii: "."), UInt8(ascii: "/")): (kind, length) = (.slash, width + 1)
    case (UInt8(ascii: "."), _): kind = .period
    default: return false
    }
    add(kind, to: position + length)
    if byte == UInt8(ascii: "|"), length > width { tokens[tokens.count - 1].isTwoBars = true }
    return true
  }

  private var standsBehindName: Bool {
    switch last {
    case .name, .reduction: true
    default: false
    }
  }

  /// Whether an asterisk is an index: `x^*`, `x^{*}`.
  private func isStar(_ next: UInt8) -> Bool {
    switch last {
    case .caret, .underscore: return true
    case .open(.group):
      guard next == UInt8(ascii: "}"), tokens.count > 1 else { return false }
      switch tokens[tokens.count - 2].kind {
      case .caret, .underscore: return true
      default: return false
      }
    default: return false
    }
  }

  /// `~`: a space of LaTeX, or `is distributed as`.
  private mutating func tilde(_ width: Int) {
    var isRelation = !hasCommands
    if hasCommands, let token = tokens.last, case .name = token.kind, space == .none,
      token.upper - token.lower == 1, Lexer.isLetter(peek(1))
    {
      isRelation = true
    }
    guard isRelation else {
      skip(width)
      return
    }
    let isNearly = peek(width) == UInt8(ascii: "=")
    add(
      .relation(isNearly ? .approximate : .distributed, reason: ""),
      to: position + width + (isNearly ? 1 : 0))
  }
}
