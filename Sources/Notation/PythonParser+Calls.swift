extension PythonParser {
  // postfix = atom {"(" arguments ")" | "." name | "[" indices "]"}
  mutating func postfix() throws(Diagnostic) -> PythonValue {
    let start = token.range
    var value = try atom()
    while true {
      if isSign("(") {
        let arguments = try self.arguments()
        value = try called(value, arguments, start.union(tokens[index - 1].range))
      } else if isSign(".") {
        advance()
        guard case .name(let attribute) = kind else {
          throw Diagnostic("a name is missing behind '.'", at: token.range)
        }
        advance()
        value = try self.attribute(attribute, of: value, start.union(tokens[index - 1].range))
      } else if isSign("[") {
        value = try subscripted(value, start)
      } else {
        return value
      }
    }
  }

  // arguments = "(" [argument {"," argument}] ")"; argument = [name "="] value | comprehension
  private mutating func arguments() throws(Diagnostic) -> [PythonArgument] {
    try expect("(")
    var arguments: [PythonArgument] = []
    while !skip(")") {
      var name: String?
      if case .name(let word) = kind, tokens[min(index + 1, tokens.count - 1)].kind == .sign("=") {
        name = word
        advance()
        advance()
      }
      let place = comprehensionStart(until: ")")
      let value: PythonValue
      if let place { value = try comprehension(at: place) } else { value = try self.value() }
      arguments.append(PythonArgument(name: name, value: value))
      guard skip(",") || isSign(")") else { throw unclosed(")") }
    }
    return arguments
  }

  func unclosed(_ bracket: String) -> Diagnostic {
    switch kind {
    case .newline, .end: return Diagnostic("'\(bracket)' is missing", at: token.range)
    case .sign("^"):
      return Diagnostic("'^' is no power in Python; write '**'", at: token.range)
    case .sign(let text), .name(let text), .unknown(let text):
      return Diagnostic("'\(text)' is not expected here", at: token.range)
    default: return Diagnostic("'\(bracket)' or ',' is missing", at: token.range)
    }
  }

  private mutating func attribute(
    _ name: String, of value: PythonValue, _ range: SourceRange
  ) throws(Diagnostic) -> PythonValue {
    let isCall = isSign("(")
    if case .path(let parts, _) = value {
      let isModule = parts.count == 1 && isModule(parts[0])
      guard !isModule, !isCall, isProperty(name) else { return .path(parts + [name], range) }
    }
    if isCall {
      let arguments = try self.arguments()
      return try method(name, of: value, arguments, range.union(tokens[index - 1].range), path: nil)
    }
    switch name {
    case "T", "mT", "H":
      return .expression(Expression(.transpose(try expression(of: value)), range))
    case "shape": return .shape(try expression(of: value))
    case "size":
      return .expression(Expression(.call(.count, [try expression(of: value)]), range))
    case "data":
      return .expression(Expression(.call(.stopGradient, [try expression(of: value)]), range))
    case "logabsdet":
      if case .signedLogDeterminant(let matrix) = value {
        return .expression(Expression(.call(.logDeterminant, [matrix]), range))
      }
    case "real": return value
    default: break
    }
    let inner = try expression(of: value)
    return .expression(Expression(.apply(Name(name), Arguments(groups: [[inner]])), range))
  }

  private func isProperty(_ name: String) -> Bool {
    ["T", "mT", "shape", "size", "data"].contains(name)
  }

  private func isModule(_ name: String) -> Bool {
    PythonFunctions.modules.contains(name) && values[name] == nil && scope[name] == nil
  }

  /// A value with arguments behind it.
  private mutating func called(
    _ value: PythonValue, _ arguments: [PythonArgument], _ range: SourceRange
  ) throws(Diagnostic) -> PythonValue {
    switch value {
    case .path(let path, _):
      let parts = withoutSelf(path)
      var rest = parts[...]
      while rest.count > 1, let head = rest.first, isModule(head) {
        if PythonFunctions.doubtfulModules.contains(head), arguments.isEmpty { break }
        rest.removeFirst()
      }
      guard let last = rest.last else { break }
      let hasModule = rest.count < parts.count
      if rest.count == 1, hasModule || !PythonFunctions.doubtful.contains(last),
        !functions.contains(last) || hasModule
      {
        if case .loss(let loss, let reduction, _)? = scope[last] {
          return try self.loss(loss, reduction, arguments, range)
        }
        if let meaning = PythonFunctions.meaning(of: last) {
          return try apply(meaning, named: last, arguments, range)
        }
      }
      if rest.count > 1, !hasModule, let method = parts.last {
        let object = PythonValue.path(Array(parts.dropLast()), range)
        return try self.method(method, of: object, arguments, range, path: parts)
      }
      return try unknown(parts, arguments, range)
    case .loss(let loss, let reduction, _): return try self.loss(loss, reduction, arguments, range)
    case .expression(let function):
      if case .name(let name) = function.withoutGroups.node {
        return .expression(Expression(.apply(name, try plain(arguments)), range))
      }
      if case .apply(let name, let inner) = function.node {
        let outer = try plain(arguments)
        let groups = inner.groups + outer.groups
        let dividers = Array(
          repeating: Arguments.Divider.semicolon, count: max(0, groups.count - 1))
        let all = Arguments(groups: groups, dividers: dividers)
        return .expression(Expression(.apply(name, all), range))
      }
    default: break
    }
    throw Diagnostic("only a function can be called", at: range)
  }

  /// A function that no library has: its name applied to the arguments.
  private mutating func unknown(
    _ parts: [String], _ arguments: [PythonArgument], _ range: SourceRange
  ) throws(Diagnostic) -> PythonValue {
    let name =
      parts.count == 1 ? PythonNames.name(parts[0], at: range) : Name(parts.joined(separator: "."))
    return .expression(Expression(.apply(name, try plain(arguments)), range))
  }

  private mutating func plain(_ arguments: [PythonArgument]) throws(Diagnostic) -> Arguments {
    var list: [Expression] = []
    for argument in arguments { list.append(try expression(of: argument.value)) }
    return Arguments(groups: [list])
  }

  private mutating func method(
    _ name: String, of object: PythonValue, _ arguments: [PythonArgument], _ range: SourceRange,
    path: [String]?
  ) throws(Diagnostic) -> PythonValue {
    if name == "backward" {
      let inner = try expression(of: object)
      return .expression(Expression(.apply(Name(name), Arguments(groups: [[inner]])), range))
    }
    // Arrays have no such methods: the object is a generator of random numbers, which has no value.
    if PythonFunctions.draws.contains(name), let meaning = PythonFunctions.meaning(of: name) {
      return try apply(meaning, named: name, arguments, range)
    }
    if name == "size", arguments.isEmpty { return .shape(try expression(of: object)) }
    if name == "log_prob", let value = try logProbability(of: object, arguments, range) {
      return value
    }
    // `x.mul_(2)` works in place and has the value of `x.mul(2)`.
    let known = PythonFunctions.meaning(ofMethod: name)
    let plain =
      name.hasSuffix("_") ? PythonFunctions.meaning(ofMethod: String(name.dropLast())) : nil
    guard let meaning = known ?? plain, name != "sample" else {
      if let path { return try unknown(path, arguments, range) }
      let all = [PythonArgument(value: object)] + arguments
      return try unknown([name], all, range)
    }
    // `lib.log(x)` of an unknown library and not `x.log()`.
    if case .call(let function, 1) = meaning, function != .count, arguments.count == 1,
      arguments[0].name == nil, let path, path.count == 2, values[path[0]] == nil,
      scope[path[0]] == nil
    {
      return try apply(meaning, named: name, arguments, range)
    }
    return try apply(meaning, named: name, [PythonArgument(value: object)] + arguments, range)
  }

  // indices = index {"," index}; index = [value] [":" [value] [":" [value]]]
  private mutating func subscripted(
    _ value: PythonValue, _ start: SourceRange
  ) throws(Diagnostic) -> PythonValue {
    try expect("[")
    var indices: [PythonValue] = []
    var isReversed = false
    let place = token.range
    var slices = 0
    repeat {
      if isSign("]") { break }
      if isSign(":") {
        advance()
        slices += 1
        if skip(":") {
          guard skip("-"), case .number(1, _) = kind else { throw unreadSlice(place) }
          advance()
          isReversed = true
        } else if !isSign("]"), !isSign(","), slices == 1, indices.isEmpty {
          return try slice(of: value, from: nil, start)
        }
      } else if isSign("...") {
        advance()
        slices += 1
      } else if isName("None") || isName("np") && isNewAxis {
        while !isSign(","), !isSign("]"), kind != .newline, kind != .end { advance() }
        slices += 1
      } else {
        let first = try self.value()
        if isSign(":"), slices == 0, indices.isEmpty {
          return try slice(of: value, from: try expression(of: first), start)
        }
        indices.append(first)
      }
      guard isSign(",") || isSign("]") else {
        throw isSign(":") ? unreadSlice(place) : unclosed("]")
      }
    } while skip(",")
    try expect("]")
    let range = start.union(tokens[index - 1].range)
    if isReversed {
      guard indices.isEmpty else { throw unreadSlice(place) }
      return try apply(.reduce(.flip), named: "flip", [PythonArgument(value: value)], range)
    }
    if indices.isEmpty { return value }
    guard slices == 0 else { throw unreadSlice(place) }
    var list: [Expression] = []
    for entry in indices { list.append(try expression(of: entry)) }
    return try element(list, of: value, range)
  }

  private var isNewAxis: Bool {
    index + 2 < tokens.count && tokens[index + 2].kind == .name("newaxis")
  }

  func unreadSlice(_ range: SourceRange) -> Diagnostic {
    Diagnostic("a slice cannot be read as a formula", at: range)
  }

  private mutating func element(
    _ indices: [Expression], of value: PythonValue, _ range: SourceRange
  ) throws(Diagnostic) -> PythonValue {
    switch value {
    case .shape(let array): return .expression(Expression(.call(.count, [array]), range))
    case .signedLogDeterminant(let matrix):
      guard indices.count == 1, case .number(1, _) = indices[0].node else {
        throw Diagnostic("the sign of a determinant cannot be read as a formula", at: range)
      }
      return .expression(Expression(.call(.logDeterminant, [matrix]), range))
    case .list(let entries, _):
      if indices.count == 1, case .number(let place, _) = indices[0].node, place >= 0,
        place < Double(entries.count)
      {
        return entries[Int(place)]
      }
    default: break
    }
    return .expression(Expression(.element(try expression(of: value), indices), range))
  }
}
