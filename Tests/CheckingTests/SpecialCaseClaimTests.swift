import Checking
import Homework
import Testing

/// Claims under a condition beside general ones.
struct SpecialCaseClaimTests {
  private static let short =
    #"\ln\frac{\sigma_p}{\sigma_q}+\frac{\sigma_q^2+(\mu_q-\mu_p)^2}{2\sigma_p^2}"#
  private static let right = short + #"-\frac12"#
  private static let normal = #"\frac12(\mu_q^2+\sigma_q^2-1)-\ln\sigma_q"#

  private func verdict(_ criterion: String, _ answer: String) throws -> Verdict {
    try Project.formulaSheet(criterion, answer).verdict
  }

  @Test(arguments: [
    #"For $p=\mathcal N(0,1)$ this gives $KL=\#(normal)$."#, "Check: $q=p$ gives $KL=0$.",
    "Check: for $q=p$ we get $KL=0$.",
    "In the special case $\\mu_p=0,\\sigma_p=1$, $$KL=\(normal)$$",
    "For a standard normal prior this becomes $KL=\(normal)$.",
    #"If $\sigma_q=\sigma_p$: $KL=\frac{(\mu_q-\mu_p)^2}{2\sigma_p^2}$."#,
    #"If $\sigma_q=\sigma_p=\sigma$: $KL=\frac{(\mu_q-\mu_p)^2}{2\sigma^2}$."#,
    #"if $\mu_q=\mu_p$ and $\sigma_q=\sigma_p$ then $KL = 0$."#,
    "We have $KL=0$ if $q=p$.", "It is zero, $KL=0$, only when $q=p$.",
  ])
  func `A claim for a special case neither replaces nor contradicts the general one`(
    special: String
  ) throws {
    #expect(try verdict("kl-univariate", "$$KL=\(Self.right)$$\n\(special)") == .correct)
    #expect(try verdict("kl-univariate", "$$KL=\(Self.short)$$\n\(special)") == .incorrect)
  }

  @Test(arguments: [
    "If we simplify, $KL=\(short)$.", "For our Gaussians this gives $KL=\(short)$.",
    #"With $q=\mathcal N(\mu_q,\sigma_q^2)$ we get $KL=\#(short)$."#,
  ])
  func `A general claim behind a condition that says nothing contradicts`(
    other: String
  ) throws {
    #expect(try verdict("kl-univariate", "$$KL=\(Self.right)$$\n\(other)") == .review)
  }

  @Test func `A number that holds under a condition is no member of the claim`() throws {
    #expect(try verdict("kl-univariate", #"$$KL=\#(Self.right) = 0 \iff p=q$$"#) == .correct)
  }
}
