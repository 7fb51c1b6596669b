import Gradebook
import Homework
import Testing

struct RegradingTests {
  @Test func `Keys say what the latest attempt was graded with`() throws {
    let book = try Gradebook.sample()
    #expect(try book.gradedKeys(assignment: "hw") == [:])
    try book.grade(Samples.entry("alice", content: "1", [1, 1]))
    _ = try book.store(
      [Samples.entry("bob", content: "2", [1, 1])], run: book.run(rubric: "r2", grader: "2.0"))
    #expect(
      try book.gradedKeys(assignment: "hw") == [
        "alice": GradedKey(contentHash: "1", rubricHash: "r1", graderVersion: "1.0"),
        "bob": GradedKey(contentHash: "2", rubricHash: "r2", graderVersion: "2.0"),
      ])
    try book.grade(Samples.entry("alice", content: "3", [1, 1]))
    #expect(try book.gradedKeys(assignment: "hw")["alice"]?.contentHash == "3")
    #expect(try book.gradedKeys(assignment: "none") == [:])
  }

  @Test func `The same content graded again replaces its results`() throws {
    let book = try Gradebook.sample()
    try book.grade(Samples.entry("alice", content: "1", [1, 1]))
    try book.grade(Samples.entry("alice", content: "1", [0.5, nil]))
    #expect(try book.scores().map(\.attempt) == [1])
    #expect(try book.lines() == ["alice 2+4/8"])
  }

  @Test(arguments: [(Rubric.Attempts.latest, 3, "alice 2+0/8"), (.best, 2, "alice 6+0/8")])
  func `The attempt that counts is the rubric's choice`(
    attempts: Rubric.Attempts, attempt: Int, line: String
  ) throws {
    let book = try Gradebook.sample(Samples.assignment(attempts: attempts))
    try book.grade(Samples.entry("alice", content: "1", [1, 0]))
    try book.grade(Samples.entry("alice", content: "2", [1, 0.5]))
    try book.grade(Samples.entry("alice", content: "1", [0, 0.5]))
    #expect(try book.scores().map(\.attempt) == [attempt])
    #expect(try book.lines() == [line])
    #expect(try book.scorecards().map(\.attempt) == [attempt])
    #expect(try book.scorecards()[0].score == book.scores()[0].score)
  }

  @Test func `The later of two equally good attempts counts`() throws {
    let book = try Gradebook.sample(Samples.assignment(attempts: .best))
    try book.grade(Samples.entry("alice", content: "1", [1, 0]))
    try book.grade(Samples.entry("alice", content: "2", [0, 1]))
    #expect(try book.scores().map(\.attempt) == [2])
  }

  @Test func `A manual mark survives whatever is graded`() throws {
    let book = try Gradebook.sample()
    try book.grade(Samples.entry("alice", content: "1", [0.5, nil]))
    let mark = ManualMark(
      points: Points(hundredths: 325), who: "ta", when: "2026-02-01", why: "drawn\0 right")
    try book.setOverride(mark, student: "alice", assignment: "hw", criterion: "b")
    #expect(try book.lines() == ["alice 5.25+0/8"])
    try book.grade(Samples.entry("alice", content: "1", [1, 0]))
    #expect(try book.lines() == ["alice 7.25+0/8"])
    try book.grade(Samples.entry("alice", content: "2", [0, nil]))
    #expect(try book.lines() == ["alice 3.25+0/8"])
    var kept = mark
    kept.why = "drawn\u{2400} right"
    let card = try book.scorecards()[0]
    #expect(card.marks == ["b": kept])
    #expect(card.score == Points(hundredths: 325))
    #expect(card.pending == .zero)
    #expect(try book.scores()[0].manualMarks == 1)

    kept.points = .zero
    try book.setOverride(kept, student: "alice", assignment: "hw", criterion: "b")
    #expect(try book.lines() == ["alice 0+0/8"])
    #expect(try book.removeOverride(student: "alice", assignment: "hw", criterion: "b"))
    #expect(try !book.removeOverride(student: "alice", assignment: "hw", criterion: "b"))
    #expect(try book.lines() == ["alice 0+4/8"])
  }

  @Test func `If the grader fails the old score stays and the failure shows`() throws {
    let book = try Gradebook.sample()
    try book.grade(Samples.entry("alice", content: "1", [1, 1]))
    for student in ["alice", "bob"] {
      try book.storeFailure(
        student: student, assignment: "hw", run: book.run(), message: "out of memory")
    }
    #expect(try book.lines() == ["alice 8+0/8!", "bob 0+8/8!"])
    #expect(try book.scores().map(\.failure) == ["out of memory", "out of memory"])
    #expect(try book.scores().map(\.attempt) == [1, 0])
    let bob = try book.scorecards(student: "bob")[0]
    #expect(bob.scorecard.assessments.map(\.verdict) == [.review, .review])
    #expect(bob.scorecard.assessments.map(\.reason) == ["Not graded yet.", "Not graded yet."])
    #expect(bob.failure == "out of memory")
    #expect(try book.gradedKeys(assignment: "hw") == [:])
    try book.grade(Samples.entry("alice", content: "1", [1, 0]))
    #expect(try book.lines() == ["alice 4+0/8", "bob 0+8/8!"])
    #expect(try book.gradedKeys(assignment: "hw").keys.sorted() == ["alice"])
  }

  @Test func `A criterion that leaves the rubric counts no more, a new one is pending`() throws {
    let book = try Gradebook.sample()
    try book.grade(Samples.entry("alice", content: "1", [1, 1]))
    try book.register(assignment: Samples.assignment(criteria: ["c", "a"], rubric: "r2"))
    #expect(try book.lines() == ["alice 4+4/8"])
    #expect(try book.scorecards()[0].scorecard.assessments.map(\.criterion) == ["c", "a"])
    try book.register(assignment: Samples.assignment(criteria: ["a", "b"], rubric: "r1"))
    #expect(try book.lines() == ["alice 8+0/8"])
  }
}
