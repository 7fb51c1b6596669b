import Checking
import Gradebook
import Homework
import Recovery
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
    let restart = Restart(count: sources.count)
    let early = outcomes(after: restart, of: sources)
    try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
      var waiting = early
      var started = 0
      var running = 0
      var given = 0
      while given < sources.count {
        while started < sources.count, running < jobs, started - given < 4 * jobs {
          let (index, source) = (started, sources[started])
          started += 1
          if early[index] != nil { continue }
          group.addTask {
            (index, restart.during(index, alone: false) { outcome(of: source) })
          }
          running += 1
        }
        while let outcome = waiting.removeValue(forKey: given) {
          try body(outcome)
          given += 1
        }
        if running == 0 { continue }
        guard let (index, outcome) = try await group.next() else { break }
        running -= 1
        waiting[index] = outcome
      }
    }
  }

  /// Returns the outcomes of what crashed, and of what was under way then, graded one by one.
  private func outcomes(
    after restart: Restart, of sources: [SubmissionSource]
  ) -> [Int: Outcome] {
    var outcomes: [Int: Outcome] = [:]
    for index in restart.notes.broken where sources.indices.contains(index) {
      outcomes[index] = broken(sources[index])
    }
    for index in restart.notes.suspects where sources.indices.contains(index) {
      outcomes[index] = restart.during(index, alone: true) { outcome(of: sources[index]) }
    }
    return outcomes
  }

  /// The outcome of a submission that cannot be graded: all of it is for a person.
  private func broken(_ source: SubmissionSource) -> Outcome {
    let submission = SubmissionReader.submission(source)
    let fault = Fault(
      at: Place(file: source.path, line: 1, column: 1),
      "the grader broke down on this submission; a person decides")
    let faults = submission.faults + [fault]
    let card = grader.scorecard(student: source.student, parts: [], faults: faults)
    return Outcome(
      student: source.student, entry: Entry(scorecard: card, contentHash: submission.contentHash),
      faults: faults)
  }

  /// Reads, cuts and grades one submission.
  private func outcome(of source: SubmissionSource) -> Outcome {
    let found = SubmissionReader.submission(source)
    var submission = found
    submission.faults = found.faults.map { $0.inFolder(of: source) }
    let hash = submission.contentHash
    let key = GradedKey(
      contentHash: hash, rubricHash: rubricHash, graderVersion: Version.grader)
    guard known[source.student] != key else {
      return Outcome(student: source.student, entry: nil, faults: found.faults)
    }
    let card = grader.scorecard(
      student: source.student, parts: cutter.parts(of: submission), faults: submission.faults)
    return Outcome(
      student: source.student, entry: Entry(scorecard: card, contentHash: hash),
      faults: found.faults)
  }
}

extension Fault {
  /// The fault with its place as seen from the folder of submissions, however that was reached.
  fileprivate func inFolder(of source: SubmissionSource) -> Fault {
    guard let slash = source.path.lastIndex(of: "/") else { return self }
    let folder = source.path[...slash]
    guard place.file.hasPrefix(folder) else { return self }
    var place = place
    place.file.removeFirst(folder.count)
    return Fault(at: place, message)
  }
}
