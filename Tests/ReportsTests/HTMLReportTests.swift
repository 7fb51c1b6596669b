import Homework
import Reports
import Testing

struct HTMLReportTests {
  @Test func `The page shows every card`() throws {
    try expectSnapshot(
      HTMLReport.html(title: "Homework 1 <draft>", cards: Samples.graded), "report.html")
  }

  @Test func `Nothing of a submission becomes markup`() {
    let hostile = "</style></pre><script>alert(1)</script><img src=x onerror=\"alert(1)\">\u{1B}"
    var assessment = Samples.derivation
    assessment.criterion = hostile
    assessment.reason = hostile
    assessment.read = [
      Reading(
        place: Place(file: hostile, line: 1, column: 1), text: hostile, understood: hostile)
    ]
    assessment.witness = Witness(
      point: [.init(name: hostile, values: [1])], student: 1, reference: 2)
    assessment.steps = [Step(line: 1, relation: hostile, holds: nil, reason: hostile)]
    let mark = ManualMark(points: .zero, who: hostile, when: hostile, why: hostile)
    let page = HTMLReport.html(
      title: hostile,
      cards: [
        GradedScorecard(
          scorecard: Scorecard(assignment: hostile, student: hostile, assessments: [assessment]),
          titles: [hostile: hostile], marks: [hostile: mark], failure: hostile)
      ])
    #expect(!page.contains("<script"))
    #expect(!page.contains("<img"))
    #expect(!page.contains("\u{1B}"))
    #expect(page.contains("default-src 'none'"))
    #expect(page.components(of: "</style>") == 2)
  }
}

extension String {
  /// The number of pieces between the occurrences of `separator`.
  fileprivate func components(of separator: String) -> Int { split(separator: separator).count }
}
