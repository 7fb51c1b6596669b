import Checking
import Gradebook
import Homework
import Submissions

/// Grades the submissions of a folder in parallel and gives the results in order.
struct GradingRun: Sendable {
  /// What became of one submission.
  struct Outcome: Sendable {
    /// The key of the student.
    var student: String
    /// The marks; `nil` if the submission has been graded and nothing has changed.
    var entry: Entry?
    /// What could not be read of the submission.
    var faults: [Fault]
  }

  private let grader: Grader
  private let cutter: PartCutter
  private let known: [String: GradedKey]
  private let rubricHash: String

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - grader: The grader of the rubric.
  ///   - rubricHash: The hash of the rubric's file.
  ///   - known: What submissions have been graded with; those that have not changed are skipped.
  init(grader: Grader, rubricHash: String, known: [String: GradedKey]) {
    self.grader = grader
    cutter = PartCutter(grader.rubric)
    self.known = known
    self.rubricHash = rubricHash
  }

  /// Grades submissions, some at a time, and calls `body` with the outcomes in the order of `sources`.
  ///
  /// However many there are, at most `4 * jobs` are read and not yet given to `body`.
  ///
  /// - Parameters:
  ///   - sources: The submissions.
  ///   - jobs: How many are graded at a time.
  ///   - body: Takes an outcome.
  /// - Throws: The error of `body`, which ends the run.
  func forEachOutcome(
    of sources: [SubmissionSource], jobs: Int, _ body: (Outcome) throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
      var waiting: [Int: Outcome] = [:]
      var started = 0
      var running = 0
      var given = 0
      while given < sources.count {
        while started < sources.count, running < jobs, started - given < 4 * jobs {
          let (index, source) = (started, sources[started])
          group.addTask { (index, outcome(of: source)) }
          started += 1
          running += 1
        }
        guard let (index, outcome) = try await group.next() else { break }
        running -= 1
        waiting[index] = outcome
        while let outcome = waiting.removeValue(forKey: given) {
          try body(outcome)
          given += 1
        }
      }
    }
  }

  /// Reads, cuts and grades one submission.
  private func outcome(of source: SubmissionSource) -> Outcome {
    let submission = SubmissionReader.submission(source)
    let hash = submission.contentHash
    let key = GradedKey(
      contentHash: hash, rubricHash: rubricHash, graderVersion: Version.grader)
    guard known[source.student] != key else {
      return Outcome(student: source.student, entry: nil, faults: submission.faults)
    }
    let card = grader.scorecard(
      student: source.student, parts: cutter.parts(of: submission), faults: submission.faults)
    return Outcome(
      student: source.student, entry: Entry(scorecard: card, contentHash: hash),
      faults: submission.faults)
  }
}
