import Foundation
import Testing

/// `gradus rubric check` on the rubrics of this package and on faulty ones.
struct RubricTests {
  @Test(arguments: ["homework-1", "formula-sheet", "gradient-estimators"])
  func `The sample answers of a rubric get their verdicts`(name: String) throws {
    let said = try Command.run("rubric", "check", "rubrics/\(name).xml")
    #expect(said.errors == "")
    #expect(said.status == 0)
    #expect(said.output.hasPrefix("rubrics/\(name).xml: "))
  }

  @Test func `Every fault is listed and nothing is graded`() throws {
    let folder = try TemporaryFolder()
    var text = try String(
      contentsOf: Command.root.appending(path: "rubrics/homework-1.xml"), encoding: .utf8)
    text = text.replacingOccurrences(
      of: #"points="4" check="formula""#, with: #"points="four" check="formula""#)
    text = text.replacingOccurrences(of: #"verdict="missing""#, with: #"verdict="absent""#)
    let rubric = try folder.write("homework-1.xml", text)
    let said = try Command.run(
      "grade", "submissions", "--rubric", rubric, "--database", folder.path("grades.sqlite"))
    #expect(said.status == 2)
    #expect(said.output == "")
    #expect(said.errors.contains("'four'"))
    #expect(said.errors.contains("'absent'"))
    #expect(said.errors.split(separator: "\n").allSatisfy { $0.hasPrefix("\(rubric):") })
    #expect(!FileManager.default.fileExists(atPath: folder.path("grades.sqlite")))
  }

  @Test func `A sample answer that gets another verdict is a fault`() throws {
    let folder = try TemporaryFolder()
    var text = try String(
      contentsOf: Command.root.appending(path: "rubrics/homework-1.xml"), encoding: .utf8)
    text = text.replacingOccurrences(
      of: #"<answer verdict="incorrect" mistake="plus-kl">"#, with: #"<answer verdict="correct">"#)
    let rubric = try folder.write("homework-1.xml", text)
    let said = try Command.run("rubric", "check", rubric)
    #expect(said.status == 2)
    #expect(
      said.errors.contains(
        "error: this sample answer of criterion 'q1.b.elbo' should be correct, but is incorrect"))
    #expect(said.errors.hasSuffix("sample answers got another verdict than the rubric expects\n"))
  }
}
