import ArgumentParser
import Checking
import Homework

/// Commands for whoever writes a rubric.
struct RubricCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rubric", abstract: "Check rubrics.", subcommands: [Check.self])

  /// Checks a rubric.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check the schema, the mathematics and the sample answers of a rubric.",
      discussion: """
        Every fault is listed with its line and column. If there is none, every sample answer of \
        the rubric is judged and must get the verdict that stands beside it.
        """)

    @Argument(help: "The rubric.")
    var file: String

    func run() throws {
      let rubric = try RubricSource(path: file).rubric
      let grader = try Grader(rubric: rubric)
      var count = 0
      var failed = 0
      for criterion in rubric.criteria {
        for sample in criterion.tests {
          count += 1
          guard let fault = fault(of: sample, criterion, grader) else { continue }
          failed += 1
          Console.report(fault.description)
        }
      }
      if failed > 0 { throw CommandFault.failedSamples(failed, of: count) }
      let points = rubric.criteria.reduce(Points.zero) { $0 + $1.points }
      try Output().write(
        "\(file): \(rubric.criteria.count) criteria, \(points) points;"
          + " all \(count) sample answers get the verdict that they must\n")
    }

    /// Returns in what the verdict on a sample answer differs from the rubric's, if in anything.
    private func fault(
      of sample: SampleAnswer, _ criterion: Criterion, _ grader: Grader
    ) -> Fault? {
      guard
        let said = grader.assessment(
          criterion: criterion.id, answer: sample.text.value, file: sample.text.place.file)
      else { return nil }
      let isExpected =
        said.verdict == sample.verdict
        && (sample.mistake.map { said.mistakes.contains($0) } ?? true)
      guard !isExpected else { return nil }
      let wanted = Self.words(sample.verdict, sample.mistake)
      let found = Self.words(said.verdict, said.mistakes.first)
      return Fault(
        at: sample.text.place,
        "this sample answer of criterion '\(criterion.id)' should be \(wanted), but is \(found): "
          + said.reason)
    }

    private static func words(_ verdict: Verdict, _ mistake: String?) -> String {
      verdict.rawValue + (mistake.map { " with mistake '\($0)'" } ?? "")
    }
  }
}
