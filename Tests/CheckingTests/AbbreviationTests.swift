import Checking
import Homework
import Testing

/// Closed forms by quantities whose closed forms stand beside them.
struct AbbreviationTests {
  private static let divergence = #"\frac12\sum_j(\mu_j^2+\sigma_j^2-1-\log\sigma_j^2)"#
  private static let reconstruction = #"\frac{1}{2s_x^2}\|x-\hat x\|^2+\frac D2\log(2\pi s_x^2)"#
  private static let entropies =
    #"$H(q,p)=\frac12\ln(2\pi\sigma_p^2)+\frac{\sigma_q^2+(\mu_q-\mu_p)^2}{2\sigma_p^2}$, "#
    + #"$H(q)=\frac12\ln(2\pi e\sigma_q^2)$"#

  @Test(arguments: [
    ("kl-univariate", #"\#(entropies), hence $KL(q\|p)=H(q,p)-H(q)$."#),
    ("kl-univariate", #"$KL(q\|p)=H(q,p)-H(q)$ with \#(entropies)."#),
    (
      "kl-univariate",
      "KL(q||p) = H(q,p) - H(q), with cross entropy H(q,p) = 1/2 ln(2 pi sp^2) + (sq^2 + (mq-mp)^2)/(2 sp^2) and entropy H(q) = 1/2 ln(2 pi e sq^2)."
    ),
    (
      "vae-loss",
      #"$-\log p(x|z)=\#(reconstruction)$ and $KL(q\|p)=\#(divergence)$, so $loss=-\log p(x|z)+KL(q\|p)$"#
    ),
    (
      "vae-loss",
      #"$-\log p(x|z)=\#(reconstruction)$ and $KL(q\|p)=\#(divergence)$, so $loss=-\log p(x|z)+KL$"#
    ),
    (
      "vae-loss",
      #"$KL=\#(divergence)$, $loss=-\log p_\theta(x|z)+D_{KL}(q_\phi(z|x)\|p(z))$ with $\log p_\theta(x|z)=-\left(\#(reconstruction)\right)$"#
    ),
    (
      "vae-loss",
      #"$H(q,p)=\frac12\sum_j(\mu_j^2+\sigma_j^2+\log 2\pi)$, $H(q)=\frac12\sum_j\log(2\pi e\sigma_j^2)$, $KL(q\|p)=H(q,p)-H(q)$, $loss=\#(reconstruction)+KL(q\|p)$"#
    ),
    (
      "kl-univariate",
      "def kl(q, p):\n    mq, sq = q\n    mp, sp = p\n    return np.log(sp/sq) + (sq**2 + (mq-mp)**2)/(2*sp**2) - 0.5"
    ),
  ])
  func `What an answer gives in closed form may stand in its closed form`(
    criterion: String, answer: String
  ) throws {
    let assessment = try Project.formulaSheet(criterion, answer)
    #expect(assessment.verdict == .correct, "\(assessment.reason)")
  }

  private static let parts =
    #"\sum_j\left[\log\frac{\sigma_{p_j}}{\sigma_{q_j}}+\frac{\sigma_{q_j}^2+(\mu_{q_j}-\mu_{p_j})^2}{2\sigma_{p_j}^2}-\frac12\right]"#

  @Test(arguments: [
    (#"KL(q\|p)"#, #"KL(q\|p)"#), (#"KL(q\|p)"#, #"D_{KL}(q(z|x)\|p(z))"#), (#"KL(q\|p)"#, "KL"),
    ("KL", #"D_{KL}(q_\phi(z|x)\|p(z))"#), ("D_{KL}", #"KL(q\|p)"#),
  ])
  func `A loss may use the divergence of the line before`(given: String, used: String) throws {
    let answer =
      "$$\(given) = \(Self.parts)$$\n\n"
      + #"$$\mathcal L = \mathbb E_{q(z|x)}[\log p(x|z)] - \#(used)$$"#
    let assessment = try Project.homework("q1.c.loss", answer)
    #expect(assessment.verdict == .correct, "\(assessment.reason)")
  }

  @Test(arguments: [
    ("kl-univariate", #"$H(q,p)=-\int q\log p$, $H(q)=-\int q\log q$, $KL(q\|p)=H(q,p)-H(q)$"#),
    ("kl-univariate", #"$KL(q\|p)=H(q,p)-H(q)$, $H(q,p)=KL(q\|p)+H(q)$, $H(q)=H(q,p)-KL(q\|p)$"#),
    ("vae-loss", #"$KL(q\|p)=KL(q\|p)$, $loss=\#(reconstruction)+KL(q\|p)$"#),
    ("vae-loss", #"$KL(q\|p)=loss-\#(reconstruction)$, $loss=\#(reconstruction)+KL(q\|p)$"#),
    ("vae-loss", #"$KL=D_{KL}(q\|p)$, $loss=\#(reconstruction)+KL(q\|p)$"#),
  ])
  func `What is not given in closed form earns nothing`(
    criterion: String, answer: String
  ) throws {
    let assessment = try Project.formulaSheet(criterion, answer)
    #expect(assessment.credit ?? 0 == 0, "\(assessment.reason)")
    #expect(assessment.verdict != .correct && assessment.verdict != .partial)
  }

  @Test func `A slip in what is given counts`() throws {
    let answer =
      #"$KL(q\|p)=\frac12\sum_j(\mu_j^2+\sigma_j^2-1-\log\sigma_j)$, $loss=\#(Self.reconstruction)+KL(q\|p)$"#
    let assessment = try Project.formulaSheet("vae-loss", answer)
    #expect(assessment.verdict == .incorrect)
    #expect(assessment.mistakes == ["log-of-deviation"])
  }
}
