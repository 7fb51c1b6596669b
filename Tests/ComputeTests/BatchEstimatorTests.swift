import Compute
import Testing

struct BatchEstimatorTests {
  // One state, three actions, three rewards: nine episodes of one step. With two rewards the normalised
  // returns would be proportional.
  private static let bandit = MDPTables(
    actions: 3, rewards: [0.5, -1.25, 2],
    dynamics: [
      0, 0, 0, 0.25, 0.5, 0.25, 0, 0, 0, 0.5, 0.375, 0.125, 0, 0, 0, 0.875, 0.0625, 0.0625,
    ],
    features: [0.5, -0.25, -1, 0.75, 0.25, 1], start: [1], theta: [0.3, -0.4])

  private static func moments(_ estimator: BatchEstimator, _ count: Int) throws -> EstimatorMoments
  {
    try estimator.moments(
      of: #require(EpisodeList(of: bandit, discount: 1)), count: count)
  }

  private static func expectEqual(
    _ a: EstimatorMoments, _ b: EstimatorMoments,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for (x, y) in zip(a.mean + a.covariance.values, b.mean + b.covariance.values) {
      #expect(abs(x - y) < 1e-14, sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: 2...4)
  func `All batches together give the known constants`(count: Int) throws {
    let table = try #require(PolicyGradientTable(process: Self.bandit, discount: 1))
    let one = try #require(table.rows.first { $0.estimator == .totalReturn }).moments
    try Self.expectEqual(Self.moments(.average, count), one.averaged(over: count))
    try Self.expectEqual(Self.moments(.sumForMean, count), one.summed(over: count))
    for estimator in BatchEstimator.allCases {
      let bias = try EstimatorBias(of: Self.moments(estimator, count), from: table.gradient)
      guard let constant = estimator.constant(count: count) else {
        #expect(bias.verdict == .biased && bias.perpendicular > 1e-3)
        continue
      }
      #expect(bias.verdict == (constant == 1 ? .unbiased : .proportional), "\(estimator)")
      #expect(abs(bias.constant - constant) < 1e-13, "\(estimator)")
    }
  }

  @Test func `A baseline of one's own sample halves the gradient of a pair`() throws {
    let process = TabularMDP(kind: .bounded, discount: 0.9, samples: 1).tables[0]
    let table = try #require(PolicyGradientTable(process: process, discount: 0.9))
    let episodes = try #require(EpisodeList(of: process, discount: 0.9))
    #expect(abs(episodes.probabilities.reduce(0, +) - 1) < 1e-13)
    let moments = BatchEstimator.ownSampleBaseline.moments(of: episodes, count: 2)
    let bias = EstimatorBias(of: moments, from: table.gradient)
    #expect(bias.verdict == .proportional && abs(bias.constant - 0.5) < 1e-12)
  }

  @Test func `Equal returns have nothing to be normalised by`() {
    let value = BatchEstimator.normalisedReturns.value(
      returns: [0.1, 0.1], scores: [[1, 2], [3, 4]])
    #expect(value == [0, 0])
  }
}
