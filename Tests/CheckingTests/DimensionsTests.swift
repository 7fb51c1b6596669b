import Checking
import Homework
import Testing

/// Answers over several dimensions: sums that are missing, and what is right in one dimension only.
struct DimensionsTests {
  private static let reconstruction = #"\frac{1}{2s_x^2}\|x-\hat x\|^2+\frac D2\log(2\pi s_x^2)"#
  private static let trace = #"\operatorname{tr}(\Sigma_p^{-1}\Sigma_q)"#

  @Test(arguments: [
    #"$$\mathrm{loss}=\#(reconstruction)+\frac12(\mu^2+\sigma^2-1-\log\sigma^2)$$"#,
    #"$$\mathrm{loss}=\#(reconstruction)+\frac12(\mu_j^2+\sigma_j^2-1-\log\sigma_j^2)$$"#,
    "loss = ((x-xhat)**2).sum()/(2*s_x**2) + D/2*np.log(2*np.pi*s_x**2) + 0.5*(mu**2 + sigma**2 - 1 - np.log(sigma**2))",
    #"$$\mathrm{loss}=\#(reconstruction)-\frac12(\mu^2+\sigma^2-1-\log\sigma^2)$$"#,
    #"$$\mathrm{loss}=\frac{1}{2s_x^2}\|x-\hat x\|^2+\frac12(\mu^2+\sigma^2-1-\log\sigma^2)$$"#,
  ])
  func `A divergence that is not summed makes no loss`(answer: String) throws {
    let assessment = try Project.formulaSheet("vae-loss", answer)
    #expect(assessment.verdict == .incorrect, "\(assessment.reason)")
    #expect(
      assessment.reason
        == "The value is an array over the dimensions, not a number: a sum is missing.")
  }

  @Test func `An array that nothing names is no wrong answer`() throws {
    let answer = #"$$\delta := \mu_p - \mu_q$$"#
    let assessment = try Project.formulaSheet("kl-multivariate", answer)
    #expect(assessment.verdict == .review)
    #expect(
      assessment.reason
        == "The value is an array over the dimensions, and nothing says what it is.")
  }

  @Test func `A sum in words goes to a person`() throws {
    let answer =
      #"$$KL=\frac12(\mu_j^2+\sigma_j^2-1-\log\sigma_j^2)$$ summed over $j=1,\dots,k$"#
    let assessment = try Project.formulaSheet("kl-standard-normal", answer)
    #expect(assessment.verdict == .review)
    #expect(
      assessment.reason
        == "The words speak of a sum, and the formula has none over the dimensions.")
  }

  @Test func `A divergence that is not summed is the case of one dimension`() throws {
    let answer = #"$$KL=\frac12(\mu^2+\sigma^2-1-\log\sigma^2)$$"#
    let assessment = try Project.formulaSheet("kl-standard-normal", answer)
    #expect(assessment.verdict == .partial)
    #expect(assessment.mistakes == ["special-case.one-dimension"])
  }

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

  @Test(arguments: [
    (
      #"\sum_{i,j}(\Sigma_p^{-1})_{ij}(\Sigma_q)_{ji} + \sum_{i,j}(\mu_p-\mu_q)_i(\Sigma_p^{-1})_{ij}(\mu_p-\mu_q)_j"#,
      Verdict.correct
    ),
    (
      #"\sum_{i=1}^k\sum_{j=1}^k(\Sigma_p^{-1})_{ij}(\Sigma_q)_{ij} + \sum_{ij}(\mu_p-\mu_q)_i(\Sigma_p^{-1})_{ij}(\mu_p-\mu_q)_j"#,
      .correct
    ),
    (
      #"\sum_i(\Sigma_p^{-1}\Sigma_q)_{ii} + (\mu_p-\mu_q)^\top\Sigma_p^{-1}(\mu_p-\mu_q)"#,
      .correct
    ),
    (
      #"\sum_i(\Sigma_p^{-1})_{ii}(\Sigma_q)_{ii} + (\mu_p-\mu_q)^\top\Sigma_p^{-1}(\mu_p-\mu_q)"#,
      .partial
    ),
  ])
  func `Sums over the entries of matrices are read`(terms: String, verdict: Verdict) throws {
    let answer = #"$$KL = \frac12\Big(\#(terms) - k + \log\det\Sigma_p - \log\det\Sigma_q\Big)$$"#
    let assessment = try Project.formulaSheet("kl-multivariate", answer)
    #expect(assessment.verdict == verdict, "\(assessment.reason)")
  }
}
