import Semantics
import Testing

/// Expected values by mpmath 1.3 with 40 digits, rounded to 20.
struct CalculatorTests {
  private static let divergence = ["sigma_q": 0.7, "sigma_p": 1.6, "mu_q": -0.3, "mu_p": 0.8]
  private static let point = ["x": 0.35, "y": -1.2, "a": 2.5, "b": 3.0]

  private func answer(
    _ formula: String, at points: [String: [Double]]...
  ) throws -> Calculator.Answer {
    let calculator = try #require(Calculator(vocabulary: "general"))
    return try calculator.answer(to: formula, at: points)
  }

  @Test(arguments: [
    (
      #"\log\frac{\sigma_p}{\sigma_q} + \frac{\sigma_q^2 + (\mu_q-\mu_p)^2}{2\sigma_p^2} - \frac12"#,
      0.65870982318446801682
    ),
    ("ln(σ_p/σ_q) + (σ_q² + (μ_q − μ_p)²)/(2σ_p²) − ½", 0.65870982318446801682),
    (
      "log(sigma_p/sigma_q) + (sigma_q^2 + (mu_q - mu_p)^2)/(2 sigma_p^2) - 1/2",
      0.65870982318446801682
    ),
    (
      "np.log(sigma_p/sigma_q) + (sigma_q**2 + (mu_q - mu_p)**2)/(2*sigma_p**2) - 0.5",
      0.65870982318446801682
    ),
    (#"\tfrac12 \ln(2\pi e\, \sigma_q^2)"#, 1.0622635892659402994),
  ])
  func `One formula has one value in every notation`(formula: String, expected: Double) throws {
    let value = try answer(formula, at: Self.divergence.mapValues { [$0] }).values.first ?? nil
    #expect(abs(try #require(value) - expected) <= 1e-14 * expected)
  }

  @Test func `An element is taken by its number, and one that is not there is named`() throws {
    #expect(try answer("s[0] + s[2]", at: ["s[]": [1, 2, 4]]).values == [5])
    #expect(throws: (any Error).self) { try answer("s[3]", at: ["s[]": [1, 2, 4]]) }
  }

  @Test(arguments: [#"\sqrt[99999999999999999999]{a}"#, #"\sqrt[10^{30}]{a}"#])
  func `A root of an order beyond all integers is near one`(root: String) throws {
    #expect(try answer(root, at: ["a": [2.5]]).values == [1])
  }

  /// A comma before decimals, where no list can be.
  @Test(arguments: [
    (#"0{,}5 a"#, 1.25), (#"0{,}125 a"#, 0.3125), (#"1{,}000 a"#, 2500), (#"3{.}5"#, 3.5),
    ("a - 0,5", 2), ("a·0,5 + 1", 2.25), ("b - 0,25(a + b)", 1.625),
  ])
  func `A decimal comma is read`(formula: String, expected: Double) throws {
    #expect(try answer(formula, at: Self.point.mapValues { [$0] }).values == [expected])
  }

  @Test(arguments: [
    (#"\frac{e^{-x^2/2}}{\sqrt{2\pi}}"#, 0.37524034691693788129),
    (#"\ln(1+e^{y})"#, 0.26328246733803119947),
    (#"a^b"#, 15.625),
    (#"a^{-b}"#, 0.064),
    (#"\tanh x"#, 0.33637554433633219337),
    (#"\arctan y"#, -0.87605805059819340491),
    (#"\cosh y"#, 1.8106555673243747261),
    (#"\sin^2 x"#, 0.11757890635775577257),
    (#"\sin^{-1} x"#, 0.35757110364551026301),
    (#"lgamma(a)"#, 0.28468287047291915963),
    (#"erf(x)"#, 0.37938205356231029813),
    (#"\log_2 a"#, 1.3219280948873623479),
    (#"\log_{10} a"#, 0.39794000867203760957),
    (#"\sqrt[3]{a}"#, 1.3572088082974532858),
    (#"|y|"#, 1.2),
    (#"\lfloor a \rfloor"#, 2),
    (#"\binom{5}{2}"#, 10),
    (#"7!"#, 5040),
    (#"1/(1+exp(-y))"#, 0.23147521650098236497),
    (#"\sum_{k=1}^{20} \frac{1}{k^2}"#, 1.5961632439130233166),
    (#"\sum_{k=0}^{\infty} x^k"#, 1.538461538461538409),
    (#"\prod_{k=1}^{5} \frac{k}{2}"#, 3.75),
    (#"\sum_{k=3}^{2} k"#, 0),
    (#"\prod_{k=3}^{2} k"#, 1),
    (#"\int_0^1 x t^2 \, dt"#, 0.11666666666666665927),
    (#"\int_0^\infty e^{-t^2} dt"#, 0.88622692545275801365),
    (#"\frac{d}{dx}\left(x^3 \sin x\right)"#, 0.16629054930320971103),
    (#"\frac{d^2}{dx^2} e^{2x}"#, 8.0550108298819057288),
    (#"\det\begin{pmatrix}1&2\\3&4\end{pmatrix}"#, -2),
    (#"\operatorname{tr}\left(\begin{pmatrix}1&2\\3&4\end{pmatrix}^{-1}\right)"#, -2.5),
  ])
  func `Functions, sums and integrals have their values`(
    formula: String, expected: Double
  ) throws {
    let value = try answer(formula, at: Self.point.mapValues { [$0] }).values.first ?? nil
    #expect(abs(try #require(value) - expected) <= 1e-14 * abs(expected), "\(formula)")
  }

  @Test(arguments: [
    (#"\frac12\sum_{j}(\mu_j^2+\sigma_j^2-1-\log\sigma_j^2)"#, 2.0655626552706227199),
    (#"0.5*np.sum(mu**2 + sigma**2 - 1 - np.log(sigma**2))"#, 2.0655626552706227199),
    (#"\|\mu\|"#, 1.3693063937629152836),
    (#"np.mean(sigma)"#, 1.4),
    (#"\prod_i \sigma_i"#, 2.1),
    (#"\max_j \mu_j"#, 0.5),
    (#"\sum_{j=1}^{3} j \sigma_j"#, 9.7),
    (#"\sum_{j=1}^{2} \sigma_j"#, 2.2),
    (#"\sum_{j=2}^{3} \sigma_j"#, 3.5),
    (#"\prod_{j=1}^{2} \sigma_j"#, 1.05),
    (#"\sum_{j=1}^{J} \sigma_j"#, 4.2),
    (#"\sigma_1 + 10\sigma_3"#, 20.7),
  ])
  func `Families are arrays at a point`(formula: String, expected: Double) throws {
    let point = ["mu[]": [0.5, -1.25, 0.25], "sigma[]": [0.7, 1.5, 2]]
    let value = try answer(formula, at: point).values.first ?? nil
    #expect(abs(try #require(value) - expected) <= 1e-14 * expected)
  }

  @Test(arguments: [
    #"\log(-a)"#, #"\sqrt{y}"#, #"y^{1/2}"#, #"\arcsin a"#, #"\frac{1}{x - x}"#,
    #"\frac{x-x}{y-y}"#, #"e^{1000}"#, #"0 \cdot \infty"#, #"a + unknown"#, #"\log 0"#,
    #"\begin{pmatrix}1&2\\3&4\end{pmatrix}"#,
  ])
  func `What is undefined, complex or no number has no value`(formula: String) throws {
    #expect(try answer(formula, at: Self.point.mapValues { [$0] }).values == [nil])
  }

  @Test(arguments: [
    (#"\frac{\partial}{\partial\theta} (\theta^2 x)"#, 3.0),
    (#"\nabla_{\theta} \log\theta"#, 0.5),
    (#"\frac{\partial}{\partial\sigma^2} \log\sigma^2"#, 1 / 6.25),
    (#"\frac{\partial^2}{\partial x^2} x^3"#, 4.5),
    (#"\nabla_z z^2|_{z=x+\theta}"#, 5.5),
  ])
  func `Letters of parameters are variables`(formula: String, expected: Double) throws {
    let value = try answer(formula, at: ["theta": [2], "x": [0.75], "sigma": [2.5]]).values.first
    #expect(abs(try #require(value ?? nil) - expected) <= 1e-14 * expected)
  }

  @Test func `Each point has its own value`() throws {
    let answer = try answer(#"\sqrt{x}"#, at: ["x": [4]], ["x": [-4]], [:], ["x": [0.25]])
    #expect(answer.values == [2, nil, nil, 0.5])
  }

  @Test func `An odd root of a negative number is real`() throws {
    let value = try answer(#"\sqrt[3]{x}"#, at: ["x": [-8]]).values.first ?? nil
    #expect(abs(try #require(value) + 2) <= 1e-14)
  }

  @Test(arguments: [(#"\pi"#, "pi"), ("e", "e")])
  func `Constants yield to what is given`(formula: String, name: String) throws {
    #expect(try answer(formula, at: [name: [1.5]]).values == [1.5])
    #expect(try answer(formula, at: [:]).values != [1.5])
    #expect(try answer(formula, at: [:]).values != [nil])
  }

  @Test(arguments: [
    (#"\sigma_{p} a_{k + n}"#, ["a_k+n", "sigma_p"]),
    (#"\varphi + \phi + \varepsilon"#, ["epsilon", "phi"]),
    (#"\hat{x} + s'"#, ["hatx", "s'"]),
    (#"\mathbf{w} + x"#, ["w", "x"]),
    (#"\sum_{k=1}^{n} k c"#, ["c", "n"]),
    (#"\int_0^1 x t^2 \, dt"#, ["x"]),
    (#"2\pi e"#, []),
    (#"3 + 4"#, []),
  ])
  func `Free names are listed as they are called`(formula: String, names: [String]) throws {
    #expect(try answer(formula).names == names)
  }

  @Test(arguments: [
    ("a/2b", "'a/2b' is read as '(a/2) b'; write brackets if '/(2b)' is meant"),
    (
      #"\log(a)^2"#,
      "'log(a)^2' is read as '(log a)^2'; write 'log(a^2)' if that is meant"
    ),
    (
      #"\sum_{k=1}^{3} k + k"#,
      "the sum ends before the next '+'; write brackets if it goes on"
    ),
    (#"\nabla f (a-b)"#, "the gradient is taken of the next factor alone"),
  ])
  func `A text with two readings warns of the other`(formula: String, warning: String) throws {
    #expect(try answer(formula).warnings == [warning])
  }

  @Test(arguments: ["a/(2b)", #"\log(a^2)"#, #"(\log a)^2"#, #"\sum_{k=1}^{3} (k + k)"#])
  func `Brackets leave one reading`(formula: String) throws {
    #expect(try answer(formula).warnings.isEmpty)
  }

  @Test func `Of an equation the last side is evaluated`() throws {
    let answer = try answer(#"a \le b + 1"#, at: Self.point.mapValues { [$0] })
    #expect(answer.values == [4])
    #expect(answer.latex == #"a \le b + 1"#)
  }

  @Test func `There is no calculator for an unknown vocabulary`() {
    #expect(Calculator(vocabulary: "physics") == nil)
    for field in Vocabulary.Field.allCases {
      #expect(Calculator(vocabulary: field.rawValue) != nil)
    }
  }
}
