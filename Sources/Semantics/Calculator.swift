internal import Compute
public import Notation

/// Reads and evaluates single formulas, for `gradus read`.
public struct Calculator: Sendable {
  /// What became of a formula.
  public struct Answer: Sendable {
    /// The formula as understood, in LaTeX.
    public var latex: String
    /// The free names, sorted.
    public var names: [String]
    /// One value a point; `nil` where it is undefined or complex.
    public var values: [Double?]
    /// What was odd but did not hinder.
    public var warnings: [String]
  }

  private let vocabulary: Vocabulary

  /// Creates a calculator with the names of a vocabulary (`general`, `gaussian`, `latent-variable`).
  ///
  /// The result is `nil` if there is no such vocabulary.
  public init?(vocabulary: String) {
    guard let field = Vocabulary.Field(rawValue: vocabulary) else { return nil }
    self.vocabulary = Vocabulary(field: field)
  }

  /// Returns what a formula means and its values at points.
  ///
  /// - Parameters:
  ///   - formula: One formula in LaTeX, Unicode, ASCII or Python.
  ///   - points: Values of its names; a family `name[]` has several.
  /// - Returns: The formula as understood with its values.
  /// - Throws: A `Diagnostic` with the place of what is wrong.
  public func answer(
    to formula: String, at points: [[String: [Double]]]
  ) throws(Diagnostic) -> Answer {
    var names = vocabulary.names
    for name in points.flatMap({ Array($0.keys) }) where name.utf8.count > 1 {
      names.words.insert(name.hasSuffix("[]") ? String(name.dropLast(2)) : name)
    }
    let isCode = formula.looksLikeCode
    let read =
      isCode
      ? PythonReader(names: names).formula(formula) : Reader(names: names).formula(formula)
    if let first = read.diagnostics.first { throw first }
    guard let statement = read.statements.last,
      let expression = statement.links.last?.expression ?? statement.first
    else {
      throw Diagnostic("there is no formula here", at: SourceRange(0, formula.utf8.count))
    }
    var values: [Double?] = []
    for point in points { values.append(try value(of: expression, at: point)) }
    return Answer(
      latex: read.statements.map(\.latex).joined(separator: ", \\quad "),
      names: expression.freeNames(), values: values,
      warnings: read.ambiguities.map(\.warning).sorted())
  }

  /// Evaluates an expression at one point.
  private func value(
    of expression: Expression, at point: [String: [Double]]
  ) throws(Diagnostic) -> Double? {
    var vocabulary = vocabulary
    let families = point.keys.filter { $0.hasSuffix("[]") }.sorted()
    var sizes = World.Sizes.single
    var lengths: [AxisKind: Int] = [:]
    for family in families {
      let count = point[family]?.count ?? 0
      let kind =
        lengths.first { $0.value == count }?.key
        ?? [.latent, .observed, .data].first { lengths[$0] == nil } ?? .latent
      lengths[kind] = count
      vocabulary.declareVariable(
        String(family.dropLast(2)), axes: [kind], kind: .number, aliases: [])
    }
    sizes = World.Sizes(
      data: lengths[.data] ?? 1, latent: lengths[.latent] ?? 1, observed: lengths[.observed] ?? 1)
    var world = World(
      vocabulary: vocabulary, sizes: sizes, key: "read", samples: 1, name: "the point")
    for (slot, family) in families.enumerated() { world.inputs[slot] = point[family] ?? [] }
    let letters = Set(families.map { String($0.dropLast(2)) })
    let members = expression.freeNames(all: true).filter { World.member($0, of: point) != nil }
    world.declareFree(
      expression.freeNames(all: true, families: letters) + members, values: point)
    var elaborator = Elaborator(vocabulary: vocabulary, world: world)
    let quantity: Quantity
    do throws(Misunderstanding) {
      quantity = try elaborator.quantity(expression)
    } catch {
      if error.kind == .outOfReach, points(missing: expression, point) { return nil }
      throw Diagnostic(error.message, at: error.range)
    }
    guard quantity.isNumber, let block = world.value(of: quantity.node, in: elaborator.builder),
      let value = block.values.first, value.isFinite
    else { return nil }
    return value
  }

  /// Whether a name of the formula has no value at the point.
  private func points(missing expression: Expression, _ point: [String: [Double]]) -> Bool {
    expression.freeNames().contains { point[$0] == nil }
  }
}

extension World {
  /// Gives names that nobody declared a number each; one without a value is undefined.
  mutating func declareFree(_ names: [String], values: [String: [Double]]) {
    var free: [String: NodeID] = [:]
    let given = Set(names).union(values.keys.filter { !$0.hasSuffix("[]") }).sorted()
    for name in given {
      let value = values[name]?.first ?? World.member(name, of: values)
      if value == nil, name == "pi" || name == "e" { continue }
      free[name] = builder.input(axes: [])
      inputNames.append(name)
      inputs.append([value ?? .nan])
      if value != nil { valuedNames.insert(name) }
    }
    freeNames = free
  }

  /// Returns the member of a family that a name numbers, such as `mu_2` of `mu[]`.
  fileprivate static func member(_ name: String, of values: [String: [Double]]) -> Double? {
    guard let bar = name.lastIndex(of: "_"), let place = Int(name[name.index(after: bar)...]),
      let family = values["\(name[..<bar])[]"], family.indices.contains(place - 1)
    else { return nil }
    return family[place - 1]
  }
}

extension Choice {
  fileprivate var warning: String {
    switch self {
    case .slashTakesProduct: "'a/2b' is read as '(a/2) b'; write brackets if '/(2b)' is meant"
    case .powerInsideFunction:
      "'log(a)^2' is read as '(log a)^2'; write 'log(a^2)' if that is meant"
    case .logarithmTakesFactors: "the logarithm is taken of the next factor alone"
    case .sumTakesTerms: "the sum ends before the next '+'; write brackets if it goes on"
    case .gradientTakesProduct: "the gradient is taken of the next factor alone"
    case .evaluationTakesProduct: "the bar with a point takes the last factor alone"
    case .gradientTakesPoint: "the point is put in after the gradient is taken"
    }
  }
}

extension String {
  /// Whether a single formula is Python and not mathematics: it names a library or has `**`.
  fileprivate var looksLikeCode: Bool {
    ["**", "np.", "numpy.", "torch.", "math.", "tf.", "jnp.", ".sum(", ".exp(", ".log(", ".pow("]
      .contains { contains($0) } && !contains("\\")
  }
}
