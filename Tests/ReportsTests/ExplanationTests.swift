import Homework
import Reports
import Testing

struct ExplanationTests {
  @Test func `A card is explained from the text to the points`() throws {
    let text = try #require(Explanation.text(Samples.graded[0]))
    try expectSnapshot(text, "explanation.txt")
  }

  @Test func `Manual marks and a failure of the grader are explained`() throws {
    let text = try #require(Explanation.text(Samples.graded[1]))
    try expectSnapshot(text, "explanation-manual.txt")
  }

  @Test func `One criterion is explained with its line and in colour`() throws {
    let text = try #require(
      Explanation.text(Samples.graded[0], criterion: "q1.b", colour: true) { place in
        place.line == 41 ? "$$L = E_q[\\log p(x|z)] - KL(q||p)$$\u{7}" : nil
      })
    #expect(
      text == """
        \u{1B}[1malice, homework-1\u{1B}[0m: 6.13 to 9.13 of 24.25

        \u{1B}[1mq1.b\u{1B}[0m The bound: \u{1B}[32mcorrect\u{1B}[0m, 4 of 4
          Holds in every model.
          answers.md:41:3
            41 | $$L = E_q[\\log p(x|z)] - KL(q||p)$$\\u{7}
                   ^
            L = E_q[\\log p(x|z)] - KL(q||p)
            read as: L = E_{q}[\\log p(x \\mid z)] - KL(q \\| p)

        """)
  }

  @Test func `The numbers of a false step are its sides`() throws {
    var assessment = Samples.bound
    assessment.verdict = .incorrect
    assessment.witness = Witness(point: [], student: 1, reference: 2)
    for (mistake, labels) in [
      ("false-step", ["the left side gives", "the right side gives"]),
      ("plus-kl", ["the answer gives", "the reference gives"]),
    ] {
      assessment.mistakes = [mistake]
      let card = GradedScorecard(
        scorecard: Scorecard(assignment: "hw", student: "a", assessments: [assessment]))
      let text = try #require(Explanation.text(card))
      let html = HTMLReport.html(title: "hw", cards: [card])
      for label in labels {
        #expect(text.contains(label))
        #expect(html.contains(label))
      }
    }
  }

  @Test func `A criterion that is not there has no explanation`() {
    #expect(Explanation.text(Samples.graded[0], criterion: "q9") == nil)
  }

  @Test func `Long text is broken into lines`() throws {
    var assessment = Samples.bound
    assessment.reason = String(repeating: "\u{738B}", count: 100) + " " + "word "
    assessment.read[0].text = String(repeating: "x", count: 100_000)
    let card = GradedScorecard(
      scorecard: Scorecard(assignment: "hw", student: "a", assessments: [assessment]))
    let lines = try #require(Explanation.text(card)).split(separator: "\n")
    #expect(lines[2] == "  " + String(repeating: "\u{738B}", count: 47))
    #expect(lines[4] == "  " + String(repeating: "\u{738B}", count: 6) + " word")
    #expect(lines.allSatisfy { $0.unicodeScalars.count <= 96 })
    #expect(lines.count == 1 + 4 + 1 + 1087 + 1)
  }
}
