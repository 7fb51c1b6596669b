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
}
