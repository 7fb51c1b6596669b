import GRDB

/// Why a gradebook cannot be opened, read or written; for whoever runs the command.
public enum GradebookError: Error, Hashable, Sendable {
  /// There is no file at the path.
  case missing(path: String)
  /// The file cannot be opened or made: no such folder, a folder, or no permission.
  case unreachable(path: String)
  /// The file is not a SQLite database, or is damaged.
  case damaged(path: String)
  /// The file is a SQLite database of another program.
  case foreign(path: String)
  /// The file was written by a newer version with another schema.
  case newer(path: String)
  /// The file cannot be written.
  case readOnly(path: String)
  /// The disk is full.
  case full(path: String)
  /// Another process holds the database.
  case busy(path: String)
  /// The stored result of a criterion cannot be read back.
  case unreadableResult(student: String, criterion: String)
  /// The gradebook does not know the assignment.
  case unknownAssignment(String)
  /// The gradebook does not know the student.
  case unknownStudent(String)
  /// The assignment has no such criterion.
  case unknownCriterion(String, assignment: String)
  /// The gradebook has no such run, or it is one of another assignment.
  case unknownRun
  /// SQLite refused for another reason, in its words and without the values.
  case refused(path: String, reason: String)
}

extension GradebookError: CustomStringConvertible {
  /// What is wrong and the likely remedy.
  public var description: String {
    switch self {
    case .missing(let path):
      "\(path): error: there is no gradebook here; 'gradus grade' makes one"
    case .unreachable(let path):
      "\(path): error: the gradebook cannot be opened; is the folder there, and writable?"
    case .damaged(let path):
      "\(path): error: expected a gradebook, found a file that is not a SQLite database or is damaged;"
        + " restore it from a copy, or name another file with --database"
    case .foreign(let path):
      "\(path): error: expected a gradebook, found the SQLite database of another program;"
        + " name another file with --database"
    case .newer(let path):
      "\(path): error: the gradebook was written by a newer version of gradus; update gradus"
    case .readOnly(let path):
      "\(path): error: the gradebook cannot be written; it and its folder must be writable"
    case .full(let path):
      "\(path): error: the disk is full; the last whole batch of submissions is stored"
    case .busy(let path):
      "\(path): error: the gradebook is in use by another process; try again when it is done"
    case .unreadableResult(let student, let criterion):
      "error: the stored result of criterion '\(criterion)' for '\(student)' cannot be read;"
        + " grade again with --force"
    case .unknownAssignment(let id):
      "error: there is no assignment '\(id)' in the gradebook"
    case .unknownStudent(let student):
      "error: there is no student '\(student)' in the gradebook"
    case .unknownCriterion(let id, let assignment):
      "error: there is no criterion '\(id)' in assignment '\(assignment)'"
    case .unknownRun:
      "error: there is no such run of this assignment in the gradebook"
    case .refused(let path, let reason):
      "\(path): error: the gradebook refused: \(reason)"
    }
  }
}

extension GradebookError {
  /// Says what SQLite says in words for the operator; bound values stay out.
  init(_ error: DatabaseError, path: String) {
    switch error.resultCode {
    case .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_FORMAT: self = .damaged(path: path)
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: self = .unreachable(path: path)
    case .SQLITE_READONLY: self = .readOnly(path: path)
    case .SQLITE_FULL: self = .full(path: path)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
    default:
      self = .refused(path: path, reason: error.message ?? "SQLite code \(error.resultCode)")
    }
  }
}
