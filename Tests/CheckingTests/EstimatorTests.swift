import Checking
import Homework
import Testing

/// Estimators of gradients as students write them, judged by their exact means.
struct EstimatorTests {
  @Test(arguments: [
    // Batches and their indices, by name or by set.
    #"$$\hat g = \frac1N\sum_{i=1}^N\sum_{t=0}^{T-1} G^{(i)}_t \nabla\log\pi(a^{(i)}_t \mid s^{(i)}_t)$$"#,
    #"$$\hat g = \frac{1}{|\mathcal D|}\sum_{\tau\in\mathcal D}\sum_{t} R(\tau)\nabla\log\pi(a_t \mid s_t)$$"#,
    #"$$\nabla J \approx \frac1N\sum_{i=1}^N \Big(\sum_t \nabla\log\pi(a_{i,t}|s_{i,t})\Big)\Big(\sum_t r_{i,t}\Big)$$"#,
    // Rewards numbered from 1, with and without the lower bound saying so.
    #"$$\hat g = \sum_{t=0}^{T-1}\gamma^t G_t\nabla\ln\pi(A_t|S_t),\quad G_t = \sum_{k=t+1}^T \gamma^{k-t-1} R_k$$"#,
    #"$$\hat g = \sum_{t=0}^{T-1}\gamma^t\Big(\sum_{k=0}^{\infty}\gamma^k R_{t+k+1}\Big)\nabla\ln\pi(A_t|S_t)$$"#,
    // A sum with dots.
    "∇J ≈ Σₜ (rₜ + rₜ₊₁ + … + r_T) ∇ log π(aₜ|sₜ)",
    #"$$\hat g = \sum_t \gamma^t (r_t + \gamma r_{t+1} + \gamma^2 r_{t+2} + \dots)\nabla\log\pi(a_t|s_t)$$"#,
    // The logarithm of a product, all actions, a defined advantage.
    #"$$\hat g = G_0 \nabla\log\prod_{t=0}^{T-1}\pi(a_t|s_t)$$"#,
    #"$$\nabla J = \mathbb E\Big[\sum_t \gamma^t \sum_a q_\pi(S_t,a)\nabla\pi(a|S_t)\Big]$$"#,
    #"$$\hat g = \sum_t A^\pi(s_t,a_t)\nabla\log\pi(a_t|s_t),\quad A^\pi(s,a) = q_\pi(s,a) - v_\pi(s)$$"#,
    // The letters of control theory, alone and with samples.
    #"$$\hat g = \sum_t\nabla\log\pi_\theta(u_t|x_t) R(\tau)$$"#,
    #"$$\hat g = \frac1m\sum_{i=1}^m\sum_t\nabla\log\pi_\theta(a_t^{(i)}|x_t^{(i)}) G_t^{(i)}$$"#,
    #"$$\hat g = \sum_t\nabla\log\pi(u_t|x_t)\sum_{k\ge t} r(x_k,u_k)$$"#,
    #"$$\hat g = \frac1N\sum_i\sum_t\nabla\log\pi(u_t^i|x_t^i) G_t^i$$"#,
    // Samples without brackets; the density of a trajectory with a capital.
    #"$$\hat g = \frac1N\sum_{n=1}^N\sum_t G_t^n\nabla\log\pi(a_t^n|s_t^n)$$"#,
    #"$$\nabla J = \mathbb E_{\tau\sim\pi}[R(\tau)\nabla\log P(\tau;\theta)]$$"#,
    // An update in two lines, a loss that is descended, one step at a time.
    "L(θ) = −Σₜ Gₜ log π(aₜ|sₜ);  θ ← θ − α ∇_θ L(θ)",
    "G ← Σ_{k=t+1}^T γ^{k−t−1} R_k\n\nθ ← θ + α γ^t G ∇ln π(A_t|S_t, θ)",
    // Code.
    "loss = -(returns * logps).sum()\nloss.backward()",
    """
    R, returns = 0, []
    for r in reversed(rewards):
        R = r + R
        returns.append(R)
    returns.reverse()
    loss = -(returns * log_probs).sum()
    """,
  ])
  func `Estimators of the policy gradient in any notation are unbiased`(answer: String) throws {
    let said = try Project.formulaSheet("reinforce", answer)
    #expect(said.verdict == .correct, "\(said.reason)")
  }

  @Test(arguments: [
    (#"$$\hat g = \sum_t \gamma^t G_{t+1}\nabla\ln\pi(A_t|S_t)$$"#, "estimator.off-by-one-return"),
    (#"$$\hat g = \sum_t r_t \nabla\ln\pi(a_t|s_t)$$"#, "estimator.immediate-reward"),
    (
      #"$$\hat g = \sum_t \Big(\sum_{k=0}^{t} r_k\Big) \nabla\ln\pi(a_t|s_t)$$"#,
      "estimator.past-rewards"
    ),
    (#"$$\hat g = \sum_t G_t \nabla\pi(a_t|s_t)$$"#, "estimator.gradient-of-policy-not-log"),
    (
      #"$$\hat g = \sum_t \gamma^t (G_t - q_\pi(S_t,A_t)) \nabla\ln\pi(A_t|S_t)$$"#,
      "estimator.action-dependent-baseline"
    ),
    (#"$$\hat g = \frac1T\sum_t G_t \nabla\ln\pi(a_t|s_t)$$"#, "estimator.divided-by-length"),
    (#"$$\hat g = \sum_{t=0}^{T-2} G_t \nabla\ln\pi(a_t|s_t)$$"#, "estimator.last-step-omitted"),
    (#"$$\theta \leftarrow \theta - \alpha G_t \nabla\ln\pi(A_t|S_t)$$"#, "estimator.sign"),
    ("loss = (returns * logps).sum()\nloss.backward()", "estimator.sign"),
    (
      #"$$\hat g = \sum_{i=1}^N\sum_t G^{(i)}_t \nabla\log\pi(a^{(i)}_t|s^{(i)}_t)$$"#,
      "estimator.sum-for-mean"
    ),
    (
      #"$$\theta(S_t,A_t) \leftarrow \theta(S_t,A_t) + \alpha G_t$$"#,
      "estimator.score-without-policy"
    ),
  ])
  func `Mistakes are named by their value on every episode`(
    answer: String, mistake: String
  ) throws {
    let said = try Project.formulaSheet("reinforce", answer)
    #expect(said.verdict == .incorrect, "\(said.reason)")
    #expect(said.mistakes.first == mistake, "\(said.reason)")
  }

  @Test(arguments: [
    ("b(a_t)", "incorrect"), ("b(s_t, a_t)", "incorrect"), ("b(s_t)", "correct"),
    ("V(a_t)", "review"), ("Q(a_t, s_t)", "review"),
  ])
  func `A baseline is a function of the state`(baseline: String, verdict: String) throws {
    let answer = #"$$\hat g = \sum_t (G_t - "# + baseline + #")\nabla\log\pi(a_t|s_t)$$"#
    #expect(try Project.formulaSheet("reinforce", answer).verdict.rawValue == verdict)
    let grader = try Project.grader(of: "gradient-estimators")
    let said = grader.assessment(criterion: "q4.a.estimator", answer: answer, file: "answer.md")
    #expect(said?.verdict.rawValue == verdict)
  }

  @Test func `A dropped power of the discount is right without one alone`() throws {
    let formula =
      #"$$\hat g = \sum_t G_t \nabla\ln\pi(A_t|S_t),\quad G_t = \sum_{k\ge t} R_{k+1}$$"#
    #expect(try Project.formulaSheet("reinforce", formula).verdict == .correct)
    let discounted = formula.replacing("R_{k+1}", with: #"\gamma^{k-t} R_{k+1}"#)
    let said = try Project.formulaSheet("reinforce", discounted)
    #expect(said.verdict == .partial)
    #expect(said.credit == 0.5)
    #expect(
      said.reason
        == #"The factor $\gamma^t$ of each step is missing: unbiased only for $\gamma = 1$."#)
  }

  @Test(arguments: [
    (
      #"$$\hat g = \sum_t A_t\nabla\log\pi(a_t|s_t)$$"#,
      "The estimator could not be evaluated: 'A_t' may be the advantage or the action itself."
    ),
    (
      #"$$\hat g = \sum_t R_t\nabla\log\pi(a_t|s_t)$$"#,
      "'R_t' may be the reward of a step or the return from it on."
    ),
    (
      #"$$\hat g = \sum_{t}\Big(\sum_{k=t+1}^{T} r_k\Big)\nabla\log\pi(a_t|s_t)$$"#,
      "The reward of a step may have the step's own number or the next one: one reading is correct, "
        + "the other incorrect."
    ),
    (
      #"$$\hat g = G_t\nabla\log\pi(a_t|s_t)$$"#,
      "The steps 't' are not summed, and it is not said how they are drawn."
    ),
    (
      "loss = -(logps * returns).mean()",
      "The mean over the steps is right up to a factor only if all episodes have one length, which is "
        + "not said."
    ),
  ])
  func `What has two readings goes to a person`(answer: String, reason: String) throws {
    let said = try Project.formulaSheet("reinforce", answer)
    #expect(said.verdict == .review)
    #expect(said.reason == reason)
  }

  @Test(arguments: [
    (
      "To maximise the expected return:\n\n```python\nloss = -(returns * logps).sum()\n```",
      "correct"
    ),
    ("To maximise the return:\n\n```python\nloss = (returns * logps).sum()\n```", "review"),
    (#"We maximise $$L = \sum_t G_t \log\pi(a_t|s_t)$$"#, "correct"),
    (#"We minimise $$L = \sum_t G_t \log\pi(a_t|s_t)$$"#, "incorrect"),
  ])
  func `Words say which way an objective goes`(answer: String, verdict: String) throws {
    let said = try Project.formulaSheet("reinforce", answer)
    #expect(said.verdict.rawValue == verdict, "\(said.reason)")
  }

  @Test func `An own sample in the baseline shrinks the gradient by one part in N`() throws {
    let said = try Project.formulaSheet(
      "score-function",
      #"$$\hat g = \frac1K\sum_{k=1}^K (f(z_k) - \bar f)\nabla_\phi\log q_\phi(z_k),\quad \bar f = \frac1K\sum_{j=1}^K f(z_j)$$"#
    )
    #expect(said.verdict == .partial)
    #expect(said.mistakes == ["up-to-constant"])
    // N = 5: 1 / (1 - 1/5).
    #expect(said.reason == "The gradient is 1.25 times this.")
  }

  @Test(arguments: [
    "loss = -(logps * (rewards - 1).flip(0).cumsum(0).flip(0)).sum()",
    "loss = -(logps.sum() * (rewards + 1).sum())",
    "loss = -sum(logps[t] * sum(rewards[k] + 1 for k in range(t, T)) for t in range(T))",
  ])
  func `Behind the end of an episode arrays have no entries`(code: String) throws {
    let said = try Project.formulaSheet("reinforce", "```python\n\(code)\n```")
    #expect(said.verdict == .incorrect, "\(said.reason)")
  }

  @Test(arguments: [
    "loss = -(logps * (2 * rewards - rewards).flip(0).cumsum(0).flip(0)).sum()",
    "loss = -torch.dot(logps, returns)",
    "loss = -(logps @ returns)",
    "loss = (logps * returns).sum()\n(-loss).backward()",
  ])
  func `Right losses in arrays stay right`(code: String) throws {
    let said = try Project.formulaSheet("reinforce", "```python\n\(code)\n```")
    #expect(said.verdict == .correct, "\(said.reason)")
  }

  @Test func `A loss under an expectation goes to a person`() throws {
    let said = try Project.formulaSheet(
      "reinforce", #"$$L(\theta) = -\mathbb E_\pi[G_t\log\pi_\theta(A_t|S_t)]$$"#)
    #expect(said.verdict == .review, "\(said.reason)")
  }
}
