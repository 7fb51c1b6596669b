public import Notation

/// What a student defines in an answer, in the order of the text; the last one wins.
public struct Definitions: Sendable {
  /// One definition: a name with indices or arguments, and what it stands for.
  struct Definition: Sendable {
    /// The place in the list.
    var index: Int
    /// The letters of the name.
    var stem: String
    /// The indices of the name; letters among them stand for any index.
    var tokens: [IndexToken]
    /// The arguments, if a function is defined.
    var parameters: [Name]
    /// What it stands for.
    var body: Expression
    /// The letter that numbers the entries, if the body is one entry of an array: `t` of `returns[t]`.
    var entry: Name?
    /// Whether it stands for a parameter of the question, whose namesakes with labels are others.
    var isParameter = false

    /// Whether it stands for a distribution, `N(\mu, \sigma^2)`.
    var isDistribution: Bool {
      if case .apply(let name, let arguments) = body.node {
        return ["N", "Normal"].contains(name.base) && arguments.groups.joined().count == 2
      }
      return false
    }
  }

  var list: [Definition] = []

  /// Creates an empty list.
  public init() {}

  /// Adds a name for a parameter of the question.
  ///
  /// The name with an index that numbers members is a member; with any other label it is another name:
  /// `\sigma` for `\sigma_q` leaves `\sigma_p` and `\sigma_0` alone.
  public mutating func define(_ name: Name, asParameter parameter: Expression) {
    list.append(
      Definition(
        index: list.count, stem: name.stem, tokens: name.indexTokens, parameters: [],
        body: parameter, isParameter: true))
  }

  /// Adds that the name of a standard deviation stands for the variance.
  public mutating func define(asVariance name: Name) {
    let place = SourceRange(0, 0)
    let square = Expression(
      .binary(
        .power, Expression(.name(name), place), Expression(.number(2, digits: 0), place)), place)
    define(name, asParameter: square)
  }

  /// Adds a definition of a name or of a function `g(a, b)`.
  ///
  /// - Returns: `false` if the left side is not something that can be defined.
  public mutating func define(_ left: Expression, as body: Expression) -> Bool {
    // Words describe; they give no value.
    if case .words = body.node { return false }
    switch left.node {
    case .name(let name):
      list.append(
        Definition(
          index: list.count, stem: name.stem, tokens: name.indexTokens, parameters: [],
          body: body))
      return true
    case .apply(let name, let arguments):
      let parameters = arguments.groups.joined().compactMap { argument -> Name? in
        if case .name(let parameter) = argument.node { return parameter }
        return nil
      }
      guard parameters.count == arguments.groups.joined().count else { return false }
      list.append(
        Definition(
          index: list.count, stem: name.stem, tokens: name.indexTokens, parameters: parameters,
          body: body))
      return true
    default: return false
    }
  }

  /// Adds a definition of an array by its entries, `returns[t] = ...`.
  public mutating func define(_ array: Name, entry: Name, as body: Expression) {
    list.append(
      Definition(
        index: list.count, stem: array.stem, tokens: array.indexTokens, parameters: [], body: body,
        entry: entry))
  }

  /// What a name stands for and the values of the index letters of its definition.
  struct Match {
    var definition: Definition
    var substitution: [(name: String, token: IndexToken)]
    /// The indices that the definition leaves to the names inside it.
    var inherited: [Expression]
  }

  /// Returns the definition that fits a name, or `nil`: the last one with its indices, else the last one
  /// without any.
  func match(stem: String, tokens: [IndexToken]) -> Match? {
    for definition in list.reversed()
    where definition.stem == stem && definition.tokens.count == tokens.count {
      var substitution: [(name: String, token: IndexToken)] = []
      let fits = zip(definition.tokens, tokens).allSatisfy { pattern, token in
        if pattern.text == token.text { return true }
        guard NameStems.memberIndices.contains(pattern.text) else { return false }
        substitution.append((pattern.text, token))
        return true
      }
      if fits { return Match(definition: definition, substitution: substitution, inherited: []) }
    }
    let whole = list.last { definition in
      definition.stem == stem && definition.tokens.isEmpty && definition.parameters.isEmpty
        && (!definition.isParameter || tokens.allSatisfy(\.numbersMembers))
    }
    return whole.map {
      Match(definition: $0, substitution: [], inherited: tokens.map(\.expression))
    }
  }

  /// Returns the last definition of a function that fits a name but for indices that say whose it is, or `nil`.
  func match(_ name: Name, ignoring indices: Set<String>) -> Match? {
    func own(_ tokens: [IndexToken]) -> [String] {
      tokens.map(\.text).filter { !indices.contains($0) }
    }
    let definition = list.last { definition in
      definition.stem == name.stem && !definition.parameters.isEmpty
        && own(definition.tokens) == own(name.indexTokens)
    }
    return definition.map { Match(definition: $0, substitution: [], inherited: []) }
  }

  /// The definitions that stand before another.
  func before(_ definition: Definition) -> Definitions {
    var earlier = Definitions()
    earlier.list = Array(list.prefix(definition.index))
    return earlier
  }

  /// Whether a name is defined as an array by its entries.
  func definesEntries(of name: Name) -> Bool {
    match(stem: name.stem, tokens: [])?.definition.entry != nil
  }

  /// Returns the definitions with other bodies.
  public func mapped(_ transform: (Expression) -> Expression) -> Definitions {
    var result = self
    for index in list.indices { result.list[index].body = transform(list[index].body) }
    return result
  }

  /// Whether a name is defined.
  public func contains(_ name: Name) -> Bool {
    match(stem: name.stem, tokens: name.indexTokens) != nil
  }

  /// The letters that are defined, in order.
  public var stems: [String] { list.map(\.stem) }
}

extension Definitions {
  /// The bodies of the definitions by their letters, in order.
  public var bodies: [(stem: String, body: Expression)] { list.map { ($0.stem, $0.body) } }

  /// The bodies of the definitions of names by all their letters and indices, in order.
  public var spellings: [(name: String, body: Expression)] {
    list.filter(\.parameters.isEmpty).map { definition in
      (([definition.stem] + definition.tokens.map(\.text)).joined(separator: "_"), definition.body)
    }
  }
}
