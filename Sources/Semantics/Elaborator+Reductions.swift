internal import Compute
internal import Notation

extension Elaborator {
  /// Reduces a sum, product, maximum, minimum, integral or limit.
  mutating func reduce(
    _ reduction: Reduction, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    switch reduction.kind {
    case .integral:
      if let sum = try integralOverMembers(reduction, at: range) { return sum }
      return try integral(reduction, at: range)
    case .limit: return try limit(reduction, at: range)
    case .argmax:
      throw Misunderstanding(.outOfReach, "an argmax is not a number", at: range)
    case .sum, .product, .maximum, .minimum: break
    }
    guard let variable = reduction.variables.first else {
      return try overAllEntries(reduction, at: range)
    }
    if reduction.variables.count > 1 {
      var inner = reduction
      inner.variables.removeFirst()
      let nested = Expression(.reduction(inner), range)
      var outer = Reduction(reduction.kind, variables: [variable], body: nested)
      outer.condition = reduction.condition
      return try reduce(outer, at: range)
    }
    if noiseReading != nil, reduction.kind == .sum, Self.latentNames.contains(variable.base) {
      // What holds for all laws of a discrete variable is tested on a continuous one.
      var integral = reduction
      integral.kind = .integral
      return try reduce(integral, at: range)
    }
    if world.decisions != nil {
      if let value = try overMembers(reduction, variable, at: range) { return value }
    }
    if let value = try overDraws(reduction, variable, at: range) { return value }
    if let states = world.states, isLatent(variable) {
      return try overStates(reduction, variable, states, at: range)
    }
    if reduction.condition == nil || isMembership(reduction.condition),
      let kind = family(numberedBy: variable, in: reduction)
    {
      return try overFamily(reduction, variable, kind, at: range)
    }
    if isLatent(variable) {
      throw Misunderstanding(
        .outOfReach, "a sum over a continuous '\(variable)' is not evaluated", at: range)
    }
    return try overNumbers(reduction, variable, at: range)
  }

  func operation(_ kind: Reduction.Kind) -> ReduceOperation {
    switch kind {
    case .product: .product
    case .maximum: .maximum
    case .minimum: .minimum
    default: .sum
    }
  }

  private func isMembership(_ condition: Expression?) -> Bool {
    if case .relation(.member, _, _)? = condition?.node { return true }
    return false
  }

  /// A sum sign without an index: over all entries of what follows.
  private mutating func overAllEntries(
    _ reduction: Reduction, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    let value = try quantity(reduction.body)
    var node = value.node
    for axis in value.axes { node = builder.reduce(operation(reduction.kind), node, over: axis) }
    return Quantity(node)
  }

  private mutating func overFamily(
    _ reduction: Reduction, _ variable: Name, _ kind: AxisKind, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard let old = world.axes[kind] else {
      throw Misunderstanding(.outOfReach, "there is no family to sum over", at: range)
    }
    let axis = openAxis(count: builder.count(of: old))
    defer { closeAxis() }
    let savedData = dataAxis
    if kind == .data { dataAxis = axis }
    defer { dataAxis = savedData }
    let binding = Binding(name: variable.description, meaning: .index(axis, kind))
    let value = try withBindings([binding]) { elaborator throws(Misunderstanding) in
      try elaborator.quantity(reduction.body)
    }
    // A body without the index that is itself a vector over the family is summed entry by entry.
    if !builder.axes(of: value.node).contains(axis), value.axes == [old] {
      return Quantity(builder.reduce(operation(reduction.kind), value.node, over: old))
    }
    let members = try self.members(of: axis, from: reduction.lower, to: reduction.upper, at: range)
    var node = value.node
    if members.count < builder.count(of: axis) {
      guard reduction.kind == .sum || reduction.kind == .product else {
        throw Misunderstanding(
          .outOfReach, "the range of a maximum or minimum leaves members out", at: range)
      }
      let mask = (0..<builder.count(of: axis)).map { members.contains($0) ? 1.0 : 0 }
      node = builder.binary(.multiply, node, builder.table(mask, axes: [axis]))
      if reduction.kind == .product {
        let neutral = builder.table(mask.map { 1 - $0 }, axes: [axis])
        node = builder.binary(.add, node, neutral)
      }
    }
    return Quantity(
      builder.reduce(operation(reduction.kind), node, over: axis), axes: value.axes,
      isRow: value.isRow)
  }

  /// Returns which members of a family a range takes, counted from 0.
  ///
  /// A bound that is a name or a number is the size of the family as the author calls it; only a bound
  /// that is computed, such as `k - 1`, or a first member behind the first leaves members out.
  private mutating func members(
    of axis: Axis, from lower: Expression?, to upper: Expression?, at range: SourceRange
  ) throws(Misunderstanding) -> Range<Int> {
    let count = builder.count(of: axis)
    var first = 1
    if let lower, case .number(let value, _) = lower.withoutGroups.node,
      let whole = Int(exactly: value)
    {
      first = whole
    }
    var isComputed = false
    if let upper {
      switch upper.withoutGroups.node {
      case .binary, .negate: isComputed = true
      // A point gives arrays whose lengths nobody named: a bound with a value means that value.
      case .number: isComputed = world.freeNames != nil
      case .name(let name): isComputed = world.valuedNames.contains(name.description)
      default: break
      }
    }
    guard isComputed || first > 1 else { return 0..<count }
    // Members are numbered from 1, or from 0 where the range begins there.
    var last = count
    if isComputed, let upper { last = try wholeNumber(upper) }
    if first == 0 { (first, last) = (1, last + 1) }
    guard first >= 1, last <= count, first <= last + 1 else {
      throw Misunderstanding(.outOfReach, "the range goes beyond the family", at: range)
    }
    return (first - 1)..<last
  }

  private mutating func overStates(
    _ reduction: Reduction, _ variable: Name, _ states: Axis, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    let state = openAxis(count: builder.count(of: states))
    defer { closeAxis() }
    let point = Quantity(stateNumber(along: state))
    let binding = Binding(name: variable.description, meaning: .value(point), state: state)
    let value = try withBindings([binding]) { elaborator throws(Misunderstanding) in
      try elaborator.quantity(reduction.body)
    }
    return Quantity(
      builder.reduce(operation(reduction.kind), value.node, over: state), axes: value.axes)
  }

  /// Sums over whole numbers from a first to a last, or to infinity.
  private mutating func overNumbers(
    _ reduction: Reduction, _ variable: Name, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard let lower = reduction.lower, let upper = reduction.upper else {
      throw Misunderstanding(
        .unknownName(variable.description), "the range of '\(variable)' is not known", at: range)
    }
    let first = try wholeNumber(lower)
    let last: Int
    if case .infinity = upper.node {
      last = first + Self.termsOfInfiniteSum
    } else {
      last = try wholeNumber(upper)
    }
    guard last - first < 100_000 else {
      throw Misunderstanding(.tooLarge, "the sum has too many terms", at: range)
    }
    guard last >= first else {
      return Quantity(builder.constant(reduction.kind == .product ? 1 : 0))
    }
    let axis = openAxis(count: last - first + 1)
    defer { closeAxis() }
    let numbers = builder.table((first...last).map(Double.init), axes: [axis])
    let binding = Binding(
      name: variable.description, meaning: .value(Quantity(numbers)))
    let value = try withBindings([binding]) { elaborator throws(Misunderstanding) in
      try elaborator.quantity(reduction.body)
    }
    return Quantity(
      builder.reduce(operation(reduction.kind), value.node, over: axis), axes: value.axes)
  }

  /// How many terms of an infinite sum are added; a geometric series of ratio 0.95 is then exact to 1e-11.
  private static let termsOfInfiniteSum = 500

  /// Returns the value of a bound of a sum, which must be the same whole number at all points.
  mutating func wholeNumber(_ expression: Expression) throws(Misunderstanding) -> Int {
    let node = try number(expression)
    var value = builder.constantValue(of: node)
    if value == nil, let block = world.value(of: node, in: builder),
      let first = block.values.first, block.values.allSatisfy({ $0 == first })
    {
      value = first
    }
    guard let value, abs(value) < 1e6, abs(value - value.rounded()) < 1e-9 else {
      throw Misunderstanding(
        .outOfReach, "a bound of the sum is not a known whole number", at: expression.range)
    }
    return Int(value.rounded())
  }

  // MARK: - Which family an index numbers

  /// Returns the kind of family whose members an index numbers in the body of a reduction.
  ///
  /// The family decides, not the letter; where two would do, the upper bound decides.
  private func family(numberedBy variable: Name, in reduction: Reduction) -> AxisKind? {
    let letter = variable.description
    var found: Set<AxisKind> = []
    collectFamilies(of: letter, in: reduction.body, into: &found)
    guard !found.isEmpty else { return countedKind(reduction.upper) }
    if found.count == 1, let only = found.first { return only }
    if let counted = countedKind(reduction.upper), found.contains(counted) { return counted }
    return [.latent, .observed, .data].first(where: found.contains)
  }

  /// The kind of family whose size a bound names, as `N` or `J` do.
  private func countedKind(_ bound: Expression?) -> AxisKind? {
    guard case .name(let name)? = bound?.node,
      case .count(let kind)? = vocabulary.meanings[name.description]
    else { return nil }
    return kind
  }

  private func collectFamilies(
    of letter: String, in expression: Expression, into found: inout Set<AxisKind>
  ) {
    switch expression.node {
    case .name(let name): collectFamilies(of: letter, name, into: &found)
    case .element(let array, let indices):
      // `mu[j]` of code is `\mu_j`.
      if case .name(var name) = array.node, indices.count == 1,
        case .name(let index) = indices[0].node, index.stem == letter
      {
        name.subscripts.append(indices[0])
        collectFamilies(of: letter, name, into: &found)
      } else if indices.contains(where: { Name.tokens(of: $0).contains { $0.text == letter } }) {
        // `(A^{-1})_{ij}`: the dimensions of what stands in the brackets.
        array.walk { inner in
          guard case .name(let name) = inner.node,
            case .variable(let index, _)? = meaning(stem: name.stem, tokens: name.indexTokens)?.0
          else { return }
          found.formUnion(vocabulary.variables[index].axes)
        }
      }
    case .apply(let name, let arguments):
      collectFamilies(of: letter, name, into: &found)
      let isNormal = ["N", "Normal"].contains(name.base)
      for argument in arguments.groups.joined() where !isNormal {
        guard case .name(let inner) = argument.node,
          inner.isNumbered(by: letter)
        else { continue }
        // A density or a network of one observation: `p(x_i \mid z)`, `\mu(x_i)`.
        found.insert(vocabulary.names.arguments.contains(inner.stem) ? .data : .latent)
      }
    default: break
    }
    expression.forEachChild { collectFamilies(of: letter, in: $0, into: &found) }
  }

  private func collectFamilies(of letter: String, _ name: Name, into found: inout Set<AxisKind>) {
    guard name.isNumbered(by: letter) else { return }
    let tokens = name.indexTokens
    let stem = name.stem
    if let match = definitions.match(stem: stem, tokens: tokens) {
      for (inner, token) in match.substitution where token.text == letter {
        collectFamilies(of: inner, in: match.definition.body, into: &found)
      }
      return
    }
    // Try the name with the letter, and every letter that a sum around binds, as an index.
    let labels = tokens.filter { $0.text != letter && !isIndex($0.text) }
    var candidates = [
      labels.map(\.text),
      labels.map(\.text).filter {
        !NameStems.parameterIndices.contains($0)
      },
    ]
    candidates.append(candidates[1].filter { !NameStems.memberIndices.contains($0) })
    for labels in candidates {
      let key = ([stem] + labels).joined(separator: "_")
      guard case .variable(let index, _)? = vocabulary.meanings[key] else { continue }
      let kinds = vocabulary.variables[index].axes
      let indices = tokens.filter { token in
        token.text == letter || isIndex(token.text)
          || NameStems.memberIndices.contains(token.text) && !labels.contains(token.text)
      }
      if indices.count >= kinds.count, let place = indices.firstIndex(where: { $0.text == letter }),
        place < kinds.count
      {
        found.insert(kinds[place])
      } else {
        found.formUnion(kinds)
      }
      return
    }
  }
}
