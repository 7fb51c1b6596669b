public import Homework

/// The marks as one HTML page that stands alone: no script, nothing loaded from elsewhere.
///
/// Everything that comes from a submission is escaped, and a content security policy forbids all but
/// the style of the page itself.
public enum HTMLReport {
  /// Returns the page: a table of scores, then each card with its reasons.
  public static func html(title: String, cards: [GradedScorecard]) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
    style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(XMLText.escaped(title))</title>
    <style>
    \(style)
    </style>
    </head>
    <body>
    <h1>\(XMLText.escaped(title))</h1>
    \(overview(cards))
    \(cards.enumerated().map { section($0.offset, $0.element) }.joined(separator: "\n"))
    </body>
    </html>

    """
  }

  private static let style = """
    body { font: 16px/1.45 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
    table { border-collapse: collapse; }
    th, td { text-align: left; padding: .2rem .8rem .2rem 0; vertical-align: top; }
    pre { background: #f4f4f4; padding: .4rem .6rem; white-space: pre-wrap; overflow-wrap: anywhere; }
    .correct { color: #1a7f37; } .partial { color: #9a6700; } .review { color: #0969da; }
    .incorrect, .missing, .failed { color: #b3261e; }
    """

  private static func overview(_ cards: [GradedScorecard]) -> String {
    let rows = cards.enumerated().map { index, card in
      "<tr><td><a href=\"#s\(index)\">\(XMLText.escaped(card.scorecard.student))</a></td>"
        + "<td>\(card.scoreText)</td></tr>"
    }
    return "<table>\n<tr><th>student</th><th>score</th></tr>\n"
      + rows.joined(separator: "\n") + "\n</table>"
  }

  private static func section(_ index: Int, _ card: GradedScorecard) -> String {
    var parts = [
      "<h2 id=\"s\(index)\">\(XMLText.escaped(card.scorecard.student)): \(card.scoreText)</h2>"
    ]
    if let failure = card.failure {
      parts.append("<p class=\"failed\">The grader failed: \(XMLText.escaped(failure))</p>")
    }
    parts += card.scorecard.assessments.map { criterion($0, card) }
    return parts.joined(separator: "\n")
  }

  private static func criterion(_ assessment: Assessment, _ card: GradedScorecard) -> String {
    let id = assessment.criterion
    let verdict = assessment.verdict.rawValue
    let title = card.titles[id].map { " \($0)" } ?? ""
    var parts = [
      "<h3>\(XMLText.escaped(id + title)): <span class=\"\(verdict)\">\(verdict)</span>, "
        + "\(card.pointsText(of: assessment))</h3>",
      "<p>\(XMLText.escaped(assessment.reason))</p>",
    ]
    for reading in assessment.read {
      parts.append(
        "<p>\(XMLText.escaped(reading.place.description))</p>\n"
          + "<pre>\(XMLText.escaped(reading.text))</pre>\n"
          + "<p>read as</p>\n<pre>\(XMLText.escaped(reading.understood))</pre>")
    }
    if let witness = assessment.witness {
      parts.append(table(witness, labels: assessment.witnessLabels))
    }
    if !assessment.steps.isEmpty { parts.append(list(assessment.steps)) }
    if let mark = card.marks[id] {
      parts.append(
        "<p>By hand: \(mark.points) by \(XMLText.escaped("\(mark.who), \(mark.when): \(mark.why)"))</p>"
      )
    }
    return parts.joined(separator: "\n")
  }

  private static func table(
    _ witness: Witness, labels: (student: String, reference: String)
  ) -> String {
    let rows =
      witness.point.map { ($0.name, $0.valueText) } + [
        (labels.student, Figure.text(witness.student)),
        (labels.reference, Figure.text(witness.reference)),
      ]
    return "<table>\n"
      + rows.map { "<tr><td>\(XMLText.escaped($0.0))</td><td>\(XMLText.escaped($0.1))</td></tr>" }
      .joined(separator: "\n") + "\n</table>"
  }

  private static func list(_ steps: [Step]) -> String {
    let items = steps.map { step in
      let mark =
        switch step.holds {
        case true?: "holds"
        case false?: "fails"
        case nil: "not read"
        }
      let reason = step.reason.isEmpty ? "" : ": " + step.reason
      return "<li>" + XMLText.escaped("line \(step.line), \(step.relation) \(mark)\(reason)")
        + "</li>"
    }
    return "<ul>\n" + items.joined(separator: "\n") + "\n</ul>"
  }
}
