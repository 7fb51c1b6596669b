/// Reads statements of Python by recursive descent.
struct PythonParser {
  static let deepest = 120
  static let longestStatement = 600
  static let largestSubstitution = 300

  let tokens: [PythonToken]
  var index = 0
  var depth = 0
  /// Functions that the code defines itself.
  var functions: Set<String>
  /// What names stand for: variables of loops, lists, loss functions.
  var scope: [String: PythonValue] = [:]
  /// The last value assigned to a name, with its size in tokens.
  var values: [String: (expression: Expression, size: Int)] = [:]
  /// The name whose last value is put in, while its next value is read.
  var substituted: String?
  var substitutedSize = 0
  /// How often a variable of a loop was read.
  var uses = 0
  /// Names that a loop backwards computes from their last value, with the factor.
  var recurrences: [String: Expression?] = [:]
  /// Lists that a loop filled backwards.
  var backward: [String: Statement] = [:]
  /// Whether values are computed without derivatives: inside `with torch.no_grad():`.
  var isDetached = false
  /// Whether a decorator says so of the next function.
  private var detachesNext = false
  /// What is known of the loop that is being read.
  var frame = PythonFrame(
    array: PythonArray(body: Expression(.ellipsis, SourceRange(0, 0))), isReversed: false)
  /// Names of which a running value was read.
  var runningRead: Set<String> = []
  /// Whether a loop over whole arrays gets an index.
  var countsEntries = false
  /// The indices that were made up for the statement that is being read.
  var drawnIndices: Set<String> = []
  var statements: [Statement] = []
  var diagnostics: [Diagnostic] = []
  private var pendingWords: [String] = []
  private var blocks = 0

  init(tokens: [PythonToken], functions: Set<String>) {
    self.tokens = tokens
    self.functions = functions
  }

  // file = {statement}
  mutating func file() {
    while kind != .end { statement() }
    for name in backward.keys.sorted() {
      guard let range = backward[name]?.range else { continue }
      let message = "the list '\(name)' is filled from its end and not reversed"
      diagnostics.append(Diagnostic(message, at: range))
      append(Statement(first: Expression(.unread(message), range), range: range))
    }
    if !pendingWords.isEmpty, let last = statements.indices.last {
      addWords(pendingWords.joined(separator: " "), to: last..<(last + 1))
    }
  }

  var token: PythonToken { tokens[min(index, tokens.count - 1)] }
  var kind: PythonToken.Kind { token.kind }

  func isSign(_ sign: String) -> Bool { kind == .sign(sign) }
  func isName(_ name: String) -> Bool { kind == .name(name) }

  mutating func advance() { if index < tokens.count - 1 { index += 1 } }

  mutating func skip(_ sign: String) -> Bool {
    guard isSign(sign) || isName(sign) else { return false }
    advance()
    return true
  }

  mutating func expect(_ sign: String) throws(Diagnostic) {
    guard skip(sign) else { throw Diagnostic("'\(sign)' is missing", at: token.range) }
  }

  // statement = definition | loop | branch | block | ignored | line
  mutating func statement() {
    drawnIndices = []
    switch kind {
    case .comment(let text):
      pendingWords.append(text)
      advance()
    case .newline, .indent, .dedent: advance()
    case .name("def"): definition()
    case .name("for"): loop()
    case .name("if"), .name("while"), .name("try"), .name("elif"), .name("else"): branch()
    case .name("with"), .name("class"): openBlock()
    case .name("import"), .name("from"), .name("print"), .name("pass"), .name("assert"),
      .name("del"),
      .name("global"), .name("raise"):
      skipLine()
    case .sign("@"):
      let start = index
      skipLine()
      if gradients(start..<index) == false { detachesNext = true }
    case .string: skipLine()
    default: line()
    }
  }

  /// Skips what is left of a line.
  mutating func skipLine() {
    while kind != .newline, kind != .end { advance() }
    advance()
  }

  /// Reads statements up to the end of an indented block, or of the line if the block stands on it.
  mutating func block(_ read: (inout PythonParser) -> Void) {
    guard blocks < Self.deepest else {
      diagnostics.append(Diagnostic("blocks are nested too deep", at: token.range))
      while kind != .end { advance() }
      return
    }
    blocks += 1
    defer { blocks -= 1 }
    skipComment()
    guard kind == .newline else {
      read(&self)
      return
    }
    while kind == .newline || isComment { skipComment(orNewline: true) }
    guard kind == .indent else { return }
    advance()
    while kind != .dedent, kind != .end { read(&self) }
    advance()
  }

  private var isComment: Bool { if case .comment = kind { true } else { false } }

  private mutating func skipComment(orNewline: Bool = false) {
    if case .comment(let text) = kind {
      pendingWords.append(text)
      advance()
    } else if orNewline {
      advance()
    }
  }

  // block = ("with" | "class") ... ":" statements
  private mutating func openBlock() {
    let start = index
    var brackets = 0
    while kind != .newline, kind != .end {
      if isSign("(") || isSign("[") { brackets += 1 }
      if isSign(")") || isSign("]") { brackets -= 1 }
      if isSign(":"), brackets == 0 {
        let outer = isDetached
        isDetached = gradients(start..<index).map { !$0 } ?? outer
        advance()
        block { $0.statement() }
        isDetached = outer
        return
      }
      advance()
    }
    fail(Diagnostic("':' is missing", at: tokens[start].range), target: nil, from: start)
  }

  /// Whether a header or decorator switches derivatives on or off; `nil` if it does neither.
  private func gradients(_ range: Range<Int>) -> Bool? {
    for place in range {
      guard case .name(let name) = tokens[place].kind else { continue }
      switch name {
      case "no_grad", "inference_mode": return false
      case "enable_grad": return true
      case "set_grad_enabled":
        return place + 2 < tokens.count && tokens[place + 2].kind == .name("True")
      default: break
      }
    }
    return nil
  }

  /// A value as it is handed on: without its derivative inside `with torch.no_grad():`.
  func handedOn(_ value: Expression) -> Expression {
    guard isDetached, !value.isNumber else { return value }
    return Expression(.call(.stopGradient, [value.withoutGroups]), value.range)
  }

  /// A branch cannot be a formula; what it guards for a script or for training is read.
  // branch = ("if" | "while" | "try" | ...) ... ":" statements
  private mutating func branch() {
    let start = index
    var words: [String] = []
    while !isSign(":"), kind != .newline, kind != .end {
      if case .name(let name) = kind { words.append(name) }
      advance()
    }
    guard skip(":") else {
      skipLine()
      return
    }
    if words.contains("__name__") || words.contains("training") || words.first == "try" {
      block { $0.statement() }
      return
    }
    let message = "a branch cannot be read as a formula"
    let range = tokens[start].range.union(tokens[max(start, index - 1)].range)
    diagnostics.append(Diagnostic(message, at: range))
    append(Statement(first: Expression(.unread(message), range), range: range))
    block { $0.skipLine() }
  }

  // definition = "def" name "(" parameters ")" ["->" type] ":" statements
  private mutating func definition() {
    let start = index
    advance()
    guard case .name(let name) = kind else {
      fail(Diagnostic("a function needs a name", at: token.range), target: nil, from: start)
      return
    }
    advance()
    let parameters: [(text: String, range: SourceRange)]
    do {
      try expect("(")
      parameters = try self.parameters(until: ")")
      while !isSign(":"), kind != .newline, kind != .end { advance() }
      try expect(":")
    } catch {
      fail(error, target: nil, from: start)
      return
    }
    functions.insert(name)
    let outer = (scope, values, substituted)
    for parameter in parameters {
      scope[parameter.text] = nil
      values[parameter.text] = nil
    }
    values[name] = nil
    let names = parameters.map { PythonNames.name($0.text, at: $0.range) }
    let place = tokens[start + 1].range
    let wasDetached = isDetached
    isDetached = detachesNext
    detachesNext = false
    defer { isDetached = wasDetached }
    block { parser in
      guard !name.hasPrefix("__") else { return parser.skipLine() }
      if parser.isName("return") {
        parser.returned(to: name, at: place, names)
      } else {
        parser.statement()
      }
    }
    (scope, values, substituted) = outer
  }

  // parameters = [name [":" type] ["=" expression]] {"," ...}
  mutating func parameters(
    until end: String
  ) throws(Diagnostic) -> [(text: String, range: SourceRange)] {
    var parameters: [(text: String, range: SourceRange)] = []
    while !skip(end) {
      if isSign("*") || isSign("**") { advance() }
      guard case .name(let name) = kind else {
        throw Diagnostic("a parameter needs a name", at: token.range)
      }
      if name != "self", name != "cls" { parameters.append((name, token.range)) }
      advance()
      var brackets = 0
      while kind != .end, kind != .newline, brackets > 0 || !(isSign(",") || isSign(end)) {
        if isSign("(") || isSign("[") { brackets += 1 }
        if isSign(")") || isSign("]") { brackets -= 1 }
        advance()
      }
      guard skip(",") || isSign(end) else {
        throw Diagnostic("'\(end)' is missing", at: token.range)
      }
    }
    return parameters
  }

  // line = simple {";" simple} [comment] newline
  mutating func line() {
    let before = statements.count
    while kind != .newline, kind != .end {
      if case .comment = kind { break }
      simple()
      if !skip(";") { break }
    }
    words(since: before)
  }

  /// Gives the comment at the end of the line, and those before, to the statements read.
  mutating func words(since before: Int) {
    var words = before < statements.count ? pendingWords : []
    if case .comment(let text) = kind {
      words.append(text)
      advance()
    }
    if kind == .newline { advance() }
    guard !words.isEmpty else { return }
    if before < statements.count {
      pendingWords = []
      addWords(words.joined(separator: " "), to: before..<statements.count)
    } else {
      pendingWords.append(contentsOf: words)
    }
  }

  private mutating func addWords(_ words: String, to range: Range<Int>) {
    for place in range {
      statements[place].words += statements[place].words.isEmpty ? words : " " + words
    }
  }

  mutating func append(_ statement: Statement) {
    statements.append(statement)
  }

  mutating func endOfStatement() throws(Diagnostic) {
    switch kind {
    case .newline, .end, .comment, .sign(";"): return
    case .unknown(let text): throw Diagnostic("'\(text)' is not Python", at: token.range)
    case .sign("^"):
      throw Diagnostic("'^' is no power in Python; write '**'", at: token.range)
    case .sign(let sign): throw Diagnostic("'\(sign)' is not expected here", at: token.range)
    case .name(let name): throw Diagnostic("'\(name)' is not expected here", at: token.range)
    default: throw Diagnostic("the statement does not end here", at: token.range)
    }
  }

  /// Notes a statement that could not be read and goes on behind it.
  mutating func fail(
    _ error: Diagnostic, target: (expression: Expression, sign: SourceRange)?, from start: Int
  ) {
    while kind != .newline, kind != .end, kind != .sign(";") {
      if case .comment = kind { break }
      advance()
    }
    let range = tokens[start].range.union(tokens[max(start, index - 1)].range)
    diagnostics.append(error)
    let unread = Expression(.unread(error.message), range)
    if let target {
      let link = Statement.Link(.equal, at: target.sign, unread)
      append(Statement(first: target.expression, links: [link], range: range))
    } else {
      append(Statement(first: unread, range: range))
    }
    depth = 0
  }
}
