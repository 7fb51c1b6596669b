/// One thing that is judged in an answer.
public struct Criterion: Sendable {
  /// How an answer is judged.
  public enum Check: String, Sendable, CaseIterable {
    /// A claim against a reference.
    case formula
    /// Every relation between neighbouring lines.
    case derivation
    /// The expectation of an estimator.
    case estimator
    /// A model drawn as arrows, sampling statements or a diagram.
    case framework
  }

  /// The id, such as `q1.c.kl`.
  public var id: String
  /// Where the criterion stands in the rubric.
  public var place: Place
  /// The title for people.
  public var title: String
  /// The most points that it gives.
  public var points: Points
  /// How it is judged.
  public var check: Check
  /// The meaning of the names: `gaussian`, `latent-variable` or `episodic-mdp`.
  public var vocabulary: Located<String>
  /// The label of the question, such as `1`; from the question around it.
  public var questionLabel: String
  /// The label of the part in which the answer stands, such as `c`; `nil` means anywhere in the question.
  public var partLabel: String?
  /// Declared variables, distributions and definitions.
  public var declarations: [Declaration]
  /// The quantity that an answer must give, as a formula such as `KL(q \| p)`; empty for a map or a drawing.
  public var target: Located<String>?
  /// Names that stand for the target when an answer writes them alone on a side, such as `L` or `loss`.
  public var targetNames: [Located<String>]
  /// What the answer's side may contain beside closed form: `divergence`, `expectation`, `integral`, `density`, ...
  public var allowed: [String]
  /// Whether the answer is a map compared in law (`z = \mu + \sigma \epsilon`) instead of a value.
  public var isMap: Bool
  /// Right answers, named variants and named mistakes, in order.
  public var alternatives: [Alternative]
  /// Special cases in which a general answer may be right.
  public var cases: [SpecialCase]
  /// Formulas that earn nothing when copied: the question's and the criterion's own.
  public var given: [Located<String>]
  /// Conventions by name, such as `sign` = `either`.
  public var conventions: [String: Located<String>]
  /// Credit of each rung of the ladder, such as `up-to-constant` = 0.5.
  public var credits: [String: Double]
  /// The ids of criteria whose right answer earns this one too.
  public var impliedBy: [Located<String>]
  /// Text for students by mistake slug or verdict.
  public var feedback: [String: String]
  /// Notes for staff, never shown to students.
  public var notes: String
  /// Sample answers with the verdict that each must get.
  public var tests: [SampleAnswer]

  /// Creates a criterion with nothing but its frame.
  public init(
    id: String, place: Place, title: String, points: Points, check: Check,
    vocabulary: Located<String>, questionLabel: String, partLabel: String?
  ) {
    self.id = id
    self.place = place
    self.title = title
    self.points = points
    self.check = check
    self.vocabulary = vocabulary
    self.questionLabel = questionLabel
    self.partLabel = partLabel
    declarations = []
    target = nil
    targetNames = []
    allowed = []
    isMap = false
    alternatives = []
    cases = []
    given = []
    conventions = [:]
    credits = [:]
    impliedBy = []
    feedback = [:]
    notes = ""
    tests = []
  }
}

/// A name that the question declares.
public enum Declaration: Hashable, Sendable {
  /// A variable: its name, the axes that it is a family over (`data`, `latent`, `observed`), what it measures, and other names for it.
  case variable(name: Located<String>, axes: [String], kind: String, aliases: [String])
  /// A distribution: its name, its formula such as `N(\mu_q, \sigma_q^2)`, and other names for it.
  case distribution(name: Located<String>, formula: Located<String>, aliases: [String])
  /// A definition: a name and the formula that it abbreviates.
  case definition(name: Located<String>, formula: Located<String>)
  /// An arbitrary function of so many arguments, evaluated as a seeded smooth function, and other names for it.
  case function(name: Located<String>, arity: Int, aliases: [String])
}

/// A formula that an answer may agree with, and what it earns then.
public struct Alternative: Sendable {
  /// A stable slug, such as `reference` or `kl.reversed`.
  public var id: String
  /// The credit from 0 to 1: 1 a right answer, 0 a named mistake, between them a named variant.
  public var credit: Double
  /// The formula.
  public var formula: Located<String>
  /// The reason for the student.
  public var reason: String
  /// By what the formula is a gradient, for estimators: `\mu`, or `\phi` for all parameters.
  public var parameter: Located<String>?

  /// Creates an alternative.
  public init(
    id: String, credit: Double, formula: Located<String>, reason: String,
    parameter: Located<String>? = nil
  ) {
    self.parameter = parameter
    self.id = id
    self.credit = credit
    self.formula = formula
    self.reason = reason
  }
}

/// A special case: values of variables for which the general formula takes a known form.
public struct SpecialCase: Sendable {
  /// A stable slug, such as `standard-normal-prior`.
  public var id: String
  /// The credit of an answer that is right in this case alone.
  public var credit: Double
  /// Equations that hold in the case, such as `\mu_p = 0`, `s_x fixed`, or `latent = 1` for the size of an axis.
  public var conditions: [Located<String>]
  /// Words by which an answer says that it means the case, such as `unit variance`; formulas are found by themselves.
  public var phrases: [String]
  /// The credit of an answer that says that it means the case; `credit` if `nil`.
  public var statedCredit: Double?
  /// Whether the case counts only where the answer states it.
  public var mustBeStated: Bool

  /// Creates a special case.
  public init(
    id: String, credit: Double, conditions: [Located<String>], phrases: [String] = [],
    statedCredit: Double? = nil, mustBeStated: Bool = false
  ) {
    self.id = id
    self.credit = credit
    self.conditions = conditions
    self.phrases = phrases
    self.statedCredit = statedCredit
    self.mustBeStated = mustBeStated
  }
}

/// A sample answer of a rubric and the verdict that it must get.
public struct SampleAnswer: Sendable {
  /// The answer as a student would write it.
  public var text: Located<String>
  /// The verdict that it must get.
  public var verdict: Verdict
  /// The mistake that must be named, if the rubric says so.
  public var mistake: String?

  /// Creates a sample answer.
  public init(text: Located<String>, verdict: Verdict, mistake: String?) {
    self.text = text
    self.verdict = verdict
    self.mistake = mistake
  }
}
