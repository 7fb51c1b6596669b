import Foundation
import Gradebook
import Homework
import Testing

struct GradebookFileTests {
  @Test func `A file keeps everything until it is opened again`() throws {
    try withFolder { folder in
      let path = folder + "/grades.sqlite"
      let mark = ManualMark(
        points: Points(hundredths: 100), who: "ta", when: "2026-02-01", why: "paper")
      func fill() throws -> [GradedScorecard] {
        let book = try Gradebook(path: path)
        try book.register(assignment: Samples.assignment())
        try book.grade(Samples.entry("alice", content: "1", [1, nil]))
        try book.setOverride(mark, student: "alice", assignment: "hw", criterion: "b")
        return try book.scorecards()
      }
      let cards = try fill()
      let book = try Gradebook(path: path, creating: false)
      #expect(try book.scorecards() == cards)
      #expect(try book.lines() == ["alice 5+0/8"])
    }
  }

  @Test func `Two processes can hold the file`() throws {
    try withFolder { folder in
      let path = folder + "/grades.sqlite"
      let first = try Gradebook(path: path)
      let second = try Gradebook(path: path)
      try first.register(assignment: Samples.assignment())
      try second.grade(Samples.entry("alice", content: "1", [1, 1]))
      try first.grade(Samples.entry("bob", content: "1", [1, 0]))
      #expect(try second.lines() == ["alice 8+0/8", "bob 4+0/8"])
    }
  }

  @Test func `A file that is no gradebook is refused and stays as it is`() throws {
    try withFolder { folder in
      let path = folder + "/grades.sqlite"
      let text = Data(String(repeating: "not a database\n", count: 100).utf8)
      try text.write(to: URL(filePath: path))
      expectError(
        "\(path): error: expected a gradebook, found a file that is not a SQLite database or is "
          + "damaged; restore it from a copy, or name another file with --database"
      ) {
        _ = try Gradebook(path: path)
      }
      #expect(try Data(contentsOf: URL(filePath: path)) == text)
    }
  }

  @Test func `A damaged gradebook is refused`() throws {
    try withFolder { folder in
      let path = folder + "/grades.sqlite"
      try Gradebook(path: path).register(assignment: Samples.assignment())
      var bytes = try Data(contentsOf: URL(filePath: path))
      #expect(bytes.count > 8192)
      bytes.replaceSubrange(
        100..<bytes.count, with: Data(repeating: 0x5A, count: bytes.count - 100))
      try bytes.write(to: URL(filePath: path))
      expectError(
        "\(path): error: expected a gradebook, found a file that is not a SQLite database or is "
          + "damaged; restore it from a copy, or name another file with --database"
      ) {
        _ = try Gradebook(path: path).scores()
      }
    }
  }

  @Test func `A path without a file or folder is refused`() throws {
    try withFolder { folder in
      let path = folder + "/grades.sqlite"
      expectError("\(path): error: there is no gradebook here; 'gradus grade' makes one") {
        _ = try Gradebook(path: path, creating: false)
      }
      #expect(!FileManager.default.fileExists(atPath: path))
      for path in [folder + "/none/grades.sqlite", folder] {
        expectError(
          "\(path): error: the gradebook cannot be opened; is the folder there, and writable?"
        ) {
          _ = try Gradebook(path: path)
        }
      }
    }
  }

  @Test func `A gradebook of the first version is brought up to date`() throws {
    try withFixture("first-version.db") { path in
      let book = try Gradebook(path: path)
      #expect(try book.lines() == ["alice 5.25+0/8", "bob 0+8/8!"])
      let assessment = try book.scorecards()[0].scorecard.assessments[0]
      #expect(assessment.witness?.point == [.init(name: "x", values: [0.1, .infinity])])
      #expect(assessment.steps == [Step(line: 3, relation: "=", holds: nil, reason: "unread")])
      try book.grade(Samples.entry("bob", content: "1", [1, 1]))
      #expect(try book.lines() == ["alice 5.25+0/8", "bob 8+0/8"])
    }
  }

  @Test func `A gradebook of a later version is refused`() throws {
    try withFixture("later-version.db") { path in
      expectError(
        "\(path): error: the gradebook was written by a newer version of gradus; update gradus"
      ) {
        _ = try Gradebook(path: path)
      }
    }
  }

  @Test func `A database of another program is refused and stays as it is`() throws {
    try withFixture("other-program.db") { path in
      let bytes = try Data(contentsOf: URL(filePath: path))
      expectError(
        "\(path): error: expected a gradebook, found the SQLite database of another program; "
          + "name another file with --database"
      ) {
        _ = try Gradebook(path: path)
      }
      #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    }
  }
}

/// Gives `body` a new empty folder that is removed afterwards.
private func withFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "gradebook-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder.path(percentEncoded: false))
}

/// Gives `body` a copy of the file `Fixtures/name`.
private func withFixture(_ name: String, _ body: (String) throws -> Void) throws {
  try withFolder { folder in
    let fixture = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/\(name)")
    let copy = folder + "/" + name
    try FileManager.default.copyItem(at: fixture, to: URL(filePath: copy))
    try body(copy)
  }
}
