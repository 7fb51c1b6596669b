import Notation
import Semantics
import Testing

/// Sums over samples and sums with dots, rewritten.
struct SampleAverageTests {
  private func read(_ formula: String) -> Expression? {
    Reader(names: Vocabulary(field: .episodicMDP).names).formula(formula).statements.first?.first
  }

  @Test(arguments: [
    (#"\frac1N\sum_{i=1}^N r^{(i)}_t"#, "((1 / N) * (N * r_t))"),
    (#"\sum_{i=1}^N r_{i,t}"#, "(N * r_t)"),
    (#"\frac{1}{|D|}\sum_{\tau\in D} R(\tau)"#, "((1 / D) * (D * R(tau)))"),
    // The sum over the steps stays.
    (#"\sum_{i=1}^N \sum_t r^{(i)}_t"#, "(N * sum[t](r_t))"),
    (#"\sum_t r_t"#, "sum[t](r_t)"),
    // A sum inside another: the own sample and the mean of the others.
    (
      #"\sum_{i=1}^N r^{(i)}_0 \sum_{j=1}^N r^{(j)}_0"#,
      "(N * (r_0 * (r_0 + ((N - 1) * E[tau](r_0)))))"
    ),
  ])
  func `A sum over samples is their number times one`(formula: String, expected: String) throws {
    let expression = try #require(read(formula))
    let samples = SampleAverages(in: [expression])
    #expect(samples.replaced(in: expression).description == expected)
  }

  @Test(arguments: [
    (#"r_t + r_{t+1} + \dots + r_T"#, "sum[dots = 0 to infinity](r_dots+t)"),
    (
      #"r_t + \gamma r_{t+1} + \gamma^2 r_{t+2} + \dots"#,
      "sum[dots = 0 to infinity](((gamma ^ dots) * r_dots+t))"
    ),
    // Not a pattern: the powers do not grow with the index.
    (#"r_t + \gamma^2 r_{t+1} + \dots"#, "((r_t + ((gamma ^ 2) * r_t+1)) + ...)"),
  ])
  func `A sum with dots is one over an index`(formula: String, expected: String) throws {
    #expect(try #require(read(formula)).withoutEllipses.description == expected)
  }
}
