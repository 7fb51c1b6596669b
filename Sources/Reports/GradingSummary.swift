public import Homework

/// What a run of the grader has found, as a table of students and criteria for a terminal.
public enum GradingSummary {
  /// Returns the table, its legend and the counts.
  ///
  /// - Parameters:
  ///   - cards: The marks of all submissions, unchanged ones as well.
  ///   - unchanged: How many of them were not graded again.
  ///   - faults: The number of things in submissions that could not be read.
  ///   - mostRows: The number of students that the table shows; the counts are of all.
  /// - Returns: Lines of text; a line without a table if there is no card.
  public static func text(
    _ cards: [GradedScorecard], unchanged: Int = 0, faults: Int = 0, mostRows: Int = 60
  ) -> String {
    if cards.isEmpty { return "no submissions\n" }
    let criteria = Self.criteria(of: cards)
    var table = Table(("student", .left))
    for number in criteria.indices { table.columns.append((String(number + 1), .left)) }
    table.columns.append(("score", .left))
    for card in cards.prefix(mostRows) { table.append(cells(card, criteria.map(\.id))) }
    var text = table.text
    if cards.count > mostRows {
      text += "and \(cards.count - mostRows) more; 'gradus scores' lists all\n"
    }
    return text + "\n" + legend(criteria) + "\n" + counts(cards, unchanged, faults)
  }

  private struct Column {
    var id: String
    var possible: Points
  }

  /// The criteria of all cards in the order of their first appearance.
  private static func criteria(of cards: [GradedScorecard]) -> [Column] {
    var seen: Set<String> = []
    return cards.flatMap(\.scorecard.assessments).filter { seen.insert($0.criterion).inserted }
      .map { Column(id: $0.criterion, possible: $0.possible) }
  }

  private static func cells(_ card: GradedScorecard, _ criteria: [String]) -> [String] {
    var marks: [String: String] = [:]
    for assessment in card.scorecard.assessments {
      let isManual = card.marks[assessment.criterion] != nil
      marks[assessment.criterion] = assessment.verdict.mark + (isManual ? "*" : "")
    }
    return [card.scorecard.student] + criteria.map { marks[$0] ?? "" }
      + [card.scoreText + (card.failure == nil ? "" : " !")]
  }

  private static func legend(_ criteria: [Column]) -> String {
    var table = Table(("", .right), ("", .left), ("", .right))
    for (index, column) in criteria.enumerated() {
      table.append([String(index + 1), column.id, column.possible.description])
    }
    let rows = table.text.drop { $0 == "\n" }
    let marks = Verdict.allCases.map { "\($0.mark) \($0.rawValue)" }
    return rows + "\n" + marks.joined(separator: "  ")
      + "  * by hand  ! the grader failed\n"
  }

  private static func counts(
    _ cards: [GradedScorecard], _ unchanged: Int, _ faults: Int
  ) -> String {
    let reviews = cards.reduce(0) { sum, card in
      sum + card.scorecard.assessments.count { card.pending(of: $0) > .zero }
    }
    let failures = cards.count { $0.failure != nil }
    var parts = [
      counted(cards.count, "submission") + (unchanged > 0 ? " (\(unchanged) unchanged)" : ""),
      counted(reviews, "answer") + " to review",
    ]
    if faults > 0 { parts.append(counted(faults, "fault") + " in submissions") }
    if failures > 0 { parts.append("the grader failed on \(failures)") }
    return parts.joined(separator: ", ") + "\n"
  }

  private static func counted(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}

extension Verdict {
  /// The verdict as one character.
  var mark: String {
    switch self {
    case .correct: "\u{2713}"
    case .partial: "\u{BD}"
    case .incorrect: "\u{2717}"
    case .missing: "\u{2013}"
    case .review: "?"
    }
  }
}
