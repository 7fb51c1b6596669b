import Homework

/// Scorecards that show every verdict and everything that a report must escape.
enum Samples {
  static let titles = [
    "q1.a": "The framework", "q1.b": "The bound", "q1.c": "The divergence",
    "q1.d": "The derivation", "q2": "The theorem",
  ]

  static let framework = Assessment(
    criterion: "q1.a", verdict: .review, credit: nil, possible: Points(hundredths: 300),
    reason: "A picture is read by a person.")

  static let bound = Assessment(
    criterion: "q1.b", verdict: .correct, credit: 1, possible: Points(hundredths: 400),
    reason: "Holds in every model.",
    read: [
      Reading(
        place: Place(file: "answers.md", line: 41, column: 3),
        text: "L = E_q[\\log p(x|z)] - KL(q||p)",
        understood: "L = E_{q}[\\log p(x \\mid z)] - KL(q \\| p)")
    ])

  static let divergence = Assessment(
    criterion: "q1.c", verdict: .partial, credit: 0.5, possible: Points(hundredths: 425),
    mistakes: ["special-case.standard-normal-prior", "missing-half"],
    reason: "Right only if the prior is N(0, 1); 1 < 2 & \"so on\".",
    read: [
      Reading(
        place: Place(file: "answers.md", line: 50, column: 1),
        text: "KL = \u{1B}[31m1/2 \\sum_j (\\mu_j^2 + \\sigma_j^2 - 1 - \\log \\sigma_j^2)",
        understood: "KL = \\frac{1}{2} \\sum_j (\\mu_j^2 + \\sigma_j^2 - 1 - \\log \\sigma_j^2)")
    ],
    witness: Witness(
      point: [
        .init(name: "mu_q", values: [0.3125]), .init(name: "sigma_q[]", values: [1.0 / 3, 2]),
      ], student: 0.523_456_789, reference: .nan))

  static let derivation = Assessment(
    criterion: "q1.d", verdict: .incorrect, credit: 0, possible: Points(hundredths: 300),
    mistakes: ["sign"], reason: "The second step turns the sign. ]]> <script>alert(1)</script>",
    steps: [
      Step(line: 44, relation: "=", holds: true),
      Step(line: 45, relation: ">=", holds: false, reason: "the sign of the divergence"),
      Step(line: 46, relation: "=", holds: nil, reason: "'\\foo' is not known"),
    ])

  static let theorem = Assessment(
    criterion: "q2", verdict: .missing, credit: 0, possible: Points(hundredths: 1000),
    reason: "No formula of the part is about the target.")

  static let all = [framework, bound, divergence, derivation, theorem]

  static let alice = Scorecard(assignment: "homework-1", student: "alice", assessments: all)
  static let bob = Scorecard(
    assignment: "homework-1", student: "=bob\u{202E}", assessments: all.reversed())

  static let graded = [
    GradedScorecard(scorecard: alice, titles: titles),
    GradedScorecard(
      scorecard: bob, attempt: 2, titles: titles,
      marks: [
        "q1.a": ManualMark(
          points: Points(hundredths: 250), who: "ta-1", when: "2026-01-31 12:00",
          why: "the picture shows\nboth arrows"),
        "q2": ManualMark(
          points: Points(hundredths: 1000), who: "ta-2", when: "2026-02-01 08:30",
          why: "handed in on paper"),
      ],
      failure: "out of memory in 'q1.c'"),
  ]
}
