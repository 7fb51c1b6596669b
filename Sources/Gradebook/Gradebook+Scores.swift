import GRDB
public import Homework

extension Gradebook {
  /// Returns the scores by assignment and student, the attempt that counts of each.
  ///
  /// Manual marks count instead of automatic ones. A criterion without a result is pending.
  ///
  /// - Parameters:
  ///   - assignment: The id of the one assignment to give, `nil` for all.
  ///   - student: The key of the one student to give, `nil` for all.
  /// - Returns: The rows in order of the bytes of assignment and student.
  /// - Throws: `GradebookError`.
  public func scores(assignment: String? = nil, student: String? = nil) throws -> [ScoreRow] {
    try read { db in try CountedAttempt.all(db, assignment, student).map(\.row) }
  }

  /// Returns the full scorecards, the attempt that counts of each, with manual marks and failures.
  ///
  /// - Parameters:
  ///   - assignment: The id of the one assignment to give, `nil` for all.
  ///   - student: The key of the one student to give, `nil` for all.
  /// - Returns: The cards in order of the bytes of assignment and student.
  /// - Throws: `GradebookError`, also if a stored result cannot be read back.
  public func scorecards(
    assignment: String? = nil, student: String? = nil
  ) throws -> [GradedScorecard] {
    var cards: [GradedScorecard] = []
    try forEachScorecard(assignment: assignment, student: student) { cards.append($0) }
    return cards
  }

  /// Calls `body` with what `scorecards` returns, one at a time, so that memory stays bounded.
  public func forEachScorecard(
    assignment: String? = nil, student: String? = nil,
    _ body: (GradedScorecard) throws -> Void
  ) throws {
    try read { db in
      let reader = try CardReader(db)
      for attempt in try CountedAttempt.all(db, assignment, student) {
        try body(reader.card(attempt))
      }
    }
  }

  /// Returns the mean share of the points by criterion over the attempts that count.
  ///
  /// Criteria in order of the rubric; pending points count as none.
  public func statistics(assignment: String) throws -> [CriterionStatistics] {
    var sums: [String: (points: Points, pending: Int)] = [:]
    var order: [CriterionStatistics] = []
    var count = 0
    try forEachScorecard(assignment: assignment) { card in
      count += 1
      for assessment in card.scorecard.assessments {
        let id = assessment.criterion
        if sums[id] == nil {
          order.append(
            CriterionStatistics(
              criterion: id, title: card.titles[id] ?? id, possible: assessment.possible))
        }
        let isPending = card.pending(of: assessment) > .zero
        let sum = sums[id] ?? (.zero, 0)
        sums[id] = (sum.points + card.points(of: assessment), sum.pending + (isPending ? 1 : 0))
      }
    }
    return order.map { line in
      var line = line
      let sum = sums[line.criterion] ?? (.zero, 0)
      line.meanPoints = Double(sum.points.hundredths) / 100 / Double(count)
      line.pending = sum.pending
      line.students = count
      return line
    }
  }
}

/// How a class did on one criterion.
public struct CriterionStatistics: Hashable, Sendable {
  /// The id of the criterion.
  public var criterion: String
  /// The title for people.
  public var title: String
  /// The most points that it gives.
  public var possible: Points
  /// The mean of the points.
  public var meanPoints = 0.0
  /// The number of students that a person has yet to decide.
  public var pending = 0
  /// The number of students.
  public var students = 0
}
