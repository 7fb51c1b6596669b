public import Homework

/// Where one student's submission lies: a folder or a single file.
public struct SubmissionSource: Hashable, Sendable {
  /// The key of the student: the name of the folder, or of the file without its ending.
  public let student: String
  /// The path as reached from the folder that the user gave.
  public let path: String
  /// What is wrong with the entry itself, such as a symbolic link or a second submission.
  public let faults: [Fault]
  /// Whether the entry may be opened at all.
  let isReadable: Bool

  /// Creates a source from a path to read, without faults.
  public init(student: String, path: String) {
    self.init(student: student, path: path, faults: [], isReadable: true)
  }

  init(student: String, path: String, faults: [Fault], isReadable: Bool) {
    self.student = student
    self.path = path
    self.faults = faults
    self.isReadable = isReadable
  }

  /// The name of the entry in the folder.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The source with one more fault.
  func adding(_ fault: Fault) -> SubmissionSource {
    SubmissionSource(
      student: student, path: path, faults: faults + [fault], isReadable: isReadable)
  }
}

/// A folder of submissions that cannot be listed.
public struct SubmissionFolderError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The path as given.
  public let path: String
  /// What happened and the remedy.
  public let reason: String

  /// `path: error: reason`.
  public var description: String { "\(path): error: \(reason)" }
}
