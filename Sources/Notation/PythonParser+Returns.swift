extension PythonParser {
  // returned = "return" expressions
  //
  // What a function returns is the value of its name.
  mutating func returned(
    to function: String, at place: SourceRange, _ parameters: [Name]
  ) {
    let start = index
    let first = Expression(.name(PythonNames.name(function, at: place)), place)
    advance()
    var before = statements.count
    do {
      guard kind != .newline, kind != .end else { return advance() }
      var words = ""
      let value = try returnedValue(of: function, assignedTo: first, &words)
      before = statements.count
      let range = tokens[start].range.union(tokens[index - 1].range)
      let link = Statement.Link(.equal, at: tokens[start].range, handedOn(value))
      append(
        Statement(first: first, links: [link], words: words, parameters: parameters, range: range))
      try endOfStatement()
    } catch {
      substituted = nil
      fail(error, target: (first, tokens[start].range), from: start)
    }
    words(since: before)
  }

  /// Reads what a function returns; the value of a variable that has the name of the function is put in.
  private mutating func returnedValue(
    of function: String, assignedTo name: Expression, _ words: inout String
  ) throws(Diagnostic) -> Expression {
    let start = index
    let value = try expression(of: try expressionList())
    let isUsed = value.contains {
      if case .name = $0.node { $0.hasSameForm(as: name) } else { false }
    }
    guard values[function] != nil, isUsed, !value.isName(name) else { return value }
    index = start
    substitutedSize = 0
    substituted = function
    let whole = try expression(of: try expressionList())
    substituted = nil
    words = removeLast(assigning: name)
    return whole
  }
}

extension Expression {
  /// Whether the expression is a name, or a list that begins with it.
  fileprivate func isName(_ name: Expression) -> Bool {
    if case .tuple(let entries) = withoutGroups.node { return entries.first?.isName(name) ?? false }
    return withoutGroups.hasSameForm(as: name)
  }
}
