import Homework
import Testing

/// Inequalities: tried far from the usual points, with their gap and their direction named.
struct InequalityTests {
  private func step(_ relation: String) throws -> Step {
    let lines = [
      #"\log p(x) &\ge \mathbb E_q[\log p(x,z)-\log q(z|x)]"#,
      #"&= \mathbb E_q[\log p(x|z)] - KL(q(z|x)\|p(z))"#,
      "&" + relation,
    ]
    let assessment = try Project.homework("q1.b.derivation", Project.aligned(lines))
    return try #require(assessment.steps.count == 3 ? assessment.steps[2] : nil)
  }

  /// Each holds at the generic points of all models; q and p are near to each other there.
  @Test(arguments: [
    #"\ge -40"#,
    #"\ge \mathbb E_q[\log p(x|z)] - 4"#,
    #"\ge \mathbb E_q[\log p(x,z)] - 1"#,
    #"\ge \mathbb E_q[\log p(x|z)] - KL(q(z|x)\|p(z)) - KL(p(z)\|q(z|x)) + 0.003"#,
  ])
  func `An inequality that fails far out or in a corner is false`(relation: String) throws {
    let step = try step(relation)
    #expect(step.holds == false)
    #expect(step.reason == "the left side is smaller at some point")
  }

  @Test(arguments: [
    (#"\ge \mathbb E_q[\log p(x|z)] - 2 KL(q(z|x)\|p(z))"#, "the gap is KL(q(z|x) || p(z))"),
    (#"\ge \mathbb E_q[\log p(x|z)] - 3 KL(q(z|x)\|p(z))"#, "the gap is 2 KL(q(z|x) || p(z))"),
    (#"\le \log p(x)"#, "the gap is KL(q(z|x) || p(z|x))"),
    (#"\ge \mathbb E_q[\log p(x,z)-\log q(z|x)] - 1"#, "not refuted"),
    (#"\ge \mathbb E_q[\log p(x|z)] - KL(q(z|x)\|p(z)) - KL(p(z)\|q(z|x))"#, "not refuted"),
    (#"\le \log \mathbb E_q\Big[\frac{p(x,z)}{q(z|x)}\Big]"#, "the gap is KL(q(z|x) || p(z|x))"),
  ])
  func `One with a divergence as its gap holds, others are not refuted`(
    relation: String, reason: String
  ) throws {
    let step = try step(relation)
    #expect(step.holds == true)
    #expect(step.reason == reason)
  }

  @Test(arguments: [
    (#"\ge \log p(x)"#, "the direction is reversed: '<=' holds"),
    (
      #"\le \mathbb E_q[\log p(x|z)] - 2 KL(q(z|x)\|p(z))"#, "the direction is reversed: '>=' holds"
    ),
    // Near to each other neither direction holds everywhere.
    (
      #"\le \mathbb E_q[\log p(x|z)] - KL(p(z)\|q(z|x))"#, "the left side is larger at some point"
    ),
    (#"> \mathbb E_q[\log p(x,z)-\log q(z|x)]"#, "the two sides are equal"),
    (#"= \log p(x)"#, "you added KL(q(z|x) || p(z|x)); the relation should be '<='"),
    (
      #"= \mathbb E_q[\log p(x|z)] - 2 KL(q(z|x)\|p(z))"#,
      "you dropped KL(q(z|x) || p(z)); the relation should be '>='"
    ),
    (
      #"= \mathbb E_q[\log p(x|z)] - KL(q(z|x)\|p(z)) - 1"#,
      "the left side is larger: '>=' would hold"
    ),
  ])
  func `A false relation is told from the right one`(relation: String, reason: String) throws {
    let step = try step(relation)
    #expect(step.holds == false)
    #expect(step.reason == reason)
  }

  @Test func `Equal sides are not unequal`() throws {
    let step = try step(#"\ge \mathbb E_q[\log p(x,z)-\log q(z|x)]"#)
    #expect(step.holds == true)
    #expect(step.reason == "the two sides are equal")
  }

  /// Of decision processes as well: with rewards of either sign and policies far from uniform.
  @Test(arguments: [
    (#"v_\pi(s) = \sum_a \pi(a|s) q_\pi(s,a) \ge \sum_a \pi(a|s)^2 q_\pi(s,a)"#, false),
    (
      #"v_\pi(s)^2 = \Big(\sum_a \pi(a|s) q_\pi(s,a)\Big)^2 \le \sum_a \pi(a|s) q_\pi(s,a)^2"#, true
    ),
  ])
  func `Values of decision processes are tried widely too`(chain: String, holds: Bool) throws {
    let assessment = try Project.homework("q2.derivation", "$$\(chain)$$")
    #expect(assessment.steps.map(\.holds) == [true, holds], "\(assessment.steps)")
  }

  @Test func `An integral that does not converge leaves an inequality open`() throws {
    let lines = [
      #"\log p(x) &= \log \int p(x,z) dz"#, #"&\le \int \log p(x,z) dz"#,
    ]
    let assessment = try Project.homework("q1.b.derivation", Project.aligned(lines))
    #expect(assessment.steps.map(\.holds) == [true, nil], "\(assessment.steps)")
    #expect(assessment.verdict == .review)
  }

  /// Of ratios of densities the integrals are not known everywhere; there nothing is said, elsewhere they decide.
  @Test(arguments: [
    (
      #"-KL(q(z)\|p(z))=\mathbb E_q[\log\frac{p(z)}{q(z)}]\le\log\mathbb E_q[\frac{p(z)}{q(z)}]=\log 1=0"#,
      [true, true, true, true]
    ),
    (#"\sqrt{\mathbb E_q[p(z)/q(z)]} = 1/\mathbb E_q[p(z)/q(z)] \le 2"#, [true, true]),
    (#"\mathbb E_q[(p(x,z)/q(z))^2] \ge p(x)^2"#, [true]),
    (#"\mathbb E_q[(p(x,z)/q(z))^2] \le p(x)^2"#, [false]),
    (#"p(x)=\mathbb E_q[\frac{p(x,z)}{q(z|x)}]\le 1"#, [true, false]),
    (#"\log\mathbb E_q[\frac{p(x,z)}{q(z|x)}]\le 0"#, [false]),
  ])
  func `Ratios of densities are judged where they are known`(
    chain: String, holds: [Bool]
  ) throws {
    let assessment = try Project.homework("q1.b.derivation", "$$\(chain)$$")
    #expect(assessment.steps.map(\.holds) == holds, "\(assessment.steps)")
  }

  @Test(arguments: [
    (#"\log p(x) + 0 \ge \mathbb E_q[\log p(x|z)]"#, true),
    (#"\mathbb E_q[\log p(x|z)] + 0 \le \log p(x)"#, false),
  ])
  func `The witness of a false inequality is a point where it fails`(
    relation: String, isLess: Bool
  ) throws {
    let assessment = try Project.homework("q1.b.derivation", "$$\(relation) = 0$$")
    let witness = try #require(assessment.witness)
    #expect((witness.student < witness.reference) == isLess, "\(witness)")
  }

  /// A name for the sample is not the variable of an integral.
  @Test(arguments: [#"$z = \mu_q + \sigma_q\epsilon$"#, ""])
  func `The variable of an integral is its own`(sentence: String) throws {
    let assessment = try Project.homework(
      "q1.b.derivation",
      Project.aligned([
        #"\log p(x) &= \log\int p(x,z)\,dz"#,
        #"&\ge \mathbb E_{q(z|x)}\Big[\log\frac{p(x,z)}{q(z|x)}\Big]"#,
        #"&= \mathbb E_{q(z|x)}[\log p(x|z)] - KL(q(z|x)\|p(z))"#,
      ]) + sentence)
    #expect(assessment.steps.map(\.holds) == [true, true, true], "\(assessment.steps)")
    #expect(assessment.verdict == .correct)
  }
}
