import Homework
import Testing

/// Letters that an answer makes of a known quantity.
struct NewLetterTests {
  @Test(arguments: [
    #"With $\sigma_j^2 = e^{s_j}$: $KL = \frac12\sum_j (e^{s_j} + \mu_j^2 - 1 - s_j)$"#,
    #"With $\sigma_j = e^{s_j}$: $KL = \frac12\sum_j (e^{2s_j} + \mu_j^2 - 1 - 2s_j)$"#,
    #"With $\log\sigma_j = s_j$: $KL = \frac12\sum_j (e^{2s_j} + \mu_j^2 - 1 - 2s_j)$"#,
    #"With $\log\sigma_j^2 = s_j$: $KL = \frac12\sum_j (e^{s_j} + \mu_j^2 - 1 - s_j)$"#,
    #"Let $\sigma_j^2 = s_j$. $KL = \frac12\sum_j (s_j + \mu_j^2 - 1 - \log s_j)$"#,
    #"With $\sigma_j = e^{\lambda_j}$: $KL = \frac12\sum_j (e^{2\lambda_j} + \mu_j^2 - 1 - 2\lambda_j)$"#,
    #"With $\sigma_j^2 = e^{\ell_j}$: $KL = \frac12\sum_j (e^{\ell_j} + \mu_j^2 - 1 - \ell_j)$"#,
  ])
  func `A letter means what the answer makes of it`(text: String) throws {
    let assessment = try Project.formulaSheet("kl-standard-normal", text)
    #expect(assessment.verdict == .correct, "\(assessment.reason)")
  }

  @Test(arguments: [
    #"With $\sigma_j^2 = e^{s_j}$: $KL = \frac12\sum_j (e^{s_j} + \mu_j^2 - 1 - 2 s_j)$"#,
    #"With $\log\sigma_j = s_j$: $KL = \frac12\sum_j (e^{s_j} + \mu_j^2 - 1 - s_j)$"#,
  ])
  func `A wrong formula in a new letter is found`(text: String) throws {
    #expect(try Project.formulaSheet("kl-standard-normal", text).verdict == .incorrect)
  }
}
