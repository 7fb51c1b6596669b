import Checking
import Homework
import Testing

/// Which of several formulas is the answer.
struct ClaimChoiceTests {
  private static let short =
    #"\ln\frac{\sigma_p}{\sigma_q}+\frac{\sigma_q^2+(\mu_q-\mu_p)^2}{2\sigma_p^2}"#
  private static let right = short + #"-\frac12"#

  private func verdict(_ criterion: String, _ answer: String) throws -> Verdict {
    try Project.formulaSheet(criterion, answer).verdict
  }

  private static let difference =
    #"\ln\frac{\sigma_p}{\sigma_q}+\frac{\sigma_q^2+\delta^2}{2\sigma_p^2}-\frac12"#

  @Test(arguments: [
    #"$$\#(difference),\quad\delta=\mu_q-\mu_p$$"#,
    "$$\(difference)$$\nwith\n$$\\delta=\\mu_q-\\mu_p$$",
    "ln(σ_p/σ_q) + (σ_q² + δ²)/(2σ_p²) − ½\nδ = μ_q − μ_p",
    "$$X=\(difference)$$\n\n$$\\delta=\\mu_q-\\mu_p$$",
    "The divergence of $q$ from $p$ is $\(right)$.",
    "KL $=\(right)$",
    #"$\Rightarrow KL=\#(right)$"#,
    "⇒ KL = ln(σ_p/σ_q) + (σ_q² + (μ_q-μ_p)²)/(2σ_p²) − ½",
  ])
  func `What others use is no answer, and a right expression in words is one`(
    answer: String
  ) throws {
    #expect(try verdict("kl-univariate", answer) == .correct)
  }

  @Test(arguments: [
    "The divergence of $q$ from $p$ is $\(short)$.",
    #"- $\ln\frac{\sigma_p}{\sigma_q}$"# + "\n"
      + #"- $\frac{\sigma_q^2+(\mu_q-\mu_p)^2}{2\sigma_p^2}$"#
      + "\n- $-\\frac12$\n\nTheir sum is the KL.",
  ])
  func `Expressions in words that may be the answer go to a person`(answer: String) throws {
    let assessment = try Project.formulaSheet("kl-univariate", answer)
    #expect(assessment.verdict == .review)
    #expect(assessment.mistakes == ["no-claim"])
    #expect(
      assessment.reason == "No formula is a plain claim, and this one may be the answer.")
  }

  @Test(arguments: [
    (#"\[\boxed{\#(short)}\]"#, Verdict.review), (#"\[\boxed{\#(right)}\]"#, .correct),
    ("Final answer: $\(short)$", .review), ("Final answer: $\(right)$", .correct),
    ("**Result:**\n\n$$\(short)$$", .review), ("The result uses $\\mu_q - \\mu_p$.", .correct),
  ])
  func `An expression that is marked as the result counts beside a claim`(
    final: String, verdict: Verdict
  ) throws {
    #expect(try self.verdict("kl-univariate", "$$KL=\(Self.right)$$\n\n\(final)") == verdict)
  }
}
