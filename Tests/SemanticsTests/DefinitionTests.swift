import Notation
import Semantics
import Testing

/// What a student defines, and the conditions under which a world is made.
struct DefinitionTests {
  @Test func `An index of a definition stands for any`() throws {
    let bench = try Bench.families().defining(("v_i", "s_i^2"))
    #expect(try bench.outcome(#"\sum_j v_j"#, #"\sum_j s_j^2"#) == .equal)
    #expect(try bench.outcome(#"\sum_{k=1}^{J} \log v_k"#, #"2\sum_j \log s_j"#) == .equal)
  }

  @Test func `Names inside take over the index of the abbreviation`() throws {
    let bench = try Bench.univariate().defining((#"\tau"#, #"\frac{1}{\sigma^2}"#))
    #expect(try bench.outcome(#"\tau_q"#, #"\sigma_q^{-2}"#) == .equal)
    #expect(try bench.outcome(#"\tau_p \sigma_p^2"#, "1") == .equal)
    #expect(try bench.outcome(#"\tau_p"#, #"\sigma_q^{-2}"#) == .different)
  }

  @Test func `A definition wins over the question, and the last over the first`() throws {
    let bench = try Bench.univariate().defining(
      (#"\sigma_p"#, #"\sigma_q + 1"#), ("d", #"\mu_q"#), ("d", #"d + \mu_p"#))
    #expect(try bench.outcome(#"\sigma_p"#, #"\sigma_q + 1"#) == .equal)
    // A name never means itself: inside is what stood before.
    #expect(try bench.outcome("d", #"\mu_q + \mu_p"#) == .equal)
  }

  @Test func `The rubric's formulas do not see the student's definitions`() throws {
    let bench = try Bench.univariate().defining((#"\sigma_p"#, "1"))
    #expect(try bench.outcome("1", #"\sigma_p"#) == .different)
  }

  @Test func `Functions are applied to their arguments`() throws {
    var bench = try Bench.univariate()
    bench.vocabulary.declareFunction("h")
    bench = try bench.defining((#"h(a, b)"#, #"a^2 - b"#))
    #expect(try bench.outcome(#"h(\mu_q, \sigma_p)"#, #"\mu_q^2 - \sigma_p"#) == .equal)
    #expect(try bench.outcome(#"h(2, h(1, 3))"#, "6") == .equal)
  }

  @Test func `What a sum inside a function binds is not replaced`() throws {
    for bench in Bench.decisions(discount: 1) {
      let advantage = try bench.defining(
        (#"A(s, a)"#, #"q_\pi(s, a) - \sum_a \pi(a \mid s) q_\pi(s, a)"#))
      #expect(
        try advantage.outcome(
          #"\sum_s \mu(s) \sum_a A(s, a) \pi(a \mid s)"#, "0") == .equal)
    }
  }

  @Test func `An arbitrary function is one and the same everywhere`() throws {
    var bench = try Bench.univariate()
    bench.vocabulary.declareFunction("f")
    #expect(try bench.outcome(#"f(\mu_q + \mu_p)"#, #"f(\mu_p + \mu_q)"#) == .equal)
    #expect(try bench.outcome(#"f(\mu_q + \mu_p)"#, #"f(\mu_q) + f(\mu_p)"#) == .different)
    #expect(try bench.outcome(#"f(2\mu_q)"#, #"2 f(\mu_q)"#) == .different)
    #expect(try bench.outcome(#"f'(\mu_q)"#, #"f(\mu_q)"#) == .different)
  }

  @Test(arguments: ["a + b", "2", "p(x, 1)"])
  func `Not everything can be defined`(left: String) throws {
    let vocabulary = Vocabulary(field: .latentVariable)
    let expression = try Bench.read(left, in: vocabulary)
    var definitions = Definitions()
    let isDefined = definitions.define(expression, as: expression)
    #expect(!isDefined)
    #expect(definitions.stems.isEmpty)
  }

  @Test func `Definitions are listed in order`() throws {
    let bench = try Bench.univariate().defining(("v_i", "1"), ("a", "2"))
    #expect(bench.definitions.stems == ["v", "a"])
    #expect(bench.definitions.bodies.map(\.stem) == ["v", "a"])
    #expect(bench.definitions.contains(Name("a")))
    #expect(!bench.definitions.contains(Name("b")))
  }

  // MARK: - Words for what is declared

  @Test(arguments: [
    ("std_q", #"\sigma_q"#), ("var_p", #"\sigma_p^2"#), ("logvar_q", #"2\log\sigma_q"#),
    (#"\log\sigma_q"#, "log_std_q"), ("m_p", #"\mu_p"#), (#"\tau_p"#, #"\sigma_p^{-2}"#),
    ("s_q", #"\sigma_q"#), (#"\sigma"#, #"\sigma_q"#), (#"\mu"#, #"\mu_q"#),
  ])
  func `Parameters are known by the usual words`(answer: String, reference: String) throws {
    #expect(try Bench.univariate().outcome(answer, reference) == .equal)
  }

  // MARK: - Conditions

  @Test func `A variable can have one value`() throws {
    let bench = try Bench.univariate(
      .value(variable: "mu_p", 0), .value(variable: "sigma_p", 1))
    let divergence = #"KL(q \| p)"#
    #expect(
      try bench.outcome(#"\frac12(\mu_q^2 + \sigma_q^2 - 1 - \log\sigma_q^2)"#, divergence)
        == .equal)
    #expect(
      try Bench.univariate().outcome(
        #"\frac12(\mu_q^2 + \sigma_q^2 - 1 - \log\sigma_q^2)"#, divergence) == .different)
  }

  @Test func `Of a matrix the value is that of the diagonal`() throws {
    let bench = try Bench.matrices(.value(variable: "Sigma_p", 2))
    #expect(try bench.outcome(#"\operatorname{tr}(\Sigma_p)"#, "6") == .equal)
    #expect(try bench.outcome(#"|\Sigma_p|"#, "8") == .equal)
    #expect(try bench.outcome(#"\Sigma_p \mu_q"#, #"2\mu_q"#) == .equal)
  }

  @Test func `Two variables can be equal`() throws {
    let bench = try Bench.univariate(.equal("sigma_q", "sigma_p"))
    #expect(try bench.outcome(#"\sigma_q"#, #"\sigma_p"#) == .equal)
    #expect(try bench.outcome(#"\mu_q"#, #"\mu_p"#) == .different)
    #expect(
      try bench.outcome(#"\frac{(\mu_q - \mu_p)^2}{2\sigma_q^2}"#, #"KL(q \| p)"#) == .equal)
  }

  @Test func `A variable can be held at one generic value`() throws {
    let held = try Bench.univariate(.held("sigma_q"))
    guard case .offset = try held.outcome(#"\mu_q + \log\sigma_q"#, #"\mu_q"#) else {
      Issue.record("no offset")
      return
    }
    #expect(try held.outcome(#"\sigma_q"#, "1") != .equal)
    #expect(
      try Bench.univariate().outcome(#"\mu_q + \log\sigma_q"#, #"\mu_q"#) == .different)
  }

  @Test func `The same key gives the same points and another key others`() throws {
    let witnesses = try ["a", "a", "b"].map { key in
      var bench = try Bench.univariate()
      bench.world = World(
        vocabulary: bench.vocabulary, sizes: .single, key: key, samples: 8, name: "w")
      return try bench.comparison(#"\mu_q^2"#, #"\mu_p"#).witness.map { [$0.left, $0.right] }
    }
    #expect(witnesses[0] != nil)
    #expect(witnesses[0] == witnesses[1])
    #expect(witnesses[0] != witnesses[2])
  }
}
