import Homework
import Testing

/// The derivation of the policy-gradient theorem, whole and with one planted mistake each.
struct PolicyGradientDerivationTests {
  /// The lines from the gradient of a state's value to the visits of all states.
  private static let unrolling = [
    #"\nabla v_\pi(s) &= \nabla\Big[\sum_a \pi(a\mid s) q_\pi(s,a)\Big]"#,
    #"&= \sum_a\big[\nabla\pi(a\mid s)\,q_\pi(s,a)+\pi(a\mid s)\,\nabla q_\pi(s,a)\big]"#,
    #"&= \sum_a\big[\nabla\pi(a\mid s)q_\pi(s,a)+\pi(a\mid s)\nabla\sum_{s',r}p(s',r\mid s,a)(r+v_\pi(s'))\big]"#,
    #"&= \sum_a\big[\nabla\pi(a\mid s)q_\pi(s,a)+\pi(a\mid s)\sum_{s'}p(s'\mid s,a)\nabla v_\pi(s')\big]"#,
    #"&= \sum_a\big[\nabla\pi(a\mid s)q_\pi(s,a)+\pi(a\mid s)\sum_{s'}p(s'\mid s,a)\sum_{a'}[\nabla\pi(a'\mid s')q_\pi(s',a')+\pi(a'\mid s')\sum_{s''}p(s''\mid s',a')\nabla v_\pi(s'')]\big]"#,
    #"&= \sum_{x\in\mathcal S}\sum_{k=0}^{\infty}\Pr(s\to x,k,\pi)\sum_a\nabla\pi(a\mid x)q_\pi(x,a)"#,
  ]

  /// The lines from the gradient of the objective to an expectation of returns.
  private static let averaging = [
    #"\nabla J(\theta) &= \nabla v_\pi(s_0)"#,
    #"&= \sum_s\Big(\sum_{k=0}^\infty\Pr(s_0\to s,k,\pi)\Big)\sum_a\nabla\pi(a\mid s)q_\pi(s,a)"#,
    #"&= \sum_s\eta(s)\sum_a\nabla\pi(a\mid s)q_\pi(s,a)"#,
    #"&= \sum_{s'}\eta(s')\sum_s\frac{\eta(s)}{\sum_{s'}\eta(s')}\sum_a\nabla\pi(a\mid s)q_\pi(s,a)"#,
    #"&= \sum_{s'}\eta(s')\sum_s\mu(s)\sum_a\nabla\pi(a\mid s)q_\pi(s,a)"#,
    #"&\propto \sum_s\mu(s)\sum_a\nabla\pi(a\mid s)q_\pi(s,a)"#,
    #"&= \mathbb E_\pi\Big[\sum_a q_\pi(S_t,a)\nabla\pi(a\mid S_t)\Big]"#,
    #"&= \mathbb E_\pi\Big[\sum_a\pi(a\mid S_t)q_\pi(S_t,a)\frac{\nabla\pi(a\mid S_t)}{\pi(a\mid S_t)}\Big]"#,
    #"&= \mathbb E_\pi\big[q_\pi(S_t,A_t)\nabla\ln\pi(A_t\mid S_t)\big]"#,
    #"&= \mathbb E_\pi\big[G_t\nabla\ln\pi(A_t\mid S_t)\big]"#,
  ]

  private static let lines = unrolling + averaging

  /// The whole derivation with other lines in the place of some, numbered from 1.
  private static func answer(replacing lines: [Int: String] = [:]) -> String {
    var text = Self.lines
    for (line, replacement) in lines { text[line - 1] = replacement }
    return Project.aligned(Array(text[..<6])) + "\n\nTherefore\n\n"
      + Project.aligned(Array(text[6...]))
  }

  private func steps(_ answer: String) throws -> [Step] {
    try Project.homework("q2.derivation", answer).steps
  }

  @Test func `All sixteen lines hold`() throws {
    let steps = try steps(Self.answer())
    #expect(steps.count == 16)
    for (index, step) in steps.enumerated() {
      #expect(step.holds == true, "line \(index + 1): \(step.reason)")
    }
    #expect(steps.map(\.relation).filter { $0 != "=" } == ["propto"])
    // Each relation stands in its own line of the text.
    #expect(steps.map(\.line) == Array(3...8) + Array(16...25))
  }

  @Test func `The gradient is the expected sum over an episode`() throws {
    let steps = try steps(
      Project.aligned([
        #"\nabla J(\theta) &= \sum_s\eta(s)\sum_a\nabla\pi(a\mid s)q_\pi(s,a)"#,
        #"&= \mathbb E_\pi\Big[\sum_{t=0}^{T-1} G_t\nabla\ln\pi(A_t\mid S_t)\Big]"#,
      ]))
    #expect(steps.map(\.holds) == [true, true], "\(steps.map(\.reason))")
  }

  /// The mistakes by their number in the catalogue: what stands in which line, and which relations are
  /// false: that of the line itself, and the `=` by which the next line returns.
  @Test(arguments: [
    ("P1", 12, #"&= \sum_s\mu(s)\sum_a\nabla\pi(a\mid s)q_\pi(s,a)"#, [12]),
    ("P2", 12, #"&\propto \sum_s d_0(s)\sum_a\nabla\pi(a\mid s)q_\pi(s,a)"#, [12, 13]),
    ("P2 uniform", 12, #"&\propto \sum_s\sum_a\nabla\pi(a\mid s)q_\pi(s,a)"#, [12, 13]),
    (
      "P4", 15,
      #"&= \mathbb E_\pi\big[\pi(A_t\mid S_t)q_\pi(S_t,A_t)\nabla\ln\pi(A_t\mid S_t)\big]"#,
      [15, 16]
    ),
    ("P5", 2, #"&= \sum_a\nabla\pi(a\mid s)\,q_\pi(s,a)"#, [2, 3]),
    ("P6", 13, #"&= \mathbb E_\pi\Big[\sum_a v_\pi(S_t)\nabla\pi(a\mid S_t)\Big]"#, [13, 14]),
    ("P7", 9, #"&= \sum_s\eta(s)\sum_a\nabla\pi(a\mid s)r(s,a)"#, [9, 10]),
    (
      "P9", 4,
      #"&= \sum_a\big[\nabla\pi(a\mid s)q_\pi(s,a)+\pi(a\mid s)\sum_{s'}\nabla p(s'\mid s,a) v_\pi(s')\big]"#,
      [4, 5]
    ),
    (
      "P10", 6,
      #"&= \sum_{x\in\mathcal S}\sum_{k=1}^{\infty}\Pr(s\to x,k,\pi)\sum_a\nabla\pi(a\mid x)q_\pi(x,a)"#,
      [6]
    ),
    (
      "P10 with a return", 8,
      #"&= \sum_s\Big(\sum_{k=1}^\infty\Pr(s_0\to s,k,\pi)\Big)\sum_a\nabla\pi(a\mid s)q_\pi(s,a)"#,
      [8, 9]
    ),
    (
      "P11", 6,
      #"&= \sum_{x\in\mathcal S}\Pr(s\to x,3,\pi)\sum_a\nabla\pi(a\mid x)q_\pi(x,a)"#, [6]
    ),
    (
      "P12", 4,
      #"&= \sum_a\big[\nabla\pi(a\mid s)q_\pi(s,a)+\pi(a\mid s)\sum_{s'}\nabla v_\pi(s')\big]"#,
      [4, 5]
    ),
    (
      "P13", 2, #"&= \sum_a\big[\nabla\pi(a\mid s)\,q_\pi(s,a)+\nabla q_\pi(s,a)\big]"#,
      [2, 3]
    ),
    // The probability of ever visiting s is the number of visits over that of a visitor.
    (
      "P14", 9,
      #"&= \sum_s\frac{\eta(s)}{\sum_{k=0}^\infty\Pr(s\to s,k,\pi)}\sum_a\nabla\pi(a\mid s)q_\pi(s,a)"#,
      [9, 10]
    ),
    // The terminal state is visited once and counted in.
    (
      "P15", 11,
      #"&= \Big(1+\sum_{s'}\eta(s')\Big)\sum_s\mu(s)\sum_a\nabla\pi(a\mid s)q_\pi(s,a)"#, [11]
    ),
  ])
  func `A planted mistake fails at its line and at the return from it`(
    mistake: String, line: Int, text: String, wrong: [Int]
  ) throws {
    let steps = try steps(Self.answer(replacing: [line: text]))
    try #require(steps.count == 16)
    for (index, step) in steps.enumerated() {
      #expect(
        step.holds == !wrong.contains(index + 1),
        "\(mistake), line \(index + 1): \(step.reason)")
    }
  }

  /// With a discount the visits are discounted too; without it the third mistake is none.
  @Test(arguments: [
    (#"\sum_{k=0}^\infty\gamma^k\Pr(s_0\to s,k,\pi)"#, [true, true, true]),
    (#"\sum_{k=0}^\infty\Pr(s_0\to s,k,\pi)"#, [true, false, true]),
  ])
  func `A discount belongs to the visits`(visits: String, holds: [Bool]) throws {
    let steps = try steps(
      #"Let $\gamma = 0.9$."# + "\n\n"
        + Project.aligned([
          #"\nabla J(\theta) &= \nabla v_\pi(s_0)"#,
          #"&= \sum_s\Big(\#(visits)\Big)\sum_a\nabla\pi(a\mid s)q_\pi(s,a)"#,
          #"&= \sum_s\Big(\#(visits)\Big)\sum_a \pi(a\mid s) q_\pi(s,a) \nabla\log\pi(a\mid s)"#,
        ]))
    #expect(steps.map(\.holds) == holds, "\(steps.map(\.reason))")
  }

  /// The same where nothing is said of the discount but that it is written in the unrolling.
  @Test(arguments: [
    (#"\sum_{k=0}^\infty\gamma^k\Pr(s_0\to s,k,\pi)"#, "", [true, true, true, true, true]),
    (#"\sum_{k=0}^\infty\Pr(s_0\to s,k,\pi)"#, "", [true, true, true, false, true]),
    // Who sets the discount aside, or leaves open what the visits count, is not wrong.
    (
      #"\sum_{k=0}^\infty\Pr(s_0\to s,k,\pi)"#, "Now take the undiscounted case.",
      [true, true, true, true, true]
    ),
    (#"\eta(s)"#, "", [true, true, true, true, true]),
  ])
  func `A discount in the unrolling belongs to the visits behind it`(
    visits: String, words: String, holds: [Bool]
  ) throws {
    let steps = try steps(
      Project.aligned([
        #"\nabla v_\pi(s) &= \sum_a\big[\nabla\pi(a\mid s)q_\pi(s,a)+\pi(a\mid s)\gamma\sum_{s'}p(s'\mid s,a)\nabla v_\pi(s')\big]"#,
        #"&= \sum_{x\in\mathcal S}\sum_{k=0}^{\infty}\gamma^k\Pr(s\to x,k,\pi)\sum_a\nabla\pi(a\mid x)q_\pi(x,a)"#,
      ]) + "\n\n\(words)\n\n"
        + Project.aligned([
          #"\nabla J(\theta) &= \nabla v_\pi(s_0)"#,
          #"&= \sum_s \#(visits) \sum_a\nabla\pi(a\mid s)q_\pi(s,a)"#,
          #"&= \sum_s \#(visits) \sum_a \pi(a\mid s) q_\pi(s,a) \nabla\log\pi(a\mid s)"#,
        ]))
    #expect(steps.map(\.holds) == holds, "\(steps.map(\.reason))")
  }

  @Test func `A return with a discount that is only recalled leaves the lines as they are`() throws
  {
    let steps = try steps(
      #"$$G_t = \sum_{k=0}^\infty \gamma^k R_{t+k+1}$$"# + "\n\n" + Self.answer())
    #expect(steps.suffix(16).allSatisfy { $0.holds == true }, "\(steps.map(\.reason))")
  }

  @Test(arguments: [
    (#"\sum_{k=0}^\infty\gamma^k\Pr(s_0\to s,k,\pi)"#, [true, true]),
    (#"\sum_{k=0}^\infty\Pr(s_0\to s,k,\pi)"#, [true, false]),
  ])
  func `Visits are what the answer defines them to be`(visits: String, holds: [Bool]) throws {
    let steps = try steps(
      #"Let $\gamma = 0.9$ and $\eta(s) = \#(visits)$."# + "\n\n"
        + Project.aligned([
          #"\nabla J(\theta) &= \nabla v_\pi(s_0)"#,
          #"&= \sum_s\eta(s)\sum_a\nabla\pi(a\mid s)q_\pi(s,a)"#,
        ]))
    #expect(steps.map(\.holds) == holds, "\(steps.map(\.reason))")
  }

  @Test(arguments: [
    #"$$\nabla v_\pi(s) = \nabla v_\pi(s) = \nabla v_\pi(s)$$"#,
    #"$$v_\pi(s) = v_\pi(s) = v_\pi(s)$$"#,
    #"$$v_\pi(s) = \sum_a \pi(a \mid s) q_\pi(s, a) = \sum_a q_\pi(s, a) \pi(a \mid s)$$"#,
    #"$$\nabla J(\theta) \propto \sum_s \mu(s) \sum_a q_\pi(s, a) \nabla \pi(a \mid s)$$"#,
    #"$$\nabla J(\theta) = \nabla J(\theta) \propto \sum_s \mu(s) \sum_a q_\pi(s, a) \nabla \pi(a \mid s)$$"#,
  ])
  func `Padding and restating earn nothing`(answer: String) throws {
    for criterion in ["q2.theorem", "q2.derivation"] {
      let assessment = try Project.homework(criterion, answer)
      #expect(assessment.credit ?? 0 == 0, "\(criterion): \(assessment.reason)")
      #expect(assessment.verdict != .correct && assessment.verdict != .partial)
      #expect(assessment.steps.allSatisfy { $0.holds == true })
    }
  }

  @Test(arguments: [#"s'"#, #"s^\prime"#, #"s^{\prime}"#])
  func `Integrals over states are sums`(successor: String) throws {
    let steps = try steps(
      #"$$\nabla v(s) = \sum_a [\nabla\pi(a|s) q(s,a) + \pi(a|s) \int_{\mathcal S} p(\#(successor)|s,a) \nabla v(\#(successor))\,\mathrm d\#(successor)]$$"#
    )
    #expect(steps.map(\.holds) == [true], "\(steps)")
  }

  /// The theorem with other weights, and nothing of how one comes to it.
  @Test func `Without the product rule nothing is derived`() throws {
    let assessment = try Project.homework(
      "q2.derivation",
      Project.aligned([
        #"\nabla J(\theta) &= \sum_s\eta(s)\sum_a q_\pi(s,a)\nabla\pi(a\mid s)"#,
        #"&= \Big(\sum_{s'}\eta(s')\Big)\sum_s\mu(s)\sum_a q_\pi(s,a)\nabla\pi(a\mid s)"#,
        #"&\propto \sum_s\mu(s)\sum_a q_\pi(s,a)\nabla\pi(a\mid s)"#,
      ]))
    #expect(assessment.steps.map(\.holds) == [true, true, true])
    #expect(assessment.verdict == .review)
    #expect(
      assessment.reason
        == "Every step holds and the chain arrives, but this was not recognised in it: the product rule on policy and value; a person decides."
    )
  }

  @Test func `A discount that is dropped on the way is found at its line`() throws {
    let bellman =
      #"&= \sum_a\big[\nabla\pi(a\mid s)q_\pi(s,a)+\pi(a\mid s)\gamma\sum_{s'}p(s'\mid s,a)\nabla v_\pi(s')\big]"#
    let dropped = bellman.replacing(#"\gamma"#, with: "")
    for (line, holds) in [(bellman, true), (dropped, false)] {
      let steps = try steps(
        #"Let $\gamma = 0.9$."# + "\n\n"
          + Project.aligned([Self.unrolling[0], Self.unrolling[1], line]))
      #expect(steps.map(\.holds) == [true, true, holds], "\(steps.map(\.reason))")
    }
  }
}

extension String {
  /// The text with another in the place of each occurrence of one.
  fileprivate func replacing(_ old: String, with new: String) -> String {
    split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }
}
