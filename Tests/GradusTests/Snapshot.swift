import Foundation
import Testing

/// Compares a report with the file `Snapshots/NAME`.
///
/// With `RECORD_SNAPSHOTS=1` in the environment writes the file and fails, so that no record passes
/// unseen.
func expectSnapshot(
  _ report: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Snapshots/\(name)")
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
    try Data(report.utf8).write(to: file)
    Issue.record("recorded \(name); look at it and run again", sourceLocation: sourceLocation)
    return
  }
  let recorded = try String(contentsOf: file, encoding: .utf8)
  #expect(report == recorded, sourceLocation: sourceLocation)
}
