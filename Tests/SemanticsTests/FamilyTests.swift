import Semantics
import Testing

/// Sums, products and extremes over data, latent dimensions and features, of which there are 5, 3 and 4.
struct FamilyTests {
  @Test(arguments: [
    (#"\sum_{i=1}^{N} 1"#, "5"),
    (#"\sum_{i=1}^{J} 1"#, "3"),
    (#"\sum_{i=1}^{D} 1"#, "4"),
    // The family decides over what is summed, not the letter and not a bound that does not fit.
    (#"\sum_{j=1}^{J} w_j"#, #"\sum_{d=1}^{D} w_d"#),
    (#"\sum_{i} w_i"#, #"\sum_{d=1}^{D} w_d"#),
    (#"\sum_{k=1}^{D} s_k"#, #"\sum_{j=1}^{J} s_j"#),
    (#"\sum_{i=1}^{N}\sum_{j=1}^{J} x_{ij}"#, #"\sum_{i=1}^{N}\sum_{d=1}^{D} x_{id}"#),
    (#"\sum_{i,j} m_{ij}"#, #"\sum_{j=1}^{J}\sum_{i=1}^{N} m_{ij}"#),
    (#"\sum_{j=1}^{J}\sum_{i=1}^{N} m_{ij}"#, #"\sum_{i=1}^{N}\sum_{j=1}^{J} m_{ij}"#),
    (#"\sum_j (u_j + s_j)"#, #"\sum_j u_j + \sum_k s_k"#),
    (#"\sum_j c u_j"#, #"c \sum_j u_j"#),
    (#"\sum_{j=1}^{J} c"#, "3 c"),
    (#"\prod_j s_j"#, #"\exp\left(\sum_j \log s_j\right)"#),
    (#"\max_j u_j"#, #"-\min_j (-u_j)"#),
    (#"\|w\|^2"#, #"\sum_d w_d^2"#),
    (#"w^\top w"#, #"\sum_d w_d^2"#),
    (#"\sum_{j=1}^{J}\sum_{k=1}^{J} u_j u_k"#, #"\left(\sum_j u_j\right)^2"#),
  ])
  func `Sums run over the family that is indexed`(answer: String, reference: String) throws {
    #expect(try Bench.families().outcome(answer, reference) == .equal)
  }

  @Test(arguments: [
    (
      #"\frac{1}{N}\sum_{i=1}^{N}\sum_{j=1}^{J} m_{ij}"#, #"\sum_{i=1}^{N}\sum_{j=1}^{J} m_{ij}"#,
      0.2
    ),
    (#"\frac{1}{J}\sum_{j} u_j"#, #"\sum_j u_j"#, 1.0 / 3),
    (#"\sum_{i=1}^{N} \sum_j u_j"#, #"\sum_j u_j"#, 5),
  ])
  func `Sums, means and factors are told apart`(
    answer: String, reference: String, expected: Double
  ) throws {
    guard case .factor(let factor) = try Bench.families().outcome(answer, reference) else {
      Issue.record("no factor")
      return
    }
    #expect(abs(factor - expected) <= 1e-13)
  }

  @Test(arguments: [
    (#"\sum_{j=2}^{J} \frac{u_j}{u_j}"#, "2"),
    (#"\sum_{j=1}^{J-1} \frac{u_j}{u_j}"#, "2"),
    (#"\sum_{j=0}^{J-1} u_j"#, #"\sum_j u_j"#),
    (#"\sum_{j=1}^{N} u_j"#, #"\sum_j u_j"#),
    (#"\prod_{j=2}^{J} \frac{2 u_j}{u_j}"#, "4"),
    (#"\prod_{j=1}^{J} \frac{2 u_j}{u_j}"#, "8"),
  ])
  func `A range may leave members out`(answer: String, reference: String) throws {
    #expect(try Bench.families().outcome(answer, reference) == .equal)
  }

  @Test(arguments: [
    (#"\sum_{j=1}^{J+1} u_j"#, "the range goes beyond the family"),
    (#"\max_{2 \le j \le J} u_j"#, "the range of 'j' is not known"),
  ])
  func `A range that fits no family is named`(formula: String, message: String) throws {
    #expect(try Bench.families().misunderstanding(formula)?.message == message)
  }

  @Test(arguments: [
    (#"\left(\sum_j u_j\right)^2"#, #"\sum_j u_j^2"#),
    (#"\log\sum_j s_j"#, #"\sum_j \log s_j"#),
    (#"\max_j u_j"#, #"\min_j u_j"#),
    (#"\sum_i\sum_j m_{ij}^2"#, #"\sum_j\left(\sum_i m_{ij}\right)^2"#),
  ])
  func `Sums do not commute with other functions`(answer: String, reference: String) throws {
    #expect(try Bench.families().outcome(answer, reference) == .different)
  }
}
