import Homework
import Testing

/// Lines of derivations beside plain equations: dots, implications, estimates, gradients.
struct DerivationLinesTests {
  private func holds(_ criterion: String, _ answer: String) throws -> [Bool?] {
    try Project.homework(criterion, answer).steps.map(\.holds)
  }

  private func bound(_ lines: [String]) throws -> [Bool?] {
    try holds("q1.b.derivation", Project.aligned(lines))
  }

  private static let start = #"\log p(x) &= \mathbb E_{q(z|x)}[\log p(x)]"#
  private static let parts =
    #"\mathbb E_{q(z|x)}[\log p(x|z)] - KL(q(z|x)\|p(z))"#
  private static let gap = #"KL(q(z|x)\|p(z|x))"#

  // MARK: - Dots

  @Test(arguments: [
    ([#"&= \dots"#, "&= \(parts) + \(gap)"], [true, true, true]),
    ([#"&= \cdots = \#(parts) + \#(gap)"#], [true, true, true]),
    ([#"&\quad\vdots"#, "&= \(parts) + \(gap)"], [true, true]),
    ([#"&\;\;\vdots \\ &\;\;\vdots"#, "&= \(parts) + \(gap)"], [true, true]),
    ([#"&\ge \ldots"#, #"&= \#(parts)"#], [true, true, true]),
    ([#"&= \ldots"#, #"&\ge \#(parts)"#], [true, true, true]),
    // The slip is somewhere in what is not written: the line behind it is the first that shows it.
    ([#"&= \dots"#, "&= \(parts) - \(gap)", #"&\le \#(parts)"#], [true, true, false, true]),
    ([#"&= \dots"#, "&= \(parts)"], [true, true, false]),
    // Nothing follows from relations of both directions.
    ([#"&\ge \dots"#, #"&\le \#(parts)"#], [true, true, nil]),
    // The chain breaks off: nobody knows where it would go.
    ([#"&= \dots"#], [true, nil]),
  ])
  func `Dots are no line: those around them are compared`(
    lines: [String], expected: [Bool?]
  ) throws {
    #expect(try bound([Self.start] + lines) == expected)
  }

  @Test func `A chain with dots can be right`() throws {
    let assessment = try Project.homework(
      "q1.b.derivation",
      Project.aligned([
        #"\log p(x) &= \mathbb E_{q(z|x)}\Big[\log \frac{p(x,z)}{p(z|x)}\Big]"#, #"&= \dots"#,
        "&= \(Self.parts) + \(Self.gap)", #"&\ge \#(Self.parts)"#,
      ]))
    #expect(assessment.verdict == .correct, "\(assessment.reason)")
  }

  @Test func `Dots stand between lines of plain text too`() throws {
    let answer = """
      log p(x) = E_q[log p(x)]
      = ...
      >= E_q[log p(x|z)] - KL(q(z|x) || p(z))
      """
    #expect(try holds("q1.b.derivation", answer) == [true, true])
  }

  @Test func `Lines of plain text may begin with inequalities`() throws {
    let answer = """
      log p(x) = E_q[log p(x,z) - log q(z|x)] + KL(q(z|x) || p(z|x))
      >= E_q[log p(x,z) - log q(z|x)]
      >= E_q[log p(x,z) - log q(z|x)] - 1

      >= E_q[log p(x,z) - log q(z|x)] - 2
      """
    let steps = try Project.homework("q1.b.derivation", answer).steps
    #expect(steps.map(\.relation) == ["=", ">=", ">=", ">="])
    #expect(steps.map(\.holds) == [true, true, true, true], "\(steps)")
  }

  // MARK: - Brackets that are not repeated

  @Test(arguments: [
    (#"&= \mathbb E_q[\cdot] - 1 + 1"#, nil),
    (#"&= (\cdot) - \mathbb E_q[\log q(z|x)]"#, nil),
    (#"&= \mathbb E_q[2(\cdot)] - \mathbb E_q[(\log p(x,z) - \log q(z|x))]"#, true),
    (#"&= \mathbb E_q[2(\cdot)] - \mathbb E_q[(\log p(x,z) - 2\log q(z|x))]"#, false),
  ])
  func `A dot in brackets is what stood there in the line before`(
    line: String, holds: Bool?
  ) throws {
    let steps = try bound([
      #"\log p(x) &\ge \mathbb E_q[\log p(x,z) - \log q(z|x)]"#,
      #"&= \mathbb E_q[2(\log p(x,z) - \log q(z|x))] - \mathbb E_q[\log p(x,z) - \log q(z|x)]"#,
      line,
    ])
    #expect(steps == [true, true, holds])
  }

  // MARK: - Two readings

  @Test(arguments: [
    (#"\mathbb E_q\Big[\log\frac{p(x,z)}{q(z|x)}\frac{q(z|x)}{p(z|x)}\Big]"#, true),
    (#"\mathbb E_q\Big[\log\frac{p(x|z)p(z)}{q(z|x)}\frac{p(z|x)}{q(z|x)}\Big]"#, false),
    (#"\mathbb E_q[\log p(x|z)p(z) - \log p(z|x)]"#, true),
    (#"\mathbb E_q[\log p(x|z)p(z|x) - \log p(z)]"#, false),
    (#"\mathbb E_q[\log p(x|z)p(z)/p(z|x)]"#, true),
  ])
  func `A logarithm may take like factors side by side`(line: String, holds: Bool) throws {
    #expect(try bound([Self.start, "&= " + line]) == [true, holds])
  }

  // MARK: - Implications

  @Test(arguments: [
    (#"\log p(x) - \#(gap) = \#(parts) \Rightarrow \log p(x) \ge \#(parts)"#, [true, true, true]),
    (#"\log p(x) = \#(parts) + \#(gap) \iff \log p(x) - \#(gap) = \#(parts)"#, [true, true, true]),
    // From a true equation to a false one: the implication is false as well.
    (#"\log p(x) = \#(parts) + \#(gap) \implies \log p(x) = \#(parts)"#, [true, false, false]),
    // What follows from a slip is not charged again.
    (#"\log p(x) = \#(parts) \implies \log p(x) + 1 = \#(parts) + 1"#, [false, true, false]),
    // Not between equations.
    (#"\log p(x) \Rightarrow \#(parts)"#, [nil]),
  ])
  func `Each equation is judged by itself, and the implication by both`(
    chain: String, expected: [Bool?]
  ) throws {
    #expect(try holds("q1.b.derivation", "$$\(chain)$$") == expected)
  }

  @Test func `An implication may begin a line`() throws {
    let steps = try bound([
      #"\#(Self.gap) &= \mathbb E_q[\log q(z|x) - \log p(x,z)] + \log p(x)"#,
      #"\Rightarrow \log p(x) - \#(Self.gap) &= \#(Self.parts)"#,
      #"\Rightarrow \log p(x) &\ge \#(Self.parts)"#,
    ])
    #expect(steps == [true, true, true, true, true])
  }

  // MARK: - Estimates

  @Test(arguments: [
    (#"\frac1S\sum_s\log p_\theta(x\mid z^{(s)})-D_{KL}(q_\phi(z\mid x)\|p(z))"#, true),
    (#"\frac1L\sum_{l=1}^L\log p_\theta(x\mid z^{(l)})-D_{KL}"#, true),
    (#"\frac1L\sum_{l=1}^L\log p_\theta(x\mid\mu+\sigma\epsilon^{(l)})-D_{KL}"#, true),
    (#"\log p_\theta(x\mid z)-D_{KL}(q_\phi(z\mid x)\|p(z))"#, true),
    (#"\frac1S\sum_s\Big[\log p_\theta(x,z^{(s)})-\log q_\phi(z^{(s)}\mid x)\Big]"#, true),
    // Without the mean, with the other sign, with a variance for a deviation.
    (#"\sum_{s=1}^S\log p_\theta(x\mid z^{(s)})-D_{KL}(q_\phi(z\mid x)\|p(z))"#, false),
    (#"\frac1S\sum_s\log p_\theta(x\mid z^{(s)})+D_{KL}(q_\phi(z\mid x)\|p(z))"#, false),
    (#"\frac1L\sum_{l=1}^L\log p_\theta(x\mid\mu+\sigma^2\epsilon^{(l)})-D_{KL}"#, false),
    // A logarithm of a mean has no expectation that is known.
    (#"\log\frac1S\sum_s\frac{p_\theta(x,z^{(s)})}{q_\phi(z^{(s)}\mid x)}"#, nil),
  ])
  func `An approximation by draws is compared in expectation`(
    estimate: String, holds: Bool?
  ) throws {
    let lines = [
      #"\mathcal L &= \mathbb E_{q_\phi(z\mid x)}[\log p_\theta(x\mid z)]-D_{KL}(q_\phi(z\mid x)\|p(z))"#,
      #"&\approx \#(estimate)"#,
    ]
    #expect(try bound(lines) == [true, holds])
  }

  @Test(arguments: [
    (#"\frac1S\sum_s\log\frac{p_\theta(x,z^{(s)})}{q_\phi(z^{(s)}\mid x)}"#, true),
    // The same expectation, and another number at each draw.
    (#"\frac1S\sum_s\log p_\theta(x\mid z^{(s)})-D_{KL}(q_\phi(z\mid x)\|p(z))"#, false),
  ])
  func `Two estimates are equal if they are at each draw`(estimate: String, holds: Bool) throws {
    let lines = [
      #"\mathcal L &\approx \frac1S\sum_s\Big[\log p_\theta(x,z^{(s)})-\log q_\phi(z^{(s)}\mid x)\Big]"#,
      #"&= \#(estimate)"#,
    ]
    #expect(try bound(lines) == [true, holds])
  }

  @Test func `An approximation without draws is not judged`() throws {
    #expect(try bound([Self.start, #"&\approx \#(Self.parts)"#]) == [true, nil])
  }

  // MARK: - Gradients

  @Test(arguments: [
    (
      #"\nabla_\phi\mathcal L=\mathbb E_{\epsilon}[\nabla_\phi\log p_\theta(x\mid\mu_q+\sigma_q\epsilon)]-\nabla_\phi D_{KL}(q_\phi(z\mid x)\|p(z))"#,
      true
    ),
    // The sign, the noise, and the gradient inside of an expectation under q.
    (
      #"\nabla_\phi\mathcal L=\mathbb E_{\epsilon}[\nabla_\phi\log p_\theta(x\mid\mu_q+\sigma_q\epsilon)]+\nabla_\phi D_{KL}(q_\phi(z\mid x)\|p(z))"#,
      false
    ),
    (
      #"\nabla_\phi\mathcal L=\mathbb E_{\epsilon}[\nabla_\phi\log p_\theta(x\mid\mu_q+\sigma_q^2\epsilon)]-\nabla_\phi D_{KL}(q_\phi(z\mid x)\|p(z))"#,
      false
    ),
    (
      #"\nabla_\phi\mathcal L=\mathbb E_{q_\phi(z\mid x)}[\nabla_\phi\log p_\theta(x\mid z)]-\nabla_\phi D_{KL}(q_\phi(z\mid x)\|p(z))"#,
      false
    ),
    (
      #"\nabla_\phi\mathcal L=\mathbb E_{q_\phi(z\mid x)}[(\log p_\theta(x,z)-\log q_\phi(z\mid x))\nabla_\phi\log q_\phi(z\mid x)]"#,
      true
    ),
    // By the parameters of the model, which are not those of the prior unless it carries them.
    (
      #"\nabla_\theta\mathcal L=\mathbb E_{q_\phi(z\mid x)}[\nabla_\theta\log p_\theta(x\mid z)]"#,
      true
    ),
    (
      #"\nabla_\theta\log p_\theta(x)=\mathbb E_{p_\theta(z\mid x)}[\nabla_\theta\log p_\theta(x,z)]"#,
      true
    ),
    (
      #"\nabla_\theta\log p_\theta(x)=\mathbb E_{q_\phi(z\mid x)}[\nabla_\theta\log p_\theta(x,z)]"#,
      false
    ),
    // The letters are the author's own: here theta belongs to the encoder.
    (
      #"\nabla_\theta\mathcal L=\mathbb E_{\epsilon}[\nabla_\theta\log p_\varphi(x\mid\mu_q+\sigma_q\epsilon)]-\nabla_\theta D_{KL}(q_\theta(z\mid x)\|p(z))"#,
      true
    ),
  ])
  func `Gradients by the parameters of encoder and decoder are exact`(
    equation: String, holds: Bool?
  ) throws {
    #expect(try self.holds("q1.b.derivation", "$$\(equation)$$") == [holds])
  }
}
