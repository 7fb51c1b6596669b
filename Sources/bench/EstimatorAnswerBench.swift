import Foundation
import Homework

/// Times estimators from text to verdict through `gradus try --json-lines`.
struct EstimatorAnswerBench {
  let gradus: String
  let folder: URL
  private let count = 400

  private static let samples: [(criterion: String, answers: [String])] = [
    (
      "reinforce",
      [
        #"$$\hat g = \sum_{t=0}^{T-1} \gamma^t G_t \nabla\ln\pi(A_t \mid S_t, \theta)$$"#,
        #"$$\nabla J \approx \frac1N\sum_{i=1}^N \Big(\sum_t r_{i,t}\Big)\Big(\sum_t \nabla\log\pi(a_{i,t}|s_{i,t})\Big)$$"#,
        #"$$\theta \leftarrow \theta + \alpha\gamma^t (R_{t+1} + \gamma \hat v(S_{t+1}) - \hat v(S_t))\nabla\ln\pi(A_t|S_t,\theta)$$"#,
        #"$$\hat g = \sum_t \gamma^t G_{t+1} \nabla\ln\pi(A_t|S_t)$$"#,
        "loss = -(returns * logps).sum()",
      ]
    ),
    (
      "score-function",
      [
        #"$$\nabla_\phi \mathbb{E}_{q_\phi}[f(z)] = \mathbb{E}_{q_\phi}[(f(z) - c)\,\nabla_\phi\log q_\phi(z)]$$"#,
        #"$$\partial_\sigma\mathbb E_q[f(z)] = \mathbb E_q\Big[f(z)\frac{(z-\mu)^2}{\sigma^3}\Big]$$"#,
      ]
    ),
    (
      "reparameterisation",
      [
        #"$$\nabla_\mu\mathbb E[f(z)] = \mathbb E_\epsilon[f'(\mu+\sigma\epsilon)],\quad \nabla_\sigma\mathbb E[f(z)] = \mathbb E_\epsilon[\epsilon f'(\mu+\sigma\epsilon)]$$"#,
        #"$$z = \mu + \sigma^2\epsilon,\quad \epsilon\sim N(0,1)$$"#,
      ]
    ),
  ]

  func run() throws {
    for (criterion, answers) in Self.samples {
      let all = try best(criterion, (0..<count).map { answers[$0 % answers.count] })
      let startUp = try best(criterion, [])
      let milliseconds = (all - startUp) / Double(count) * 1_000
      Line.print(
        "an estimator",
        "\(Line.figure(milliseconds)) ms, \(count) answers to '\(criterion)' to verdict; "
          + "\(Line.figure(startUp * 1_000)) ms to start and prepare the rubric")
    }
  }

  private func best(_ criterion: String, _ answers: [String]) throws -> Double {
    let input = folder.appending(path: "\(criterion).jsonl")
    let requests = answers.enumerated().map { number, answer in
      JSONValue.object([.init("id", .string("\(number)")), .init("answer", .string(answer))])
        .description + "\n"
    }
    try Data(requests.joined().utf8).write(to: input)
    let command = [
      gradus, "try", "--rubric", "rubrics/formula-sheet.xml", "--criterion", criterion,
      "--json-lines",
    ]
    let times = try (0..<3).map { _ in try Child(command, input: input.path).seconds }
    return times.min() ?? .nan
  }
}
