import Checking
import Homework
import Testing

/// What an answer makes of names beside its estimators.
struct EstimatorDefinitionTests {
  @Test(arguments: [
    ("std = torch.exp(logvar)\nz = mu + std * torch.randn_like(std)", false),
    ("scale = torch.exp(logvar)\nz = mu + scale * torch.randn_like(scale)", false),
    ("std = torch.sqrt(sigma)\nz = mu + std * torch.randn_like(std)", false),
    ("std = logvar\nz = mu + std * eps", false),
    (
      #"Let $s=\sigma^2$ be the variance. Then $z=\mu+s\,\epsilon$ with $\epsilon\sim N(0,1)$."#,
      false
    ),
    ("std = 0.5 * logvar\nz = mu + std.exp() * eps", true),
    ("std = torch.exp(logvar / 2)\nz = mu + std * torch.randn_like(std)", true),
    ("sigma = logvar.mul(0.5).exp()\nz = mu + sigma * torch.randn_like(sigma)", true),
    // A network gives parameters.
    ("logvar = fc2(h)\nstd = torch.exp(0.5 * logvar)\nz = mu + std * torch.randn_like(std)", true),
    (
      "mu, logvar = encoder(x)\nstd = torch.exp(logvar)\nz = mu + std * torch.randn_like(std)",
      false
    ),
    // A new name stands for what the known one says of it.
    ("sigma = F.softplus(rho)\nz = mu + sigma * torch.randn_like(sigma)", true),
    (#"Let $\sigma=e^{s}$. Then $z=\mu+e^{s}\epsilon$."#, true),
    (#"Let $\sigma=e^{s}$. Then $z=\mu+s\,\epsilon$."#, false),
    (#"Let $\rho=\log\sigma$, so $\sigma=e^\rho$. Then $z=\mu+e^\rho\epsilon$."#, true),
    (#"Let $\log\sigma=s$. Then $z=\mu+e^{s}\epsilon$."#, true),
    (#"Let $\log\sigma^2=s$. Then $z=\mu+e^{s}\epsilon$."#, false),
    (#"Let $\sigma^2=v$. Then $z=\mu+\sqrt v\,\epsilon$."#, true),
  ])
  func `A map is made with what its names were made`(answer: String, isRight: Bool) throws {
    let said = try Project.formulaSheet("reparameterisation", answer)
    #expect(said.verdict == (isRight ? .correct : .incorrect), "\(said.reason)")
  }

  @Test(arguments: [
    ("s = sigma**2\ng_mu = f(z)*(z-mu)/s", true),
    ("std = torch.exp(logvar)\ngrad_mu = (f(z)*(z-mu)/std).mean()", true),
    ("std = sigma**2\ngrad_mu = (f(z)*(z-mu)/std**2).mean()", false),
  ])
  func `A score is made with what its names were made`(answer: String, isRight: Bool) throws {
    let said = try Project.formulaSheet("score-function", answer)
    #expect(said.verdict == (isRight ? .correct : .incorrect), "\(said.reason)")
  }

  @Test(arguments: [
    ("returns = rewards\nloss = -(logps * returns).sum()", "incorrect"),
    ("advantages = rewards\nloss = -(logps * advantages).sum()", "incorrect"),
    ("advantages = values\nloss = -(logps * advantages).sum()", "incorrect"),
    ("logps = logps.exp()\nloss = -(logps * returns).sum()", "incorrect"),
    (
      "deltas = rewards - values\nadvantages = deltas\nloss = -(logps * advantages).sum()",
      "incorrect"
    ),
    ("advantages = returns - values\nloss = -(logps * advantages).sum()", "correct"),
    ("log_probs = torch.log(probs)\nloss = -(log_probs * returns).sum()", "correct"),
  ])
  func `A loss is made with what its names were made`(answer: String, verdict: String) throws {
    let said = try Project.formulaSheet("reinforce", answer)
    #expect(said.verdict.rawValue == verdict, "\(said.reason)")
  }

  @Test(arguments: [
    // Comprehensions, lists that grow, arrays that are filled.
    (
      "returns = [sum(rewards[:t+1]) for t in range(len(rewards))]\nloss = -(logps * torch.tensor(returns)).sum()",
      "incorrect"
    ),
    (
      "returns = [sum(rewards[t+1:]) for t in range(len(rewards))]\nloss = -(logps * torch.tensor(returns)).sum()",
      "incorrect"
    ),
    (
      "returns = [sum(rewards[t:]) for t in range(len(rewards))]\nloss = -(logps * torch.tensor(returns)).sum()",
      "correct"
    ),
    (
      "rtg = [sum(rewards[t:]) for t in range(T)]\nloss = -sum(lp * G for lp, G in zip(logps, rtg))",
      "correct"
    ),
    (
      """
      returns = np.zeros(T)
      for t in range(T):
          returns[t] = rewards[:t+1].sum()
      loss = -(logps * returns).sum()
      """, "incorrect"
    ),
    (
      """
      returns = []
      for t in range(len(rewards)):
          returns.append(sum(rewards[:t+1]))
      loss = -(logps * torch.tensor(returns)).sum()
      """, "incorrect"
    ),
    (
      """
      returns = []
      for t in range(len(rewards)):
          G = 0
          for k in range(t, len(rewards)):
              G += gamma**k * rewards[k]
          returns.append(G)
      loss = -(logps * torch.tensor(returns)).sum()
      """, "correct"
    ),
    (
      "returns = [sum(gamma**k * rewards[k] for k in range(t, T)) for t in range(T)]\nloss = -sum(logps[t] * returns[t] for t in range(T))",
      "correct"
    ),
    (
      "returns = [sum(gamma**k * rewards[k] for k in range(t, T)) for t in range(T)]\nloss = -sum(gamma**t * logps[t] * returns[t] for t in range(T))",
      "incorrect"
    ),
    (
      """
      returns = torch.zeros(T)
      R = 0
      for t in range(T):
          R = rewards[t] + gamma * R
          returns[t] = R
      loss = -sum(gamma**t * logps[t] * returns[t] for t in range(T))
      """, "incorrect"
    ),
    (
      """
      returns = torch.zeros(T)
      R = 0
      for t in reversed(range(T)):
          R = rewards[t] + gamma * R
          returns[t] = R
      loss = -sum(gamma**t * logps[t] * returns[t] for t in range(T))
      """, "correct"
    ),
    (
      "advantages = [rewards[t] - values[t] for t in range(T)]\nloss = -sum(logps[t] * advantages[t] for t in range(T))",
      "incorrect"
    ),
    // Each entry by arrays of its own.
    (
      "returns = [(rewards * gamma**t).sum() for t in range(T)]\nloss = -(logps * torch.tensor(returns)).sum()",
      "partial"
    ),
    // Not all steps, or not by the number of a step.
    (
      "returns = [sum(rewards[t:]) for t in range(T-1)]\nloss = -(logps * torch.tensor(returns)).sum()",
      "review"
    ),
    (
      """
      returns = []
      for t in range(1, T):
          returns.append(sum(rewards[t:]))
      loss = -(logps * torch.tensor(returns)).sum()
      """, "review"
    ),
    // Lists in whole arrays, forwards and backwards.
    (
      """
      returns = []
      G = 0
      for r in rewards:
          G = r + G
          returns.append(G)
      loss = -sum(lp * G for lp, G in zip(logps, returns))
      """, "incorrect"
    ),
    (
      """
      returns = []
      for t in range(1, T):
          returns.append(sum(rewards[t:]))
      loss = -sum(lp * G for lp, G in zip(logps, returns))
      """, "review"
    ),
    (
      """
      returns = []
      G = 0
      for r in reversed(rewards):
          G = r + gamma * G
          returns.insert(0, G)
      loss = -(logps * torch.tensor(returns)).sum()
      """, "partial"
    ),
    ("returns[-1] = rewards[-1]\nloss = -(logps * returns).sum()", "review"),
  ])
  func `Arrays are what their entries are made`(code: String, verdict: String) throws {
    let said = try Project.formulaSheet("reinforce", "```python\n\(code)\n```")
    #expect(said.verdict.rawValue == verdict, "\(said.reason)")
  }
}
