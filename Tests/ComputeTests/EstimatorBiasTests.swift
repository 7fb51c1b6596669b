import Compute
import Testing

struct EstimatorBiasTests {
  private static func table(_ discount: Double, process: Int = 0) throws -> PolicyGradientTable {
    let model = TabularMDP(kind: .bounded, discount: discount, samples: 4)
    return try #require(PolicyGradientTable(process: model.tables[process], discount: discount))
  }

  @Test(arguments: 0..<4)
  func `Right estimators are unbiased, each mistake is off by a tenth of a deviation`(
    process: Int
  ) throws {
    for row in try Self.table(0.9, process: process).rows {
      if row.estimator.isUnbiased(discount: 0.9) {
        #expect(row.bias.verdict == .unbiased, "\(row.estimator) \(row.moments.mean)")
        #expect(row.bias.relative < 1e-12 && row.bias.standardized < 1e-12)
        #expect(abs(row.bias.constant - 1) < 1e-12 && row.bias.perpendicular < 1e-12)
      } else {
        #expect(row.bias.verdict != .unbiased, "\(row.estimator)")
        #expect(row.bias.standardized >= 0.1, "\(row.estimator)")
      }
    }
  }

  @Test func `The sign and a useless baseline have their verdicts`() throws {
    let rows = try Self.table(0.9).rows
    for row in rows {
      switch row.estimator {
      case .sign:
        #expect(row.bias.verdict == .proportional)
        #expect(abs(row.bias.constant + 1) < 1e-12 && abs(row.bias.relative - 2) < 1e-12)
      case .actionDependentBaseline:
        #expect(row.bias.verdict == .zeroMean)
        #expect(abs(row.bias.relative - 1) < 1e-12 && row.bias.perpendicular == 0)
      case let e where !e.isUnbiased(discount: 0.9): #expect(row.bias.verdict == .biased)
      default: break
      }
    }
  }

  @Test func `Two mistakes with one mean are told apart on trajectories`() throws {
    for row in try Self.table(0.9).rows {
      switch row.estimator {
      case .immediateReward:
        #expect(row.twins.map(\.estimator) == [.pastRewards])
        #expect(row.twins.allSatisfy { $0.difference > 0.1 })
      case .pastRewards: #expect(row.twins.map(\.estimator) == [.immediateReward])
      default: #expect(row.twins.isEmpty, "\(row.estimator)")
      }
    }
  }

  @Test func `Without a discount three mistakes are none`() throws {
    let unbiased = try Self.table(1).rows.filter { $0.bias.verdict == .unbiased }
    #expect(
      unbiased.map(\.estimator)
        == PolicyGradientEstimator.allCases.filter { $0.isUnbiased(discount: 1) })
  }

  @Test func `Processes that may go on for ever are not listed`() {
    let looping = TabularMDP(kind: .looping, discount: 0.9, samples: 1)
    #expect(PolicyGradientTable(process: looping.tables[0], discount: 0.9) == nil)
  }

  @Test func `Components without variance count as far off or as right`() {
    let still = EstimatorMoments(
      mean: [1, 2], covariance: Matrix(rows: 2, columns: 2, values: [0, 0, 0, 1]))
    #expect(EstimatorBias(of: still, from: [1, 1]).standardized == 1)
    #expect(EstimatorBias(of: still, from: [2, 2]).standardized == .infinity)
    #expect(EstimatorBias(of: still, from: [1, 2]).standardized == 0)
  }
}
