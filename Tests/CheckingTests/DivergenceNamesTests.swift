import Checking
import Homework
import Testing

/// Whose parameters the letters of an answer are, and what they measure.
struct DivergenceNamesTests {
  // MARK: - A bare pair beside another

  @Test(arguments: [
    #"$$KL(\mathcal N(\mu,\sigma^2)\|\mathcal N(m,s^2)) = \ln\frac s\sigma+\frac{\sigma^2+(\mu-m)^2}{2s^2}-\frac12$$"#,
    #"$$KL(\mathcal N(\mu,\sigma^2)\|\mathcal N(\nu,\tau^2)) = \ln\frac\tau\sigma+\frac{\sigma^2+(\mu-\nu)^2}{2\tau^2}-\frac12$$"#,
    #"$$KL(\mathcal N(\mu,\sigma^2)\|\mathcal N(\mu',\sigma'^2)) = \ln\frac{\sigma'}\sigma+\frac{\sigma^2+(\mu-\mu')^2}{2\sigma'^2}-\frac12$$"#,
    #"$$KL(\mathcal N(\mu,\sigma^2)\|\mathcal N(\tilde\mu,\tilde\sigma^2)) = \ln\frac{\tilde\sigma}\sigma+\frac{\sigma^2+(\mu-\tilde\mu)^2}{2\tilde\sigma^2}-\frac12$$"#,
    "KL(N(μ,σ²) ‖ N(μ₀,σ₀²)) = ln(σ₀/σ) + (σ² + (μ−μ₀)²)/(2σ₀²) − ½",
    #"$q=\mathcal N(\mu_0,\sigma_0^2)$ and $p=\mathcal N(\mu,\sigma^2)$. $$KL(q\|p) = \ln\frac{\sigma}{\sigma_0}+\frac{\sigma_0^2+(\mu-\mu_0)^2}{2\sigma^2}-\frac12$$"#,
    #"$q=\mathcal N(\mu,\sigma^2)$ and $p=\mathcal N(m,s^2)$. $$KL(q\|p) = \ln\frac s\sigma+\frac{\sigma^2+(\mu-m)^2}{2s^2}-\frac12$$"#,
    #"$$KL(\mathcal N(m,s^2)\|\mathcal N(\mu,\sigma^2)) = \ln\frac\sigma s+\frac{s^2+(\mu-m)^2}{2\sigma^2}-\frac12$$"#,
  ])
  func `A bare pair of letters leaves its namesakes with labels alone`(answer: String) throws {
    let assessment = try Project.formulaSheet("kl-univariate", answer)
    #expect(assessment.verdict == .correct, "\(assessment.reason)")
  }

  @Test(arguments: [
    #"$$KL(\mathcal N(\mu,\sigma^2)\|\mathcal N(m,s^2)) = \ln\frac\sigma s+\frac{\sigma^2+(\mu-m)^2}{2s^2}-\frac12$$"#,
    "KL(N(μ,σ²) ‖ N(μ₀,σ₀²)) = ln(σ/σ₀) + (σ² + (μ−μ₀)²)/(2σ₀²) − ½",
  ])
  func `A slip between a bare pair and another is found`(answer: String) throws {
    let assessment = try Project.formulaSheet("kl-univariate", answer)
    #expect(assessment.verdict == .incorrect)
    #expect(assessment.mistakes == ["inverted-ratio"])
  }

  @Test func `Covariances by bare letters are no deviations`() throws {
    let answer =
      #"$$KL(\mathcal N(\mu,\Sigma)\|\mathcal N(m,S))=\frac12\left[\operatorname{tr}(S^{-1}\Sigma)"#
      + #"+(m-\mu)^\top S^{-1}(m-\mu)-k+\ln\frac{|S|}{|\Sigma|}\right]$$"#
    let assessment = try Project.formulaSheet("kl-multivariate", answer)
    #expect(assessment.verdict == .correct, "\(assessment.reason)")
  }

  // MARK: - Letters without a meaning

  @Test(arguments: ["a", "b", "g"])
  func `A letter that is not defined is no density`(letter: String) throws {
    let answer = "$$KL = \\frac12(\(letter) + h - 1 - \\ln \(letter))$$"
    let assessment = try Project.formulaSheet("kl-univariate", answer)
    #expect(assessment.verdict == .review)
    #expect(
      assessment.reason
        == "The formula could not be evaluated: the name '\(letter)' means nothing here.")
  }

  @Test func `A density without a point is a mistake`() throws {
    let assessment = try Project.formulaSheet("elbo", #"$$ELBO = \log p(x|z) - \log q(z|x)$$"#)
    #expect(assessment.verdict == .incorrect)
    #expect(assessment.mistakes == ["unbound-latent"])
  }

  // MARK: - Names of code and of squares

  @Test(arguments: [
    (
      "kl-univariate",
      "kl = np.log(p_std/q_std) + (q_std**2 + (q_mean-p_mean)**2)/(2*p_std**2) - 0.5"
    ),
    (
      "kl-univariate",
      "kl = 0.5*torch.log(p_var/q_var) + (q_var + (q_loc-p_loc)**2)/(2*p_var) - 0.5"
    ),
    (
      "kl-univariate",
      "def kl(q, p):\n    return torch.log(p.scale/q.scale) + (q.scale**2 + (q.loc-p.loc)**2)/(2*p.scale**2) - 0.5"
    ),
    (
      "kl-univariate",
      #"Let $d^2=(\mu_q-\mu_p)^2$. $$KL=\ln\frac{\sigma_p}{\sigma_q}+\frac{\sigma_q^2+d^2}{2\sigma_p^2}-\frac12$$"#
    ),
    (
      "kl-multivariate",
      #"$$KL = \frac12\left(D_M^2+\operatorname{tr}(\Sigma_p^{-1}\Sigma_q)-k-\ln\frac{|\Sigma_q|}{|\Sigma_p|}\right)$$ where $D_M^2 = (\mu_q-\mu_p)^\top\Sigma_p^{-1}(\mu_q-\mu_p)$"#
    ),
    (
      "kl-multivariate",
      #"$$KL = \frac12\left(\operatorname{tr}(\Sigma_p^{-1}\Sigma_q-I_k)+(\mu_q-\mu_p)^\top\Sigma_p^{-1}(\mu_q-\mu_p)-\ln\frac{|\Sigma_q|}{|\Sigma_p|}\right)$$"#
    ),
    (
      "kl-standard-normal",
      #"$$KL = \frac12\left(\|\mu\|_F^2+\sum_j(\sigma_j^2-1-\log\sigma_j^2)\right)$$"#
    ),
  ])
  func `Names of code, squares and sizes are read`(criterion: String, answer: String) throws {
    let assessment = try Project.formulaSheet(criterion, answer)
    #expect(assessment.verdict == .correct, "\(assessment.reason)")
  }

  @Test func `A square that is given wrong counts`() throws {
    let answer =
      #"Let $d^2=\mu_q^2-\mu_p^2$. $$KL=\ln\frac{\sigma_p}{\sigma_q}+\frac{\sigma_q^2+d^2}{2\sigma_p^2}-\frac12$$"#
    let assessment = try Project.formulaSheet("kl-univariate", answer)
    #expect(assessment.verdict == .incorrect)
    #expect(assessment.mistakes == ["difference-of-squares"])
  }
}
