/// Points that a person gave by hand; they count instead of the automatic ones.
public struct ManualMark: Hashable, Sendable {
  /// The points given.
  public var points: Points
  /// Who gave them.
  public var who: String
  /// When, as text given by whoever recorded it.
  public var when: String
  /// Why.
  public var why: String

  /// Creates a manual mark.
  public init(points: Points, who: String, when: String, why: String) {
    self.points = points
    self.who = who
    self.when = when
    self.why = why
  }
}

/// A scorecard with what the gradebook knows about it: manual marks, titles, the attempt.
public struct GradedScorecard: Hashable, Sendable {
  /// The automatic assessments.
  public var scorecard: Scorecard
  /// The number of the attempt that counts, from 1; 0 if no attempt was graded.
  public var attempt: Int
  /// The titles of the criteria by their ids.
  public var titles: [String: String]
  /// The manual marks by the ids of their criteria.
  public var marks: [String: ManualMark]
  /// Why the grader failed in its last run over this submission; `nil` if it did not.
  ///
  /// The assessments are then those of an earlier run, or all `review` if there was none.
  public var failure: String?

  /// Creates a graded scorecard.
  public init(
    scorecard: Scorecard, attempt: Int = 1, titles: [String: String] = [:],
    marks: [String: ManualMark] = [:], failure: String? = nil
  ) {
    self.scorecard = scorecard
    self.attempt = attempt
    self.titles = titles
    self.marks = marks
    self.failure = failure
  }

  /// Returns the points that count for a criterion: the manual ones if there are any.
  public func points(of assessment: Assessment) -> Points {
    marks[assessment.criterion]?.points ?? assessment.points
  }

  /// Returns the points of a criterion that a person has yet to decide; none once there is a mark.
  public func pending(of assessment: Assessment) -> Points {
    marks[assessment.criterion] == nil ? assessment.pending : .zero
  }

  /// The points that count.
  public var score: Points {
    scorecard.assessments.reduce(.zero) { $0 + points(of: $1) }
  }

  /// The points that a person has yet to decide.
  public var pending: Points {
    scorecard.assessments.reduce(.zero) { $0 + pending(of: $1) }
  }
}

/// The score of one student for one assignment.
public struct ScoreRow: Hashable, Sendable {
  /// The id of the assignment.
  public var assignment: String
  /// The key of the student.
  public var student: String
  /// The number of the attempt that counts, from 1; 0 if no attempt was graded.
  public var attempt: Int
  /// The points that count, manual marks included.
  public var score: Points
  /// The points that a person has yet to decide.
  public var pending: Points
  /// The most points that the assignment gives.
  public var possible: Points
  /// The number of manual marks among them.
  public var manualMarks: Int
  /// Why the grader failed in its last run over this submission; `nil` if it did not.
  public var failure: String?

  /// Creates a row.
  public init(
    assignment: String, student: String, attempt: Int = 1, score: Points, pending: Points,
    possible: Points, manualMarks: Int = 0, failure: String? = nil
  ) {
    self.assignment = assignment
    self.student = student
    self.attempt = attempt
    self.score = score
    self.pending = pending
    self.possible = possible
    self.manualMarks = manualMarks
    self.failure = failure
  }
}
