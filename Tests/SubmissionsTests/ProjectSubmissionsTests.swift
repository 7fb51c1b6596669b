import Homework
import Submissions
import Testing

struct ProjectSubmissionsTests {
  @Test func `The submissions of the project are cut into their parts`() throws {
    let here = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    let cutter = PartCutter(questions: [
      .init(label: "1", title: "Variational Auto-Encoder", parts: ["a", "b", "c"]),
      .init(label: "2", title: "Policy based Reinforcement Learning", parts: []),
    ])
    let found = try SubmissionReader.keys(in: "/\(here)/../../submissions").map { source in
      let submission = SubmissionReader.submission(source)
      let parts = cutter.parts(of: submission).map { "\($0.question ?? "-")\($0.label ?? "-")" }
      return "\(submission.student): \(parts.joined(separator: " ")), \(submission.faults.count)"
    }
    #expect(
      found == [
        "bard: 1- 1a 1b 1c, 0", "bing-ai: 1a 1b 1c, 0", "chatgpt: 1a 1b 1c, 0",
        "free-ai: 1a 1b 1c, 0", "model-answer: 1a 1b 1c 2-, 0",
      ])
  }
}
