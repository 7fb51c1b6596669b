import Foundation
import GRDB

/// The scores of all students in one SQLite file.
///
/// One writer at a time. Everything that belongs to a submission is stored whole or not at all.
/// Grading never touches manual marks. The gradebook has no clock: times are texts of the caller.
public struct Gradebook: Sendable {
  private let queue: DatabaseQueue
  private let path: String

  /// Opens the gradebook in the file `path` and brings its tables up to date.
  ///
  /// - Parameters:
  ///   - path: The path of the SQLite file; `-wal` and `-shm` files stand beside it while it is open.
  ///   - creating: Whether to make the file if there is none.
  /// - Throws: `GradebookError`. A file that is not a gradebook is left as it is.
  public init(path: String, creating: Bool = true) throws {
    if !creating, !FileManager.default.fileExists(atPath: path) {
      throw GradebookError.missing(path: path)
    }
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    self.path = path
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
      try Self.prepare(queue, path: path)
    } catch let error as DatabaseError {
      throw GradebookError(error, path: path)
    }
  }

  private init(memory queue: DatabaseQueue) throws {
    self.queue = queue
    path = ":memory:"
    try Self.prepare(queue, path: path)
  }

  /// Returns a new gradebook that lives in memory and is gone with its last use.
  public static func inMemory() throws -> Gradebook {
    try Gradebook(memory: DatabaseQueue())
  }

  private static func prepare(_ queue: DatabaseQueue, path: String) throws {
    let migrator = Schema.migrator
    try queue.writeWithoutTransaction { db in
      let tables = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_master") ?? 0
      let application = try Int.fetchOne(db, sql: "PRAGMA application_id")
      guard tables == 0 || application == Schema.applicationID else {
        throw GradebookError.foreign(path: path)
      }
      guard try !migrator.hasBeenSuperseded(db) else { throw GradebookError.newer(path: path) }
      try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
    }
    try migrator.migrate(queue)
  }

  /// Runs `body` in one transaction that is undone if it throws.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try queue.write(body)
    } catch let error as DatabaseError {
      throw GradebookError(error, path: path)
    }
  }

  /// Runs `body` on one state of the database.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try queue.read(body)
    } catch let error as DatabaseError {
      throw GradebookError(error, path: path)
    }
  }
}
