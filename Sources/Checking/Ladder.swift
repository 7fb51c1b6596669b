internal import Homework
internal import Notation
internal import Semantics

/// The comparisons of one claim with the references of its criterion, in all worlds.
struct Ladder {
  let check: FormulaCheck
  let claim: Claim
  let answer: Expression
  let vocabulary: Vocabulary
  let worlds: [World]

  /// What one candidate came to in the worlds that can evaluate it.
  private enum Outcome {
    case equal
    case offset
    case factor(Double)
    /// A positive multiple with a factor that differs from point to point.
    case proportional
    case different(Comparison.Witness?)
    case undecided
    /// No world can evaluate both sides.
    case unevaluated
  }

  private var firstReason: Misunderstanding?
  /// The claim in each world, as far as it was looked at.
  private var stands: [Stand?]
  private var primary: Outcome?
  private var primaryWitness: Comparison.Witness?
  /// Whether the claim is an array over the dimensions where the reference is a number.
  private(set) var lacksSum = false

  init(
    check: FormulaCheck, claim: Claim, answer: Expression, vocabulary: Vocabulary,
    worlds: [World]
  ) {
    self.check = check
    self.claim = claim
    self.answer = answer
    self.vocabulary = vocabulary
    self.worlds = worlds
    stands = worlds.map { _ in nil }
  }

  private var prepared: PreparedCriterion { check.criterion }

  /// Returns `correct` if the claim agrees with a right answer of the rubric.
  mutating func right() -> Finding? {
    for candidate in prepared.candidates where candidate.alternative.credit == 1 {
      let outcome = outcome(of: candidate)
      if primary == nil {
        primary = outcome
      } else if case .unevaluated? = primary {
        primary = outcome
      }
      if case .equal = outcome {
        return Finding(verdict: .correct, credit: 1, mistake: nil, reason: "equal to the reference")
      }
      if acceptsEitherSign, case .equal = self.outcome(of: candidate, sign: -1) {
        return Finding(
          verdict: .correct, credit: 1, mistake: nil,
          reason: "equal to the negative of the reference, which counts as well")
      }
    }
    return nil
  }

  /// Whether no world can evaluate the claim, for want of means: a special case would say nothing of it.
  var isOutOfReach: Bool {
    guard case .unevaluated? = primary, let firstReason else { return false }
    switch firstReason.kind {
    case .outOfReach, .tooLarge: return true
    case .unread, .unknownName, .unboundLatent, .nonsense: return false
    }
  }

  /// Whether the claim differs from the first reference by a constant.
  var isUpToConstant: Bool {
    if case .offset? = primary { return true }
    return false
  }

  private var acceptsEitherSign: Bool {
    if prepared.acceptsEitherSign { return true }
    if case .named(sign: nil) = claim.target { return true }
    return false
  }

  /// Whether the claim is a positive multiple of the first reference, with a factor of the model's.
  var isMultiple: Bool {
    if case .proportional? = primary { return true }
    return false
  }

  /// Returns the finding on a named variant or mistake of the rubric, or `nil`.
  mutating func named() -> Finding? {
    for candidate in prepared.candidates where candidate.alternative.credit < 1 {
      let alternative = candidate.alternative
      var isFound = false
      if case .equal = outcome(of: candidate) { isFound = true }
      if !isFound, acceptsEitherSign,
        case .equal = outcome(of: candidate, sign: -1)
      {
        isFound = true
      }
      if isFound {
        return Finding(
          verdict: alternative.credit > 0 ? .partial : .incorrect, credit: alternative.credit,
          mistake: alternative.id, reason: alternative.reason, witness: primaryWitness)
      }
    }
    return nil
  }

  /// Returns the finding that the sign of the whole is wrong, or `nil`.
  mutating func signed() -> Finding? {
    guard case .factor(let factor)? = primary, abs(factor + 1) < 1e-9 else { return nil }
    let credit = prepared.credit(of: "sign", default: 0)
    return Finding(
      verdict: credit > 0 ? .partial : .incorrect, credit: credit, mistake: "sign",
      reason: "the sign of the whole is wrong", witness: primaryWitness)
  }

  /// Returns the finding that a factor is missing, or `nil`.
  mutating func scaled() -> Finding? {
    guard case .factor(let factor)? = primary, abs(factor) > 1e-6 else { return nil }
    let credit = prepared.credit(of: "up-to-factor", default: 0)
    return Finding(
      verdict: credit > 0 ? .partial : .incorrect, credit: credit, mistake: "up-to-factor",
      reason: "right up to the factor \(Figures.short(factor))", witness: primaryWitness)
  }

  /// Returns the finding when no rung holds: wrong with a witness, or for a person to decide.
  mutating func wrong() -> Finding {
    switch primary {
    case .different? where lacksSum:
      if case .silent = claim.target {
        return .review("the value is an array over the dimensions, and nothing says what it is")
      }
      return Finding(
        verdict: .incorrect, credit: 0, mistake: "different",
        reason: "the value is an array over the dimensions, not a number: a sum is missing")
    case .different?, .offset?, .factor?, .proportional?:
      return Finding(
        verdict: .incorrect, credit: 0, mistake: "different",
        reason: "not equal to the reference", witness: primaryWitness)
    case .undecided?:
      return Finding(
        verdict: .review, credit: 0, mistake: nil,
        reason: "the values are too near to the reference to be told apart")
    default: break
    }
    if let reason = firstReason, case .unboundLatent = reason.kind {
      return Finding(
        verdict: .incorrect, credit: 0, mistake: "unbound-latent", reason: reason.message)
    }
    return Finding(
      verdict: .review, credit: 0, mistake: nil,
      reason: firstReason.map { "the formula could not be evaluated: \($0.message)" }
        ?? "the formula could not be evaluated")
  }

  // MARK: - Comparison

  /// Compares the claim with a candidate in every world that can evaluate both.
  private mutating func outcome(
    of candidate: PreparedCriterion.Candidate, sign: Int = 1
  ) -> Outcome {
    var result = Outcome.unevaluated
    for index in worlds.indices {
      let comparison: Comparison
      do throws(Misunderstanding) {
        comparison = try compare(candidate, sign: sign, in: index)
      } catch {
        if firstReason == nil || isGraver(error) { firstReason = error }
        continue
      }
      if case .incomparable = comparison.outcome, !acceptsOneDimension,
        stands[index]?.isOverDimensions == true
      {
        // Right in one dimension at most.
        lacksSum = true
        return .different(nil)
      }
      result = combine(result, comparison)
      if case .different = result { break }
    }
    return result
  }

  private var acceptsOneDimension: Bool {
    prepared.criterion.conventions["dimensions"]?.value == "any"
  }

  private func isGraver(_ reason: Misunderstanding) -> Bool {
    guard let firstReason else { return true }
    func rank(_ reason: Misunderstanding) -> Int {
      switch reason.kind {
      case .unboundLatent: 0
      case .unread: 1
      case .unknownName: 2
      case .nonsense: 3
      case .tooLarge: 4
      case .outOfReach: 5
      }
    }
    return rank(reason) < rank(firstReason)
  }

  private mutating func compare(
    _ candidate: PreparedCriterion.Candidate, sign: Int, in index: Int
  ) throws(Misunderstanding) -> Comparison {
    // Taken out while it is worked with, so that its parts are not copied.
    var stand = stands[index].take() ?? stand(in: index)
    defer { stands[index] = stand }
    return try compare(candidate, sign: sign, on: &stand)
  }

  /// The claim in one world: evaluated once, compared with many candidates.
  private struct Stand {
    var bench: Workbench
    var answer: Result<Workbench.Value, Misunderstanding>
    var side: Result<Workbench.Value, Misunderstanding>?
    /// How the side relates to the target, once it is known.
    var kind: Kind?
    /// Whether the answer is an array over the dimensions.
    var isOverDimensions: Bool {
      if case .success(let value) = answer { bench.isOverDimensions(value) } else { false }
    }

    enum Kind {
      case target
      case negatedTarget
      case sameKind
      case other
    }
  }

  private func stand(in index: Int) -> Stand {
    var bench = Workbench(
      vocabulary: vocabulary, world: worlds[index], definitions: check.definitions,
      deviationsAreVariances: check.deviationsAreVariances,
      distributionsAreVisits: check.distributionsAreVisits, statedLaws: check.statedLaws)
    let answer = Result { () throws(Misunderstanding) in try value(on: &bench) }
    var side: Result<Workbench.Value, Misunderstanding>?
    if case .written(let written) = claim.target {
      side = Result { () throws(Misunderstanding) in try bench.answer(written) }
    }
    return Stand(bench: bench, answer: answer, side: side)
  }

  private mutating func compare(
    _ candidate: PreparedCriterion.Candidate, sign: Int, on stand: inout Stand
  ) throws(Misunderstanding) -> Comparison {
    var reference = try stand.bench.reference(
      candidate.expression, number: candidate.number)
    if sign < 0 { reference = stand.bench.negated(reference) }
    let wantsWitness = primaryWitness == nil
    let comparison: Comparison
    switch claim.target {
    case .named(let claimed):
      if claimed == -1 { reference = stand.bench.negated(reference) }
      comparison = stand.bench.compare(
        try stand.answer.get(), reference, wantsWitness: wantsWitness)
    case .bound, .silent, .unclear:
      comparison = stand.bench.compare(
        try stand.answer.get(), reference, wantsWitness: wantsWitness)
    case .written:
      // Both sides are evaluated; a candidate other than the target's own value stands in its place.
      let value = try stand.answer.get()
      guard let side = try stand.side?.get() else { return .incomparable }
      guard let target = prepared.target else { return stand.bench.compare(value, side) }
      if stand.kind == nil { stand.kind = try kind(of: side, target, on: &stand.bench) }
      switch stand.kind ?? .other {
      case .target, .other:
        comparison = stand.bench.compare(value, reference, wantsWitness: wantsWitness)
      case .negatedTarget:
        comparison = stand.bench.compare(
          value, stand.bench.negated(reference), wantsWitness: wantsWitness)
      case .sameKind:
        // Another quantity of the same kind, such as KL(p || q): a true equation is right.
        let isRight = prepared.candidates.first { $0.alternative.credit == 1 }?.expression
        guard let isRight, candidate.expression.hasSameForm(as: isRight) else {
          return Comparison.incomparable
        }
        comparison = stand.bench.compare(value, side, wantsWitness: wantsWitness)
      }
    case .within(let whole):
      let names = prepared.targetNames.spellings
      let bound = names.map { (name: $0, value: reference) }
      comparison = stand.bench.compare(
        try stand.answer.get(), try stand.bench.answer(whole, bound: bound))
    }
    if primaryWitness == nil { primaryWitness = comparison.witness }
    return claim.isProportional ? comparison.upToFactor : comparison
  }

  /// Returns how a written left side relates to the target.
  private func kind(
    of side: Workbench.Value, _ target: Expression, on bench: inout Workbench
  ) throws(Misunderstanding) -> Stand.Kind {
    let own = try bench.reference(target, number: PreparedCriterion.targetNumber)
    if case .equal = bench.compare(side, own, wantsWitness: false).outcome { return .target }
    if case .equal = bench.compare(side, bench.negated(own), wantsWitness: false).outcome {
      return .negatedTarget
    }
    return try isOfSameKind(side, own, target, on: &bench) ? .sameKind : .other
  }

  /// Whether the left side of an answer is a multiple of the target or of the target exchanged.
  ///
  /// `KL(q \| q)` and `KL(q \| N(0, 1))` are neither.
  private func isOfSameKind(
    _ side: Workbench.Value, _ own: Workbench.Value, _ target: Expression,
    on bench: inout Workbench
  ) throws(Misunderstanding) -> Bool {
    // Where names of deviations are read as variances, the target's own names do not tell.
    guard case .divergence(let first, let second) = target.node, !check.deviationsAreVariances
    else { return true }
    let exchanged = try bench.reference(Expression(.divergence(second, first), target.range))
    for other in [own, exchanged] {
      switch bench.compare(side, other).outcome {
      case .equal: return true
      case .factor(let factor) where abs(factor) > 1e-6: return true
      default: break
      }
    }
    return false
  }

  /// The value of the answer; a latent variable left free is drawn from the encoder where the rubric
  /// says that a sampled reconstruction is compared in expectation.
  private func value(on bench: inout Workbench) throws(Misunderstanding) -> Workbench.Value {
    do throws(Misunderstanding) {
      return try bench.answer(answer)
    } catch {
      guard case .unboundLatent = error.kind, prepared.acceptsSampledReconstruction else {
        throw error
      }
      let draw = Expression(
        .expectation(Expectation(measures: [], body: answer)), answer.range)
      return try bench.answer(draw)
    }
  }

  private func combine(_ sofar: Outcome, _ comparison: Comparison) -> Outcome {
    switch (sofar, comparison.outcome) {
    case (_, .incomparable): return sofar
    case (.unevaluated, .equal), (.equal, .equal): return .equal
    case (_, .undecided): return .undecided
    case (_, .different) where comparison.isPositiveMultiple:
      if case .equal = sofar { return .different(comparison.witness) }
      return .proportional
    case (.unevaluated, .offset), (.offset, .offset): return .offset
    case (.unevaluated, .factor(let factor)): return .factor(factor)
    case (.factor(let old), .factor(let new)) where abs(old - new) < 1e-9 * abs(old):
      return .factor(old)
    case (.undecided, .equal): return .undecided
    default: return .different(comparison.witness)
    }
  }
}
