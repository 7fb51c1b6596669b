import Checking
import Homework
import Testing

/// The policy-gradient theorem as students write it, judged by its value in decision processes.
struct PolicyGradientFormulaTests {
  private func verdict(_ answer: String) throws -> String {
    try Project.formulaSheet("policy-gradient", answer).verdict.rawValue
  }

  @Test(arguments: [
    (
      #"$$\nabla J=\mathbb E_\tau[\sum_{t=0}^{\infty}A^\pi(s_t,a_t)\nabla\ln\pi(a_t|s_t)],\quad A^\pi(s,a)=Q^\pi(s,a)-V^\pi(s)$$"#,
      "correct"
    ),
    (
      #"$$\nabla J=\mathbb E_\pi[\sum_t\gamma^t\hat Q(S_t,A_t)\nabla\ln\pi(A_t|S_t)],\ \hat Q(s,a)=q_\pi(s,a)$$"#,
      "correct"
    ),
    (
      #"$$\nabla J=\mathbb E_\pi[\sum_t\hat Q(S_t,A_t)\nabla\ln\pi(A_t|S_t)],\ \hat Q(s,a)=v_\pi(s)$$"#,
      "incorrect"
    ),
    // The action of the sum inside is another one.
    (
      #"$$\nabla J=\mathbb E_\pi[\sum_t\hat A(S_t,A_t)\nabla\ln\pi(A_t|S_t)],\ \hat A(s,a)=q_\pi(s,a)-\sum_a\pi(a|s)q_\pi(s,a)$$"#,
      "correct"
    ),
    // The state that is visited, with any action.
    (
      #"$$\nabla J=\mathbb E_\tau[\sum_t\sum_a g(s_t,a)\nabla\pi(a|s_t)],\ g(s,a)=q_\pi(s,a)-b(s)$$"#,
      "correct"
    ),
    (#"$$\nabla J=\mathbb E_\tau[\sum_t\sum_a v_\pi(s_t)\nabla\pi(a|s_t)]$$"#, "incorrect"),
  ])
  func `What the answer defines is taken where a trajectory goes`(
    answer: String, expected: String
  ) throws {
    #expect(try verdict(answer) == expected, "\(answer)")
  }

  @Test(arguments: [
    (#"\sum_{t=0}^{\infty}\mathbb E_\pi[q_\pi(S_t,A_t)\nabla\ln\pi(A_t|S_t)]"#, "correct"),
    (#"\sum_t\gamma^t\,\mathbb E_\pi[q_\pi(S_t,A_t)\nabla\ln\pi(A_t|S_t)]"#, "correct"),
    (#"\sum_t\mathbb E_{s_t\sim d_t^\pi}[\sum_a q_\pi(s_t,a)\nabla\pi(a|s_t)]"#, "correct"),
    (#"\sum_t\mathbb E_{\tau\sim\pi}[\gamma^t A(s_t,a_t)\nabla\ln\pi(a_t|s_t)]"#, "correct"),
    (#"\sum_{t=0}^{T-1}\mathbb E_\pi[G_t\nabla\ln\pi(A_t|S_t)]"#, "correct"),
    (#"\sum_{t=0}^{\infty}\mathbb E_\tau[R(\tau)\nabla\ln\pi(a_t|s_t)]"#, "correct"),
    (#"\sum_{t=0}^{\infty}\mathbb E_\pi[v_\pi(S_t)\nabla\ln\pi(A_t|S_t)]"#, "incorrect"),
    (#"\sum_{t=0}^{\infty}\mathbb E_\pi[R_{t+1}\nabla\ln\pi(A_t|S_t)]"#, "incorrect"),
    // A first step with the number 1, and states of a law that does not change from step to step.
    (#"\sum_{t=1}^{T}\mathbb E_\pi[q_\pi(S_t,A_t)\nabla\ln\pi(A_t|S_t)]"#, "review"),
    (#"\mathbb E_\tau[\sum_{t=1}^{T}\gamma^{t-1}q(s_t,a_t)\nabla\ln\pi(a_t|s_t)]"#, "review"),
    (#"\mathbb E_\tau[\sum_{t=1}^{T}q(s_t,a_t)\nabla\ln\pi(a_t|s_t)]"#, "correct"),
    (#"\sum_{t=0}^{\infty}\mathbb E_{s\sim\mu,a\sim\pi}[q(s,a)\nabla\ln\pi(a|s)]"#, "review"),
    (#"\sum_{t=0}^{T-1}\sum_s P(s_t=s)\sum_a q_\pi(s,a)\nabla\pi(a|s)"#, "correct"),
  ])
  func `The sum over the steps may stand around the expectation`(
    formula: String, expected: String
  ) throws {
    #expect(try verdict(#"$$\nabla J = "# + formula + "$$") == expected, "\(formula)")
  }

  @Test(arguments: [
    (
      #"= \frac{1}{1-\gamma}\mathbb E_{s\sim d_\gamma^\pi}\mathbb E_{a\sim\pi_\theta(\cdot|s)}[A^\pi(s,a)\nabla\log\pi_\theta(a|s)],\quad d_\gamma^\pi(s)=(1-\gamma)\sum_{t=0}^\infty\gamma^t\Pr(s_t=s)$$"#,
      "correct"
    ),
    (
      #"\propto\mathbb E_{s\sim\rho,a\sim\pi}[q_\pi(s,a)\nabla\ln\pi(a|s)]$$ where $\rho(s)=\sum_t\gamma^t\Pr(S_t=s)$"#,
      "correct"
    ),
    (
      #"\propto\mathbb E_{s\sim d^{\pi_\theta},a\sim\pi}[q_\pi(s,a)\nabla\ln\pi(a|s)]$$ where $d^\pi(s)=\Pr(S_0=s)$"#,
      "incorrect"
    ),
    (
      #"\propto\mathbb E_{s\sim\mu,a\sim\pi}[q_\pi(s,a)\nabla\ln\pi(a|s)]$$ where $\mu(s)=\Pr(S_0=s)$"#,
      "incorrect"
    ),
    (
      #"\propto\mathbb E_{s\sim d,a\sim\pi}[q_\pi(s,a)\nabla\ln\pi(a|s)]$$ where $d(s)=\frac{1}{|S|}$"#,
      "incorrect"
    ),
    (
      #"\propto\mathbb E_{s\sim\mu,a\sim\text{Unif}}[q_\pi(s,a)\nabla\ln\pi(a|s)]$$"#, "incorrect"
    ),
    (
      #"= \sum_s\eta(s)\,\mathbb E_{a\sim\pi(\cdot|s)}[q_\pi(s,a)\nabla\ln\pi(a|s)]$$"#, "correct"
    ),
  ])
  func `States and actions have the law that the answer gives`(
    rest: String, expected: String
  ) throws {
    #expect(try verdict(#"$$\nabla J "# + rest) == expected, "\(rest)")
  }

  @Test func `Actions of a behaviour policy go to a person`() throws {
    let said = try Project.formulaSheet(
      "policy-gradient",
      #"$$\nabla J\propto\mathbb E_{s\sim\mu,a\sim b}[q_\pi(s,a)\nabla\ln\pi(a|s)]$$"#)
    #expect(said.verdict == .review)
    #expect(
      said.reason
        == "The formula could not be evaluated: the actions are drawn from another law than the policy."
    )
  }

  @Test(arguments: [
    (#"where $\mu(s)$ is the initial state distribution"#, "review"),
    (#"with $\mu$ uniform over the states"#, "review"),
    (#"where $\mu$ is the on-policy distribution"#, "correct"),
    (#"where the episode starts from the initial state distribution"#, "correct"),
    (#"where the initial state distribution is $\mu_0$"#, "correct"),
    (#"where $\mu$ is not the initial state distribution"#, "correct"),
    (#"where $d_0$ is the initial state distribution and $\mu$ counts visits"#, "correct"),
  ])
  func `Words that give the states another law go to a person`(
    words: String, expected: String
  ) throws {
    for weight in [
      #"\sum_s\mu(s)\sum_a q_\pi(s,a)\nabla\pi(a|s)"#,
      #"\mathbb E_{s\sim\mu,a\sim\pi}[q_\pi(s,a)\nabla\ln\pi(a|s)]"#,
    ] {
      let said = try Project.formulaSheet(
        "policy-gradient", #"$$\nabla J\propto "# + weight + "$$ " + words)
      #expect(said.verdict.rawValue == expected, "\(words)")
      if expected == "review" {
        #expect(
          said.reason
            == "The text has two readings, one correct and one incorrect: the words give the weight of "
            + "the states another law than is usual.")
      }
    }
  }

  @Test(arguments: [
    (#"= \mathbb E_\tau[\sum_t (q(s_t,a_t)-b(s_t))\nabla\ln\pi(a_t|s_t)]"#, "correct"),
    (#"= \mathbb E_\tau[\sum_t (q(s_t,a_t)-b(a_t))\nabla\ln\pi(a_t|s_t)]"#, "incorrect"),
    (#"\propto \sum_s\mu(s)\sum_a (q(s,a)-b(a))\nabla\pi(a|s)"#, "incorrect"),
    (#"\propto \sum_s\mu(s)\sum_a (q(s,a)-b(s,a))\nabla\pi(a|s)"#, "incorrect"),
    (#"= \mathbb E_\tau[\sum_t q(a_t,s_t)\nabla\ln\pi(a_t|s_t)]"#, "review"),
    (#"= \mathbb E_\tau[\sum_t q(s_t,a_t)\nabla\ln\pi(s_t|a_t)]"#, "review"),
    (#"= \mathbb E_\tau[\sum_t q(s_t,a_t)\nabla\ln\pi(a_t|s_{t+1})]"#, "review"),
  ])
  func `A state is no action, and a baseline of the action is none`(
    rest: String, expected: String
  ) throws {
    #expect(try verdict(#"$$\nabla J "# + rest + "$$") == expected, "\(rest)")
  }

  @Test(arguments: [
    (
      #"\int_{\mathcal S}\rho^\pi(s)\int_{\mathcal A}\nabla\pi(a|s)Q^\pi(s,a)\,da\,ds"#, "correct"
    ),
    (#"\int\rho^\pi(s)\int\nabla\pi(a|s)V^\pi(s)\,da\,ds"#, "incorrect"),
    (
      #"\mathbb E_{s\sim\mu,a\sim\pi}[(Q(s,a)-\max_{b'}Q(s,b'))\nabla\ln\pi(a|s)]"#, "correct"
    ),
    (
      #"\mathbb E_{s\sim\mu,a\sim\pi}[\max_{b'}Q(s,b')\nabla\ln\pi(a|s)]"#, "incorrect"
    ),
  ])
  func `Integrals and maxima over states and actions are evaluated`(
    formula: String, expected: String
  ) throws {
    #expect(try verdict(#"$$\nabla J\propto "# + formula + "$$") == expected, "\(formula)")
  }

  @Test(arguments: [
    (#"\mathbb E_\pi[(R_{t+1}+v(S_{t+1})-v(S_t))\nabla\ln\pi(A_t|S_t)]"#, "correct"),
    (#"\mathbb E_\pi[(R_{t+1}+q(S_{t+1},A_{t+1}))\nabla\ln\pi(A_t|S_t)]"#, "correct"),
    (
      #"\mathbb E_\pi[\delta_t\nabla\ln\pi(A_t|S_t)],\quad \delta_t=R_{t+1}+v_\pi(S_{t+1})-v_\pi(S_t)"#,
      "correct"
    ),
    (
      #"\sum_t\gamma^t\mathbb E_\pi[(R_{t+1}+\gamma v(S_{t+1})-v(S_t))\nabla\ln\pi(A_t|S_t)]"#,
      "correct"
    ),
    (#"\mathbb E_\pi[(v(S_{t+1})-v(S_t))\nabla\ln\pi(A_t|S_t)]"#, "incorrect"),
    (#"\mathbb E_\pi[G_t\nabla\ln\pi(A_t|S_t)],\quad G_t=\sum_{k\ge0}R_{t+k+1}"#, "correct"),
    (#"\mathbb E_\pi[G_t\nabla\ln\pi(A_t|S_t)],\quad G_t=R_{t+1}"#, "incorrect"),
    (#"\mathbb E_\pi[A_t\nabla\ln\pi(A_t|S_t)]"#, "review"),
    (#"\mathbb E_\pi[R_{t+1}\nabla\ln\pi(A_t|S_t)]"#, "incorrect"),
    (#"\mathbb E_\pi[(R_{t+1}+v(S_{t+2})-v(S_t))\nabla\ln\pi(A_t|S_t)]"#, "review"),
    (#"\sum_s\eta(s)\sum_a q(s,a)\nabla\pi(a|s),\quad\eta(s)=\sum_{t\ge0}P(S_t=s)"#, "correct"),
    (#"\sum_s\eta(s)\sum_a q(s,a)\nabla\pi(a|s),\quad\eta(s)=P(S_0=s)"#, "incorrect"),
    (#"\mathbb E_\tau[\sum_t q(x_t,u_t)\nabla\ln\pi(u_t|x_t)]"#, "correct"),
  ])
  func `What follows a step is averaged over the dynamics`(
    formula: String, expected: String
  ) throws {
    #expect(try verdict(#"$$\nabla J\propto "# + formula + "$$") == expected, "\(formula)")
  }
}
