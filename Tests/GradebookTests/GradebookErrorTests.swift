import Gradebook
import Homework
import Testing

struct GradebookErrorTests {
  @Test func `A scorecard that contradicts its run is refused, the others are stored`() throws {
    let book = try Gradebook.sample()
    try book.grade(Samples.entry("dora", content: "1", [1, 1]))
    var other = Samples.entry("carl", content: "1", [1])
    other.scorecard.assignment = "hw2"
    var twice = Samples.entry("dora", content: "2", [0, 0])
    twice.scorecard.assessments.append(Samples.assessment("a", 1))
    var credit = Samples.entry("emil", content: "2", [0, 0])
    credit.scorecard.assessments[0].credit = 2
    let faults = try book.grade(
      Samples.entry("alice", content: "1", [1, 1]), Samples.entry("bob", content: "1", [1, 1, 1]),
      other, twice, credit, Samples.entry("zoe", content: "1", [0.5, 0.5]))
    #expect(
      faults.map { "\($0.student): \($0.message)" } == [
        "bob: criterion 'c' is not in the rubric",
        "carl: assignment 'hw2' is not that of the run",
        "dora: UNIQUE constraint failed: results.submission, results.criterion",
        "emil: CHECK constraint failed: credit BETWEEN 0 AND 1",
      ])
    #expect(
      try book.lines() == [
        "alice 8+0/8", "bob 0+8/8!", "carl 0+8/8!", "dora 8+0/8!", "emil 0+8/8!", "zoe 4+0/8",
      ])
  }

  @Test func `What the gradebook does not know has a name in the error`() throws {
    let book = try Gradebook.sample()
    try book.grade(Samples.entry("alice", content: "1", [1, 1]))
    let mark = ManualMark(points: .zero, who: "", when: "", why: "")
    expectError("error: there is no assignment 'x' in the gradebook") {
      _ = try book.beginRun(assignment: "x", rubricHash: "", graderVersion: "", startedAt: "")
    }
    expectError("error: there is no criterion 'x' in assignment 'hw'") {
      try book.setOverride(mark, student: "alice", assignment: "hw", criterion: "x")
    }
    expectError("error: there is no criterion 'a' in assignment 'x'") {
      try book.removeOverride(student: "alice", assignment: "x", criterion: "a")
    }
    expectError("error: there is no student 'bob' in the gradebook") {
      try book.setOverride(mark, student: "bob", assignment: "hw", criterion: "a")
    }
    expectError("error: there is no such run of this assignment in the gradebook") {
      try book.storeFailure(student: "bob", assignment: "x", run: book.run(), message: "")
    }
    let other = try Gradebook.sample()
    expectError("error: there is no such run of this assignment in the gradebook") {
      _ = try other.store([], run: book.run())
    }
  }

  @Test func `Values stay out of the errors of SQLite`() throws {
    let book = try Gradebook.sample()
    try book.grade(Samples.entry("alice", content: "1", [1, 1]))
    let mark = ManualMark(points: Points(hundredths: .max), who: "secret", when: "", why: "")
    expectError(
      ":memory:: error: the gradebook refused: "
        + "CHECK constraint failed: points BETWEEN -100000000 AND 100000000"
    ) {
      try book.setOverride(mark, student: "alice", assignment: "hw", criterion: "a")
    }
    expectError(
      ":memory:: error: the gradebook refused: "
        + "CHECK constraint failed: possible BETWEEN 0 AND 100000000"
    ) {
      var assignment = Samples.assignment()
      assignment.criteria[0].possible = Points(hundredths: -1)
      try book.register(assignment: assignment)
    }
    #expect(try book.lines() == ["alice 8+0/8"])
  }
}

/// Expects that `body` throws a gradebook error with the words `message`.
func expectError(
  _ message: String, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) {
  let error = #expect(
    throws: GradebookError.self, sourceLocation: sourceLocation, performing: body)
  #expect(error?.description == message, sourceLocation: sourceLocation)
}
