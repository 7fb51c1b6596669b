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
      so nothing is sampled. An answer that equals one of them on every trajectory gets its name. \
      With --noise the catalogue over Gaussian noise, by quadrature, on the evidence lower bound \
      of a small linear model.

      The columns: 'bias' is the length of the bias over that of the gradient; 'bias/sd' the \
      largest bias of a component in standard deviations; 'c' the constant for which c times the \
      gradient is nearest to the mean; 'across' the part of the mean that is not parallel to the \
      gradient; 'variance' the trace of the covariance on this model.
      """)

  /// How the table is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json
  }

  /// How many processes there are.
  static let processes = 4

  @Option(help: "The discount gamma, above 0 and at most 1. (default: 0.9)")
  var discount: Double?

  @Option(help: "Which of the \(processes) processes. (default: 1)")
  var process: Int?

  @Flag(help: "Show the estimators over Gaussian noise.")
  var noise = false

  @Option(help: "How to print it.")
  var format = Format.table

  func validate() throws {
    guard !noise || (discount == nil && process == nil) else {
      throw ValidationError("With '--noise' there is no process and no discount.")
    }
    if let discount, !(0 < discount && discount <= 1) {
      throw ValidationError("'--discount' must be above 0 and at most 1, found \(discount).")
    }
    if let process, !(1...Self.processes).contains(process) {
      throw ValidationError("'--process' must be 1 to \(Self.processes), found \(process).")
    }
  }

  func run() throws {
    let table = noise ? Self.noiseTable() : Self.policyTable(discount ?? 0.9, process ?? 1)
    try Output().write(format == .json ? table.json : table.text)
  }

  private static func policyTable(_ discount: Double, _ process: Int) -> EstimatorListing {
    let model = TabularMDP(kind: .bounded, discount: discount, samples: process)
    guard let table = PolicyGradientTable(process: model.tables[process - 1], discount: discount)
    else { preconditionFailure("the trajectories of a bounded process can be listed") }
    return EstimatorListing(
      heading: "process \(process), discount \(Figure.text(discount)):"
        + " \(table.trajectories) trajectories, J = \(Figure.text(table.objective)),"
        + " E[T] = \(Figure.text(table.averageLength))",
      facts: [
        .init("process", .number(Double(process))),
        .init("discount", .number(discount)),
        .init("trajectories", .number(Double(table.trajectories))),
        .init("objective", .number(table.objective)),
        .init("average_length", .number(table.averageLength)),
        .init("gradient", .array(table.gradient.map { .number($0) })),
      ],
      rows: table.rows.map {
        EstimatorRow(
          identifier: $0.estimator.identifier, formula: $0.estimator.formula, bias: $0.bias,
          variance: $0.moments.totalVariance)
      }, notes: twins(in: table))
  }

  private static func twins(in table: PolicyGradientTable) -> [String] {
    var notes: [String] = []
    for (index, row) in table.rows.enumerated() {
      let earlier = table.rows[..<index].map(\.estimator)
      for twin in row.twins where !earlier.contains(twin.estimator) {
        notes.append(
          """
          \(row.estimator.identifier) and \(twin.estimator.identifier) have the same mean; \
          on trajectories they differ by up to \(Figure.text(twin.difference)), which tells \
          them apart.
          """)
      }
    }
    return notes
  }

  private static func noiseTable() -> EstimatorListing {
    let table = GaussianGradientTable.example
    let gradient = table.gradient.map { Figure.text($0) }
    let correlated = CorrelatedGaussianEstimator.allCases.map { estimator in
      let example = estimator.example
      return EstimatorRow(
        identifier: estimator.identifier, formula: estimator.formula, bias: example.bias,
        variance: example.moments.totalVariance)
    }
    return EstimatorListing(
      heading: "z = 0.3 + 0.7 e: lower bound \(Figure.text(table.value)),"
        + " its gradient (\(gradient.joined(separator: ", "))) by mu and log s",
      facts: [
        .init("objective", .number(table.value)),
        .init("gradient", .array(table.gradient.map { .number($0) })),
      ],
      rows: table.rows.map {
        EstimatorRow(
          identifier: $0.estimator.identifier, formula: $0.estimator.formula, bias: $0.bias,
          variance: $0.moments.totalVariance)
      } + correlated, notes: [])
  }
}
