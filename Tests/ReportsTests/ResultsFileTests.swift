import Homework
import Reports
import Testing

struct ResultsFileTests {
  @Test func `The file is an array with a line a criterion`() throws {
    try expectSnapshot(ResultsFile.json([Samples.alice, Samples.bob]), "results.json")
  }

  @Test func `Manual marks count where they are known`() throws {
    try expectSnapshot(ResultsFile.json(Samples.graded), "results-graded.json")
  }

  @Test func `The file is JSON with the totals`() throws {
    let cards = try #require(try JSONValue(json: ResultsFile.json(Samples.graded)).array)
    #expect(cards.map { $0["score"]?.number } == [6.13, 18.63])
    #expect(cards.map { $0["pending"]?.number } == [3, 0])
    #expect(cards.map { $0["possible"]?.number } == [24.25, 24.25])
  }

  @Test func `No card is an empty array`() {
    #expect(ResultsFile.json([Scorecard]()) == "[]\n")
  }

  @Test func `A criterion is one line whose id can be another`() {
    #expect(
      ResultsFile.criterionJSON(Samples.framework) == """
        {"id": "q1.a", "verdict": "review", "credit": null, "points": 0, "possible": 3, \
        "mistake": null, "mistakes": [], "reason": "A picture is read by a person.", "read": [], \
        "witness": null, "steps": []}
        """)
    #expect(
      ResultsFile.criterionJSON(
        Samples.theorem, id: .number(7), extra: [.init("criterion", .string("q2"))]) == """
          {"id": 7, "verdict": "missing", "credit": 0, "points": 0, "possible": 10, \
          "mistake": null, "mistakes": [], \
          "reason": "No formula of the part is about the target.", "read": [], \
          "witness": null, "steps": [], "criterion": "q2"}
          """)
  }
}
