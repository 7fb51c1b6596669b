import Foundation
import Homework
import Submissions
import Testing

struct HostileSubmissionTests {
  private func faults(_ folder: String) throws -> [String] {
    try SubmissionReader.keys(in: folder).flatMap { source in
      SubmissionReader.submission(source).faults.map {
        "\(source.student): \($0)".replacing(folder + "/", with: "")
      }
    }
  }

  @Test func `Symbolic links are not followed`() throws {
    try withTemporaryFolder { folder in
      try write("good", to: folder + "/anton/answers.md")
      let manager = FileManager.default
      try manager.createSymbolicLink(
        atPath: folder + "/anton/secret.md", withDestinationPath: "/etc/passwd")
      try manager.createSymbolicLink(
        atPath: folder + "/berta", withDestinationPath: folder + "/anton")
      try manager.createSymbolicLink(
        atPath: folder + "/caesar.md", withDestinationPath: "/dev/zero")
      let message = "symbolic links are not followed; hand in the file itself"
      #expect(
        try faults(folder) == [
          "anton: anton/secret.md:1:1: error: " + message,
          "berta: berta:1:1: error: " + message,
          "caesar: caesar.md:1:1: error: " + message,
        ])
      let first = try #require(try SubmissionReader.keys(in: folder).first)
      #expect(SubmissionReader.submission(first).files.map(\.text) == ["good"])
    }
  }

  @Test func `A pipe does not make the reader wait`() throws {
    try withTemporaryFolder { folder in
      try write("good", to: folder + "/anton/answers.md")
      #expect(mkfifo(folder + "/anton/pipe.md", 0o600) == 0)
      #expect(mkfifo(folder + "/berta.md", 0o600) == 0)
      let message = "devices, pipes and sockets are not read; hand in a file"
      #expect(
        try faults(folder) == [
          "anton: anton/pipe.md:1:1: error: " + message,
          "berta: berta.md:1:1: error: " + message,
        ])
    }
  }

  @Test func `Huge files are not read`() throws {
    try withTemporaryFolder { folder in
      for name in ["anton/answers.md", "anton/film.bin", "berta.md"] {
        try write("x", to: folder + "/" + name)
        #expect(truncate(folder + "/" + name, 200_000_000) == 0)
      }
      let message = "file has 200000000 bytes, but at most 5000000 are read"
      #expect(
        try faults(folder) == [
          "anton: anton/answers.md:1:1: error: " + message,
          "anton: anton/film.bin:1:1: error: " + message,
          "berta: berta.md:1:1: error: " + message,
        ])
    }
  }

  @Test func `A submission has a limit in all`() throws {
    try withTemporaryFolder { folder in
      for number in 1...5 {
        try write(
          [UInt8](repeating: 0x61, count: 4_900_000), to: folder + "/anton/\(number).md")
      }
      #expect(
        try faults(folder) == [
          "anton: anton/5.md:1:1: error: more than 20000000 bytes in all; this file is not read"
        ])
    }
  }

  @Test func `Many entries and deep folders end`() throws {
    try withTemporaryFolder { folder in
      for number in 0...1_000 { try write("x", to: folder + "/anton/\(number).png") }
      let deep = (0...20).map { "d\($0)" }.joined(separator: "/")
      try write("x", to: folder + "/berta/\(deep)/a.md")
      #expect(
        try faults(folder) == [
          "anton: anton:1:1: error: more than 1000 entries; the rest is not read",
          """
          berta: berta/d0/d1/d2/d3/d4/d5/d6/d7/d8:1:1: error: folders are nested too deep; this \
          one is not read
          """,
        ])
    }
  }

  @Test func `Two submissions of one student are a fault`() throws {
    try withTemporaryFolder { folder in
      try write("first", to: folder + "/anton/answers.md")
      try write("second", to: folder + "/anton.md")
      try write("x", to: folder + "/berta.md")
      try write("y", to: folder + "/Berta.md")
      #expect(
        try faults(folder) == [
          """
          Berta: Berta.md:1:1: error: differs from 'berta' in case only; keep one if they are \
          the same
          """,
          """
          anton: anton.md:1:1: error: a second submission beside 'anton', which alone is read; \
          keep one
          """,
          """
          berta: berta.md:1:1: error: differs from 'Berta' in case only; keep one if they are \
          the same
          """,
        ])
      let sources = try SubmissionReader.keys(in: folder)
      #expect(sources.map(\.student) == ["Berta", "anton", "berta"])
      #expect(SubmissionReader.submission(sources[1]).files.map(\.text) == ["first"])
    }
  }

  @Test func `Names that cannot be shown are a fault`() throws {
    try withTemporaryFolder { folder in
      try write("x", to: folder + "/an\nton.md")
      try write("x", to: folder + "/berta/a\u{1}.md")
      let message = "a name that is not UTF-8 or holds control characters; rename the"
      #expect(
        try faults(folder).map { $0.replacing(folder, with: "F") } == [
          "berta: berta:1:1: error: " + message + " file",
          "unnamed-1: F:1:1: error: " + message + " entry",
        ])
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func `A file that may not be read is a fault`() throws {
    try withTemporaryFolder { folder in
      try write("x", to: folder + "/anton/a.md")
      #expect(chmod(folder + "/anton/a.md", 0) == 0)
      #expect(
        try faults(folder) == ["anton: anton/a.md:1:1: error: no permission to read it"])
    }
  }

  @Test func `A submission that has gone is a fault`() {
    let source = SubmissionSource(student: "anton", path: "/nowhere/anton")
    #expect(
      SubmissionReader.submission(source).faults.map(\.description) == [
        "/nowhere/anton:1:1: error: no such file or folder"
      ])
  }
}
