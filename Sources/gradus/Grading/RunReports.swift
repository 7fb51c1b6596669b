import Foundation
import Homework
import Reports

/// The reports of a run: marks are added as they come, and the files take their places at the end.
struct RunReports: ~Copyable {
  private var json: ReportFile?
  private var junit: ReportFile?
  private var results = ResultsFile.Pieces()
  private var suites: JUnitReport.Pieces

  /// Begins the reports that were asked for.
  init(json: String?, junit: String?, assignment: String) throws {
    suites = JUnitReport.Pieces(assignment: assignment)
    if let json { self.json = try ReportFile(path: json) }
    if let junit { self.junit = try ReportFile(path: junit) }
    try self.junit?.write(suites.start)
  }

  /// Adds the marks of the next student.
  mutating func add(_ card: GradedScorecard) throws {
    if json != nil { try json?.write(results.next(card)) }
    if junit != nil { try junit?.write(suites.next(card)) }
  }

  /// Ends the reports.
  mutating func finish() throws {
    try json?.write(results.end)
    try json?.finish()
    try junit?.write(suites.end)
    try junit?.finish()
  }
}

/// A file that is written in pieces and takes its place whole or not at all.
struct ReportFile: ~Copyable {
  private let path: String
  /// Where the file stands in the end, with links followed.
  private let target: String
  /// Where it is written; `nil` if there is no plain file at the path but a pipe or a device.
  private var draft: String?
  private let descriptor: Int32
  private var waiting: [UInt8] = []

  /// Begins a file.
  ///
  /// - Throws: `CommandFault.unwritable`, as all that follows.
  init(path: String) throws {
    self.path = path
    target = URL(filePath: path).resolvingSymlinksInPath().path
    var status = stat()
    let isOther = stat(target, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    draft = isOther ? nil : "\(target).\(getpid()).part"
    descriptor = open(draft ?? target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      draft = nil
      throw CommandFault.unwritable(path: path)
    }
  }

  deinit {
    close(descriptor)
    if let draft { unlink(draft) }
  }

  /// Writes the next piece.
  mutating func write(_ text: String) throws {
    waiting += text.utf8
    if waiting.count >= 1 << 16 { try flush() }
  }

  /// Puts the file in its place.
  mutating func finish() throws {
    try flush()
    guard let draft else { return }
    guard rename(draft, target) == 0 else { throw CommandFault.unwritable(path: path) }
    self.draft = nil
  }

  private mutating func flush() throws {
    var rest = waiting[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw CommandFault.unwritable(path: path)
      }
    }
    waiting.removeAll(keepingCapacity: true)
  }
}
