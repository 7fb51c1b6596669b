/// What is decided about one criterion of one submission.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
  /// The answer is right.
  case correct
  /// The answer earns a part of the points, for a named reason.
  case partial
  /// The answer is wrong, and a reason says where.
  case incorrect
  /// The part was read and holds nothing that could be the answer.
  case missing
  /// A person must decide; the points are pending.
  case review
}

/// A stretch of a submission that was read as a formula.
public struct Reading: Hashable, Sendable {
  /// Where the stretch begins.
  public var place: Place
  /// The text as handed in.
  public var text: String
  /// What was understood, as LaTeX.
  public var understood: String

  /// Creates a reading.
  public init(place: Place, text: String, understood: String) {
    self.place = place
    self.text = text
    self.understood = understood
  }
}

/// A point at which the answer and the reference were evaluated.
public struct Witness: Hashable, Sendable {
  /// The value of one variable at the point.
  public struct Coordinate: Hashable, Sendable {
    /// The name of the variable.
    public var name: String
    /// Its values: one for a number, more for a family.
    public var values: [Double]

    /// Creates a coordinate.
    public init(name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// The point, in order of the names.
  public var point: [Coordinate]
  /// The value of the student's formula.
  public var student: Double
  /// The value of the reference.
  public var reference: Double

  /// Creates a witness.
  public init(point: [Coordinate], student: Double, reference: Double) {
    self.point = point
    self.student = student
    self.reference = reference
  }
}

extension Assessment {
  /// Whether the two numbers of the witness are the sides of a step, not an answer and its reference.
  public var hasSidesAsWitness: Bool { mistakes.contains("false-step") }

  /// What the two numbers of the witness are.
  public var witnessLabels: (student: String, reference: String) {
    hasSidesAsWitness
      ? ("the left side gives", "the right side gives")
      : ("the answer gives", "the reference gives")
  }
}

/// One relation of a derivation and whether it holds.
public struct Step: Hashable, Sendable {
  /// The line of the file on which the relation stands.
  public var line: Int
  /// The relation as written, one of `=`, `>=`, `<=`, `propto`, `:=`, `approx`, `=>`.
  public var relation: String
  /// Whether the relation holds as claimed; `nil` if it could not be read.
  public var holds: Bool?
  /// Why it fails or could not be read; of one that holds what is known of it, such as the gap of an inequality.
  public var reason: String

  /// Creates a step.
  public init(line: Int, relation: String, holds: Bool?, reason: String = "") {
    self.line = line
    self.relation = relation
    self.holds = holds
    self.reason = reason
  }
}

/// The verdict on one criterion of one submission with everything that supports it.
public struct Assessment: Hashable, Sendable {
  /// The id of the criterion.
  public var criterion: String
  /// The verdict.
  public var verdict: Verdict
  /// The share of the points from 0 to 1; `nil` for `review`.
  public var credit: Double?
  /// The most points that the criterion gives.
  public var possible: Points
  /// Stable slugs of the mistakes found, the gravest first.
  public var mistakes: [String]
  /// The reason in one or two sentences for the student.
  public var reason: String
  /// The stretches of the submission on which the verdict rests.
  public var read: [Reading]
  /// The point that decides, if the verdict rests on one.
  public var witness: Witness?
  /// The relations of a derivation, in order.
  public var steps: [Step]

  /// Creates an assessment.
  public init(
    criterion: String, verdict: Verdict, credit: Double?, possible: Points,
    mistakes: [String] = [], reason: String, read: [Reading] = [], witness: Witness? = nil,
    steps: [Step] = []
  ) {
    self.criterion = criterion
    self.verdict = verdict
    self.credit = credit
    self.possible = possible
    self.mistakes = mistakes
    self.reason = reason
    self.read = read
    self.witness = witness
    self.steps = steps
  }

  /// The points earned; 0 while the verdict is `review`.
  public var points: Points { possible.scaled(by: credit ?? 0) }

  /// The points that a person has yet to decide.
  public var pending: Points { verdict == .review ? possible : .zero }
}

/// The assessments of one submission for one assignment, in the order of the rubric.
public struct Scorecard: Hashable, Sendable {
  /// The id of the assignment.
  public var assignment: String
  /// The key of the student: the name of the folder.
  public var student: String
  /// One assessment a criterion.
  public var assessments: [Assessment]

  /// Creates a scorecard.
  public init(assignment: String, student: String, assessments: [Assessment]) {
    self.assignment = assignment
    self.student = student
    self.assessments = assessments
  }

  /// The points earned so far.
  public var score: Points { assessments.reduce(.zero) { $0 + $1.points } }
  /// The points that a person has yet to decide.
  public var pending: Points { assessments.reduce(.zero) { $0 + $1.pending } }
  /// The most points that the assignment gives.
  public var possible: Points { assessments.reduce(.zero) { $0 + $1.possible } }
}
