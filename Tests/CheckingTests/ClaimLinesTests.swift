import Checking
import Homework
import Testing

/// Claims that reach over several lines, displays or statements of code.
struct ClaimLinesTests {
  private static let first = #"\ln\frac{\sigma_p}{\sigma_q}"#
  private static let rest = #"\frac{\sigma_q^2+(\mu_q-\mu_p)^2}{2\sigma_p^2}-\frac12"#
  private static let plain =
    "KL(q||p) = ln(sigma_p/sigma_q) + (sigma_q^2 + (mu_q-mu_p)^2)/(2 sigma_p^2) - 1/2"

  @Test(arguments: [
    ("elbo", "ELBO = E_q[log p(x|z)]\n       - KL(q(z|x) || p(z))", Verdict.correct),
    ("elbo", "ELBO = E_q[log p(x|z)]\n- KL(q(z|x) || p(z))", .correct),
    ("kl-univariate", "$$KL=\(first)$$\n$$+\(rest)$$", .correct),
    ("kl-univariate", "$KL=\(first)$\n$+\(rest)$", .correct),
    ("kl-univariate", "$$KL=\(first)+$$\n$$\(rest)$$", .correct),
    ("kl-univariate", "$$KL=\(first)$$\n$$+\(rest)+\\mu_q$$", .incorrect),
    ("kl-univariate", "$$KL=\(first)+\(rest)$$\n$$-KL(q\\|p)$$", .review),
    ("kl-univariate", "$$KL=\(first)$$\nand with the second part\n$$+\(rest)$$", .review),
    ("kl-univariate", "\(plain)\n- q is the first argument\n- p is the second", .correct),
    ("kl-univariate", "- \(plain)\n- mu_q - mu_p", .correct),
    ("kl-univariate", "\(plain)\n- (mu_q - mu_p)^2", .review),
    (
      "elbo",
      "ELBO = E_q[log p(x|z)]    (reconstruction)\n     - KL(q(z|x) || p(z))   (regulariser)",
      .review
    ),
  ])
  func `A formula that begins with a sign belongs to the claim before it`(
    criterion: String, answer: String, verdict: Verdict
  ) throws {
    let assessment = try Project.formulaSheet(criterion, answer)
    #expect(assessment.verdict == verdict, "\(assessment.reason)")
  }

  @Test func `What may continue a formula or stand alone goes to a person`() throws {
    let assessment = try Project.formulaSheet("kl-univariate", "\(Self.plain)\n- (mu_q - mu_p)^2")
    #expect(
      assessment.reason
        == "A formula begins with a minus sign; it may continue the one before it or stand alone.")
    let loose = try Project.formulaSheet(
      "kl-univariate", "$$KL=\(Self.first)$$\nand the second part is\n$$+\(Self.rest)$$")
    #expect(
      loose.reason == "A formula begins with a sign, and it is not clear what it continues.")
  }

  @Test(arguments: [
    (
      "kl = 1 + logvar - mu**2 - logvar.exp()\n    kl = kl.sum()\n    return -0.5 * kl",
      Verdict.correct
    ),
    (
      "kl = 0.5 * torch.sum(mu**2 + logvar.exp() - 1 - logvar)\n    return kl / len(mu)", .incorrect
    ),
    ("kl = 0.5 * torch.sum(mu**2 + logvar.exp() - 1 - logvar)\n    return -kl", .incorrect),
    ("kl = 0.5 * torch.sum(mu**2 + logvar.exp() - 1 - logvar)\n    return kl", .correct),
  ])
  func `A function claims what it returns`(body: String, verdict: Verdict) throws {
    let answer = "def kl(mu, logvar):\n    \(body)"
    #expect(try Project.formulaSheet("kl-standard-normal", answer).verdict == verdict)
  }

  @Test(arguments: [
    (
      "kl = 0.5 * torch.sum(mu**2 + logvar.exp() - 1 - logvar)\nreturn kl / len(mu)", Verdict.review
    ),
    ("kl = 0.5 * torch.sum(mu**2 + logvar.exp() - 1 - logvar)\nreturn kl", .correct),
    ("kl = torch.sum(mu**2 + logvar.exp() - 1 - logvar)\nreturn 0.5 * kl", .review),
    (
      "def kl(mu, logvar):\n    \"\"\"Divergence from the prior.\"\"\"\n"
        + "    kl = mu**2 + logvar.exp() - 1 - logvar\n    return 0.5 * kl.sum()", .correct
    ),
  ])
  func `Code that ends with another value than the target goes to a person`(
    answer: String, verdict: Verdict
  ) throws {
    #expect(try Project.formulaSheet("kl-standard-normal", answer).verdict == verdict)
  }
}
