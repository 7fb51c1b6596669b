/// How an assignment is scored.
public struct Rubric: Sendable {
  /// Which attempt counts when a student hands in several times.
  public enum Attempts: String, Sendable {
    /// The last one.
    case latest
    /// The one with the highest score.
    case best
  }

  /// The id of the assignment, such as `homework-1`.
  public var id: String
  /// The title for people.
  public var title: String
  /// Which attempt counts.
  public var attempts: Attempts
  /// The questions in order.
  public var questions: [Question]

  /// Creates a rubric.
  public init(id: String, title: String, attempts: Attempts = .latest, questions: [Question]) {
    self.id = id
    self.title = title
    self.attempts = attempts
    self.questions = questions
  }

  /// All criteria in the order of the file.
  public var criteria: [Criterion] { questions.flatMap(\.criteria) }
}

/// A question of an assignment.
public struct Question: Sendable {
  /// The id, such as `q1`.
  public var id: String
  /// The label as it stands in headings, such as `1`.
  public var label: String
  /// The title for people.
  public var title: String
  /// Formulas that the question prints; copying one earns nothing.
  public var given: [Located<String>]
  /// The criteria of all its parts, in order.
  public var criteria: [Criterion]

  /// Creates a question.
  public init(
    id: String, label: String, title: String, given: [Located<String>], criteria: [Criterion]
  ) {
    self.id = id
    self.label = label
    self.title = title
    self.given = given
    self.criteria = criteria
  }
}
