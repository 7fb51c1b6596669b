import Semantics
import Testing

/// Vectors and matrices: what equals what, and which shapes do not go together.
struct MatrixAlgebraTests {
  @Test(arguments: [
    (#"\operatorname{tr}(\Sigma_p \Sigma_q)"#, #"\operatorname{tr}(\Sigma_q \Sigma_p)"#),
    (#"\operatorname{tr}(\Sigma_p^{-1} \Sigma_p)"#, "k"),
    (#"\det(\Sigma_p^{-1})"#, #"\frac{1}{|\Sigma_p|}"#),
    (#"\log\det(\Sigma_p \Sigma_q)"#, #"\log|\Sigma_p| + \log|\Sigma_q|"#),
    (
      #"(\mu_q - \mu_p)^\top \Sigma_p^{-1} (\mu_q - \mu_p)"#,
      #"\operatorname{tr}\left(\Sigma_p^{-1} (\mu_q - \mu_p)(\mu_q - \mu_p)^\top\right)"#
    ),
    (#"\mu_q^\top \mu_p"#, #"\sum_j \mu_{q,j} \mu_{p,j}"#),
    (#"(\Sigma_q \Sigma_p)^\top"#, #"\Sigma_p \Sigma_q"#),
    (#"(\Sigma_q \Sigma_p)^{-1}"#, #"\Sigma_p^{-1} \Sigma_q^{-1}"#),
    (#"\Sigma_q^2"#, #"\Sigma_q \Sigma_q"#),
    (#"\Sigma_q I"#, #"\Sigma_q"#),
    (#"\operatorname{tr}(\Sigma_q + 2I)"#, #"\operatorname{tr}(\Sigma_q) + 2k"#),
    (#"\mu_q \odot \mu_p"#, #"\mu_p \odot \mu_q"#),
    (
      #"\frac12\left[\operatorname{tr}(\Sigma_p^{-1}\Sigma_q) + (\mu_p-\mu_q)^\top\Sigma_p^{-1}(\mu_p-\mu_q) - k + \log\frac{|\Sigma_p|}{|\Sigma_q|}\right]"#,
      #"KL(q \| p)"#
    ),
  ])
  func `Matrix algebra has its laws`(answer: String, reference: String) throws {
    #expect(try Bench.matrices().outcome(answer, reference) == .equal)
  }

  @Test(arguments: [
    (#"\Sigma_q \Sigma_p"#, #"\Sigma_p \Sigma_q"#),
    (#"\mu_q \mu_p^\top"#, #"\mu_p \mu_q^\top"#),
    (#"|\Sigma_q + \Sigma_p|"#, #"|\Sigma_q| + |\Sigma_p|"#),
  ])
  func `Matrix algebra has no others`(answer: String, reference: String) throws {
    #expect(try Bench.matrices().outcome(answer, reference) == .different)
  }

  @Test(arguments: [
    (#"\Sigma_q + \mu_q"#, "a 3 by 3 matrix and a vector of 3 are combined entry by entry"),
    (#"\mu_q + w"#, "a vector of 3 and a vector of 4 are combined entry by entry"),
    (#"\Sigma_q w"#, "a 3 by 3 matrix is multiplied by a vector of 4"),
    (#"w^\top \Sigma_q"#, "a vector of 4 is multiplied by a 3 by 3 matrix"),
    (#"\log \Sigma_p"#, "'log' is taken of a 3 by 3 matrix"),
    (#"\frac{1}{\Sigma_p}"#, "something is divided by a matrix"),
    (#"\operatorname{tr}(\mu_q)"#, "'trace' is taken of a vector of 3"),
    (#"1 + I"#, "the identity matrix is combined with a number or vector"),
    (#"2^{\mu_q}"#, "a vector or matrix stands where a number is expected"),
  ])
  func `Shapes that do not go together are named`(formula: String, message: String) throws {
    let misunderstanding = try Bench.matrices().misunderstanding(formula)
    #expect(misunderstanding?.message == message)
    #expect(misunderstanding?.kind == .nonsense)
  }

  @Test func `Roots of matrices are out of reach`() throws {
    let misunderstanding = try Bench.matrices().misunderstanding(#"\Sigma_p^{1/2}"#)
    #expect(misunderstanding?.message == "a matrix has a power that is not whole")
    #expect(misunderstanding?.kind == .outOfReach)
  }
}
