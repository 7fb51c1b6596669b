import Foundation
import Homework

/// Times the univariate KL from LaTeX text to verdict through `gradus try --json-lines`.
struct AnswerBench {
  let gradus: String
  let folder: URL
  private let count = 2_000

  private static let samples = [
    #"KL(q \| p) = \log \frac{\sigma_p}{\sigma_q} + \frac{\sigma_q^2 + (\mu_q - \mu_p)^2}{2 \sigma_p^2} - \frac{1}{2}"#,
    #"KL = \frac{1}{2}\left(\frac{\sigma_q^2}{\sigma_p^2} + \frac{(\mu_p - \mu_q)^2}{\sigma_p^2} - 1 + 2 \log \frac{\sigma_p}{\sigma_q}\right)"#,
    #"D_{KL}(q \,\|\, p) = \log \sigma_p - \log \sigma_q - \frac{1}{2} + \frac{1}{2 \sigma_p^2}\left(\sigma_q^2 + (\mu_q - \mu_p)^2\right)"#,
  ]

  init(gradus: String, folder: URL) {
    self.gradus = gradus
    self.folder = folder
  }

  func run() throws {
    let answers = folder.appending(path: "answers.jsonl")
    let nothing = folder.appending(path: "nothing.jsonl")
    try Data(requests.utf8).write(to: answers)
    try Data().write(to: nothing)
    let all = try best(input: answers.path)
    let startUp = try best(input: nothing.path)
    let milliseconds = (all - startUp) / Double(count) * 1_000
    Line.print(
      "an answer", "\(Line.figure(milliseconds)) ms, \(count) univariate KL from LaTeX to verdict")
  }

  private func best(input: String) throws -> Double {
    let command = [
      gradus, "try", "--rubric", "rubrics/formula-sheet.xml", "--criterion", "kl-univariate",
      "--json-lines",
    ]
    let times = try (0..<3).map { _ in try Child(command, input: input).seconds }
    return times.min() ?? .nan
  }

  private var requests: String {
    (0..<count).map { seed in
      var variation = Variation(seed: seed)
      var formula = variation.formula(Self.samples[seed % Self.samples.count])
      if seed % 2 == 1 { formula = variation.withMistake(formula) }
      let request = JSONValue.object([
        .init("id", .string("\(seed)")), .init("answer", .string("$$\(formula)$$")),
      ])
      return request.description + "\n"
    }.joined()
  }
}

/// Times `gradus scores` on an empty gradebook.
struct StartUpBench {
  let gradus: String
  let folder: URL
  private let runs = 20

  init(gradus: String, folder: URL) {
    self.gradus = gradus
    self.folder = folder
  }

  func run() throws {
    let database = folder.appending(path: "grades.sqlite").path
    let times = try (0..<runs).map { _ in
      try Child([gradus, "scores", "--student", "student-100001", "--database", database]).seconds
    }
    Line.print(
      "start-up",
      "\(Line.figure(times.sorted()[runs / 2] * 1_000)) ms, 'gradus scores', median of \(runs)")
  }
}
