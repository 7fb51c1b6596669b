import Homework
import Testing

/// Maps whose noise is drawn in place, in homework-1.
struct DrawnNoiseTests {
  @Test(arguments: [
    "std = torch.exp(0.5*logvar)\neps = torch.randn_like(std)\nz = mu + eps*std",
    "```python\nstd = torch.exp(0.5*logvar)\neps = torch.randn_like(std)\nz = mu + eps*std\n```",
    "e = torch.randn_like(sigma)\nz = mu + sigma * e",
    "noise = sigma * torch.randn_like(sigma)\nz = mu + noise",
    "z = mu + sigma * torch.randn_like(sigma)", "z = mu + exp(0.5*log_var) * N(0,1)",
    #"$z = \mu + \sigma \cdot \mathcal{N}(0, 1)$"#, #"$z = \mu + \sigma \mathcal{N}(0, I)$"#,
    #"$$z = \mu + \sigma u, \quad u \sim \mathcal{N}(0, I)$$"#,
    #"$$u \sim \mathcal{N}(0, I)$$ $$z = \mu - \sigma u$$"#,
  ])
  func `A draw is the noise of the question`(map: String) throws {
    let assessment = try Project.homework("q1.b.reparameterisation", map)
    #expect(assessment.verdict == .correct, "\(assessment.reason)")
  }

  @Test(arguments: [
    "std = torch.exp(logvar)\neps = torch.randn_like(std)\nz = mu + eps*std",
    "z = mu + sigma**2 * torch.randn_like(sigma)", #"$z = \mu + \sigma^2 \mathcal{N}(0, I)$"#,
    #"$$z = \mu + \sigma^2 u, \quad u \sim \mathcal{N}(0, I)$$"#,
  ])
  func `A draw with the wrong scale is found`(map: String) throws {
    let assessment = try Project.homework("q1.b.reparameterisation", map)
    #expect(assessment.verdict == .incorrect)
    #expect(assessment.mistakes == ["variance-for-deviation"])
  }

  @Test(arguments: [
    "z = mu + sigma * torch.randn_like(sigma) + torch.randn_like(sigma)",
    "a = torch.randn(3)\nb = torch.randn(3)\nz = mu + sigma * a - sigma * b",
  ])
  func `Several draws go to a person`(map: String) throws {
    let assessment = try Project.homework("q1.b.reparameterisation", map)
    #expect(assessment.verdict == .review)
    #expect(!assessment.reason.contains("standardNormal"))
  }

  @Test(arguments: [#"$z \sim \mathcal{N}(0, I)$"#, #"$KL(q(z|x) \| \mathcal{N}(0, I))$"#])
  func `A distribution is no map`(text: String) throws {
    #expect(try Project.homework("q1.b.reparameterisation", text).verdict == .missing)
  }

  @Test(arguments: [
    #"$z=\mu_q+\epsilon$ where $\epsilon\sim N(0,\sigma_q^2)$"#,
    #"$$z=\mu_q+\epsilon, \quad \epsilon\sim N(0,\sigma_q^2 I)$$"#,
    #"$z=\mu_q+\sigma_q\epsilon$, $\epsilon\sim \mathcal N(\mathbf 0,\mathbf I)$"#,
    #"$z=\mu_q+\sigma_q\epsilon$, $\epsilon\sim N(0,1^2)$"#,
    #"$z=\mu_q+\sigma_q\epsilon$, $\epsilon\sim N(0,I_d)$"#,
    #"$z=\mu_q+\sigma_q\epsilon$, $\epsilon\sim p(\epsilon)=N(\epsilon;0,1)$"#,
    #"$z \sim q(z|x)$, $\epsilon\sim N(0,1)$: $z=\mu_q+\sigma_q\epsilon$"#,
  ])
  func `A map is right under the law that the answer states for its noise`(map: String) throws {
    let assessment = try Project.homework("q1.b.reparameterisation", map)
    #expect(assessment.verdict == .correct, "\(assessment.reason)")
  }

  @Test(arguments: [
    #"$z=\mu_q+\sigma_q\epsilon$, $\epsilon\sim N(\mu_q,\sigma_q^2)$"#,
    #"$z=\mu_q+\sigma_q\epsilon$, $\epsilon\sim N(0,\sigma_q^2)$"#,
    #"$z=\mu_q+\sigma_q\epsilon$, $\epsilon\sim N(1,1)$"#,
    #"$$z=\mu_q+\sigma_q\epsilon, \quad \epsilon\sim N(0,2)$$"#,
    #"$z=\mu_q+\sigma_q\epsilon$ where $p(\epsilon)=N(0,2)$"#,
  ])
  func `A map is wrong under another normal law of its noise`(map: String) throws {
    let assessment = try Project.homework("q1.b.reparameterisation", map)
    #expect(assessment.verdict == .incorrect, "\(assessment.reason)")
  }

  @Test(arguments: [
    #"$z=\mu_q+\sigma_q\epsilon$, $\epsilon\sim U(0,1)$"#,
    #"$z=\mu_q+\sigma_q\epsilon$, $\epsilon\sim \mathcal U(0,1)$"#,
    #"$z=\mu_q+\sigma_q\epsilon, \quad \epsilon\sim \mathrm{Uniform}(0,1)$"#,
    #"$\epsilon\sim U(0,1)$, so $z=\mu_q+\sigma_q\epsilon$"#,
    "z = mu_q + sigma_q*eps, eps ~ U(0,1)", "z = mu_q + sigma_q*eps where eps ~ Uniform(0,1)",
    #"$z=\mu_q+\sigma_q u$, $u\sim U(0,1)$"#,
    #"$z=\mu_q+\epsilon$ where $\epsilon\sim N(0,\sigma_q)$"#,
  ])
  func `A map of noise with another law goes to a person`(map: String) throws {
    let assessment = try Project.homework("q1.b.reparameterisation", map)
    #expect(assessment.verdict == .review)
    #expect(assessment.reason.contains("standard normal"), "\(assessment.reason)")
  }

  @Test(arguments: [
    "std = torch.exp(0.5*logvar)\neps = torch.randn_like(std)\nreturn mu + eps * std",
    """
    def reparameterize(mu, logvar):
        std = torch.exp(0.5*logvar)
        eps = torch.randn_like(std)
        return mu + eps * std
    """,
    """
    def reparameterize(self, mu, logvar):
        std = torch.exp(0.5*logvar)
        return mu + torch.randn_like(std) * std
    """,
  ])
  func `The value of a function in code is the map`(code: String) throws {
    let assessment = try Project.homework("q1.b.reparameterisation", code)
    #expect(assessment.verdict == .correct, "\(assessment.reason)")
    let variance = code.replacing("0.5*", with: "")
    let wrong = try Project.homework("q1.b.reparameterisation", variance)
    #expect(wrong.verdict != .correct, "\(wrong.reason)")
  }
}
