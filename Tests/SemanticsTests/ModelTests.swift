import Semantics
import Testing

/// Expectations, densities and divergences of latent-variable models.
struct ModelTests {
  /// Compares in every model that can evaluate both sides; each of the indices must.
  private func outcomes(
    _ answer: String, _ reference: String, in models: [Int]
  ) throws -> [Comparison.Outcome] {
    let benches = try Bench.models()
    return try models.map { try benches[$0].outcome(answer, reference) }
  }

  @Test func `There are three models`() throws {
    #expect(
      try Bench.models().map(\.world.name)
        == ["linear-Gaussian model", "non-linear model", "discrete latent variable"])
  }

  @Test(arguments: [
    (#"\mathbb{E}_{q(z \mid x)}[z]"#, #"\mu_q"#),
    (#"\mathbb{E}_{z \sim q(z|x)}[z^2]"#, #"\mu_q^2 + \sigma_q^2"#),
    (#"\mathbb{E}_q[e^z]"#, #"e^{\mu_q + \sigma_q^2/2}"#),
    (#"\mathbb{E}_{p(z)}[(z - \mu_p)^4]"#, #"3\sigma_p^4"#),
    (#"\mathbb{E}_{\epsilon \sim N(0, I)}[\epsilon^2]"#, "1"),
    (#"\mathbb{E}_{\epsilon}[\cos\epsilon]"#, #"e^{-1/2}"#),
    // Expectations in each other and beside each other.
    (
      #"\mathbb{E}_{z \sim q(z|x)}[z \, \mathbb{E}_{\epsilon \sim N(0, I)}[\epsilon^2 + z]]"#,
      #"\mu_q + \mu_q^2 + \sigma_q^2"#
    ),
    (
      #"\mathbb{E}_{z \sim q(z|x)}[z] \cdot \mathbb{E}_{\epsilon \sim N(0, I)}[\epsilon^2] + \int p(z) z \, dz"#,
      #"\mu_q + \mu_p"#
    ),
    (#"\int p(z) z \, dz"#, #"\mu_p"#),
    (#"H(q(z \mid x))"#, #"\frac12\log(2\pi e\sigma_q^2)"#),
    (
      #"KL(q(z \mid x) \| p(z))"#,
      #"\log\frac{\sigma_p}{\sigma_q} + \frac{\sigma_q^2 + (\mu_q - \mu_p)^2}{2\sigma_p^2} - \frac12"#
    ),
    (
      #"KL(N(\mu_q, \sigma_q^2) \| N(0, 1))"#,
      #"\frac12(\mu_q^2 + \sigma_q^2 - 1 - \log\sigma_q^2)"#
    ),
    (
      #"\mathbb{E}_{\epsilon \sim N(0,1)}[\log p(x \mid \mu_q + \sigma_q\epsilon)]"#,
      #"\mathbb{E}_{q(z \mid x)}[\log p(x \mid z)]"#
    ),
    (
      #"\mathbb{E}_{p(\epsilon)}[\log p(x \mid g(\epsilon, x))]"#,
      #"\mathbb{E}_{q(z \mid x)}[\log p(x \mid z)]"#
    ),
    (#"\log\int p(x \mid z) p(z) \, dz"#, #"\log p(x)"#),
  ])
  func `Expectations over normal variables have their closed forms`(
    answer: String, reference: String
  ) throws {
    #expect(try outcomes(answer, reference, in: [0, 1]) == [.equal, .equal])
  }

  @Test(arguments: [
    (
      #"KL(q(z \mid x) \| p(z))"#,
      #"\mathbb{E}_{q(z \mid x)}\left[\log\frac{q(z \mid x)}{p(z)}\right]"#
    ),
    (
      #"\mathbb{E}_q[\log p(x \mid z)] - KL(q(z \mid x) \| p(z)) + KL(q(z \mid x) \| p(z \mid x))"#,
      #"\log p(x)"#
    ),
    (#"\mathbb{E}_q\left[\log\frac{p(x, z)}{p(z \mid x)}\right]"#, #"\log p(x)"#),
    (#"\mathbb{E}_{p(z)}[p(x \mid z)]"#, #"p(x)"#),
    (#"H(q(z \mid x))"#, #"-\mathbb{E}_q[\log q(z \mid x)]"#),
    (#"\mathbb{E}_q[\log p(x)]"#, #"\log p(x)"#),
    (#"KL(q(z \mid x) \| q(z \mid x))"#, "0"),
  ])
  func `Identities hold in all models`(answer: String, reference: String) throws {
    #expect(try outcomes(answer, reference, in: [0, 1, 2]) == [.equal, .equal, .equal])
  }

  @Test(arguments: [
    (
      #"\frac{\partial}{\partial \mu_q} KL(q(z \mid x) \| p(z))"#,
      #"\frac{\mu_q - \mu_p}{\sigma_p^2}"#
    ),
    (
      #"\frac{\partial}{\partial \sigma_q} KL(q(z \mid x) \| p(z))"#,
      #"\frac{\sigma_q}{\sigma_p^2} - \frac{1}{\sigma_q}"#
    ),
    (
      #"\mathbb{E}_{\epsilon}\left[\frac{\partial}{\partial \mu_q} \log p(x \mid \mu_q + \sigma_q \epsilon)\right]"#,
      #"\frac{\partial}{\partial \mu_q} \mathbb{E}_{q(z \mid x)}[\log p(x \mid z)]"#
    ),
    (#"\mathbb{E}_q\left[\frac{\partial}{\partial \mu_q} \log q(z \mid x)\right]"#, "0"),
    (
      #"\mathbb{E}_q\left[\log p(x \mid z) \frac{\partial}{\partial \mu_q} \log q(z \mid x)\right]"#,
      #"\frac{\partial}{\partial \mu_q} \mathbb{E}_q[\log p(x \mid z)]"#
    ),
    (
      #"\int \log p(x \mid z) \frac{\partial}{\partial \mu_q} q(z \mid x) \, dz"#,
      #"\frac{\partial}{\partial \mu_q} \mathbb{E}_q[\log p(x \mid z)]"#
    ),
  ])
  func `Gradients go inside an expectation as pathwise or by the score`(
    answer: String, reference: String
  ) throws {
    #expect(try outcomes(answer, reference, in: [0, 1]) == [.equal, .equal])
  }

  /// The quotient is wide against a narrow encoder, which the linear model may have.
  @Test func `The evidence is an expectation under the encoder`() throws {
    let expectation = #"\log\mathbb{E}_{q(z \mid x)}\left[\frac{p(x, z)}{q(z \mid x)}\right]"#
    #expect(try outcomes(expectation, #"\log p(x)"#, in: [1, 2]) == [.equal, .equal])
    #expect(try outcomes(expectation, #"\log p(x)"#, in: [0]) != [.different])
  }

  @Test(arguments: [
    (#"KL(q(z \mid x) \| p(z))"#, #"KL(p(z) \| q(z \mid x))"#),
    (#"\log\mathbb{E}_q[p(x \mid z)]"#, #"\mathbb{E}_q[\log p(x \mid z)]"#),
    (#"\mathbb{E}_{p(z)}[\log p(x \mid z)]"#, #"\mathbb{E}_q[\log p(x \mid z)]"#),
    (#"\mathbb{E}_q[\log p(x, z)]"#, #"\mathbb{E}_q[\log p(x \mid z)]"#),
    (#"\mathbb{E}_q[\log p(z \mid x)]"#, #"\mathbb{E}_q[\log q(z \mid x)]"#),
  ])
  func `Confusions differ in all models`(answer: String, reference: String) throws {
    #expect(
      try outcomes(answer, reference, in: [0, 1, 2]) == [.different, .different, .different])
  }

  @Test func `The bound stays below the evidence in all models`() throws {
    for bench in try Bench.models() {
      let comparison = try bench.comparison(
        #"\log p(x)"#, #"\mathbb{E}_q[\log p(x \mid z)] - KL(q(z \mid x) \| p(z))"#)
      #expect(comparison.isNowhereBelow)
      #expect(!comparison.isNowhereAbove)
    }
  }

  /// With two points of quadrature the linear decoder's expectation is exact, and no other.
  @Test func `An identity of one model does not hold in all`() throws {
    let mean =
      #"\frac12\left(\log p(x \mid \mu_q + \sigma_q) + \log p(x \mid \mu_q - \sigma_q)\right)"#
    let expectation = #"\mathbb{E}_q[\log p(x \mid z)]"#
    #expect(try outcomes(mean, expectation, in: [0, 1]) == [.equal, .different])
  }

  @Test(arguments: [
    (#"\sum_z q(z \mid x)"#, "1"),
    (#"\sum_z p(z \mid x)"#, "1"),
    (#"\sum_z p(x \mid z) p(z)"#, "p(x)"),
    (#"\sum_z q(z \mid x) \log p(x \mid z)"#, #"\mathbb{E}_{q(z \mid x)}[\log p(x \mid z)]"#),
    (
      #"\sum_z q(z \mid x) \log\frac{q(z \mid x)}{p(z)}"#, #"KL(q(z \mid x) \| p(z))"#
    ),
    (#"\log\sum_z \exp(\log p(x, z))"#, #"\log p(x)"#),
  ])
  func `Expectations over states are sums`(answer: String, reference: String) throws {
    #expect(try outcomes(answer, reference, in: [2]) == [.equal])
  }

  @Test(arguments: [
    (#"\log p(x \mid z)"#, #"p\left(x \mid z\right)"#),
    (#"\log p(x \mid z) - KL(q(z \mid x) \| p(z))"#, #"p\left(x \mid z\right)"#),
    (#"\log p(x, z)"#, #"p\left(x, z\right)"#),
  ])
  func `A latent variable that nothing binds is named`(formula: String, density: String) throws {
    for bench in try Bench.models() {
      let misunderstanding = try bench.misunderstanding(formula)
      #expect(misunderstanding?.kind == .unboundLatent(density))
      #expect(
        misunderstanding?.message == "'\(density)' still depends on the latent variable")
    }
  }

  @Test(arguments: [
    (#"\mathbb{E}_q[\zeta]"#, "the name 'zeta' means nothing here"),
    (#"\mathbb{E}_{r(w)}[w]"#, "the distribution 'r' is not known"),
    (#"h(x)"#, "the name 'h' means nothing here"),
  ])
  func `What nobody declared is named`(formula: String, message: String) throws {
    #expect(try Bench.models()[0].misunderstanding(formula)?.message == message)
  }

  @Test func `A discrete model says what it does not have`() throws {
    let misunderstanding = try Bench.models()[2].misunderstanding(#"\mu_q"#)
    #expect(misunderstanding?.kind == .outOfReach)
    #expect(
      misunderstanding?.message
        == "'mu_q' belongs to normal distributions, and this is judged for others too")
  }
}
