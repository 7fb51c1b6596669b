import Checking
import Homework
import Testing

/// Answers that people labelled, judged in the process; skipped where they are not at hand.
@Suite(.enabled(if: LabelledAnswers.folder != nil, "the labelled answers are not here"))
struct LabelledAnswersTests {
  @Test(arguments: [
    "kl-univariate", "kl-standard-normal", "kl-multivariate", "elbo", "vae-loss",
    "policy-gradient", "reparameterisation", "score-function", "reinforce",
  ])
  func `No answer gets a wrong mark`(target: String) throws {
    let grader = try LabelledAnswers.grader("formula-sheet")
    let rows = try LabelledAnswers.rows("answers.jsonl").filter { $0["target"]?.string == target }
    #expect(!rows.isEmpty)
    var reviews = 0
    for row in rows {
      guard let answer = row["text"]?.string, let truth = row["verdict"]?.string,
        let said = grader.assessment(criterion: target, answer: answer, file: "answer")
      else {
        Issue.record("a row without a text, or an unknown criterion")
        continue
      }
      let mistake = row["mistake"]?.string
      let outcome = LabelledAnswers.outcome(said, truth: truth, mistake: mistake)
      if outcome == .review { reviews += 1 }
      #expect(
        outcome != .wrong,
        "\(row["id"]?.string ?? ""), label \(truth): \(said.verdict), \(said.reason)")
    }
    #expect(reviews * 10 <= rows.count, "\(reviews) of \(rows.count) in review")
  }

  @Test func `No drawing gets a wrong mark`() throws {
    let grader = try LabelledAnswers.grader("homework-1")
    for row in try LabelledAnswers.rows("frameworks.jsonl") {
      guard let answer = row["text"]?.string, let label = row["verdict"]?.string,
        let said = grader.assessment(
          criterion: "q1.a.framework", answer: answer, file: "answer")
      else {
        Issue.record("a row without a text, or an unknown criterion")
        continue
      }
      let truth = ["correct", "ambiguous"].contains(label) ? label : "wrong"
      #expect(
        LabelledAnswers.outcome(said, truth: truth, mistake: nil) != .wrong,
        "\(row["id"]?.string ?? ""), label \(label): \(said.verdict), \(said.reason)")
    }
  }

  @Test(arguments: [
    ("machine-learning", 1.0, 0.0), ("general", 0.88, 0.02),
  ])
  func `Formulas are read`(name: String, least: Double, mostWrong: Double) throws {
    let rows = try LabelledAnswers.rows("notation/\(name).jsonl")
    let requests = rows.map { row in
      let points = row["samples"]?.array?.compactMap { $0["vars"] } ?? []
      return JSONValue.object([
        .init("formula", row["latex"] ?? .null), .init("at", .array(points)),
      ]).description
    }
    let said = try Command.run(
      "read", "--json-lines", input: requests.joined(separator: "\n") + "\n")
    let answers = try said.output.split(separator: "\n").map { try JSONValue(json: String($0)) }
    #expect(answers.count == rows.count)
    var right = 0
    var wrong = 0
    for (row, answer) in zip(rows, answers) where answer["error"] == nil {
      let expected = row["samples"]?.array?.map { $0["value"]?.number } ?? []
      let values = answer["values"]?.array?.map(\.number) ?? []
      let isRight =
        values.count == expected.count
        && zip(values, expected).allSatisfy { value, sample in
          guard let value, let sample else { return false }
          return abs(value - sample) <= 1e-9 * max(1, abs(sample))
        }
      if isRight { right += 1 } else { wrong += 1 }
    }
    #expect(Double(right) >= least * Double(rows.count), "\(right) of \(rows.count) right")
    #expect(Double(wrong) <= mostWrong * Double(rows.count), "\(wrong) wrong without an error")
  }

  @Test func `What is no formula is refused`() throws {
    let rows = try LabelledAnswers.rows("notation/reject.jsonl")
    let requests = rows.map { row in
      JSONValue.object([.init("formula", row["latex"] ?? .null)]).description
    }
    let said = try Command.run(
      "read", "--json-lines", input: requests.joined(separator: "\n") + "\n")
    for (row, line) in zip(rows, said.output.split(separator: "\n")) {
      #expect(line.contains(#"{"error": "#), "accepted: \(row["latex"]?.string ?? "")")
    }
  }
}
