import Foundation
import Gradebook
import Homework
import Submissions

/// Grades a course of varied submissions and compares the time with the least that could be.
struct CourseBench {
  let gradus: String
  let folder: URL
  let count: Int
  private let rubric = "rubrics/homework-1.xml"

  init(gradus: String, folder: URL, count: Int) {
    self.gradus = gradus
    self.folder = folder
    self.count = count
  }

  func run() throws {
    let submissions = folder.appending(path: "submissions")
    let bytes = try Variation.write(count, to: submissions)
    let database = folder.appending(path: "grades.sqlite").path
    let child = try Child([
      gradus, "grade", submissions.path, "--rubric", rubric, "--database", database,
    ])
    let reports = try Child([
      gradus, "grade", submissions.path, "--rubric", rubric, "--database", database,
      "--json", folder.appending(path: "results.json").path,
      "--junit", folder.appending(path: "junit.xml").path,
    ])
    let floor = try floor(submissions: submissions.path, graded: database)
    let perSecond = Line.figure(Double(count) / child.seconds)
    Line.print("submissions", "\(count), no two alike, \(bytes / 1_000_000) MB")
    Line.print("grading", "\(perSecond) a second, \(Line.figure(child.seconds)) s")
    Line.print("floor", "\(Line.figure(floor)) s to read the files and insert the rows")
    Line.print(
      "ratio to the floor",
      "\(Line.figure(child.seconds / floor)); work of all cores "
        + "\(Line.figure(child.workSeconds / floor))")
    Line.print("peak memory", "\(child.peakMemory / 1_000_000) MB")
    Line.print(
      "both reports",
      "\(Line.figure(reports.seconds)) s when nothing has changed, peak memory "
        + "\(reports.peakMemory / 1_000_000) MB")
  }

  /// Returns the seconds that reading the files and inserting the same rows in the same transactions
  /// takes, and nothing else.
  private func floor(submissions: String, graded: String) throws -> Double {
    var entries: [Entry] = []
    let book = try Gradebook(path: graded)
    try book.forEachScorecard { card in
      entries.append(Entry(scorecard: card.scorecard, contentHash: card.scorecard.student))
    }
    guard let first = entries.first?.scorecard else { return .nan }
    let copy = try Gradebook(path: graded + ".floor")
    let frames = first.assessments.map {
      AssignmentRecord.Frame(id: $0.criterion, title: $0.criterion, possible: $0.possible)
    }
    try copy.register(
      assignment: AssignmentRecord(
        id: first.assignment, title: "", rubricHash: "", criteria: frames))
    let start = ContinuousClock.now
    let run = try copy.beginRun(
      assignment: first.assignment, rubricHash: "", graderVersion: "", startedAt: "")
    var batch: [Entry] = []
    for entry in entries {
      let file = "\(submissions)/\(entry.scorecard.student)/answers.md"
      let data = try Data(contentsOf: URL(filePath: file))
      precondition(!data.isEmpty, "every sample has text")
      batch.append(entry)
      if batch.count == 64 {
        _ = try copy.store(batch, run: run)
        batch = []
      }
    }
    _ = try copy.store(batch, run: run)
    return (ContinuousClock.now - start).seconds
  }
}
