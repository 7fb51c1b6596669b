import Gradebook
import Homework
import Testing

struct GradebookTests {
  @Test func `Scores add up with pending points apart`() throws {
    let book = try Gradebook.sample()
    let faults = try book.grade(
      Samples.entry("bob", content: "1", [0.5, 0]), Samples.entry("alice", content: "2", [1, nil]))
    #expect(faults == [])
    #expect(try book.lines() == ["alice 4+4/8", "bob 2+0/8"])
    #expect(try book.scores(student: "bob").map(\.student) == ["bob"])
    #expect(try book.scores(assignment: "other") == [])
  }

  @Test func `Every field of a scorecard comes back as it was`() throws {
    let book = try Gradebook.sample(Samples.assignment(criteria: ["a", "b", "c"]))
    let values: [Double] = [
      0.1 + 0.2, -0.0, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
      1 / 3, 1e15, 123_456_789_012_345_680,
    ]
    let text = "\u{0}\u{1B}[31m \"\\ \u{2028}\u{202E} \u{1F600} e\u{301} \n\t'; DROP TABLE results;"
    let card = Scorecard(
      assignment: "hw", student: "zo\u{EB}",
      assessments: [
        Assessment(
          criterion: "a", verdict: .partial, credit: 1.0 / 3, possible: Points(hundredths: 425),
          mistakes: ["sign", text], reason: "R\u{1F600}",
          read: [
            Reading(
              place: Place(file: text, line: 1, column: 9_007_199_254_740_991), text: text,
              understood: "\\frac{1}{2}"),
            Reading(place: Place(file: "", line: 0, column: -1), text: "", understood: ""),
          ],
          witness: Witness(
            point: [
              .init(name: "x", values: values), .init(name: "x", values: []),
              .init(name: "", values: [1]),
            ], student: 0.1, reference: -.infinity),
          steps: [
            Step(line: 44, relation: ">=", holds: true),
            Step(line: 45, relation: "=", holds: false, reason: text),
            Step(line: 46, relation: "propto", holds: nil, reason: "unread"),
          ]),
        Samples.assessment("b", nil), Samples.assessment("c", 0),
      ])
    #expect(try book.grade(Entry(scorecard: card, contentHash: "1")) == [])
    let read = try #require(try book.scorecards().first)
    #expect(read.scorecard == card)
    #expect(
      read.scorecard.assessments[0].witness?.point[0].values.map(\.bitPattern)
        == values.map(\.bitPattern))
    #expect(read.titles == ["a": "Title of a", "b": "Title of b", "c": "Title of c"])
    #expect(read.attempt == 1)
    #expect(read.marks == [:])
    #expect(read.failure == nil)
  }

  @Test func `A value that is not a number comes back as one`() throws {
    let book = try Gradebook.sample()
    var entry = Samples.entry("alice", content: "1", [0, 0])
    entry.scorecard.assessments[0].witness = Witness(
      point: [.init(name: "x", values: [.nan])], student: .nan, reference: 1)
    try book.grade(entry)
    let witness = try book.scorecards().first?.scorecard.assessments[0].witness
    #expect(witness?.student.isNaN == true)
    #expect(witness?.point[0].values[0].isNaN == true)
  }

  @Test func `NUL in a reason becomes a visible sign`() throws {
    let book = try Gradebook.sample()
    var entry = Samples.entry("alice", content: "1", [0, 0])
    entry.scorecard.assessments[0].reason = "a\0b"
    try book.grade(entry)
    #expect(try book.scorecards()[0].scorecard.assessments[0].reason == "a\u{2400}b")
  }

  @Test func `Assignments are kept apart`() throws {
    let book = try Gradebook.sample()
    var other = Samples.assignment(criteria: ["a"])
    other.id = "hw2"
    try book.register(assignment: other)
    try book.grade(Samples.entry("alice", content: "1", [1, 1]))
    let run = try book.beginRun(
      assignment: "hw2", rubricHash: "r", graderVersion: "1", startedAt: "")
    var entry = Samples.entry("alice", content: "1", [0.25])
    entry.scorecard.assignment = "hw2"
    #expect(try book.store([entry], run: run) == [])
    #expect(
      try book.scores(student: "alice").map { "\($0.assignment) \($0.score)/\($0.possible)" }
        == ["hw 8/8", "hw2 1/4"])
    #expect(try book.scorecards(assignment: "hw2").map(\.scorecard) == [entry.scorecard])
  }

  @Test func `Keys that only look the same are those of two students`() throws {
    let book = try Gradebook.sample()
    try book.grade(
      Samples.entry("e\u{301}", content: "1", [1, 1]),
      Samples.entry("\u{E9}", content: "1", [0, 1]))
    #expect(try book.scores().map(\.score.hundredths) == [800, 400])
  }

  @Test func `Statistics give the mean of a criterion`() throws {
    let book = try Gradebook.sample()
    try book.grade(
      Samples.entry("alice", content: "1", [1, nil]), Samples.entry("bob", content: "2", [0.5, 0]))
    let statistics = try book.statistics(assignment: "hw")
    #expect(statistics.map(\.criterion) == ["a", "b"])
    #expect(statistics.map(\.meanPoints) == [3, 0])
    #expect(statistics.map(\.pending) == [0, 1])
    #expect(statistics.map(\.students) == [2, 2])
  }
}
