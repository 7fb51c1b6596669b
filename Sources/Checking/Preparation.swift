internal import Homework
internal import Notation
internal import Semantics

/// Turns a criterion of a rubric into one that can judge, or lists the faults of its mathematics.
struct Preparation {
  let criterion: Criterion
  private(set) var faults: [Fault] = []
  /// The right answers of the rubric by number.
  private var rightAnswers: [(number: Int, expression: Expression)] = []
  /// A criterion with the same names and worlds.
  private let twin: PreparedCriterion?
  var worldKey: String { twin?.worldKey ?? criterion.id }

  /// Prepares to prepare a criterion.
  ///
  /// - Parameters:
  ///   - criterion: The criterion.
  ///   - twin: A prepared criterion with the same names and worlds, if there is one.
  init(_ criterion: Criterion, twin: PreparedCriterion?) {
    self.criterion = criterion
    self.twin = twin
  }

  /// Returns the prepared criterion; `faults` has what was wrong.
  mutating func prepared() -> PreparedCriterion? {
    guard let field = Vocabulary.Field(rawValue: criterion.vocabulary.value) else {
      faults.append(
        Fault(
          at: criterion.vocabulary.place,
          "unknown vocabulary '\(criterion.vocabulary.value)'; there are "
            + Vocabulary.Field.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")))
      return nil
    }
    var vocabulary = Vocabulary(field: field)
    for declaration in criterion.declarations { declare(declaration, in: &vocabulary) }
    for name in criterion.targetNames {
      vocabulary.addWords(of: name.value.drop { "-\\pm ".contains($0) }.description)
    }
    let reader = Reader(names: vocabulary.names)
    let target = criterion.target.flatMap { expression($0, reader) }
    let bound = criterion.conventions["bound"].flatMap { expression($0, reader) }
    let candidates = criterion.alternatives.enumerated().compactMap { number, alternative in
      pattern(alternative.formula, reader).map {
        PreparedCriterion.Candidate(
          alternative: alternative, expression: $0,
          parameter: alternative.parameter.flatMap { expression($0, reader) }, number: number)
      }
    }
    let given = criterion.given.compactMap { text in
      members(text, reader).map { Set($0.map(\.description)) }
    }
    let worlds = twin?.worlds ?? worlds(of: vocabulary, conditions: [], sizes: [:])
    rightAnswers = candidates.filter { $0.alternative.credit == 1 }
      .map { ($0.number, $0.expression) }
    let cases = criterion.cases.compactMap { prepare($0, vocabulary: vocabulary) }
    let allowed = Set(
      criterion.allowed.compactMap { part in
        FormulaPart(rawValue: part)
      })
    for part in criterion.allowed where FormulaPart(rawValue: part) == nil {
      faults.append(
        Fault(
          at: criterion.place,
          "criterion '\(criterion.id)' allows '\(part)', which is no part of a formula; there are "
            + FormulaPart.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")))
    }
    var references: [(number: Int, expression: Expression)] = candidates.map {
      ($0.number, $0.expression)
    }
    if let target { references.append((PreparedCriterion.targetNumber, target)) }
    let known = KnownQuantity.all(of: vocabulary)
    if criterion.check == .derivation { references = known.map { ($0.number, $0.expression) } }
    var prepared = PreparedCriterion(
      criterion: criterion, vocabulary: vocabulary, worldKey: worldKey,
      worlds: worlds.map { evaluated($0, with: references, vocabulary) },
      cases: cases, target: target,
      targetNames: TargetNames(criterion.targetNames.map(\.value), reader: reader),
      candidates: candidates, given: given, allowed: allowed, bound: bound)
    if criterion.check == .derivation {
      prepared.wideWorlds =
        twin?.wideWorlds
        ?? Preparation.wideWorlds(of: vocabulary, key: worldKey, conditions: [])
      prepared.knownQuantities = known
    }
    if faults.isEmpty { prepared.renumberings = renumberings(of: field) }
    if criterion.check == .estimator, field == .episodicMDP {
      let discount = World.Condition.value(variable: "gamma", PreparedCriterion.usualDiscount)
      prepared.discountedWorlds = self.worlds(of: vocabulary, conditions: [discount], sizes: [:])
        .map { evaluated($0, with: references, vocabulary) }
    }
    if [.formula, .estimator].contains(criterion.check) { testReferences(of: prepared) }
    return prepared
  }

  /// Returns a world in which the references have values, as far as the check needs them.
  private func evaluated(
    _ world: World, with references: [(number: Int, expression: Expression)],
    _ vocabulary: Vocabulary
  ) -> World {
    switch criterion.check {
    case .formula: world.prepared(with: references, vocabulary: vocabulary)
    case .estimator:
      world.withLaw(of: vocabulary, key: criterion.id)
        .prepared(with: references, vocabulary: vocabulary).withCatalogue
    case .derivation:
      twin == nil ? world.prepared(with: references, vocabulary: vocabulary) : world
    case .framework: world
    }
  }

  // MARK: - Names

  /// The names for answers that number the distributions from 0.
  private mutating func renumberings(of field: Vocabulary.Field) -> [Renumbering] {
    var result: [Renumbering] = []
    for (alias, sign, usual, first) in Renumbering.shared(by: criterion.declarations) {
      var names = Vocabulary(field: field)
      for declaration in criterion.declarations {
        if case .distribution(let name, let formula, let aliases) = declaration,
          name.value == first
        {
          let kept = aliases.filter { $0 != alias }
          declare(.distribution(name: name, formula: formula, aliases: kept), in: &names)
        } else {
          declare(declaration, in: &names)
        }
      }
      let cases = criterion.cases.compactMap { prepare($0, vocabulary: names) }
      result.append(
        Renumbering(shared: alias, sign: sign, usual: usual, vocabulary: names, cases: cases))
    }
    return result
  }

  private mutating func declare(_ declaration: Declaration, in vocabulary: inout Vocabulary) {
    switch declaration {
    case .variable(let name, let axes, let kind, let aliases):
      guard let canonical = canonical(name, vocabulary) else { return }
      let kinds = axes.compactMap(AxisKind.init(rawValue:))
      if kind == "count" {
        for spelling in [canonical] + aliases.compactMap({ self.canonical($0, vocabulary) }) {
          vocabulary.declareCount(spelling, of: kinds.first ?? .latent)
        }
        return
      }
      guard let variableKind = VariableKind(rawValue: kind) else {
        faults.append(
          Fault(
            at: name.place,
            "variable '\(name.value)' has the unknown kind '\(kind)'; there are "
              + VariableKind.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
              + " and 'count'"))
        return
      }
      vocabulary.declareVariable(
        canonical, axes: kinds, kind: variableKind,
        aliases: aliases.compactMap { self.canonical($0, vocabulary) })
    case .distribution(let name, let formula, let aliases):
      let isDefault =
        !criterion.declarations.contains { other in
          if case .distribution(let otherName, _, _) = other {
            return otherName.value != name.value && hasVariables(other)
          }
          return false
        } || name.value == criterion.conventions["default"]?.value
      guard let expression = expression(formula, Reader(names: vocabulary.names)) else { return }
      if !vocabulary.declareDistribution(
        name.value, formula: expression, aliases: aliases, isDefault: isDefault)
      {
        faults.append(
          Fault(
            at: formula.place,
            "distribution '\(name.value)' is not of the form 'N(mean, variance)'"))
      }
    case .definition(let name, let formula):
      guard let canonical = canonical(name, vocabulary) else { return }
      vocabulary.addWords(of: canonical)
      if let expression = expression(formula, Reader(names: vocabulary.names)) {
        vocabulary.declareDefinition(canonical, as: expression)
      }
    case .function(let name, _, let aliases):
      if let canonical = canonical(name, vocabulary) {
        vocabulary.declareFunction(
          canonical, aliases: aliases.compactMap { self.canonical($0, vocabulary) })
      }
    }
  }

  private func hasVariables(_ declaration: Declaration) -> Bool {
    if case .distribution(_, let formula, _) = declaration {
      return formula.value.contains { $0.isLetter && $0 != "N" && $0 != "I" }
    }
    return false
  }

  private mutating func canonical(_ name: Located<String>, _ vocabulary: Vocabulary) -> String? {
    if let canonical = canonical(name.value, vocabulary) { return canonical }
    faults.append(Fault(at: name.place, "'\(name.value)' is no name"))
    return nil
  }

  private func canonical(_ text: String, _ vocabulary: Vocabulary) -> String? {
    var names = vocabulary.names
    names.words.insert(text)
    let statement = Reader(names: names).formula(text).statements.first
    guard case .name(let name)? = statement?.first?.node else { return nil }
    return name.description
  }

  private mutating func expression(_ text: Located<String>, _ reader: Reader) -> Expression? {
    members(text, reader)?.first
  }

  /// A formula of the rubric; in a derivation several formulas are forms that are met together.
  private mutating func pattern(_ text: Located<String>, _ reader: Reader) -> Expression? {
    let formula = reader.formula(text.value)
    guard criterion.check == .derivation, formula.diagnostics.isEmpty,
      formula.statements.count > 1
    else { return expression(text, reader) }
    let forms = formula.statements.compactMap(\.first)
    return Expression(.tuple(forms), SourceRange(0, text.value.utf8.count))
  }

  /// The sides of a formula of the rubric; a bare expression is its only one.
  private mutating func members(_ text: Located<String>, _ reader: Reader) -> [Expression]? {
    let formula = reader.formula(text.value)
    if let diagnostic = formula.diagnostics.first {
      var place = text.place
      place.column += text.value.utf8.prefix(diagnostic.range.lower).count
      faults.append(Fault(at: place, diagnostic.message))
      return nil
    }
    guard let statement = formula.statements.first, let first = statement.first else {
      faults.append(Fault(at: text.place, "a formula is expected, and there is none"))
      return nil
    }
    guard formula.statements.count == 1 else {
      faults.append(
        Fault(
          at: text.place,
          "one formula is expected, and there are \(formula.statements.count); write each by itself"
        ))
      return nil
    }
    return [first] + statement.links.map(\.expression)
  }

  // MARK: - Worlds

  private mutating func prepare(
    _ rule: SpecialCase, vocabulary: Vocabulary
  ) -> PreparedCriterion.Case? {
    var names = vocabulary
    var conditions: [CaseCondition] = []
    for text in rule.conditions {
      guard let condition = CaseCondition(text.value, vocabulary: vocabulary) else {
        faults.append(
          Fault(
            at: text.place,
            "the condition '\(text.value)' is not understood; write '\\mu_p = 0', '\\sigma_q = \\sigma_p', "
              + "'s_x fixed' or 'latent = 1'"))
        continue
      }
      conditions.append(condition)
    }
    var world: [World.Condition] = []
    var sizes: [AxisKind: Int] = [:]
    for condition in conditions {
      switch condition {
      case .world(let one):
        world.append(one)
        if case .equal(let first, _) = one { names.makeDefault(first) }
      case .size(let kind, let count): sizes[kind] = count
      }
    }
    names.nameRemaining(
      fixed: world.compactMap { if case .value(let variable, _) = $0 { variable } else { nil } })
    return PreparedCriterion.Case(
      rule: rule, vocabulary: names,
      worlds: worlds(of: names, conditions: world, sizes: sizes).map {
        $0.prepared(with: rightAnswers, vocabulary: names)
      },
      conditions: conditions)
  }

  /// Each reference must have a value in some world.
  private mutating func testReferences(of prepared: PreparedCriterion) {
    if criterion.check == .estimator { testGradients(of: prepared) }
    for candidate in prepared.candidates where candidate.parameter == nil {
      var reasons: [Misunderstanding] = []
      let works = prepared.worlds.contains { world in
        var bench = Workbench(vocabulary: prepared.vocabulary, world: world)
        do throws(Misunderstanding) {
          _ = try bench.reference(candidate.expression)
          return true
        } catch {
          reasons.append(error)
          return false
        }
      }
      if !works, let reason = reasons.first {
        var place = candidate.alternative.formula.place
        place.column += reason.range.lower
        faults.append(
          Fault(
            at: place,
            "'\(candidate.alternative.id)' of criterion '\(criterion.id)' has no value: \(reason.message)"
          ))
      }
    }
  }

  /// What an estimator is compared with must be there, and gradients must have a value.
  private mutating func testGradients(of prepared: PreparedCriterion) {
    if prepared.vocabulary.field == .episodicMDP {
      if prepared.candidates.isEmpty {
        faults.append(
          Fault(
            at: criterion.place,
            "criterion '\(criterion.id)' has no reference; write '<reference>\\nabla J(\\theta)</reference>'"
          ))
      }
      return
    }
    guard let target = prepared.target, let world = prepared.worlds.first else {
      faults.append(
        Fault(
          at: criterion.place,
          "criterion '\(criterion.id)' has no target; write the objective whose gradient is asked, such as "
            + "'<target>\\mathbb{E}_q[f(z)]</target>'"))
      return
    }
    var bench = Workbench(vocabulary: prepared.vocabulary, world: world)
    do throws(Misunderstanding) {
      _ = try bench.gradient(of: target, by: nil)
    } catch {
      faults.append(
        Fault(
          at: criterion.target?.place ?? criterion.place,
          "the target of criterion '\(criterion.id)' has no gradient: \(error.message)"))
    }
    for candidate in prepared.candidates {
      guard let parameter = candidate.parameter else { continue }
      do throws(Misunderstanding) {
        _ = try bench.estimate(
          NoiseEstimator(
            expression: candidate.expression, parameter: parameter, isObjective: false,
            isOfRubric: true, constants: []))
      } catch {
        faults.append(
          Fault(
            at: candidate.alternative.formula.place,
            "'\(candidate.alternative.id)' of criterion '\(criterion.id)' has no value: \(error.message)"
          ))
      }
    }
  }
}
