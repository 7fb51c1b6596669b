import ArgumentParser
import Checking
import Foundation
import Gradebook
import Homework
import Reports
import Submissions

/// Grades a folder of submissions.
struct Grade: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Grade a folder of submissions and store the scores.",
    discussion: """
      The folder holds one folder or one file a student. What has not changed since it was graded, \
      submission, rubric and grader alike, is skipped. Points given by hand stay.
      """)

  /// The longest table that is printed; the scores of a large course are listed by `scores`.
  private static let mostRows = 40

  @Argument(help: "The folder of the submissions.")
  var submissions: String

  @Option(help: "The rubric.")
  var rubric: String

  @Option(help: "The SQLite file of the scores; made if there is none.")
  var database = "grades.sqlite"

  @Option(help: "Write the marks of the assignment as JUnit XML to this file.")
  var junit: String?

  @Option(help: "Write the marks of the assignment as JSON to this file.")
  var json: String?

  @Option(name: .customLong("student"), help: "Grade this student only; may be repeated.")
  var students: [String] = []

  @Option(parsing: .unconditional, help: "How many submissions are graded at a time.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Grade again what has not changed.")
  var force = false

  @Flag(help: "Grade everything and store nothing.")
  var dryRun = false

  func validate() throws {
    guard jobs > 0 else { throw ValidationError("'--jobs' must be at least 1, found \(jobs).") }
  }

  func run() async throws {
    let source = try RubricSource(path: rubric)
    let grader = try Grader(rubric: source.rubric)
    let sources = try chosen(from: SubmissionReader.keys(in: submissions))
    if dryRun {
      try await rehearse(grader, source, sources)
    } else {
      try await grade(grader, source, sources)
    }
  }

  private func chosen(from all: [SubmissionSource]) throws -> [SubmissionSource] {
    guard !all.isEmpty else { throw CommandFault.noSubmissions(folder: submissions) }
    guard !students.isEmpty else { return all }
    let known = Set(all.map(\.student))
    for student in students where !known.contains(student) {
      throw CommandFault.unknownStudent(student, folder: submissions)
    }
    let wanted = Set(students)
    return all.filter { wanted.contains($0.student) }
  }

  /// Grades and keeps the marks only until they are printed.
  private func rehearse(
    _ grader: Grader, _ source: RubricSource, _ sources: [SubmissionSource]
  ) async throws {
    let titles = source.rubric.titles
    var reports = try RunReports(json: json, junit: junit, assignment: source.rubric.id)
    var cards: [GradedScorecard] = []
    let tally = try await forEachEntry(grader, source, known: [:], sources) { entry in
      let card = GradedScorecard(scorecard: entry.scorecard, titles: titles)
      try reports.add(card)
      cards.append(card.withoutEvidence)
    }
    try reports.finish()
    try summarise(cards, of: sources, tally)
  }

  /// Grades what has changed, stores it, and reports the marks of the assignment.
  private func grade(
    _ grader: Grader, _ source: RubricSource, _ sources: [SubmissionSource]
  ) async throws {
    let book = try Gradebook(path: database)
    let assignment = AssignmentRecord(source.rubric, rubricHash: source.hash)
    try book.register(assignment: assignment)
    let known = force ? [:] : try book.gradedKeys(assignment: assignment.id)
    var recorder = Recorder(
      book, assignment: assignment, startedAt: Date.now.formatted(.iso8601))
    let tally = try await forEachEntry(grader, source, known: known, sources) { entry in
      try recorder.add(entry)
    }
    try recorder.flush()
    for fault in recorder.refused {
      Console.report("\(submissions)/\(fault.student): error: not stored: \(fault.message)")
    }
    var reports = try RunReports(json: json, junit: junit, assignment: assignment.id)
    var cards: [GradedScorecard] = []
    try book.forEachScorecard(assignment: assignment.id) { card in
      try reports.add(card)
      cards.append(card.withoutEvidence)
    }
    try reports.finish()
    try summarise(cards, of: sources, tally)
    if !recorder.refused.isEmpty {
      throw CommandFault.failedSubmissions(recorder.refused.count, of: sources.count)
    }
  }

  /// What happened beside grading.
  private struct Tally {
    /// The submissions that had not changed.
    var unchanged = 0
    /// The things in submissions that could not be read.
    var faults = 0
  }

  /// Calls `body` with the entry of every submission that is graded, in order.
  private func forEachEntry(
    _ grader: Grader, _ source: RubricSource, known: [String: GradedKey],
    _ sources: [SubmissionSource], _ body: (Entry) throws -> Void
  ) async throws -> Tally {
    let run = GradingRun(grader: grader, rubricHash: source.hash, known: known)
    var progress = Progress()
    defer { progress.clear() }
    var tally = Tally()
    var done = 0
    try await run.forEachOutcome(of: sources, jobs: jobs) { outcome in
      for fault in outcome.faults { progress.report(fault.description.visible) }
      tally.faults += outcome.faults.count
      if let entry = outcome.entry {
        try body(entry)
      } else {
        tally.unchanged += 1
      }
      done += 1
      progress.show(done, of: sources.count)
    }
    return tally
  }

  private func summarise(
    _ cards: [GradedScorecard], of sources: [SubmissionSource], _ tally: Tally
  ) throws {
    let graded = Set(sources.map(\.student))
    let listed = cards.filter { graded.contains($0.scorecard.student) }
    try Output().write(
      GradingSummary.text(
        listed, unchanged: tally.unchanged, faults: tally.faults, mostRows: Self.mostRows))
  }
}

extension GradedScorecard {
  /// The card without what the marks rest on, which is most of it.
  fileprivate var withoutEvidence: GradedScorecard {
    var card = self
    for index in card.scorecard.assessments.indices {
      card.scorecard.assessments[index].reason = ""
      card.scorecard.assessments[index].read = []
      card.scorecard.assessments[index].witness = nil
      card.scorecard.assessments[index].steps = []
    }
    card.titles = [:]
    return card
  }
}

extension Rubric {
  /// The titles of the criteria by their ids.
  fileprivate var titles: [String: String] {
    Dictionary(criteria.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
  }
}
