public import Homework

/// The way from what a student wrote to the points, for a terminal.
public enum Explanation {
  private static let columns = 96

  /// Returns the explanation of a scorecard or of one of its criteria.
  ///
  /// - Parameters:
  ///   - card: The marks.
  ///   - criterion: The id of the one criterion to explain, `nil` for all.
  ///   - colour: Whether to use the colours of a terminal.
  ///   - line: Gives the line of a submission on which a place lies, `nil` if it is not at hand; it
  ///     is shown where it holds more than the formula itself.
  /// - Returns: `nil` if the card has no such criterion.
  public static func text(
    _ card: GradedScorecard, criterion: String? = nil, colour: Bool = false,
    line: (Place) -> String? = { _ in nil }
  ) -> String? {
    let assessments = card.scorecard.assessments.filter {
      criterion == nil || $0.criterion == criterion
    }
    if criterion != nil, assessments.isEmpty { return nil }
    let ink = Ink(isOn: colour)
    var page = Page(columns: columns)
    page.line(
      ink.bold("\(card.scorecard.student.visible), \(card.scorecard.assignment.visible)")
        + ": \(card.scoreText)" + (card.attempt > 1 ? ", attempt \(card.attempt)" : ""))
    if let failure = card.failure {
      page.paragraph("The grader failed in its last run, the marks are older: \(failure)")
    }
    for assessment in assessments {
      page.line("")
      write(assessment, of: card, ink: ink, line: line, on: &page)
    }
    return page.text
  }

  private static func write(
    _ assessment: Assessment, of card: GradedScorecard, ink: Ink, line: (Place) -> String?,
    on page: inout Page
  ) {
    let id = assessment.criterion
    let title = card.titles[id].map { " \($0.visible)" } ?? ""
    page.line(
      ink.bold(id.visible) + title + ": "
        + ink.verdict(assessment.verdict, assessment.verdict.rawValue)
        + ", \(card.pointsText(of: assessment))")
    page.indented { page in
      page.paragraph(assessment.reason)
      if !assessment.mistakes.isEmpty {
        page.paragraph("mistakes: " + assessment.mistakes.joined(separator: ", "))
      }
      for reading in assessment.read { write(reading, line: line(reading.place), on: &page) }
      if let witness = assessment.witness {
        write(witness, labels: assessment.witnessLabels, on: &page)
      }
      if !assessment.steps.isEmpty { write(assessment.steps, ink: ink, on: &page) }
      if let mark = card.marks[id] {
        page.paragraph(
          "By hand: \(mark.points) of \(assessment.possible) by \(mark.who), \(mark.when): \(mark.why)"
        )
      }
    }
  }

  private static func write(_ reading: Reading, line: String?, on page: inout Page) {
    page.line(reading.place.description.visible)
    page.indented { page in
      if let line, line.split(separator: " ") != reading.text.split(separator: " ") {
        let number = "\(reading.place.line) | "
        let before = String(
          String.UnicodeScalarView(line.unicodeScalars.prefix(max(0, reading.place.column - 1))))
        if before.visible.width + number.width < 72 {
          page.line(number + line.visible)
          page.line(String(repeating: " ", count: number.width + before.visible.width) + "^")
        }
      }
      page.paragraph(reading.text)
      if !reading.understood.isEmpty { page.paragraph("read as: " + reading.understood) }
    }
  }

  private static func write(
    _ witness: Witness, labels: (student: String, reference: String), on page: inout Page
  ) {
    var rows = witness.point.map { ($0.name.visible, $0.valueText) }
    rows.append((labels.student, Figure.text(witness.student)))
    rows.append((labels.reference, Figure.text(witness.reference)))
    let width = rows.reduce(0) { max($0, $1.0.width) }
    page.line(witness.point.isEmpty ? "for comparison" : "at this point")
    page.indented { page in
      for (name, value) in rows { page.entry(name.padded(to: width), value) }
    }
  }

  private static func write(_ steps: [Step], ink: Ink, on page: inout Page) {
    page.line("step by step")
    page.indented { page in
      for step in steps {
        let mark =
          switch step.holds {
          case true?: ink.verdict(.correct, "\u{2713}")
          case false?: ink.verdict(.incorrect, "\u{2717}")
          case nil: ink.verdict(.review, "?")
          }
        let reason = step.reason.isEmpty ? "" : "  \(step.reason.visible)"
        page.line("\(mark) line \(step.line)  \(step.relation.visible)\(reason)")
      }
    }
  }
}

/// Lines of a bounded width with an indentation.
private struct Page {
  let columns: Int
  private(set) var text = ""
  private var indentation = 0

  init(columns: Int) {
    self.columns = columns
  }

  /// Adds a line that is already safe and short.
  mutating func line(_ line: String) {
    text += line.isEmpty ? "\n" : String(repeating: " ", count: indentation) + line + "\n"
  }

  /// Adds text from outside: hidden characters written out, broken into lines.
  mutating func paragraph(_ paragraph: String) {
    for line in paragraph.wrapped(to: columns - indentation) { self.line(line) }
  }

  /// Adds a name and beside it a value, broken into lines.
  mutating func entry(_ name: String, _ value: String) {
    let width = name.width + 2
    for (index, line) in value.wrapped(to: max(24, columns - indentation - width)).enumerated() {
      self.line((index == 0 ? name : "").padded(to: width) + line)
    }
  }

  /// Writes what `body` adds two columns to the right.
  mutating func indented(_ body: (inout Page) -> Void) {
    indentation += 2
    body(&self)
    indentation -= 2
  }
}
