import Compute
import Foundation
import Homework
import Reports

/// A table of estimators with what it is about.
struct EstimatorListing {
  var heading: String
  /// The heading as members of an object.
  var facts: [JSONValue.Member]
  var rows: [EstimatorRow]
  var notes: [String]

  /// The table for a terminal.
  var text: String {
    var table = Table(
      ("estimator", .left), ("bias", .right), ("bias/sd", .right), ("c", .right),
      ("across", .right), ("variance", .right), ("verdict", .left), ("formula", .left))
    for row in rows { table.append(row.cells) }
    let notes = notes.isEmpty ? "" : "\n" + notes.map { $0 + "\n" }.joined()
    return heading + "\n\n" + table.text + notes
  }

  /// The table as an object.
  var json: String {
    JSONValue.object(facts + [.init("estimators", .array(rows.map(\.json)))]).description + "\n"
  }
}

/// A line of a table of estimators.
struct EstimatorRow {
  var identifier: String
  var formula: String
  var bias: EstimatorBias
  var variance: Double

  /// The line in cells.
  var cells: [String] {
    let figures = [
      bias.relative, bias.standardized, bias.constant, bias.perpendicular, variance,
    ]
    return [identifier] + figures.map(Self.figure) + [verdict, formula]
  }

  /// The line as an object.
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
