import Checking
import Homework
import Testing

/// What the words beside names say of them.
struct RemarkTests {
  private static let deviations =
    #"\ln\frac{\sigma_p}{\sigma_q}+\frac{\sigma_q^2+(\mu_q-\mu_p)^2}{2\sigma_p^2}-\frac12"#
  private static let variances =
    #"\frac12\left[\ln\frac{\sigma_p}{\sigma_q}+\frac{\sigma_q+(\mu_q-\mu_p)^2}{\sigma_p}-1\right]"#

  // MARK: - Variances

  @Test(arguments: [
    (#"$$KL=\#(variances)$$ where $\sigma_q,\sigma_p$ are the variances"#, Verdict.correct),
    (#"$$KL=\#(variances)$$ Here $\sigma_q$ and $\sigma_p$ denote the variances."#, .correct),
    (#"$$KL=\#(deviations)$$ where $\sigma_q,\sigma_p$ are the variances"#, .incorrect),
    (#"$$KL=\#(deviations)$$ where $\sigma_q,\sigma_p$ are the standard deviations"#, .correct),
    (#"$$KL=\#(deviations)$$ where $\sigma_q^2,\sigma_p^2$ are the variances"#, .correct),
    (#"$$KL=\#(deviations)$$ with variances $\sigma_q$, $\sigma_p$"#, .review),
    (#"$$KL=\#(variances)$$ with variances $\sigma_q$, $\sigma_p$"#, .review),
    (
      #"$q=N(\mu_q,\sigma_q^2)$. $$KL=\#(deviations)$$ where $\sigma_q,\sigma_p$ are the variances"#,
      .review
    ),
    (
      "def kl(m1, s1, m2, s2):\n    # s1, s2 are variances\n    return 0.5*np.log(s2/s1) + (s1 + (m1-m2)**2)/(2*s2) - 0.5",
      .correct
    ),
    (
      "def kl(m1, s1, m2, s2):\n    # s1, s2 are variances\n    return np.log(s2/s1) + (s1**2 + (m1-m2)**2)/(2*s2**2) - 0.5",
      .incorrect
    ),
  ])
  func `Names that the words call variances are read so`(
    answer: String, verdict: Verdict
  ) throws {
    let assessment = try Project.formulaSheet("kl-univariate", answer)
    #expect(assessment.verdict == verdict, "\(assessment.reason)")
  }

  @Test func `Members of a family are variances as well`() throws {
    let answer =
      #"$$KL=\frac12\sum_j(\mu_j^2+\sigma_j-1-\log\sigma_j)$$ where $\sigma_j$ is the variance"#
    let assessment = try Project.formulaSheet("kl-standard-normal", answer)
    #expect(assessment.verdict == .correct, "\(assessment.reason)")
  }

  @Test(arguments: [
    ("kl-standard-normal", "var = sigma\nkl = 0.5 * torch.sum(mu**2 + var - 1 - torch.log(var))"),
    (
      "kl-univariate",
      "var_q = sigma_q\nvar_p = sigma_p\nkl = 0.5*np.log(var_p/var_q) + (var_q + (mu_q-mu_p)**2)/(2*var_p) - 0.5"
    ),
    (
      "kl-univariate",
      #"$v_q=\sigma_q$, $v_p=\sigma_p$, $$KL=\frac12\ln\frac{v_p}{v_q}+\frac{v_q+(\mu_q-\mu_p)^2}{2v_p}-\frac12$$"#
    ),
  ])
  func `A variance that is set to a deviation is one`(criterion: String, answer: String) throws {
    let assessment = try Project.formulaSheet(criterion, answer)
    #expect(assessment.verdict == .incorrect, "\(assessment.reason)")
    #expect(assessment.mistakes == ["deviation-for-variance"])
  }

  // MARK: - Numbers beside exchanged sides

  @Test(arguments: [
    (
      "KL(p||q) = log(s2/s1) + (s1^2 + (m1-m2)^2)/(2 s2^2) - 1/2",
      "The text has two readings, one incorrect and one correct: the numbers may go with the sides of 'KL(p || q)' or with q and p."
    ),
    (
      #"$$D_{KL}(P\|Q)=\ln\frac{\sigma_2}{\sigma_1}+\frac{\sigma_1^2+(\mu_1-\mu_2)^2}{2\sigma_2^2}-\frac12$$"#,
      "The text has two readings, one incorrect and one correct: the numbers may go with the sides of 'KL(P || Q)' or with q and p."
    ),
  ])
  func `Numbers beside exchanged sides go to a person`(answer: String, reason: String) throws {
    let assessment = try Project.formulaSheet("kl-univariate", answer)
    #expect(assessment.verdict == .review)
    #expect(assessment.reason == reason)
  }

  @Test(arguments: [
    #"$$KL(q\|p)=\ln\frac{\sigma_2}{\sigma_1}+\frac{\sigma_1^2+(\mu_1-\mu_2)^2}{2\sigma_2^2}-\frac12$$"#,
    #"$p=N(\mu_1,\sigma_1^2)$, $q=N(\mu_2,\sigma_2^2)$, $$KL(p\|q)=\ln\frac{\sigma_2}{\sigma_1}+\frac{\sigma_1^2+(\mu_1-\mu_2)^2}{2\sigma_2^2}-\frac12$$"#,
    #"$$KL(p\|q)=\ln\frac{\sigma_q}{\sigma_p}+\frac{\sigma_p^2+(\mu_q-\mu_p)^2}{2\sigma_q^2}-\frac12$$"#,
    #"KL is not symmetric: $KL(q\|p)\ne KL(p\|q)$. $$KL(q\|p)=\ln\frac{\sigma_2}{\sigma_1}+\frac{\sigma_1^2+(\mu_1-\mu_2)^2}{2\sigma_2^2}-\frac12$$"#,
  ])
  func `Numbers that are said or unneeded leave nothing open`(answer: String) throws {
    let assessment = try Project.formulaSheet("kl-univariate", answer)
    #expect(assessment.verdict == .correct, "\(assessment.reason)")
  }

  // MARK: - What is fixed

  private static let unit =
    #"$$\mathrm{loss}=\frac12\|x-\hat x\|^2+\frac D2\log 2\pi+\frac12\sum_j(\mu_j^2+\sigma_j^2-1-\log\sigma_j^2)$$"#
  private static let fixed =
    #"$$\mathrm{loss}=\frac{1}{2s_x^2}\|x-\hat x\|^2+\frac D2\log 2\pi+\frac12\sum_j(\mu_j^2+\sigma_j^2-1-\log\sigma_j^2)$$"#

  @Test func `A unit-variance decoder is one of unit variance`() throws {
    let assessment = try Project.formulaSheet(
      "vae-loss", "For a unit-variance decoder: \(Self.unit)")
    #expect(assessment.verdict == .correct, "\(assessment.reason)")
  }

  @Test(arguments: [
    "For fixed $s_x$: ", "With $s_x$ fixed: ", "With $s_x$ held fixed, ", "$s_x$ is fixed. ",
  ])
  func `A deviation that is held fixed may leave a constant`(words: String) throws {
    let assessment = try Project.formulaSheet("vae-loss", words + Self.fixed)
    #expect(assessment.verdict == .partial, "\(assessment.reason)")
    #expect(assessment.credit == 0.5)
    #expect(
      assessment.reason
        == "Right up to an additive constant, in a special case: $s_x fixed$.")
  }
}
