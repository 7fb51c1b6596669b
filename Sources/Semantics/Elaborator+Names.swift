internal import Compute
internal import Notation

/// One index of a name, cut down to a letter, word or number.
struct IndexToken {
  var text: String
  var expression: Expression

  /// Whether it may number a member or name the parameters of a model, and is no label of its own.
  var numbersMembers: Bool {
    NameStems.memberIndices.contains(text) || NameStems.parameterIndices.contains(text)
  }
}

extension Name {
  /// The accents and letters without indices, such as `hatx`.
  var stem: String {
    if accents.isEmpty, primes == 0 { return base }
    return accents.joined() + base + String(repeating: "'", count: primes)
  }

  /// All indices below and above from left to right, nested ones taken apart: `\sigma_{z_{ij}}` has z, i, j.
  var indexTokens: [IndexToken] {
    if subscripts.isEmpty, superscripts.isEmpty { return [] }
    return subscripts.flatMap(Name.tokens(of:)) + superscripts.flatMap(Name.tokens(of:))
  }

  /// Whether a letter is one of the indices, nested ones too: whether `indexTokens` has it.
  func isNumbered(by letter: String) -> Bool {
    subscripts.contains { Name.holds(letter, $0) }
      || superscripts.contains { Name.holds(letter, $0) }
  }

  private static func holds(_ letter: String, _ index: Expression) -> Bool {
    switch index.node {
    case .name(let name): name.stem == letter || name.isNumbered(by: letter)
    case .binary(.multiply, let left, let right): holds(letter, left) || holds(letter, right)
    case .group(_, let inner): holds(letter, inner)
    case .tuple(let entries): entries.contains { holds(letter, $0) }
    default: tokens(of: index).contains { $0.text == letter }
    }
  }

  static func tokens(of expression: Expression) -> [IndexToken] {
    switch expression.node {
    case .name(let name):
      let bare = Expression(
        .name(Name(name.base, accents: name.accents, primes: name.primes)), expression.range)
      return [IndexToken(text: name.stem, expression: bare)] + name.indexTokens
    case .number(let value, _):
      let text = value == value.rounded() && abs(value) < 1e9 ? "\(Int(value))" : "\(value)"
      return [IndexToken(text: text, expression: expression)]
    case .binary(.multiply, let left, let right):
      return tokens(of: left) + tokens(of: right)
    case .group(_, let inner): return tokens(of: inner)
    case .tuple(let entries): return entries.flatMap(tokens(of:))
    default: return [IndexToken(text: expression.description, expression: expression)]
    }
  }
}

extension Elaborator {
  /// Returns the value of a name: what is bound, what the student defines, what the question declares.
  mutating func value(of name: Name, at range: SourceRange) throws(Misunderstanding) -> Quantity {
    if let value = try valueIfKnown(of: name, at: range) { return value }
    throw Misunderstanding(
      .unknownName(name.description), "the name '\(name)' means nothing here", at: range)
  }

  /// Returns the value of a name, or `nil` if the name means nothing.
  mutating func valueIfKnown(
    of name: Name, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity? {
    let stem = name.stem
    let tokens = name.indexTokens
    let key = name.description
    if let bound = bindings.last(where: { $0.name == key || $0.name == stem }) {
      switch bound.meaning {
      case .value(let value):
        return bound.name == key ? value : try member(of: value, tokens, at: range)
      case .index(let axis, _):
        let numbers = (1...builder.count(of: axis)).map(Double.init)
        return Quantity(builder.table(numbers, axes: [axis]))
      case .member(_, .state), .member(_, .successor), .member(_, .action):
        throw Misunderstanding(
          .nonsense, "'\(name)' is a state or an action, which is no number", at: range)
      case .member(let axis, let kind): return memberNumber(along: axis, kind)
      case .time(let axis, let origin):
        let numbers = (0..<builder.count(of: axis)).map { Double($0 + origin) }
        return Quantity(builder.table(numbers, axes: [axis]))
      }
    }
    if let match = definitions.match(stem: stem, tokens: tokens) {
      let isApplied = !match.definition.parameters.isEmpty
      return try value(of: match, arguments: isApplied ? pendingArguments : [], at: range)
    }
    if let drawn = drawn(name) { return drawn }
    if reading != nil, let dot = name.base.lastIndex(of: ".") {
      // The arrays of one of several episodes in code: `ep.rewards`.
      let own = Name(String(name.base[name.base.index(after: dot)...]))
      return try valueIfKnown(of: own, at: range)
    }
    if vocabulary.field == .episodicMDP, let value = try decisionValue(of: name, at: range) {
      return value
    }
    var declared = meaning(stem: stem, tokens: tokens)
    if declared == nil, name.primes > 0,
      case .function(let index, let order)? = meaning(
        stem: name.base, tokens: tokens)?.0
    {
      declared = (.function(index, derivatives: order), [])
    }
    if let free = world.freeNames?[key] {
      // A family comes first where its index is bound, a value of the very name elsewhere.
      let isMember = declared?.1.contains { isIndex($0.text) } ?? false
      if declared == nil || !isMember && world.valuedNames.contains(key) { return Quantity(free) }
    }
    if !inheritedIndices.isEmpty, tokens.isEmpty {
      let inherited = Name(name.base, accents: name.accents, subscripts: inheritedIndices)
      let saved = inheritedIndices
      inheritedIndices = []
      defer { inheritedIndices = saved }
      if let value = try valueIfKnown(of: inherited, at: range) { return value }
    }
    if let (meaning, indices) = declared {
      if case .distribution = meaning, let density = try bareDensity(name, at: range) {
        return density
      }
      if case .function(let index, let order) = meaning, noiseReading != nil {
        // `f` alone is taken of what is drawn.
        let point = Expression(.name(Name("z")), range)
        return try smoothFunction(index, of: point, derivatives: order + name.primes)
      }
      return try value(of: meaning, indices: indices, called: key, at: range)
    }
    if let density = try bareDensity(name, at: range) { return density }
    if name.primes == 1 {
      // `\mu'` of a vector that has no namesake with a prime is the transpose.
      var plain = name
      plain.primes = 0
      if let value = try valueIfKnown(of: plain, at: range), !value.isNumber {
        return transposed(value)
      }
    }
    return constant(named: name, tokens: tokens)
  }

  /// Returns `q` of a latent-variable model as a number: at the latent point that is bound, or for
  /// all states as an array, as code has it.
  private mutating func bareDensity(
    _ name: Name, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity? {
    guard vocabulary.field == .latentVariable, name.stem == "q" else { return nil }
    let latent = bindings.last { binding in
      guard case .value = binding.meaning else { return false }
      return isLatent(Name(binding.name))
    }
    var point: LatentPoint?
    if let latent, case .value(let value) = latent.meaning {
      point = LatentPoint(value: value, state: latent.state)
    } else if let states = world.states {
      point = LatentPoint(
        value: Quantity(stateNumber(along: states), axes: [states]), state: states)
    }
    return try value(
      of: ModelPoint(kind: .encoder, latent: point), called: name.description, at: range)
  }

  /// Returns what the question declares under a name, with the indices that number members.
  func meaning(stem: String, tokens: [IndexToken]) -> (Vocabulary.Meaning, [IndexToken])? {
    var labels: [IndexToken] = []
    var indices: [IndexToken] = []
    for token in tokens {
      if isIndex(token.text) { indices.append(token) } else { labels.append(token) }
    }
    if let meaning = lookup(stem, labels.map(\.text)) { return (meaning, indices) }
    let essential = labels.filter { !NameStems.parameterIndices.contains($0.text) }
    if essential.count < labels.count, let meaning = lookup(stem, essential.map(\.text)) {
      return (meaning, indices)
    }
    // Letters that no sum binds number members as well: `log q(z_j)`.
    var members: [IndexToken] = []
    var rest = essential
    while let last = rest.last, NameStems.memberIndices.contains(last.text) {
      members.insert(last, at: 0)
      rest.removeLast()
      if let meaning = lookup(stem, rest.map(\.text)) { return (meaning, indices + members) }
    }
    return nil
  }

  private func lookup(_ stem: String, _ labels: [String]) -> Vocabulary.Meaning? {
    let key = labels.isEmpty ? stem : stem + "_" + labels.joined(separator: "_")
    if let meaning = vocabulary.meanings[key] { return meaning }
    guard !labels.isEmpty else { return nil }
    return vocabulary.meanings[stem + "_" + labels.joined()]
  }

  /// Whether a name is bound as the number of a member.
  func isIndex(_ text: String) -> Bool {
    guard let binding = bindings.last(where: { $0.name == text }) else { return false }
    if case .index = binding.meaning { return true }
    return false
  }

  /// Returns the value of something declared.
  private mutating func value(
    of meaning: Vocabulary.Meaning, indices: [IndexToken], called key: String,
    at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    switch meaning {
    case .variable(let index, let kind):
      return try variable(index, as: kind, indices: indices, at: range)
    case .count(let kind):
      return Quantity(builder.constant(Double(world.axes[kind].map(builder.count(of:)) ?? 1)))
    case .definition(let formula):
      if let array = try episodeArray(formula) { return array }
      let saved = readsLatentAsArray
      readsLatentAsArray = true
      defer { readsLatentAsArray = saved }
      return try quantity(formula)
    case .distribution(let index):
      return try density(ofDistribution: index, called: key, at: range)
    case .function:
      throw Misunderstanding(
        .nonsense, "the function '\(key)' stands without an argument", at: range)
    }
  }

  /// Returns a declared variable, or what follows from it, with its indices bound.
  private mutating func variable(
    _ index: Int, as kind: VariableKind, indices: [IndexToken], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    let variable = vocabulary.variables[index]
    if world.states != nil,
      vocabulary.distributions.contains(where: { $0.mean == index || $0.spread == index })
    {
      throw Misunderstanding(
        .outOfReach,
        "'\(variable.name)' belongs to normal distributions, and this is judged for others too",
        at: range)
    }
    guard !world.unavailable.contains(index) else {
      throw Misunderstanding(
        .outOfReach, "'\(variable.name)' has no meaning in a \(world.name)", at: range)
    }
    var value = try bound(
      world.values[index], kinds: variable.axes, indices: indices, at: range)
    guard kind != variable.kind else { return value }
    switch (variable.kind, kind) {
    case (.deviation, .variance): value.node = builder.unary(.square, value.node)
    case (.deviation, .precision):
      value.node = builder.unary(.reciprocal, builder.unary(.square, value.node))
    case (.deviation, .logDeviation): value.node = builder.unary(.log, value.node)
    case (.deviation, .logVariance):
      value.node = builder.binary(
        .multiply, builder.constant(2), builder.unary(.log, value.node))
    case (.covariance, .precisionMatrix): return try inverse(of: value, at: range)
    default:
      throw Misunderstanding(.nonsense, "'\(variable.name)' has no \(kind.rawValue)", at: range)
    }
    return value
  }

  /// Binds the indices of a family member: each index takes the place of one axis of the family.
  ///
  /// Axes without an index stay: the data axis as what is common to all, others as a vector.
  mutating func bound(
    _ family: Quantity, kinds: [AxisKind], indices: [IndexToken], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    var value = family
    var open = kinds
    for token in indices {
      guard let binding = bindings.last(where: { $0.name == token.text }),
        case .index(let axis, let kind) = binding.meaning
      else {
        // A free index: the member of the next axis that is not the data's.
        if let next = open.first(where: { $0 != .data }) ?? open.first {
          open.removeAll { $0 == next }
        }
        continue
      }
      guard let place = open.firstIndex(of: kind), let old = world.axes[kind] else {
        if kind == .data { continue }
        throw Misunderstanding(
          .nonsense, "the index '\(token.text)' does not fit its name", at: token.expression.range)
      }
      open.remove(at: place)
      if builder.count(of: axis) == builder.count(of: old) {
        value = replacing(old, by: axis, in: value)
      }
    }
    if open.contains(.data), kinds.contains(.data), let dataAxis, let old = world.axes[.data],
      dataAxis != old
    {
      value = replacing(old, by: dataAxis, in: value)
    }
    return value
  }

  /// Puts an axis in the place of another; the array loses it.
  private mutating func replacing(_ old: Axis, by new: Axis, in value: Quantity) -> Quantity {
    var result = value
    result.node = builder.rename(value.node, from: old, to: new)
    result.logarithm = value.logarithm.map { builder.rename($0, from: old, to: new) }
    result.axes = value.axes.filter { $0 != old }
    return result
  }

  /// Returns the member of a bound vector: `z_j` of a bound `z`.
  private mutating func member(
    of value: Quantity, _ tokens: [IndexToken], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    try bound(value, kinds: value.isVector ? [.latent] : [], indices: tokens, at: range)
  }

  /// Returns `\pi` and `e`, which are constants unless something binds them.
  private mutating func constant(named name: Name, tokens: [IndexToken]) -> Quantity? {
    guard name.primes == 0, name.accents.isEmpty else { return nil }
    // `I_k`, with its size below.
    if name.base == "I", vocabulary.field != .general, tokens.allSatisfy(isSize) {
      return .identity(times: builder.constant(1))
    }
    guard tokens.isEmpty else { return nil }
    switch name.base {
    case "pi": return Quantity(builder.constant(Double.pi, error: 0x1p-53))
    case "e":
      return Quantity(builder.constant(2.718281828459045, error: 0x1p-53))
    default: return nil
    }
  }

  private func isSize(_ token: IndexToken) -> Bool {
    guard case .count? = vocabulary.meanings[token.text] else { return false }
    return true
  }
}
