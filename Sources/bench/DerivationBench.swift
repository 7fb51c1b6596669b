import Foundation

/// Times the preparation of the rubric, and submissions with both derivations: variations of the
/// model answer.
struct DerivationBench {
  let gradus: String
  let folder: URL
  private let count = 100

  init(gradus: String, folder: URL) {
    self.gradus = gradus
    self.folder = folder
  }

  func run() throws {
    let empty = folder.appending(path: "empty")
    let student = empty.appending(path: "student-100001")
    try FileManager.default.createDirectory(at: student, withIntermediateDirectories: true)
    try Data("-\n".utf8).write(to: student.appending(path: "answers.md"))
    let derivations = folder.appending(path: "derivations")
    _ = try Variation.write(count, to: derivations, of: ["model-answer"])
    let nothing = try leastWork([gradus, "--version"])
    let preparation = try leastWork(grading(empty))
    let all = try leastWork(grading(derivations))
    Line.print(
      "preparation",
      "\(Line.figure((preparation - nothing) * 1_000)) ms of a core, rubric with its models")
    Line.print(
      "both derivations",
      "\(Line.figure((all - preparation) / Double(count) * 1_000)) ms of a core a submission, "
        + "\(count) variations of the model answer with all criteria")
  }

  private func grading(_ submissions: URL) -> [String] {
    [
      gradus, "grade", submissions.path, "--rubric", "rubrics/homework-1.xml", "--jobs", "1",
      "--dry-run",
    ]
  }

  /// Returns the least time that a core works, of three runs.
  private func leastWork(_ command: [String]) throws -> Double {
    let times = try (0..<3).map { _ in try Child(command).workSeconds }
    return times.min() ?? .nan
  }
}
