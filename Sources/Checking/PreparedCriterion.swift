internal import Homework
internal import Notation
internal import Semantics

/// A criterion with everything that does not depend on an answer: names, worlds, references.
struct PreparedCriterion: Sendable {
  /// A formula that an answer may agree with.
  struct Candidate: Sendable {
    var alternative: Alternative
    var expression: Expression
    /// By what it is a gradient, where it is one of an estimator: `\phi` for all parameters.
    var parameter: Expression?
    /// The number under which the worlds have its meaning.
    var number: Int
  }

  /// The number under which the worlds have the meaning of the target.
  static let targetNumber = -1

  /// A special case with the names and worlds that belong to it.
  struct Case: Sendable {
    var rule: SpecialCase
    var vocabulary: Vocabulary
    var worlds: [World]
    var conditions: [CaseCondition]
  }

  let criterion: Criterion
  var vocabulary: Vocabulary
  /// The text from which the points of the worlds follow; criteria that derive alike have the same.
  let worldKey: String
  let worlds: [World]
  var cases: [Case]
  let target: Expression?
  let targetNames: TargetNames
  /// Right answers and named variants and mistakes, in the rubric's order.
  var candidates: [Candidate]
  /// The sides of each formula that the question prints, with all brackets written out.
  let given: [Set<String>]
  let allowed: Set<FormulaPart>
  /// The worlds with a discount, for estimators from episodes.
  var discountedWorlds: [World] = []
  /// The discount where an answer has one and does not say its value.
  static let usualDiscount = 0.9
  /// The quantity of which the target is a lower bound, where the rubric says so.
  let bound: Expression?
  /// The worlds of a wide range in which the inequalities of derivations are tried.
  var wideWorlds: [World] = []
  /// What the difference or the factor of two lines of a derivation may be called.
  var knownQuantities: [KnownQuantity] = []
  /// Other names for answers that number the distributions otherwise.
  var renumberings: [Renumbering] = []

  /// The names of the targets of other criteria that are answered in the same part.
  var foreignNames: Set<String> = []

  /// Whether `\propto` states the target as well.
  var acceptsProportion: Bool { criterion.conventions["relation"]?.value == "proportional" }
  /// Whether the negative of the target is right as well, whatever it is called.
  var acceptsEitherSign: Bool { criterion.conventions["sign"]?.value == "either" }
  /// Whether a latent variable that an answer leaves free is taken as drawn from the encoder.
  var acceptsSampledReconstruction: Bool {
    ["expectation", "sample"].contains(criterion.conventions["reconstruction"]?.value)
  }
  /// Whether any member of a chain may be the answer, not only the last.
  var acceptsAnyMember: Bool { criterion.conventions["chain"]?.value == "any-member" }
  /// What is said when the answer is a lower bound or a name of the target.
  var names: NameTable { sharedNames ?? vocabulary.names }
  /// The names of all criteria of the question, so that a part is read once for all of them.
  var sharedNames: NameTable?

  func credit(of rung: String, default value: Double) -> Double {
    criterion.credits[rung] ?? value
  }

  /// Whether a formula of an answer names the target, or is about the quantity that it bounds.
  ///
  /// Of a map it is the noise that speaks.
  func isMentioned(in answer: AnswerText) -> Bool {
    func isMentioned(in expression: Expression) -> Bool {
      if criterion.isMap { return expression.hasNoise }
      return expression.contains { inner in
        if targetNames.sign(of: inner) != nil { return true }
        if let bound, inner.withoutParameters.hasSameForm(as: bound.withoutParameters) {
          return true
        }
        if case .divergence = inner.node, case .divergence? = target?.node { return true }
        return false
      }
    }
    return answer.items.contains { item in
      item.formula.statements.contains { statement in
        statement.first.map(isMentioned) ?? false
          || statement.links.contains { isMentioned(in: $0.expression) }
      }
    }
  }
}
