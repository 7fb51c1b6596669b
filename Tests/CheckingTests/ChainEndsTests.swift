import Checking
import Homework
import Testing

/// Chains whose ends name the target or leave the form that is asked.
struct ChainEndsTests {
  private static let right =
    #"\log\frac{\sigma_p}{\sigma_q}+\frac{\sigma_q^2+(\mu_q-\mu_p)^2}{2\sigma_p^2}-\frac12"#
  private static let wrong =
    #"\log\frac{\sigma_p}{\sigma_q}+\frac{\sigma_q^2+(\mu_q-\mu_p)^2}{\sigma_p^2}-\frac12"#
  private static let bound = #"\mathbb{E}_q[\log p(x|z)] - KL(q(z|x)\|p(z))"#
  private static let above = #"\mathbb{E}_q[\log p(x|z)] + KL(q(z|x)\|p(z))"#
  private static let loss =
    #"\frac{1}{2s_x^2}\sum_i(x_i-\hat x_i)^2+\frac D2\log(2\pi s_x^2)"#
    + #"+\frac12\sum_j(\mu_j^2+\sigma_j^2-1-\log\sigma_j^2)"#

  private func verdict(_ criterion: String, _ answer: String) throws -> Verdict {
    try Project.formulaSheet(criterion, "$$\(answer)$$").verdict
  }

  @Test(arguments: [
    ("elbo", #"\mathcal L = \#(bound) = \mathrm{ELBO}"#),
    ("elbo", #"\mathrm{ELBO} = \#(bound) =: \mathcal L"#),
    ("elbo", #"\mathrm{ELBO} = \#(bound) = -loss"#),
    ("elbo", #"\mathrm{ELBO} = \#(bound) = \mathcal L(\theta,\phi;x)"#),
    ("kl-univariate", #"KL(q\|p) = \#(right) =: D"#),
    (
      "kl-univariate",
      #"D_{KL}(N(\mu_q,\sigma_q^2)\|N(\mu_p,\sigma_p^2)) = \#(right) = KL(q\|p)"#
    ),
    ("vae-loss", #"\mathcal L = \#(loss) = -\mathrm{ELBO}"#),
  ])
  func `A name of the target at both ends is no circle`(criterion: String, answer: String) throws {
    #expect(try verdict(criterion, answer) == .correct)
  }

  @Test(arguments: [
    ("elbo", #"\mathrm{ELBO} = -(\#(bound)) = -loss"#, "sign"),
    ("elbo", #"\mathcal L = \#(above) = \mathrm{ELBO}"#, "plus-kl"),
    ("kl-univariate", #"KL(q\|p) = \#(wrong) =: D"#, "missing-two"),
  ])
  func `What stands between two names of the target is judged`(
    criterion: String, answer: String, mistake: String
  ) throws {
    let assessment = try Project.formulaSheet(criterion, "$$\(answer)$$")
    #expect(assessment.verdict == .incorrect)
    #expect(assessment.mistakes == [mistake])
  }

  @Test(arguments: [
    ("elbo", #"\mathrm{ELBO} = \#(bound) = loss"#),
    ("kl-univariate", #"KL(q\|p) = \#(right) = KL(p\|q)"#),
    ("kl-univariate", #"KL(q\|p) = \#(right) = -KL(q\|p)"#),
  ])
  func `Ends that mean different quantities leave the matter open`(
    criterion: String, answer: String
  ) throws {
    #expect(try verdict(criterion, answer) == .review)
  }

  @Test(
    arguments: [
      ("kl-univariate", #"\mathbb{E}_q[\log q(x)-\log p(x)] = \#(right) = KL(q\|p)"#, .correct),
      ("kl-univariate", #"\mathbb{E}_q[\log q(x)-\log p(x)] = \#(wrong) = KL(q\|p)"#, .incorrect),
      ("elbo", #"\mathbb{E}_q[\log\frac{p(x,z)}{q(z|x)}] = \#(above) = \mathrm{ELBO}"#, .incorrect),
      ("elbo", #"\mathbb{E}_q[\log\frac{p(x,z)}{q(z|x)}] = \#(bound) = \mathrm{ELBO}"#, .correct),
    ] as [(String, String, Verdict)])
  func `The last member before a name at the end stands for the chain`(
    criterion: String, answer: String, expected: Verdict
  ) throws {
    #expect(try verdict(criterion, answer) == expected)
  }

  @Test(arguments: [
    #"KL(q\|p) = \#(right) = -\mathbb{E}_q\Big[\log\frac{p(x)}{q(x)}\Big]"#,
    #"\#(right) = \mathbb{E}_q[\log q(x) - \log p(x)] = KL(q\|p)"#,
  ])
  func `A right member before one out of form is not lost`(answer: String) throws {
    let assessment = try Project.formulaSheet("kl-univariate", "$$\(answer)$$")
    #expect(assessment.verdict == .review)
    #expect(
      assessment.reason
        == "A member before the last is right, and the last one is not in the form that is asked.")
  }
}
