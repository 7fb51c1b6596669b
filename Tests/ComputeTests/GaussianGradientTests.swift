import Compute
import Testing

struct GaussianGradientTests {
  private static let example = GaussianGradientTable.example

  @Test func `The example is the bound of the evidence`() {
    // Closed forms, numpy: log p(x) = log N(x; 0, w w^T + 0.64 I), less KL(q || p(z|x)).
    let logEvidence = -2.380908619336954
    let gap = 0.4159500383827
    #expect(abs(Self.example.value + 2.796858657719659) < 1e-14)
    #expect(abs(Self.example.value - (logEvidence - gap)) < 1e-12)
    // With |w|^2 / r^2 = 3.203125 and w x / r^2 = 2.703125.
    #expect(abs(Self.example.gradient[0] - 1.4421875) < 1e-13)
    #expect(abs(Self.example.gradient[1] + 1.05953125) < 1e-13)
  }

  @Test(arguments: [
    (GaussianGradientEstimator.analyticDivergence, 5.03, 6.41), (.monteCarlo, 8.66, 9.50),
    (.stickingTheLanding, 2.29, 3.26), (.score, 37.9, 65.3), (.scoreBaseline, 9.89, 25.9),
  ])
  func `The variances by mu and log s have the published digits`(
    estimator: GaussianGradientEstimator, byMean: Double, byScale: Double
  ) throws {
    let row = try #require(Self.example.rows.first { $0.estimator == estimator })
    for (k, variance) in [byMean, byScale].enumerated() {
      let found = row.moments.covariance[k, k]
      #expect(abs(found - variance) < (variance < 10 ? 5e-3 : 5e-2), "component \(k): \(found)")
    }
  }

  @Test(arguments: [
    (GaussianGradientEstimator.scaleLost, 0, -0.186), (.deviationForLogDeviation, 0, -0.126),
    (.varianceAsDeviation, 0, 0.011), (.entropyForgotten, 0, -0.324),
    (.divergenceSign, 0.27, -0.40),
  ])
  func `The biases in standard deviations have the published digits`(
    estimator: GaussianGradientEstimator, byMean: Double, byScale: Double
  ) throws {
    let row = try #require(Self.example.rows.first { $0.estimator == estimator })
    for (k, bias) in [byMean, byScale].enumerated() {
      let deviation = row.moments.covariance[k, k].squareRoot()
      let found = (row.moments.mean[k] - Self.example.gradient[k]) / deviation
      #expect(abs(found - bias) < (bias.magnitude < 0.2 ? 7e-4 : 5e-3), "component \(k): \(found)")
    }
  }

  @Test func `Without noise nothing varies`() throws {
    let row = try #require(Self.example.rows.first { $0.estimator == .noNoise })
    #expect(row.moments.totalVariance == 0)
    #expect(row.bias.standardized == .infinity)
    // Off by |w|^2 / r^2 s^2.
    #expect(abs(row.moments.mean[1] - Self.example.gradient[1] - 1.56953125) < 1e-12)
  }

  @Test func `Estimators off by a constant are known by it`() {
    for row in Self.example.rows {
      switch row.estimator {
      case .sumForMean:
        #expect(row.bias.verdict == .proportional && abs(row.bias.constant - 2) < 1e-12)
      case .ownSampleBaseline:
        #expect(row.bias.verdict == .proportional && abs(row.bias.constant - 0.5) < 1e-12)
      case .sign:
        #expect(row.bias.verdict == .proportional && abs(row.bias.constant + 1) < 1e-12)
      case .detachedSample: #expect(row.bias.verdict == .zeroMean)
      case let e where e.isUnbiased: #expect(row.bias.verdict == .unbiased)
      default: #expect(row.bias.verdict == .biased, "\(row.estimator)")
      }
    }
  }

  // The models that answers are graded with: no prior is N(0, 1), no decoder of the second kind a line.
  private static func tables(
    _ kind: LatentModel.Kind, hasPrior: Bool = true, samples: Int = 2, step: Double = 0.25
  ) throws -> [GaussianGradientTable] {
    var builder = ProgramBuilder()
    let model = LatentModel(kind: kind, key: "estimators", samples: samples)
    let sample = builder.axis(count: samples)
    let nodes = model.declare(in: &builder, sample: sample)
    let law = try #require(nodes.gaussian(.encoder))
    let prior = try #require(nodes.gaussian(.prior))
    let objective = GaussianObjective(law: law, prior: hasPrior ? prior : nil) { z, builder in
      nodes.logLikelihood(.number(z), in: &builder)
    }
    return (0..<samples).map {
      GaussianGradientTable(
        of: objective, in: &builder, inputs: model.inputs, sample: $0,
        rule: TrapezoidRule(step: step, extent: 12))
    }
  }

  @Test(arguments: [LatentModel.Kind.linearGaussian, .nonlinearGaussian], [true, false])
  func `Every estimator is decided in the models for answers`(
    kind: LatentModel.Kind, hasPrior: Bool
  ) throws {
    let tables = try Self.tables(kind, hasPrior: hasPrior) + (hasPrior ? [Self.example] : [])
    for table in tables {
      let expected = GaussianGradientEstimator.allCases.filter { hasPrior || !$0.needsPrior }
      #expect(table.rows.map(\.estimator) == expected)
      for row in table.rows {
        if row.estimator.isUnbiased {
          #expect(row.bias.relative < 1e-12, "\(row.estimator)")
        } else {
          #expect(row.bias.relative > 1e-3, "\(row.estimator)")
        }
      }
    }
  }

  @Test func `A step twice as long gives the same moments`() throws {
    let (fine, coarse) = try (
      Self.tables(.nonlinearGaussian, samples: 1, step: 0.125),
      Self.tables(.nonlinearGaussian, samples: 1)
    )
    for (a, b) in zip(fine.flatMap(\.rows), coarse.flatMap(\.rows)) {
      let scale = a.moments.totalVariance + 1
      for (x, y) in zip(
        a.moments.mean + a.moments.covariance.values, b.moments.mean + b.moments.covariance.values)
      {
        #expect(abs(x - y) < 1e-11 * scale, "\(a.estimator)")
      }
    }
  }

  @Test func `Names are distinct, those of mistakes say so, and R1 to R15 are there`() {
    let all = GaussianGradientEstimator.allCases
    let correlated = CorrelatedGaussianEstimator.allCases.map(\.identifier)
    #expect(Set(all.map(\.identifier) + correlated).count == all.count + 2)
    #expect(all.allSatisfy { $0.identifier.hasPrefix("estimator.") == !$0.isUnbiased })
    #expect(all.compactMap(\.number).sorted() == Array(1...13) + [15])
    #expect(all.allSatisfy { $0.number == nil || !$0.isUnbiased })
  }

  @Test func `The transposed factor is told from the factor`() {
    let right = CorrelatedGaussianEstimator.pathwise.example.bias
    #expect(right.verdict == .unbiased && right.relative < 1e-12)
    let wrong = CorrelatedGaussianEstimator.transposedFactor.example.bias
    #expect(wrong.verdict == .biased && wrong.standardized > 0.1)
  }
}
