import Checking
import Homework
import Testing

struct TargetAliasesTests {
  private static let likelihood = #"\mathbb E_q[\log p(x|z)]"#
  private static let divergence = #"KL(q(z|x)\|p(z))"#
  private static let loss =
    #"\frac{1}{2s_x^2}\|x-\hat x\|^2 + \frac D2\log(2\pi s_x^2)"#
    + #"+\frac12\sum_j(\mu_j^2+\sigma_j^2-1-\log\sigma_j^2)"#
  private static let code =
    "rec = ((x-xhat)**2).sum()/(2*s_x**2) + 0.5*D*math.log(2*math.pi*s_x**2)\n"
    + "kl = -0.5*torch.sum(1 + logvar - mu**2 - logvar.exp())\nelbo = -rec - kl\n"

  private func verdict(_ criterion: String, _ answer: String) throws -> Verdict {
    try Project.formulaSheet(criterion, answer).verdict
  }

  private static let aliases: [(criterion: String, answer: String, verdict: Verdict)] = [
    ("elbo", #"$\mathrm{ELBO}=-L$, where $L=\#(likelihood)-\#(divergence)$"#, .incorrect),
    ("elbo", #"$L=\#(divergence)-\#(likelihood)$, $\mathrm{ELBO}=-L$."#, .correct),
    ("elbo", #"$L=-\mathrm{ELBO}$, $\mathrm{ELBO}=\#(likelihood)-\#(divergence)$"#, .correct),
    (
      "elbo",
      #"$L=\#(divergence)-\#(likelihood)$ and $\mathrm{ELBO}=\#(likelihood)-\#(divergence)$, so $L=-\mathrm{ELBO}$"#,
      .correct
    ),
    ("elbo", #"$\mathcal L_{VAE}=-\mathrm{ELBO}=\#(divergence)-\#(likelihood)$"#, .correct),
    ("elbo", "F = E_q[log q(z|x)] - E_q[log p(x,z)] and ELBO = F.", .incorrect),
    ("elbo", "F = E_q[log q(z|x)] - E_q[log p(x,z)] and ELBO = -F.", .correct),
    ("vae-loss", code + "loss = elbo", .incorrect),
    ("vae-loss", code + "loss = -elbo", .correct),
    ("vae-loss", #"$loss=\mathrm{ELBO}$, $\mathrm{ELBO}=-\left(\#(loss)\right)$"#, .incorrect),
    ("vae-loss", #"$loss=-\mathrm{ELBO}$, $\mathrm{ELBO}=-\left(\#(loss)\right)$"#, .correct),
  ]

  @Test(arguments: aliases)
  func `An equation between two names of the target says what their signs are`(
    criterion: String, answer: String, verdict: Verdict
  ) throws {
    #expect(try self.verdict(criterion, answer) == verdict)
  }

  @Test func `A letter may stand for the negative of which the words speak`() throws {
    let formula = "$L=-\(Self.likelihood)+\(Self.divergence)$"
    let spoken = try Project.formulaSheet("elbo", "We minimise the negative ELBO \(formula).")
    #expect(spoken.verdict == .review)
    #expect(
      spoken.reason
        == "The sign of the whole is wrong, unless the letter stands for the negative.")
    #expect(try verdict("elbo", "We find \(formula).") == .incorrect)
    #expect(
      try verdict(
        "elbo", "The negative of the loss is $ELBO=-\(Self.likelihood)+\(Self.divergence)$.")
        == .incorrect)
  }
}
