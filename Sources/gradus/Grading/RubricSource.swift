import Crypto
import Foundation
import Homework
import Rubrics

/// A rubric with the hash of the file from which it was read.
struct RubricSource {
  /// The path as the user gave it.
  var path: String
  /// The rubric.
  var rubric: Rubric
  /// The hash of the file.
  var hash: String

  /// Reads the rubric at a path with the schema `rubric.xsd` beside it, or else the one in the folder
  /// `rubrics` of the working directory.
  ///
  /// - Throws: `RubricErrors`, `RubricFileError` or `CommandFault`.
  init(path: String) throws {
    let beside = URL(filePath: path).deletingLastPathComponent().appending(path: "rubric.xsd").path
    let schemas = [beside, "rubrics/rubric.xsd"]
    let files = FileManager.default
    guard let schema = schemas.first(where: { files.fileExists(atPath: $0) }) ?? schemas.last,
      files.fileExists(atPath: schema) || !files.fileExists(atPath: path)
    else { throw CommandFault.noSchema(rubric: path) }
    self.path = path
    rubric = try RubricReader.rubric(at: path, schema: schema)
    hash = SHA256.hash(data: try Data(contentsOf: URL(filePath: path))).text
  }

  /// Returns the criterion with an id.
  ///
  /// - Throws: `CommandFault` if there is none.
  func criterion(_ id: String) throws -> Criterion {
    guard let criterion = rubric.criteria.first(where: { $0.id == id }) else {
      throw CommandFault.unknownCriterion(id, rubric: path, known: rubric.criteria.map(\.id))
    }
    return criterion
  }
}
