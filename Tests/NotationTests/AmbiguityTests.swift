import Notation
import Testing

/// Texts with two readings: the usual one is taken, the choice is noted and can be made.
struct AmbiguityTests {
  @Test(
    arguments: [
      (
        #"a/2b"#,
        #"((a / 2) * b)"#,
        #"(a / (2 * b))"#,
        [Choice.slashTakesProduct]
      ),
      (
        #"1/2σ²"#,
        #"((1 / 2) * (sigma ^ 2))"#,
        #"(1 / (2 * (sigma ^ 2)))"#,
        [Choice.slashTakesProduct]
      ),
      (
        #"(a+b)/2 c"#,
        #"(((a + b) / 2) * c)"#,
        #"((a + b) / (2 * c))"#,
        [Choice.slashTakesProduct]
      ),
      (
        #"1/2 (a+b)"#,
        #"((1 / 2) * (a + b))"#,
        #"((1 / 2) * (a + b))"#,
        []
      ),
      (
        #"1/2*(a+b)"#,
        #"((1 / 2) * (a + b))"#,
        #"((1 / 2) * (a + b))"#,
        []
      ),
      (
        #"½ log x"#,
        #"(0.5 * log(x))"#,
        #"(0.5 * log(x))"#,
        []
      ),
      (
        #"1/(2 s^2) c"#,
        #"((1 / (2 * (s ^ 2))) * c)"#,
        #"((1 / (2 * (s ^ 2))) * c)"#,
        []
      ),
      (
        #"1/2 log x"#,
        #"((1 / 2) * log(x))"#,
        #"((1 / 2) * log(x))"#,
        []
      ),
      (
        #"1/N sum_j x_j"#,
        #"((1 / N) * sum[j](x_j))"#,
        #"((1 / N) * sum[j](x_j))"#,
        []
      ),
      (
        #"\log(a)^2"#,
        #"(log(a) ^ 2)"#,
        #"log((a ^ 2))"#,
        [Choice.powerInsideFunction]
      ),
      // Braces of LaTeX are not seen.
      (
        #"\log{\sigma}^2"#,
        #"log((sigma ^ 2))"#,
        #"log((sigma ^ 2))"#,
        []
      ),
      (
        #"\log{(a)}^2"#,
        #"(log(a) ^ 2)"#,
        #"log((a ^ 2))"#,
        [Choice.powerInsideFunction]
      ),
      (
        #"\log^2(a)"#,
        #"(log(a) ^ 2)"#,
        #"(log(a) ^ 2)"#,
        []
      ),
      (
        #"\exp(a)^2"#,
        #"(exp(a) ^ 2)"#,
        #"(exp(a) ^ 2)"#,
        []
      ),
      (
        #"\ln\left(a\right)^2"#,
        #"(log(a) ^ 2)"#,
        #"log((a ^ 2))"#,
        [Choice.powerInsideFunction]
      ),
      (
        #"\log\frac ab\frac cd e"#,
        #"((log((a / b)) * (c / d)) * e)"#,
        #"(log(((a / b) * (c / d))) * e)"#,
        [Choice.logarithmTakesFactors]
      ),
      (
        #"\log p(x|z) p(z)"#,
        #"(log(p(x | z)) * p(z))"#,
        #"log((p(x | z) * p(z)))"#,
        [Choice.logarithmTakesFactors]
      ),
      (
        #"\log p(x|z) p(z) / q(z|x)"#,
        #"((log(p(x | z)) * p(z)) / q(z | x))"#,
        #"log(((p(x | z) * p(z)) / q(z | x)))"#,
        [Choice.logarithmTakesFactors]
      ),
      // Weighted logarithms.
      (
        #"\log\pi(a|s) \pi(a|s)"#,
        #"(log(pi(a | s)) * pi(a | s))"#,
        #"(log(pi(a | s)) * pi(a | s))"#,
        []
      ),
      (
        #"\log p(x|z) q(z|x)"#,
        #"(log(p(x | z)) * q(z | x))"#,
        #"(log(p(x | z)) * q(z | x))"#,
        []
      ),
      (
        #"\log\frac ab c"#,
        #"(log((a / b)) * c)"#,
        #"(log((a / b)) * c)"#,
        []
      ),
      (
        #"\sum_j a_j + b_j"#,
        #"(sum[j](a_j) + b_j)"#,
        #"sum[j]((a_j + b_j))"#,
        [Choice.sumTakesTerms]
      ),
      (
        #"\frac12 \sum_j a_j + b_j - 1"#,
        #"((((1 / 2) * sum[j](a_j)) + b_j) - 1)"#,
        #"((1 / 2) * sum[j](((a_j + b_j) - 1)))"#,
        [Choice.sumTakesTerms]
      ),
      (
        #"\sum_j a_j + \sum_j b_j"#,
        #"(sum[j](a_j) + sum[j](b_j))"#,
        #"(sum[j](a_j) + sum[j](b_j))"#,
        []
      ),
      (
        #"\sum_j (a_j) + c"#,
        #"(sum[j](a_j) + c)"#,
        #"(sum[j](a_j) + c)"#,
        []
      ),
      (
        #"(\sum_j a_j) + b_j"#,
        #"(sum[j](a_j) + b_j)"#,
        #"(sum[j](a_j) + b_j)"#,
        []
      ),
      (
        #"\nabla u (a - b)"#,
        #"(grad[](u) * (a - b))"#,
        #"grad[]((u * (a - b)))"#,
        [Choice.gradientTakesProduct]
      ),
      (
        #"\nabla J(\theta)"#,
        #"grad[](J(theta))"#,
        #"grad[](J(theta))"#,
        []
      ),
    ] as [(String, String, String, [Choice])])
  func `Both readings are found`(
    text: String, usual: String, other: String, choices: [Choice]
  ) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == usual)
    #expect(formula.ambiguities == Set(choices))
    #expect(Reading.text(of: Reading.other.formula(text)) == other)
  }
}
