import ArgumentParser
import Compute
import Homework
import Reports

/// Shows what the catalogued estimators of a gradient are worth.
struct Estimators: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the exact bias and variance of known gradient estimators.",
    discussion: """
      The catalogue of estimators of the policy gradient, right ones and mistakes, is decided on \
      one of the decision processes that answers are graded with. All its trajectories are listed, \
      so nothing is sampled. An answer that equals one of them on every trajectory gets its name.

      The columns: 'bias' is the length of the bias over that of the gradient; 'bias/sd' the \
      largest bias of a component in standard deviations; 'c' the constant for which c times the \
      gradient is nearest to the mean; 'across' the part of the mean that is not parallel to the \
      gradient; 'variance' the trace of the covariance on this process.
      """)

  /// How the table is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json
  }

  /// How many processes there are.
  static let processes = 4

  @Option(help: "The discount gamma, above 0 and at most 1.")
  var discount = 0.9

  @Option(help: "Which of the \(processes) processes.")
  var process = 1

  @Option(help: "How to print it.")
  var format = Format.table

  func validate() throws {
    guard 0 < discount && discount <= 1 else {
      throw ValidationError("'--discount' must be above 0 and at most 1, found \(discount).")
    }
    guard (1...Self.processes).contains(process) else {
      throw ValidationError("'--process' must be 1 to \(Self.processes), found \(process).")
    }
  }

  func run() throws {
    let model = TabularMDP(kind: .bounded, discount: discount, samples: process)
    guard let table = PolicyGradientTable(process: model.tables[process - 1], discount: discount)
    else { preconditionFailure("the trajectories of a bounded process can be listed") }
    let rows = table.rows.map {
      EstimatorRow(
        identifier: $0.estimator.identifier, formula: $0.estimator.formula, bias: $0.bias,
        variance: $0.moments.totalVariance)
    }
    try Output().write(format == .json ? json(table, rows) : text(table, rows))
  }

  // MARK: - Formats

  private func text(_ table: PolicyGradientTable, _ rows: [EstimatorRow]) -> String {
    let heading =
      "process \(process), discount \(Figure.text(discount)):"
      + " \(table.trajectories) trajectories, J = \(Figure.text(table.objective)),"
      + " E[T] = \(Figure.text(table.averageLength))\n\n"
    return heading + EstimatorRow.text(rows) + twins(in: table)
  }

  private func twins(in table: PolicyGradientTable) -> String {
    var lines: [String] = []
    for (index, row) in table.rows.enumerated() {
      for twin in row.twins
      where table.rows[..<index].allSatisfy({ $0.estimator != twin.estimator }) {
        lines.append(
          """
          \(row.estimator.identifier) and \(twin.estimator.identifier) have the same mean; \
          on trajectories they differ by up to \(Figure.text(twin.difference)), which tells \
          them apart.\n
          """)
      }
    }
    return lines.isEmpty ? "" : "\n" + lines.joined()
  }

  private func json(_ table: PolicyGradientTable, _ rows: [EstimatorRow]) -> String {
    JSONValue.object([
      .init("process", .number(Double(process))),
      .init("discount", .number(discount)),
      .init("trajectories", .number(Double(table.trajectories))),
      .init("objective", .number(table.objective)),
      .init("average_length", .number(table.averageLength)),
      .init("gradient", .array(table.gradient.map { .number($0) })),
      .init("estimators", .array(rows.map(\.json))),
    ]).description + "\n"
  }
}
