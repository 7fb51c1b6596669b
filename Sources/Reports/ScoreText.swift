import Homework

extension ScoreRow {
  /// The score as a range while points are pending: `11 of 30`, `11 to 17 of 30`.
  var scoreText: String { rangeText(score, pending: pending, possible: possible) }
}

extension GradedScorecard {
  /// The score as a range while points are pending: `11 of 30`, `11 to 17 of 30`.
  var scoreText: String { rangeText(score, pending: pending, possible: scorecard.possible) }

  /// The points of one criterion as a range while they are pending.
  func pointsText(of assessment: Assessment) -> String {
    rangeText(
      points(of: assessment), pending: pending(of: assessment), possible: assessment.possible)
  }
}

private func rangeText(_ points: Points, pending: Points, possible: Points) -> String {
  pending > .zero
    ? "\(points) to \(points + pending) of \(possible)" : "\(points) of \(possible)"
}
