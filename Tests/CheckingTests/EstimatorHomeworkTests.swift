import Checking
import Homework
import Testing

/// The homework on estimators, answered by the submissions of the project.
struct EstimatorHomeworkTests {
  @Test(arguments: [
    (
      "model-answer", "25",
      [
        "q1.elbo correct", "q2.a.score correct", "q2.b.baseline correct",
        "q3.a.total-return correct", "q3.b.reward-to-go correct", "q4.a.estimator correct",
        "q4.b.zero correct", "q5.actor-critic correct", "q6.bias correct",
      ]
    ),
    (
      "ada", "18",
      [
        "q1.elbo incorrect estimator.entropy-forgotten", "q2.a.score correct",
        "q2.b.baseline correct", "q3.a.total-return correct", "q3.b.reward-to-go correct",
        "q4.a.estimator correct", "q4.b.zero correct", "q5.actor-critic correct",
        "q6.bias missing",
      ]
    ),
    (
      "ben", "4.5",
      [
        "q1.elbo incorrect estimator.not-by-logarithm",
        "q2.a.score incorrect estimator.sum-for-mean", "q2.b.baseline partial up-to-constant",
        "q3.a.total-return incorrect estimator.product-of-sums",
        "q3.b.reward-to-go partial estimator.discount-power-dropped",
        "q4.a.estimator incorrect estimator.action-dependent-baseline",
        "q4.b.zero incorrect false-step", "q5.actor-critic partial estimator.other",
        "q6.bias missing",
      ]
    ),
  ])
  func `The sample submissions get their marks`(
    student: String, score: String, verdicts: [String]
  ) throws {
    let card = try Project.scorecard(
      of: student, in: "submissions-estimators", rubric: "gradient-estimators")
    let found = card.assessments.map { assessment in
      ([assessment.criterion, assessment.verdict.rawValue] + assessment.mistakes.prefix(1))
        .joined(separator: " ")
    }
    #expect(found == verdicts)
    #expect("\(card.score)" == score)
  }
}
