import Gradebook
import Homework

/// Stores scorecards in batches; a run is begun with the first.
struct Recorder {
  /// The submissions stored in one transaction.
  static let batchSize = 64

  private let gradebook: Gradebook
  private let assignment: AssignmentRecord
  private let startedAt: String
  private var run: RunID?
  private var batch: [Entry] = []
  /// The number of scorecards that were stored.
  private(set) var stored = 0
  /// The scorecards that the gradebook refused; the scores before them stay.
  private(set) var refused: [StoreFault] = []

  /// Prepares to store what a run finds.
  init(_ gradebook: Gradebook, assignment: AssignmentRecord, startedAt: String) {
    self.gradebook = gradebook
    self.assignment = assignment
    self.startedAt = startedAt
  }

  /// Adds a scorecard; stores the batch if it is full.
  mutating func add(_ entry: Entry) throws {
    batch.append(entry)
    if batch.count >= Self.batchSize { try flush() }
  }

  /// Stores what has not been stored.
  mutating func flush() throws {
    guard !batch.isEmpty else { return }
    let run = try run ?? begin()
    self.run = run
    let faults = try gradebook.store(batch, run: run)
    stored += batch.count - faults.count
    refused += faults
    batch = []
  }

  private func begin() throws -> RunID {
    try gradebook.beginRun(
      assignment: assignment.id, rubricHash: assignment.rubricHash,
      graderVersion: Version.grader, startedAt: startedAt)
  }
}
