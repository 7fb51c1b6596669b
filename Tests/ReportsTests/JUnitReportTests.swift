import Homework
import Reports
import Testing

struct JUnitReportTests {
  private let report = JUnitReport.xml(assignment: "homework-1", cards: Samples.graded)

  @Test func `The report has a suite a student and a case a criterion`() throws {
    try expectSnapshot(report, "junit.xml")
  }

  @Test func `The report keeps the rules of both schemas`() throws {
    #expect(JUnitRules.violations(in: try XMLElement(report)) == [])
  }

  @Test func `A report of no student keeps the rules as well`() throws {
    let root = try XMLElement(JUnitReport.xml(assignment: "hw", cards: []))
    #expect(JUnitRules.violations(in: root) == [])
    #expect(root.children.isEmpty)
  }

  @Test func `Verdicts become the outcomes of cases`() throws {
    let suites = try XMLElement(report).children
    func outcomes(_ suite: Int) -> [String] {
      suites[suite].children.filter { $0.name == "testcase" }.map {
        "\($0.attributes["name"] ?? ""): \($0.children.first?.name ?? "passed")"
      }
    }
    #expect(
      outcomes(0) == [
        "q1.a: skipped", "q1.b: passed", "q1.c: failure", "q1.d: failure", "q2: failure",
      ])
    #expect(
      outcomes(1) == [
        "q2: passed", "q1.d: failure", "q1.c: failure", "q1.b: passed", "q1.a: failure",
        "grader: error",
      ])
  }

  @Test func `Hostile text stays text`() throws {
    let hostile = "]]>&amp;<b>\"'\u{0}\u{8}\u{1B}\u{FFFE}\u{FFFF}\u{85}\u{202E}\n\t\u{1F600}"
    var assessment = Samples.divergence
    assessment.criterion = hostile
    assessment.reason = hostile
    assessment.mistakes = [hostile]
    let card = GradedScorecard(
      scorecard: Scorecard(
        assignment: hostile, student: hostile, assessments: [assessment, assessment]),
      failure: hostile)
    let report = JUnitReport.xml(
      assignment: hostile, cards: [card, card], hostname: "", timestamp: "2026-01-31T12:00:00")
    let root = try XMLElement(report)
    #expect(JUnitRules.violations(in: root) == [])
    #expect(!report.contains("]]>"))
    #expect(
      root.children.map { $0.attributes["name"]?.hasSuffix("(2)") } == [false, true])
    let failure = try #require(root.children[0].children[1].children.first)
    #expect(
      failure.attributes["message"]
        == "partial, 2.13 of 4.25: ]]>&amp;<b>\"'"
        + String(repeating: "\u{FFFD}", count: 7) + " \u{1F600}")
  }

  @Test func `Long text is cut`() throws {
    var assessment = Samples.divergence
    assessment.reason = String(repeating: "\u{1F600}", count: 1_000_000)
    let card = GradedScorecard(
      scorecard: Scorecard(assignment: "hw", student: "a", assessments: [assessment]))
    let report = JUnitReport.xml(assignment: "hw", cards: [card])
    #expect(report.unicodeScalars.count < 112_500)
    #expect(JUnitRules.violations(in: try XMLElement(report)) == [])
  }
}
