import Gradebook
import Homework

/// A small assignment and answers to it.
enum Samples {
  static func assignment(
    attempts: Rubric.Attempts = .latest, criteria: [String] = ["a", "b"], rubric: String = "r1"
  ) -> AssignmentRecord {
    AssignmentRecord(
      id: "hw", title: "Homework", rubricHash: rubric, attempts: attempts,
      criteria: criteria.map {
        .init(id: $0, title: "Title of \($0)", possible: Points(hundredths: 400))
      })
  }

  static func assessment(_ criterion: String, _ credit: Double?) -> Assessment {
    let verdict: Verdict =
      switch credit {
      case nil: .review
      case 0: .incorrect
      case 1: .correct
      default: .partial
      }
    return Assessment(
      criterion: criterion, verdict: verdict, credit: credit, possible: Points(hundredths: 400),
      reason: "Because.")
  }

  /// Returns an entry that gives the criteria from `a` on the credits.
  static func entry(_ student: String, content: String, _ credits: [Double?]) -> Entry {
    let criteria = zip(["a", "b", "c"], credits).map { assessment($0, $1) }
    return Entry(
      scorecard: Scorecard(assignment: "hw", student: student, assessments: criteria),
      contentHash: content)
  }
}

extension Gradebook {
  /// Returns a gradebook in memory in which the sample assignment is registered.
  static func sample(_ assignment: AssignmentRecord = Samples.assignment()) throws -> Gradebook {
    let book = try Gradebook.inMemory()
    try book.register(assignment: assignment)
    return book
  }

  /// Begins a run of the sample assignment.
  func run(rubric: String = "r1", grader: String = "1.0") throws -> RunID {
    try beginRun(
      assignment: "hw", rubricHash: rubric, graderVersion: grader, startedAt: "2026-01-31 12:00")
  }

  /// Stores entries in a run of their own and returns the faults.
  @discardableResult
  func grade(_ entries: Entry...) throws -> [StoreFault] {
    try store(entries, run: run())
  }

  /// `student score+pending/possible`, with `!` after a failure of the grader.
  func lines() throws -> [String] {
    try scores().map {
      "\($0.student) \($0.score)+\($0.pending)/\($0.possible)" + ($0.failure == nil ? "" : "!")
    }
  }
}
