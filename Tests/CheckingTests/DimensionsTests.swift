import Checking
import Homework
import Testing

/// Answers over several dimensions: sums that are missing, and what is right in one dimension only.
struct DimensionsTests {
  private static let trace = #"\operatorname{tr}(\Sigma_p^{-1}\Sigma_q)"#

  // MARK: - Roots and logarithms of matrices

  @Test(arguments: [
    (#"\|\Sigma_p^{-1/2}(\mu_p-\mu_q)\|^2"#, #"\ln\frac{|\Sigma_p|}{|\Sigma_q|}"#, Verdict.correct),
    (
      #"\|\Sigma_p^{-\frac12}(\mu_p-\mu_q)\|_2^2"#, #"\ln\frac{|\Sigma_p|}{|\Sigma_q|}"#, .correct
    ),
    (#"\|\Sigma_p^{1/2}(\mu_p-\mu_q)\|^2"#, #"\ln\frac{|\Sigma_p|}{|\Sigma_q|}"#, .incorrect),
    (
      #"(\mu_p-\mu_q)^\top\Sigma_p^{-1}(\mu_p-\mu_q)"#,
      #"\operatorname{tr}\log\Sigma_p-\operatorname{tr}\log\Sigma_q"#, .correct
    ),
    (
      #"(\mu_p-\mu_q)^\top\Sigma_p^{-1}(\mu_p-\mu_q)"#,
      #"\operatorname{tr}(\log\Sigma_p-\log\Sigma_q)"#, .correct
    ),
    (
      #"(\mu_p-\mu_q)^\top\Sigma_p^{-1/2}\Sigma_p^{-1/2}(\mu_p-\mu_q)"#,
      #"\ln\frac{|\Sigma_p|}{|\Sigma_q|}"#, .review
    ),
  ])
  func `Roots and logarithms of matrices are evaluated or left to a person`(
    square: String, logarithm: String, verdict: Verdict
  ) throws {
    let answer = #"$$KL = \frac12\left[\#(Self.trace)+\#(square)-k+\#(logarithm)\right]$$"#
    let assessment = try Project.formulaSheet("kl-multivariate", answer)
    #expect(assessment.verdict == verdict, "\(assessment.reason)")
  }
}
