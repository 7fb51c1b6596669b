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
}
