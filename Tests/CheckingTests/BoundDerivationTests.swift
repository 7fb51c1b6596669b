import Homework
import Testing

/// Derivations of the evidence lower bound: by Bayes' theorem, by Jensen's inequality, in closed form.
struct BoundDerivationTests {
  private static let bayes = [
    #"\log p_\theta(x) &= \mathbb E_{q_\phi(z\mid x)}[\log p_\theta(x)]"#,
    #"&= \mathbb E_q\Big[\log\frac{p_\theta(x,z)}{p_\theta(z\mid x)}\Big]"#,
    #"&= \mathbb E_q\Big[\log\Big(\frac{p_\theta(x,z)}{q_\phi(z\mid x)}\frac{q_\phi(z\mid x)}{p_\theta(z\mid x)}\Big)\Big]"#,
    #"&= \mathbb E_q\Big[\log\frac{p_\theta(x,z)}{q_\phi(z\mid x)}\Big]+D_{KL}(q_\phi(z\mid x)\|p_\theta(z\mid x))"#,
    #"&\ge \mathbb E_q\Big[\log\frac{p_\theta(x,z)}{q_\phi(z\mid x)}\Big]"#,
    #"&= \mathbb E_q[\log p_\theta(x\mid z)]+\mathbb E_q[\log p(z)-\log q_\phi(z\mid x)]"#,
    #"&= \mathbb E_q[\log p_\theta(x\mid z)]-D_{KL}(q_\phi(z\mid x)\|p(z))"#,
  ]

  private static let jensen = [
    #"\log p(x) &= \log\int p(x,z)\,dz"#,
    #"&= \log\int q(z\mid x)\frac{p(x,z)}{q(z\mid x)}\,dz"#,
    #"&= \log\mathbb E_{q(z\mid x)}\Big[\frac{p(x,z)}{q(z\mid x)}\Big]"#,
    #"&\ge \mathbb E_{q(z\mid x)}\Big[\log\frac{p(x,z)}{q(z\mid x)}\Big]"#,
    #"&= \mathbb E_{q(z\mid x)}[\log p(x\mid z)]-KL(q(z\mid x)\|p(z))"#,
  ]

  private func judged(_ lines: [String]) throws -> Assessment {
    try Project.homework("q1.b.derivation", Project.aligned(lines))
  }

  @Test(arguments: [bayes, jensen])
  func `Each line holds, and the derivation is right`(lines: [String]) throws {
    let assessment = try judged(lines)
    #expect(assessment.steps.map(\.holds) == lines.map { _ in true })
    #expect(assessment.verdict == .correct, "\(assessment.reason)")
    #expect(assessment.credit == 1)
    #expect(
      assessment.reason == "Every step holds, from the start to what was to be shown.")
  }

  @Test func `The bound can be named on the way`() throws {
    let assessment = try judged(
      Self.bayes[..<4] + [
        Self.bayes[4] + #" =: \mathcal L"#, Self.bayes[5], Self.bayes[6],
      ])
    #expect(assessment.steps.allSatisfy { $0.holds == true }, "\(assessment.steps)")
    #expect(assessment.verdict == .correct, "\(assessment.reason)")
  }

  @Test func `The closed form of a linear decoder continues it`() throws {
    let divergence =
      #"\Big(\log\frac{\sigma_p}{\sigma_q}+\frac{\sigma_q^2+(\mu_q-\mu_p)^2}{2\sigma_p^2}-\frac12\Big)"#
    let assessment = try judged(
      Self.bayes + [
        #"&= \mathbb E_{\epsilon\sim N(0,I)}[\log p_\theta(x\mid \mu_q+\sigma_q\odot\epsilon)]-"#
          + divergence,
        #"&= -\frac D2\log(2\pi s_x^2)-\frac{1}{2s_x^2}\big(\|x-W\mu_q-c\|^2+\sigma_q^2\|W\|^2\big)-"#
          + divergence,
      ])
    #expect(assessment.steps.map(\.holds) == [Bool](repeating: true, count: 9))
  }

  /// All lines of the proof by Bayes' theorem, from the evidence to an estimate, in one model.
  @Test func `Each line from the evidence to the estimate holds`() throws {
    let steps = try Project.homework("q1.b.derivation", Self.whole).steps
    #expect(steps.count == 12)
    for (index, step) in steps.enumerated() {
      #expect(step.holds == true, "step \(index + 1), line \(step.line): \(step.reason)")
    }
  }

  private static let closedForm = #"\tfrac12\sum_j(1+\log\sigma_j^2-\mu_j^2-\sigma_j^2)"#

  private static let whole =
    #"Let $p(z) = N(0, I)$ and $q_\phi(z|x) = N(\mu, \sigma^2)$."# + "\n\n"
    + Project.aligned(
      [
        bayes[0], bayes[1],
        // The logarithm is of both fractions.
        #"&= \mathbb E_q\Big[\log\frac{p_\theta(x,z)}{q_\phi(z\mid x)}\frac{q_\phi(z\mid x)}{p_\theta(z\mid x)}\Big]"#,
        bayes[3], bayes[4] + #" =: \mathcal L"#, bayes[5], bayes[6],
        #"&= \mathbb E_{\epsilon\sim N(0,I)}[\log p_\theta(x\mid\mu+\sigma\odot\epsilon)]+"#
          + closedForm,
        // The brackets of the line before stand for the dot.
        #"&= -\tfrac D2\log(2\pi\sigma_x^2)-\tfrac1{2\sigma_x^2}(\|x-W\mu-b\|^2+\sum_j\sigma_j^2\|W_j\|^2)+\tfrac12\sum_j(\cdot)"#,
      ])
    + "\n\nThe gradient goes inside:\n\n"
    + #"$$\nabla_\phi\mathcal L=\mathbb E_\epsilon[\nabla_\phi\log p_\theta(x\mid\mu+\sigma\epsilon)]-\nabla_\phi D_{KL}$$"#
    + "\n\nand samples estimate the bound:\n\n"
    + #"$$\mathcal L\approx\tfrac1S\sum_s\log p_\theta(x\mid z^{(s)})-D_{KL}$$"#

  @Test(arguments: [
    // The posterior for the likelihood.
    (
      6, #"&= \mathbb E_q[\log p_\theta(z\mid x)]+\mathbb E_q[\log p(z)-\log q_\phi(z\mid x)]"#,
      [6, 7]
    ),
    // The sign of the divergence.
    (7, #"&= \mathbb E_q[\log p_\theta(x\mid z)]+D_{KL}(q_\phi(z\mid x)\|p(z))"#, [7]),
    // The divergence reversed.
    (7, #"&= \mathbb E_q[\log p_\theta(x\mid z)]-D_{KL}(p(z)\|q_\phi(z\mid x))"#, [7]),
    // Bayes' theorem upside down.
    (2, #"&= \mathbb E_q\Big[\log\frac{p_\theta(z\mid x)}{p_\theta(x,z)}\Big]"#, [2, 3]),
    // The likelihood for the joint density.
    (2, #"&= \mathbb E_q\Big[\log\frac{p_\theta(x\mid z)}{p_\theta(z\mid x)}\Big]"#, [2, 3]),
    // The other divergence.
    (
      4,
      #"&= \mathbb E_q\Big[\log\frac{p_\theta(x,z)}{q_\phi(z\mid x)}\Big]+D_{KL}(p_\theta(z\mid x)\|q_\phi(z\mid x))"#,
      [4]
    ),
    // The divergence dropped by an equals sign.
    (5, #"&= \mathbb E_q\Big[\log\frac{p_\theta(x,z)}{q_\phi(z\mid x)}\Big]"#, [5]),
  ])
  func `A planted mistake fails at its line and at the return from it`(
    line: Int, text: String, wrong: [Int]
  ) throws {
    var lines = Self.bayes
    lines[line - 1] = text
    let assessment = try judged(lines)
    #expect(assessment.steps.map(\.holds) == (1...7).map { !wrong.contains($0) })
    #expect(assessment.verdict == (line == 2 ? .incorrect : .partial))
    #expect(assessment.mistakes == ["false-step"])
    #expect(assessment.witness != nil)
    #expect(assessment.reason.contains("in line \(wrong[0] + 2) does not hold: "))
  }

  @Test(arguments: [
    (
      #"&\le \mathbb E_q\Big[\log\frac{p_\theta(x,z)}{q_\phi(z\mid x)}\Big]"#,
      "the direction is reversed: '>=' holds"
    ),
    (
      #"&= \mathbb E_q\Big[\log\frac{p_\theta(x,z)}{q_\phi(z\mid x)}\Big]"#,
      "you dropped KL(q(z|x) || p(z|x)); the relation should be '>='"
    ),
  ])
  func `A wrong relation is named`(line: String, reason: String) throws {
    let assessment = try judged(Self.bayes[..<4] + [line] + Self.bayes[5...])
    #expect(assessment.steps[4].holds == false)
    #expect(assessment.steps[4].reason == reason)
    #expect(
      assessment.reason
        == "The step '\(assessment.steps[4].relation)' in line 7 does not hold: \(reason).")
  }

  @Test func `An inequality with slack is true and carries no target`() throws {
    let assessment = try judged(
      Self.bayes[..<4] + [
        #"&\ge \mathbb E_q\Big[\log\frac{p_\theta(x,z)}{q_\phi(z\mid x)}\Big] - 1"#
      ])
    #expect(assessment.steps.map(\.holds) == [true, true, true, true, true])
    #expect(assessment.verdict == .partial)
    #expect(assessment.mistakes == ["not-arrived"])
  }

  @Test func `An inequality that fails somewhere is false`() throws {
    let assessment = try judged([
      #"\log p(x) &\ge \mathbb E_q[\log p(x\mid z)]"#,
      #"&= \mathbb E_q[\log p(x\mid z)]"#,
    ])
    #expect(assessment.steps.first?.holds == false)
    #expect(assessment.steps.first?.reason == "the left side is smaller at some point")
  }

  @Test func `A line that is not read leaves the matter to a person`() throws {
    var lines = Self.bayes
    lines[2] = #"&= \mathbb E_q\Big[\log\frac{p_\theta(x,z)}{\heartsuit(z"#
    let assessment = try judged(lines)
    #expect(assessment.steps.map(\.holds) == [true, true, nil, nil, true, true, true])
    #expect(assessment.verdict == .review)
    #expect(assessment.credit == nil)
    #expect(assessment.mistakes == ["unread"])
    #expect(
      assessment.reason.hasPrefix("The step '=' in line 5 could not be judged: "),
      "\(assessment.reason)")
  }

  @Test func `A false step before an unread line decides`() throws {
    var lines = Self.bayes
    lines[1] = #"&= \mathbb E_q\Big[\log\frac{p_\theta(z\mid x)}{p_\theta(x,z)}\Big]"#
    lines[4] = #"&\ge \heartsuit("#
    let assessment = try judged(lines)
    #expect(assessment.verdict == .incorrect)
    #expect(assessment.mistakes == ["false-step"])
  }

  @Test func `A damaged line may be the derivation and goes to a person`() throws {
    let assessment = try Project.homework("q1.b.derivation", #"$$L = \frac{1}{2 +$$"#)
    #expect(assessment.verdict == .review)
    #expect(assessment.credit == nil)
    #expect(assessment.mistakes == ["unread"])
  }

  @Test func `One step is no derivation`() throws {
    let assessment = try judged([
      #"\log p(x) \ge \mathbb E_{q(z\mid x)}[\log p(x\mid z)]-KL(q(z\mid x)\|p(z))"#
    ])
    #expect(assessment.verdict == .missing)
    #expect(assessment.mistakes == ["no-derivation"])
    #expect(assessment.reason == "One step from start to end is not a derivation.")
    #expect(assessment.steps.map(\.holds) == [true])
  }

  @Test func `True steps that lead elsewhere earn half at most`() throws {
    let assessment = try judged(Array(Self.bayes[..<3]))
    #expect(assessment.steps.allSatisfy { $0.holds == true })
    #expect(assessment.verdict == .partial)
    #expect(assessment.credit == 0.5)
    #expect(assessment.mistakes == ["not-arrived"])
  }

  @Test func `No formula is no derivation`() throws {
    let assessment = try Project.homework(
      "q1.b.derivation", "It follows from Jensen's inequality.")
    #expect(assessment.verdict == .missing)
    #expect(assessment.reason == "Every formula of the part was read, and none is a derivation.")
  }

  @Test func `A chain may go on through several displays`() throws {
    let displays = Self.jensen.map { "$$\($0.filter { $0 != "&" })$$" }
    let assessment = try Project.homework(
      "q1.b.derivation", displays.joined(separator: "\n\nand so\n\n"))
    #expect(assessment.steps.map(\.holds) == [true, true, true, true, true])
    #expect(assessment.steps.map(\.line) == [1, 5, 9, 13, 17])
    #expect(assessment.verdict == .correct, "\(assessment.reason)")
  }

  /// The same proof as people lay it out.
  @Test(arguments: [
    // Equations that each begin anew.
    #"""
    $$\log p(x) = \log \mathbb E_q\Big[\frac{p(x,z)}{q(z|x)}\Big]$$ By Jensen
    $$\log \mathbb E_q\Big[\frac{p(x,z)}{q(z|x)}\Big] \ge \mathbb E_q\Big[\log\frac{p(x,z)}{q(z|x)}\Big]$$ and
    $$\mathbb E_q\Big[\log\frac{p(x,z)}{q(z|x)}\Big] = \mathbb E_q[\log p(x|z)] - KL(q(z|x)\|p(z))$$
    """#,
    // At any z first.
    #"""
    \begin{equation} \log p(x) = \log p(x,z) - \log p(z|x) \tag{1} \end{equation} hence
    \begin{equation} \log p(x) = \mathbb E_q[\log p(x,z) - \log p(z|x)] \tag{2} \end{equation} and
    \begin{equation} \log p(x) = \mathbb E_q[\log p(x|z)] - KL(q(z|x)\|p(z)) + KL(q(z|x)\|p(z|x)) \tag{3} \end{equation}
    so $$\log p(x) \ge \mathbb E_q[\log p(x|z)] - KL(q(z|x)\|p(z))$$
    """#,
    // Within a sentence.
    #"""
    We have $\log p(x) = \log \sum_z q(z|x) \frac{p(x,z)}{q(z|x)}$, which by Jensen is $\ge \sum_z q(z|x)
    \log\frac{p(x,z)}{q(z|x)}$, and that $= \mathbb E_{q(z|x)}[\log p(x|z)] - KL(q(z|x)\|p(z))$.
    """#,
    // Numbered lines of plain text with reasons.
    #"""
    (1) log p(x) = E_q[log p(x,z) - log p(z|x)]
    (2) = E_q[log p(x,z) - log q(z|x)] + KL(q(z|x); p(z|x))   # add and subtract log q = 0
    (3) >= E_q[log p(x,z) - log q(z|x)]   because KL >= 0
    (4) = E_q[log p(x|z)] - KL(q(z|x) || p(z))
    """#,
    // The first side in a line of its own, reasons in brackets and behind arrows.
    #"""
    log p(x)
      = E_q[log p(x,z) - log p(z|x)]
      >= E_q[log p(x,z) - log q(z|x)]
      = E_q[log p(x|z)] - KL(q(z|x) || p(z))
    """#,
    #"""
    $$\begin{aligned} \log p(x) &= \mathbb E_q[\log p(x,z) - \log p(z|x)] \\
    &\ge \mathbb E_q[\log p(x,z) - \log q(z|x)] \quad \Leftarrow KL \ge 0 \\
    &= \mathbb E_q[\log p(x|z)] - KL(q(z|x)\|p(z)) \quad (\text{as } p(x,z) = p(x|z) p(z)) \end{aligned}$$
    """#,
    // Of the free energy.
    #"""
    $$-\log p(x) = -\log \mathbb E_q\Big[\frac{p(x,z)}{q(z|x)}\Big] \le -\mathbb E_q\Big[\log\frac{p(x,z)}{q(z|x)}\Big]
    = -\mathbb E_q[\log p(x|z)] + KL(q(z|x)\|p(z))$$
    """#,
  ])
  func `A derivation is right in every layout`(answer: String) throws {
    let assessment = try Project.homework("q1.b.derivation", answer)
    #expect(assessment.steps.allSatisfy { $0.holds == true }, "\(assessment.steps)")
    #expect(assessment.verdict == .correct, "\(assessment.reason)")
  }

  @Test func `A false equation behind the derivation counts`() throws {
    let assessment = try Project.homework(
      "q1.b.derivation",
      Project.aligned(Self.jensen) + "\n\nTherefore\n\n"
        + #"$$\log p(x) \le \mathbb E_q[\log p(x|z)] - KL(q(z|x)\|p(z))$$"#)
    #expect(assessment.steps.map(\.holds) == [true, true, true, true, true, false])
    #expect(assessment.verdict == .partial)
    #expect(assessment.mistakes == ["false-step"])
  }

  @Test func `True lines that lead elsewhere without a milestone are for a person`() throws {
    let assessment = try judged([
      #"KL(q(z)\|p(z)) &= \mathbb E_q[\log q(z)] - \mathbb E_q[\log p(z)]"#, #"&\ge 0"#,
    ])
    #expect(assessment.steps.map(\.holds) == [true, true])
    #expect(assessment.verdict == .review)
    #expect(assessment.mistakes == ["not-arrived"])
  }

  /// The end of a proof may stand in a sentence behind the displays.
  @Test(arguments: [
    (
      #"By Jensen's inequality $\log p(x) \ge \mathbb E_q\Big[\log\frac{p(x,z)}{q(z|x)}\Big] = \mathbb E_q[\log p(x|z)] - KL(q(z|x)\|p(z))$."#,
      [true, true, true]
    ),
    (
      #"By Jensen's inequality $\log p(x) \le \mathbb E_q\Big[\log\frac{p(x,z)}{q(z|x)}\Big] = \mathbb E_q[\log p(x|z)] - KL(q(z|x)\|p(z))$."#,
      [true, false, true]
    ),
    (
      #"which is $\ge \mathbb E_q\Big[\log\frac{p(x,z)}{q(z|x)}\Big]$ and that $= \mathbb E_q[\log p(x|z)] - KL(q(z|x)\|p(z))$."#,
      [true, true, true]
    ),
  ])
  func `Sentences go on from displays`(sentence: String, holds: [Bool]) throws {
    let assessment = try Project.homework(
      "q1.b.derivation",
      #"$$\log p(x) = \log \mathbb E_q\Big[\frac{p(x,z)}{q(z|x)}\Big]$$"# + "\n" + sentence)
    #expect(assessment.steps.map(\.holds) == holds, "\(assessment.steps)")
    #expect((assessment.verdict == .correct) == !holds.contains(false), "\(assessment.reason)")
  }

  @Test func `A name that a sentence defines is no line`() throws {
    let assessment = try Project.homework(
      "q1.b.derivation",
      #"Let $\mathcal L = \mathbb E_q[\log p(x,z) - \log q(z|x)]$. Then $$\mathcal L = \log p(x) - KL(q(z|x)\|p(z|x)) \le \log p(x)$$"#
    )
    #expect(assessment.steps.map(\.relation) == ["=", "<="])
  }

  @Test(arguments: [
    #"The last term is $\ge 0$."#, #"Here the gap, a divergence, is $\ge 0$."#,
  ])
  func `What is said of one term is no line`(remark: String) throws {
    let assessment = try judged(Self.bayes[..<4] + [])
    let remarked = try Project.homework(
      "q1.b.derivation",
      Project.aligned(Array(Self.bayes[..<4])) + "\n\n" + remark + "\n\n"
        + Project.aligned(Array(Self.bayes[4...])))
    #expect(remarked.steps.count == assessment.steps.count + 3)
    #expect(remarked.verdict == .correct, "\(remarked.steps)")
  }

  @Test func `A reason in words may end in a relation to zero`() throws {
    var lines = Self.bayes
    lines[4] += #" \quad\text{as a divergence is }\ge 0"#
    let assessment = try judged(lines)
    #expect(assessment.steps.map(\.holds) == lines.map { _ in true })
    #expect(assessment.verdict == .correct)
  }

  @Test func `A false equation beside a right derivation is for a person`() throws {
    let assessment = try Project.homework(
      "q1.b.derivation",
      #"$$p(x) = \int p(x|z) q(z|x) dz$$"# + "\n\n" + Project.aligned(Self.jensen))
    #expect(assessment.steps.first?.holds == false)
    #expect(assessment.verdict == .review)
    #expect(assessment.mistakes == ["contradiction"])
    #expect(
      assessment.reason
        == "The derivation holds, but the equation in line 1 beside it does not: the two sides differ; a person decides."
    )
  }

  @Test(arguments: [
    "log p(x) = E_q[log (p(x,z) q(z|x))/(p(z|x) q(z|x))]\n>= E_q[log (p(x|z) p(z))/q(z|x)]\n= E_q[log p(x|z)] - KL(q(z|x) || p(z))"
  ])
  func `A logarithm may take the quotient behind its brackets`(answer: String) throws {
    let assessment = try Project.homework("q1.b.derivation", answer)
    #expect(assessment.verdict == .correct, "\(assessment.steps)")
  }
}
