import Compute
import Foundation
import Homework
import Reports

/// A line of a table of estimators.
struct EstimatorRow {
  var identifier: String
  var formula: String
  var bias: EstimatorBias
  var variance: Double

  /// Returns the lines under a heading.
  static func text(_ rows: [EstimatorRow]) -> String {
    var table = Table(
      ("estimator", .left), ("bias", .right), ("bias/sd", .right), ("c", .right),
      ("across", .right), ("variance", .right), ("verdict", .left), ("formula", .left))
    for row in rows {
      let b = row.bias
      table.append(
        [row.identifier]
          + [b.relative, b.standardized, b.constant, b.perpendicular, row.variance].map(figure)
          + [row.verdict, row.formula])
    }
    return table.text
  }

  /// The same as an object.
  var json: JSONValue {
    .object([
      .init("estimator", .string(identifier)),
      .init("formula", .string(formula)),
      .init("relative_bias", .number(bias.relative)),
      .init("standardized_bias", .number(bias.standardized)),
      .init("constant", .number(bias.constant)),
      .init("perpendicular", .number(bias.perpendicular)),
      .init("variance", .number(variance)),
      .init("verdict", .string(verdict)),
    ])
  }

  private var verdict: String {
    switch bias.verdict {
    case .unbiased: "unbiased"
    case .proportional: "proportional"
    case .zeroMean: "mean zero"
    case .biased: "biased"
    }
  }

  // Three significant digits are enough to compare.
  private static func figure(_ value: Double) -> String {
    value == .infinity ? "infinite" : String(format: "%.3g", value)
  }
}
