import Foundation
import Testing

/// Grading the submissions of this package from end to end.
struct GradeTests {
  private let rubric = "rubrics/homework-1.xml"

  /// Grades a folder and returns what was said.
  private func grade(
    _ submissions: String = "submissions", into folder: TemporaryFolder, json: String,
    _ options: String...
  ) throws -> Command.Result {
    try Command.run(
      [
        "grade", submissions, "--rubric", rubric, "--database", folder.path("grades.sqlite"),
        "--json", folder.path(json),
      ] + options)
  }

  @Test func `The same submissions give the same bytes`() throws {
    let folder = try TemporaryFolder()
    let first = try grade(into: folder, json: "1.json", "--jobs", "1")
    #expect(first.status == 0, "\(first.errors)")
    let again = try grade(into: folder, json: "2.json")
    #expect(again.output.contains("5 submissions (5 unchanged)"))
    _ = try grade(into: folder, json: "3.json", "--force", "--jobs", "2")
    let other = try TemporaryFolder()
    _ = try grade(into: other, json: "4.json", "--jobs", "2")
    let results = try folder.text("1.json")
    #expect(try folder.text("2.json") == results)
    #expect(try folder.text("3.json") == results)
    #expect(try other.text("4.json") == results)
  }

  @Test func `The results of the submissions are as recorded`() throws {
    let folder = try TemporaryFolder()
    let said = try grade(into: folder, json: "results.json")
    #expect(said.status == 0, "\(said.errors)")
    try expectSnapshot(folder.text("results.json"), "homework-1.json")
    try expectSnapshot(said.output, "homework-1.txt")
  }

  @Test func `A report goes where a link leads, and nothing is left beside it`() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("old.json", "old")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link.json"), withDestinationPath: folder.path("old.json"))
    let said = try grade(into: folder, json: "link.json", "--junit", folder.path("junit.xml"))
    #expect(said.status == 0, "\(said.errors)")
    #expect(try folder.text("old.json").hasPrefix("[\n{"))
    #expect(try folder.text("junit.xml").hasSuffix("</testsuites>\n"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
        == ["grades.sqlite", "junit.xml", "link.json", "old.json"])
  }

  @Test func `A dry run stores nothing and finds the same`() throws {
    let folder = try TemporaryFolder()
    let rehearsal = try grade(into: folder, json: "1.json", "--dry-run")
    #expect(rehearsal.status == 0)
    #expect(!FileManager.default.fileExists(atPath: folder.path("grades.sqlite")))
    let said = try grade(into: folder, json: "2.json")
    #expect(said.output == rehearsal.output)
    #expect(try folder.text("2.json") == folder.text("1.json"))
  }

  @Test func `Points by hand survive however one grades`() throws {
    let folder = try TemporaryFolder()
    let database = folder.path("grades.sqlite")
    _ = try grade(into: folder, json: "1.json")
    let mark = try Command.run(
      "override", "bing-ai", "q1.c.loss", "--points", "2.5", "--by", "ta", "--reason", "read it",
      "--database", database)
    #expect(mark.output == "q1.c.loss of bing-ai: 2.5 points by hand count from now on\n")
    _ = try grade(into: folder, json: "2.json", "--force")
    let explanation = try Command.run("explain", "bing-ai", "q1.c.loss", "--database", database)
    #expect(explanation.output.contains("By hand: 2.5 of 3 by ta, "))
    #expect(try folder.text("2.json").contains(#""manual": {"points": 2.5, "who": "ta", "#))
    let removed = try Command.run(
      "override", "bing-ai", "q1.c.loss", "--remove", "--database", database)
    #expect(removed.output == "q1.c.loss of bing-ai: the automatic points count again\n")
    _ = try grade(into: folder, json: "3.json")
    #expect(try folder.text("3.json") == folder.text("1.json"))
  }

  @Test func `One student is graded alone`() throws {
    let folder = try TemporaryFolder()
    let said = try grade(into: folder, json: "1.json", "--student", "bard")
    #expect(said.output.contains("1 submission, "))
    let scores = try Command.run(
      "scores", "--format", "csv", "--database", folder.path("grades.sqlite"))
    let students = scores.output.split(separator: "\r\n").dropFirst().map {
      $0.split(separator: ",")[1]
    }
    #expect(students == ["bard"])
    let unknown = try grade(into: folder, json: "2.json", "--student", "nobody")
    #expect(unknown.status == 2)
    #expect(unknown.errors == "submissions: error: there is no submission of 'nobody'\n")
  }

  @Test func `A changed answer is a new attempt`() throws {
    let folder = try TemporaryFolder()
    try folder.write("in/ada/answers.md", "# Question 1\n\nc)\n\n$$KL = 1$$\n")
    try folder.write("in/bob/answers.md", "# Question 1\n\nc)\n\n$$KL = 2$$\n")
    _ = try grade(folder.path("in"), into: folder, json: "1.json")
    try folder.write("in/ada/answers.md", "# Question 1\n\nc)\n\n$$KL = 3$$\n")
    let said = try grade(folder.path("in"), into: folder, json: "2.json")
    #expect(said.output.contains("2 submissions (1 unchanged)"))
    let scores = try Command.run(
      "scores", "--format", "csv", "--student", "ada", "--database", folder.path("grades.sqlite"))
    #expect(scores.output.contains("homework-1,ada,2,"))
  }

  @Test func `Unknown names of students and criteria end with status 2`() throws {
    let folder = try TemporaryFolder()
    let database = folder.path("grades.sqlite")
    _ = try grade(into: folder, json: "1.json")
    let student = try Command.run("explain", "nobody", "--database", database)
    #expect(student.status == 2)
    #expect(student.errors == "error: there is no student 'nobody' in the gradebook\n")
    let criterion = try Command.run("explain", "bard", "q9", "--database", database)
    #expect(criterion.status == 2)
    #expect(
      criterion.errors.hasPrefix(
        "error: there is no criterion 'q9' in assignment 'homework-1'; it has 'q1.a.framework', "))
    let assignment = try Command.run(
      "explain", "bard", "--assignment", "zzz", "--database", database)
    #expect(assignment.status == 2)
    #expect(
      assignment.errors == "error: there is no assignment 'zzz' of 'bard'; there is 'homework-1'\n")
    let points = try Command.run(
      "override", "bard", "q1.c.kl", "--points", "99", "--by", "ta", "--reason", "so",
      "--database", database)
    #expect(points.status == 2)
    #expect(points.errors == "error: 'q1.c.kl' has 4 points, found 99; give at most 4\n")
    let scores = try Command.run("scores", "--student", "nobody", "--database", database)
    #expect(scores.status == 2)
    let answer = try Command.run("try", "--rubric", rubric, "--criterion", "q9", "x")
    #expect(answer.status == 2)
    #expect(answer.errors.hasPrefix("\(rubric): error: there is no criterion 'q9'; it has "))
  }

  @Test func `A report does not depend on how the path is typed`() throws {
    let folder = try TemporaryFolder()
    try folder.write("in/ada/answers.md", "\n")
    _ = try grade(folder.path("in"), into: folder, json: "1.json")
    let again = try grade(folder.path("./in/"), into: folder, json: "2.json")
    #expect(again.output.contains("1 submission (1 unchanged)"))
    _ = try grade(folder.path("./in/"), into: folder, json: "3.json", "--force")
    #expect(try folder.text("1.json") == folder.text("3.json"))
    #expect(
      try folder.text("1.json").contains(
        "and a file could not be read: ada/answers.md: file is empty."))
  }

  @Test func `JUnit is written beside the scores`() throws {
    let folder = try TemporaryFolder()
    let junit = folder.path("junit.xml")
    _ = try grade(into: folder, json: "1.json", "--junit", junit)
    #expect(try folder.text("junit.xml").contains(#"classname="homework-1.bard""#))
  }
}
