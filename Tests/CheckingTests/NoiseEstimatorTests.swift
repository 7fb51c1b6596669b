import Checking
import Homework
import Testing

/// Gradients over base noise, judged by quadrature.
struct NoiseEstimatorTests {
  @Test(arguments: [
    #"$$z = \mu + \sigma\epsilon,\quad \epsilon\sim N(0,1)$$"#,
    #"$$z = \mu - \sigma\epsilon$$"#,
    #"$$z = \mu_\phi(x) + \sigma_\phi(x)\odot\epsilon,\quad \epsilon\sim\mathcal N(0, I)$$"#,
    "std = torch.exp(0.5 * logvar)\nz = mu + std * torch.randn_like(std)",
    "q = torch.distributions.Normal(mu, sigma)\nz = q.rsample()",
    #"$$\partial_\sigma\mathbb E_q[f(z)] = \mathbb E_q\Big[f'(z)\frac{z-\mu}{\sigma}\Big]$$"#,
    #"$$\nabla_\phi\mathbb E_{q_\phi}[f(z)] = \mathbb E_\epsilon[\nabla_\phi f(\mu+\sigma\epsilon)]$$"#,
    #"With $z=\mu+\sigma\epsilon$ we have $\frac{\partial}{\partial\sigma}\mathbb E[f(z)] = \mathbb E_\epsilon\Big[\frac{\partial f}{\partial z}\frac{\partial z}{\partial\sigma}\Big]$"#,
    #"Let $\sigma=\log(1+e^\rho)$. Then $$\frac{\partial}{\partial\rho}\mathbb E_q[f(z)]=\mathbb E_\epsilon\left[f'(\mu+\sigma\epsilon)\,\epsilon\,\frac{1}{1+e^{-\rho}}\right].$$"#,
  ])
  func `Reparameterisations in any notation are right`(answer: String) throws {
    let said = try Project.formulaSheet("reparameterisation", answer)
    #expect(said.verdict == .correct, "\(said.reason)")
  }

  @Test(arguments: [
    // The noise is scaled twice, is not centred, or is the wrong one (R3, R11).
    #"$$z = \mu + \sigma\epsilon,\quad \epsilon\sim N(0,\sigma^2)$$"#,
    #"$$z = \mu + \sigma\epsilon,\quad \epsilon\sim N(\mu, 1)$$"#,
    #"$$z = \mu + \sigma^2\epsilon$$"#,
    "z = mu + torch.exp(logvar) * torch.randn_like(mu)",
    // R1 and R2: by sigma in place of its logarithm, and without it.
    #"$$\frac{\partial}{\partial\ln\sigma}\mathbb E_q[f] = \mathbb E_\epsilon[\epsilon f'(\mu+\sigma\epsilon)]$$"#,
    // R6, R8, R10.
    #"$$\nabla_\sigma\mathbb E[f(z)] = \mathbb E[f'(\mu)\epsilon]$$"#,
    #"$$\nabla_\mu\mathbb E[f(z)] = \mathbb E_\epsilon[f'(\epsilon)]$$"#,
    #"$$\nabla_\mu\mathbb E[f(z)] = \mathbb E_\epsilon[f'(\mu+\sigma\epsilon)/\sigma]$$"#,
    // R7: fresh noise.
    "z = mu + sigma * torch.randn(())\ng_sigma = df(z) * torch.randn(())",
    // R15: a sum over the samples.
    "eps = np.random.randn(S)\nz = mu + sigma * eps\ngrad_mu = np.sum(df(z))",
  ])
  func `Wrong ones are refused`(answer: String) throws {
    let said = try Project.formulaSheet("reparameterisation", answer)
    #expect(said.verdict == .incorrect, "\(said.reason)")
  }

  @Test(arguments: [
    (
      #"$$\nabla_\phi\mathbb E_{q_\phi}[f] = \mathbb E_{q_\phi}[(f(z)-c)\nabla_\phi\log q_\phi(z)]$$"#,
      true
    ),
    // R9: the gradient does not see f.
    (#"$$\nabla_\phi\mathbb E_{q_\phi}[f(z)] = \mathbb E_{q_\phi}[\nabla_\phi f(z)]$$"#, false),
    // R12 and R13.
    (#"$$\partial_\mu\mathbb E_q[f] = \mathbb E_q\Big[f(z)\frac{z-\mu}{\sigma}\Big]$$"#, false),
    (
      #"$$\partial_\sigma\mathbb E_q[f] = \mathbb E_q\Big[f(z)\frac{(z-\mu)^2}{\sigma^3}\Big]$$"#,
      false
    ),
    (
      #"$$\partial_\sigma\mathbb E_q[f] = \mathbb E_q\Big[f(z)\Big(\frac{(z-\mu)^2}{\sigma^3}-\frac1\sigma\Big)\Big]$$"#,
      true
    ),
    (
      "z = dist.sample()\nsurrogate = (f(z).detach() * dist.log_prob(z)).mean()\nsurrogate.backward()",
      true
    ),
    (#"$$\nabla_\phi\int q_\phi(z)f(z)\,dz = \int f(z)\nabla_\phi q_\phi(z)\,dz$$"#, true),
  ])
  func `Score functions are told from what is not`(answer: String, isRight: Bool) throws {
    let said = try Project.formulaSheet("score-function", answer)
    #expect(said.verdict == (isRight ? .correct : .incorrect), "\(said.reason)")
  }

  @Test func `The variance is told against the reference`() throws {
    let said = try Project.formulaSheet(
      "score-function",
      #"$$\nabla_\phi\mathbb E_q[f(z)] = \mathbb E_q[f(z)\nabla_\phi\log q(z)]$$"#)
    #expect(said.reason == "Unbiased; on this model it has the variance of score-function.")
  }

  @Test func `The gradient of the function is not the score function`() throws {
    let said = try Project.formulaSheet(
      "score-function", #"$$\nabla_\mu\mathbb E_q[f(z)] = \mathbb E_q[f'(z)]$$"#)
    #expect(said.verdict == .incorrect)
    #expect(said.mistakes == ["form.differentiates-f"])
  }

  @Test func `A baseline that depends on the draw is no constant`() throws {
    let said = try Project.formulaSheet(
      "score-function",
      #"$$\nabla_\phi\mathbb E_{q_\phi}[f(z)] = \mathbb E_{q_\phi}[(f(z)-b(z))\nabla_\phi\log q_\phi(z)]$$"#
    )
    #expect(said.verdict == .incorrect, "\(said.reason)")
  }

  @Test func `An integral that does not converge decides nothing`() throws {
    let said = try Project.formulaSheet(
      "score-function",
      #"$$\nabla_\theta\mathbb E_{q_\theta}[f(z)] = \int f(z)\nabla_\theta\log q_\theta(z)\,dz$$"#)
    #expect(said.verdict == .review, "\(said.reason)")
  }

  @Test func `A gradient beside a function that stays does not differentiate it`() throws {
    let said = try Project.formulaSheet(
      "score-function",
      #"$$\nabla_\phi\mathbb E_{q_\phi}[f(z)] = \mathbb E_{z\sim q_\phi}[\nabla_\phi(f(z)\log q_\phi(z))]$$"#
    )
    #expect(said.verdict == .correct, "\(said.reason)")
  }

  @Test func `A spread that may be the variance goes to a person`() throws {
    let said = try Project.formulaSheet(
      "reparameterisation", #"For $q=\mathcal N(\mu,\sigma)$ let $$z=\mu+\sqrt{\sigma}\,\epsilon$$"#
    )
    #expect(said.verdict == .review)
    #expect(
      said.reason == "'N(mu, sigma)' does not say whether sigma is the deviation or the variance.")
  }

  @Test(arguments: [
    (#"$\hat g=f(z)\nabla_\phi\log q_\phi(z)$ with $z\sim\mathcal N(0,1)$"#, "incorrect"),
    (
      #"$\hat g=\frac1S\sum_s f(z_s)\nabla_\phi\log q_\phi(z_s)$ with $z_s\sim\mathcal N(0,1)$"#,
      "incorrect"
    ),
    (#"$\hat g=f(z)\nabla_\phi\log q_\phi(z)$ with $z\sim\mathcal N(\mu,1)$"#, "incorrect"),
    (#"$$\hat g=f(z)\nabla_\phi\log q_\phi(z), \quad z\sim\mathcal U(0,1)$$"#, "review"),
    (
      #"$$\hat g=\frac1S\sum_s f(z_s)\nabla_\phi\log q_\phi(z_s), \quad z_s\sim r$$"#, "review"
    ),
    (#"$\hat g=f(z)\nabla_\phi\log q_\phi(z)$ with $z\sim\mathcal N(\mu,\sigma^2)$"#, "correct"),
    (#"$\hat g=f(z)\nabla_\phi\log q_\phi(z)$ with $z\sim q_\phi$"#, "correct"),
    (
      #"$\hat g=\frac1S\sum_s f(z_s)\nabla_\phi\log q_\phi(z_s)$, $z_1,\dots,z_S\sim q_\phi(z)$"#,
      "correct"
    ),
  ])
  func `What is drawn has the law that is said`(answer: String, verdict: String) throws {
    let said = try Project.formulaSheet("score-function", answer)
    #expect(said.verdict.rawValue == verdict, "\(said.reason)")
  }

  @Test(arguments: [
    (
      "d/dlog σ E[f(z)] = E[ f(z) ((z−μ)/σ)² ]\nd/dμ E[f(z)] = E[ f(z) (z−μ)/σ² ]",
      "score-function", "incorrect"
    ),
    (
      "dE/dσ = E[ f(z) ((z−μ)/σ)² ]\nd/dμ E[f] = E[ f(z) (z−μ)/σ² ]", "score-function", "incorrect"
    ),
    (
      "∇_μ E[f] = E[f(z)(z−μ)/σ²]\n∇_logσ E[f] = E[f(z)((z−μ)²/σ²)]", "score-function", "review"
    ),
    (
      "d/dμ E[f] = E[f(z)(z−μ)/σ²]\ndF/dσ = E[f(z)((z−μ)²/σ²)]", "score-function", "review"
    ),
    ("∇_μ E[f] = E[f'(μ+σε)]\ndE/dσ = E[f'(μ+σε)]", "reparameterisation", "incorrect"),
    ("∇_μ E[f] = E[f'(μ+σε)]\ndE/dσ = E[ε f'(μ+σε)]", "reparameterisation", "correct"),
    // A step, not another component.
    ("∂z/∂σ = ε, z = μ + σε\n∇_σ E[f] = E[f'(μ+σε) ε]", "reparameterisation", "correct"),
    ("∂/∂log σ E[f] = E_ε[ σ ε f'(μ + σ ε) ]", "reparameterisation", "correct"),
    ("∂/∂ln σ E_q[f(z)] = E_ε[ σ ε f'(μ+σε) ]", "reparameterisation", "correct"),
    ("∂/∂log σ² E[f] = ½ E_ε[ σ ε f'(μ + σ ε) ]", "reparameterisation", "correct"),
    ("∂/∂log σ E[f] = E_ε[ ε f'(μ + σ ε) ]", "reparameterisation", "incorrect"),
    ("d/d log sigma E[f] = E_eps[ sigma eps f'(mu + sigma eps) ]", "reparameterisation", "correct"),
  ])
  func `Each component counts`(answer: String, criterion: String, verdict: String) throws {
    let said = try Project.formulaSheet(criterion, answer)
    #expect(said.verdict.rawValue == verdict, "\(said.reason)")
  }

  @Test(arguments: [
    (
      #"$$\widehat{\nabla J} = \frac1N\sum_{i=1}^N f(z_i)\,\nabla_\phi\log q_\phi(z_i)$$"#,
      "correct"
    ),
    (#"$$\widehat{\nabla J} = \sum_{i=1}^N f(z_i)\,\nabla_\phi\log q_\phi(z_i)$$"#, "incorrect"),
    (
      #"$$\widehat{\nabla_\mu} = \frac1L\sum_{l=1}^L f(z_l)\frac{z_l-\mu}{\sigma^2}$$"#, "correct"
    ),
    (
      #"$$\widehat{\nabla_\mu} = \frac1L\sum_{l=1}^L f(z_l)\frac{z_l-\mu}{\sigma}$$"#, "incorrect"
    ),
  ])
  func `A gradient may have a hat`(answer: String, verdict: String) throws {
    let said = try Project.formulaSheet("score-function", answer)
    #expect(said.verdict.rawValue == verdict, "\(said.reason)")
  }

  @Test(arguments: [
    ("z = mu + sigma*u, u ~ N(0,1)", "correct"),
    ("z = mu + sigma*eta, eta ~ N(0, 1)", "correct"),
    ("z = mu + sigma*w, w ~ N(0, 1)", "correct"),
    ("z = mu + sigma*u, u ~ N(0,4)", "incorrect"),
    ("z = mu + sigma**2*u, u ~ N(0,1)", "incorrect"),
  ])
  func `Noise may have any name`(answer: String, verdict: String) throws {
    let said = try Project.formulaSheet("reparameterisation", answer)
    #expect(said.verdict.rawValue == verdict, "\(said.reason)")
  }

  @Test(arguments: [
    (
      "z = mu + sigma * torch.randn(S)\nw = f(z) - f(z).mean()\ng_mu = (w * (z - mu)).mean() / sigma**2",
      "partial"
    ),
    // Two means of the same samples multiplied, one of them under a name.
    (
      "z = mu + sigma * torch.randn(S)\nw = f(z).mean()\ng_mu = w * ((z - mu)).mean() / sigma**2",
      "review"
    ),
    (
      "z = mu + sigma * torch.randn(S)\nw = f(z) - f(z).mean()\ng_mu = w * (z - mu) / sigma**2",
      "review"
    ),
    (
      "z = mu + sigma * torch.randn(S)\nw = f(z) - 3\ng_mu = (w * (z - mu)).mean() / sigma**2",
      "correct"
    ),
    ("mu_grad = (f(z)*(z-mu)/sigma**2).mean()", "correct"),
    ("mu_grad = (f(z)*(z-mu)/sigma).mean()", "incorrect"),
  ])
  func `Means of samples in code hold the own sample`(code: String, verdict: String) throws {
    let said = try Project.formulaSheet("score-function", "```python\n\(code)\n```")
    #expect(said.verdict.rawValue == verdict, "\(said.reason)")
  }

  @Test(arguments: [
    (
      #"$$\nabla_\phi\mathbb E_{q_\phi}[f(z)] = \int f(z)\nabla_\phi\log q_\phi(z)\,dz$$"#,
      "The mean cannot be compared with the gradient: an integral does not converge, or the shapes differ."
    ),
    (
      #"$$\nabla_\phi\mathbb E_{q_\phi}[f(z)] = \mathbb E_{q_\phi}\Big[\frac{f(z)}{q_\phi(z)}\nabla_\phi\log q_\phi(z)\Big]$$"#,
      "The mean cannot be compared with the gradient: an integral does not converge, or the shapes differ."
    ),
    (
      #"$$\nabla_\phi\mathbb E_{q_\phi}[f(z)] = \nabla_\phi\int q_\phi(z) f(z)\,dz$$"#,
      "This only restates the gradient that is asked."
    ),
  ])
  func `The reason is the true one`(answer: String, reason: String) throws {
    let said = try Project.formulaSheet("score-function", answer)
    #expect(said.reason == reason)
  }
}
