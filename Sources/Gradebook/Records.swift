public import Homework

/// What the gradebook keeps of a rubric.
public struct AssignmentRecord: Hashable, Sendable {
  /// What the gradebook keeps of a criterion.
  public struct Frame: Hashable, Sendable {
    /// The id of the criterion.
    public var id: String
    /// The title for people.
    public var title: String
    /// The most points that it gives.
    public var possible: Points

    /// Creates a frame.
    public init(id: String, title: String, possible: Points) {
      self.id = id
      self.title = title
      self.possible = possible
    }
  }

  /// The id of the assignment.
  public var id: String
  /// The title for people.
  public var title: String
  /// The hash of the rubric's file.
  public var rubricHash: String
  /// Which attempt counts.
  public var attempts: Rubric.Attempts
  /// The criteria in the order of the rubric.
  public var criteria: [Frame]

  /// Creates a record.
  public init(
    id: String, title: String, rubricHash: String, attempts: Rubric.Attempts = .latest,
    criteria: [Frame]
  ) {
    self.id = id
    self.title = title
    self.rubricHash = rubricHash
    self.attempts = attempts
    self.criteria = criteria
  }

  /// Creates the record of a rubric whose file has the hash `rubricHash`.
  public init(_ rubric: Rubric, rubricHash: String) {
    self.init(
      id: rubric.id, title: rubric.title, rubricHash: rubricHash, attempts: rubric.attempts,
      criteria: rubric.criteria.map { Frame(id: $0.id, title: $0.title, possible: $0.points) })
  }
}

/// What a submission was graded with; while all of it is the same, grading again gives the same.
public struct GradedKey: Hashable, Sendable {
  /// The hash of what was handed in.
  public var contentHash: String
  /// The hash of the rubric's file.
  public var rubricHash: String
  /// The version of the grader.
  public var graderVersion: String

  /// Creates a key.
  public init(contentHash: String, rubricHash: String, graderVersion: String) {
    self.contentHash = contentHash
    self.rubricHash = rubricHash
    self.graderVersion = graderVersion
  }
}

/// The number of a run of the grader in one gradebook.
public struct RunID: Hashable, Sendable {
  let number: Int64
}

/// A scorecard to store.
public struct Entry: Hashable, Sendable {
  /// The marks.
  public var scorecard: Scorecard
  /// The hash of what was handed in.
  public var contentHash: String

  /// Creates an entry.
  public init(scorecard: Scorecard, contentHash: String) {
    self.scorecard = scorecard
    self.contentHash = contentHash
  }
}

/// Why a scorecard was not stored; the score before it stays.
public struct StoreFault: Hashable, Sendable {
  /// The key of the student.
  public var student: String
  /// Why, as a phrase.
  public var message: String
}
