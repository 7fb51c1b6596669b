import Checking
import Gradebook
import Homework
import Rubrics
import Submissions

/// The exit statuses of the command.
enum ExitStatus {
  /// The command did what was asked, whatever the marks.
  static let done: Int32 = 0
  /// A file or the database failed.
  static let failed: Int32 = 1
  /// The rubric, a formula or the arguments are at fault.
  static let refused: Int32 = 2
}

/// An error that ends the command with a status of its own.
protocol CommandError: Error {
  /// The exit status.
  var status: Int32 { get }
  /// What is wrong and the likely remedy, for standard error; may be empty.
  var description: String { get }
}

extension RubricErrors: CommandError {
  var status: Int32 { ExitStatus.refused }
}

extension RubricFileError: CommandError {
  var status: Int32 { ExitStatus.failed }
}

extension SubmissionFolderError: CommandError {
  var status: Int32 { ExitStatus.failed }
}

extension RubricFaults: CommandError {
  var status: Int32 { ExitStatus.refused }

  /// One fault a line.
  var description: String { faults.map(\.description).joined(separator: "\n") }
}

extension GradebookError: CommandError {
  var status: Int32 {
    switch self {
    case .unknownAssignment, .unknownStudent, .unknownCriterion: ExitStatus.refused
    case .missing, .unreachable, .damaged, .foreign, .newer, .readOnly, .full, .busy,
      .unreadableResult, .unknownRun, .refused:
      ExitStatus.failed
    }
  }
}
