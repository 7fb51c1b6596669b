import Checking
import Foundation
import Homework
import Rubrics

/// Labelled answers outside of the package: `answers` in the folder `GRADUS_SHARED`, or in `../shared`.
enum LabelledAnswers {
  /// The folder, if it is there.
  static let folder: URL? = {
    let named = ProcessInfo.processInfo.environment["GRADUS_SHARED"]
    let shared = named.map { URL(filePath: $0) } ?? Command.root.appending(path: "../shared")
    let folder = shared.appending(path: "answers")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  /// Returns the objects of a file of JSON lines.
  static func rows(_ name: String) throws -> [JSONValue] {
    guard let folder else { return [] }
    return try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      .split(separator: "\n").map { try JSONValue(json: String($0)) }
  }

  /// Returns the grader of a rubric of this package.
  static func grader(_ rubric: String) throws -> Grader {
    let path = Command.root.appending(path: "rubrics/\(rubric).xml").path
    let schema = Command.root.appending(path: "rubrics/rubric.xsd").path
    return try Grader(rubric: RubricReader.rubric(at: path, schema: schema))
  }

  /// What a verdict is worth against a label.
  enum Outcome: String {
    case right, review, guess, harsh, lenient, wrong
  }

  /// Compares what was said with the label `truth` of a row whose mistake is `mistake`.
  static func outcome(_ said: Assessment, truth: String, mistake: String?) -> Outcome {
    switch (truth, said.verdict) {
    case ("ambiguous", .review): .right
    case (_, .review): .review
    case ("ambiguous", _): .guess
    case ("correct", let verdict): verdict == .correct ? .right : .wrong
    case ("different-quantity", let verdict):
      verdict == .correct || verdict == .partial ? .right : .harsh
    case ("wrong", .incorrect): .right
    case ("wrong", .partial): (said.credit ?? 0) <= 0.5 ? .right : .wrong
    case ("wrong", _): .wrong
    case (_, .partial): .right
    case (_, .incorrect): .harsh
    default: mistake == "one-dimension" ? .lenient : .wrong
    }
  }
}
