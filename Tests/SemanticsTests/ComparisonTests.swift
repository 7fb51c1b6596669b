import Semantics
import Testing

/// The outcomes of a comparison, on each side of the boundaries between them.
struct ComparisonTests {
  @Test(arguments: [
    (#"\log\sigma_p - \log\sigma_q"#, #"\log\frac{\sigma_p}{\sigma_q}"#),
    (#"(\mu_q - \mu_p)^2"#, #"\mu_q^2 - 2\mu_q\mu_p + \mu_p^2"#),
    // Twelve digits cancel; the bound of the rounding grows with them.
    (#"(\mu_q + 1000000)^2 - 2000000\mu_q - 1000000000000"#, #"\mu_q^2"#),
    (#"\sqrt{\mu_q^2 + 1} - 1"#, #"\frac{\mu_q^2}{\sqrt{\mu_q^2 + 1} + 1}"#),
    // Decimal numbers are not exact, and their rounding is in the bound.
    (#"0.1\mu_q + 0.2\mu_q"#, #"0.3\mu_q"#),
    (#"\sin^2\mu_q + \cos^2\mu_q"#, "1"),
    // Below the rounding of the values nothing is seen.
    (#"\mu_q^2 + 10^{-19}"#, #"\mu_q^2"#),
  ])
  func `Rewritten formulas are equal`(answer: String, reference: String) throws {
    let comparison = try Bench.univariate().comparison(answer, reference)
    #expect(comparison.outcome == .equal)
    #expect(comparison.witness == nil)
    #expect(comparison.isNowhereBelow && comparison.isNowhereAbove)
    #expect(comparison.proportion == .constant(1))
  }

  @Test(arguments: [
    (#"\log\sigma_p + \frac12"#, #"\log\sigma_p"#, 0.5),
    (#"\mu_q - 3"#, #"\mu_q"#, -3),
    (#"\mu_q^2 + 10^{-4}"#, #"\mu_q^2"#, 1e-4),
  ])
  func `A constant difference is an offset`(
    answer: String, reference: String, expected: Double
  ) throws {
    guard case .offset(let offset) = try Bench.univariate().outcome(answer, reference) else {
      Issue.record("no offset")
      return
    }
    #expect(abs(offset - expected) <= 1e-11)
  }

  @Test(arguments: [
    (#"2\log\sigma_p"#, #"\log\sigma_p"#, 2),
    (#"-\mu_q\sigma_q"#, #"\mu_q\sigma_q"#, -1),
    (#"\log_2\sigma_p"#, #"\ln\sigma_p"#, 1.4426950408889634074),
    (#"\log\sigma_q"#, #"\log\sigma_q^2"#, 0.5),
  ])
  func `A constant ratio is a factor`(
    answer: String, reference: String, expected: Double
  ) throws {
    let comparison = try Bench.univariate().comparison(answer, reference)
    guard case .factor(let factor) = comparison.outcome else {
      Issue.record("no factor")
      return
    }
    #expect(abs(factor - expected) <= 1e-13 * abs(expected))
    #expect(comparison.proportion == .constant(factor))
    #expect(comparison.isPositiveMultiple == (factor > 0))
  }

  @Test func `Different formulas have a witness with both values`() throws {
    let comparison = try Bench.univariate().comparison(#"\mu_q^2 \sigma_p"#, #"\mu_q \sigma_p"#)
    #expect(comparison.outcome == .different)
    let witness = try #require(comparison.witness)
    #expect(witness.point.map(\.name) == ["mu_q", "sigma_p"])
    let mean = try #require(witness.point.first?.values.first)
    let deviation = try #require(witness.point.last?.values.first)
    #expect(witness.point.allSatisfy { $0.values.count == 1 })
    #expect(abs(witness.left - mean * mean * deviation) <= 1e-15 * abs(witness.left))
    #expect(abs(witness.right - mean * deviation) <= 1e-15 * abs(witness.right))
  }

  @Test(arguments: [
    // Too near for the bounds of single precision to call them different, and yet they are.
    (#"\mu_q^2 + 10^{-9}"#, #"\mu_q^2"#),
    (#"\sigma_q(1 + 10^{-8})"#, #"\sigma_q"#),
    (#"\log\sigma_q + 10^{-12}\mu_q"#, #"\log\sigma_q"#),
  ])
  func `Near values are told apart in twice the precision`(
    answer: String, reference: String
  ) throws {
    #expect(try Bench.univariate().outcome(answer, reference) == .different)
  }

  @Test(arguments: [
    (#"\log(-\sigma_q^2)"#, #"\sigma_q"#, Comparison.Outcome.different),
    (#"\sigma_q"#, #"\sqrt{-\sigma_q}"#, .different),
    (#"\log\mu_q"#, #"\log|\mu_q|"#, .different),
    (#"\frac{\mu_q}{\sigma_q - \sigma_q}"#, #"\mu_q"#, .different),
    (#"\log(-\sigma_q)"#, #"\log(-\sigma_p)"#, .incomparable),
  ])
  func `Undefined values never count as equal`(
    answer: String, reference: String, outcome: Comparison.Outcome
  ) throws {
    let comparison = try Bench.univariate().comparison(answer, reference)
    #expect(comparison.outcome == outcome)
    #expect(!comparison.isNowhereBelow && !comparison.isNowhereAbove)
    #expect(!comparison.isPositiveMultiple)
  }

  @Test(arguments: [
    (#"\mu_q^2"#, #"\mu_q^2 - \sigma_q"#, true, false),
    (#"\mu_q^2 - \sigma_q"#, #"\mu_q^2"#, false, true),
    (#"\mu_q"#, #"\mu_p"#, false, false),
    (#"(\mu_q - \mu_p)^2"#, #"-(\mu_p - \mu_q)^2"#, true, false),
    (#"\log(-\mu_q^2)"#, #"-1"#, false, false),
  ])
  func `An inequality holds at all points or not at all`(
    answer: String, reference: String, isNowhereBelow: Bool, isNowhereAbove: Bool
  ) throws {
    let comparison = try Bench.univariate().comparison(answer, reference)
    #expect(comparison.isNowhereBelow == isNowhereBelow)
    #expect(comparison.isNowhereAbove == isNowhereAbove)
  }

  @Test func `Vectors of one direction are proportional whatever the factor of a point`() throws {
    let bench = Bench.families()
    let positive = try bench.comparison("c u", "u")
    #expect(positive.outcome == .different)
    #expect(positive.isPositiveMultiple)
    #expect(positive.upToFactor.outcome == .equal)
    let negative = try bench.comparison("-c u", "u")
    #expect(!negative.isPositiveMultiple)
    #expect(negative.upToFactor.outcome == .factor(-1))
    let other = try bench.comparison(#"u \odot u"#, "u")
    #expect(other.proportion == .none)
    #expect(other.upToFactor.outcome == .different)
    let undefined = try bench.comparison(#"\log(-s)"#, #"\log(-2 s)"#)
    #expect(undefined.proportion == .unknown)
  }

  @Test func `Arrays of different shapes are not compared`() throws {
    let bench = Bench.families()
    #expect(try bench.outcome("u", #"\sum_j u_j"#) == .incomparable)
    #expect(try bench.outcome("w", "u") == .incomparable)
    #expect(Comparison.incomparable.outcome == .incomparable)
  }
}
