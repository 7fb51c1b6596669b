import Foundation
import Homework
import Submissions
import Testing

struct SubmissionReaderTests {
  /// The submissions of a folder, with its path cut off the faults.
  private func read(_ folder: String) throws -> [String] {
    try SubmissionReader.keys(in: folder).flatMap { source in
      let submission = SubmissionReader.submission(source)
      return submission.files.map { "\(submission.student): \($0.name) \($0.text)" }
        + submission.faults.map { "\(submission.student): \($0)" }
    }.map { $0.replacing(folder + "/", with: "") }
  }

  @Test func `Folders and files are submissions in order of their keys`() throws {
    try withTemporaryFolder { folder in
      try write("B", to: folder + "/berta/answers.md")
      try write("A2", to: folder + "/anton/b.txt")
      try write("A1", to: folder + "/anton/a.tex")
      try write("A3", to: folder + "/anton/code/c.py")
      try write("C", to: folder + "/caesar.markdown")
      #expect(
        try read(folder) == [
          "anton: a.tex A1", "anton: b.txt A2", "anton: code/c.py A3", "berta: answers.md B",
          "caesar: caesar.markdown C",
        ])
    }
  }

  @Test func `Hidden files, backups and pictures are passed over`() throws {
    try withTemporaryFolder { folder in
      for name in [".DS_Store", "a.md~", ".git/config", "__MACOSX/a.md", "vae.png", "x.md"] {
        try write("x", to: folder + "/anton/" + name)
        try write("x", to: folder + "/" + name)
      }
      #expect(try read(folder) == ["anton: x.md x", "x: x.md x"])
    }
  }

  @Test func `Line ends and the byte order mark are normalised`() throws {
    try withTemporaryFolder { folder in
      try write("\u{FEFF}a\r\nb\rc\n", to: folder + "/x.md")
      #expect(try read(folder) == ["x: x.md a\nb\nc\n"])
    }
  }

  @Test(arguments: [
    ("a.md", "", "a.md:1:1: error: file is empty"),
    ("a.md", " \n\t", "a.md:1:1: error: file is empty"),
    (
      "a.ipynb", "{}",
      "a.ipynb:1:1: error: notebooks are not supported; hand in a .md, .tex, .txt or .py file"
    ),
    (
      "a.pdf", "x",
      "a.pdf:1:1: error: '.pdf' is not supported; hand in a .md, .tex, .txt or .py file"
    ),
  ])
  func `A file without an answer is a fault`(name: String, text: String, message: String) throws {
    try withTemporaryFolder { folder in
      try write(text, to: folder + "/s/" + name)
      #expect(try read(folder) == ["s: s/" + message])
    }
  }

  @Test func `A document beside an answer is no fault`() throws {
    try withTemporaryFolder { folder in
      try write("x", to: folder + "/s/a.pdf")
      try write("y", to: folder + "/s/a.md")
      #expect(try read(folder) == ["s: a.md y"])
    }
  }

  @Test func `A folder without files is a fault`() throws {
    try withTemporaryFolder { folder in
      try write("x", to: folder + "/s/picture.png")
      #expect(
        try read(folder) == [
          "s: s:1:1: error: nothing to grade; hand in a .md, .tex, .txt or .py file"
        ])
    }
  }

  @Test(arguments: [
    (
      [0x61, 0x0A, 0xC3, 0xA9, 0xE9, 0x62], "a\né\u{FFFD}b",
      "a.md:2:2: error: byte 0xE9 is not UTF-8; save the file as UTF-8"
    ),
    (
      [UInt8](repeating: 0x61, count: 30) + [0x0A, 0x62, 0x00],
      String(repeating: "a", count: 30) + "\nb\u{FFFD}",
      "a.md:2:2: error: a NUL character; save the file as plain text"
    ),
  ])
  func `Bad bytes are named and the rest is read`(
    bytes: [UInt8], text: String, message: String
  ) throws {
    try withTemporaryFolder { folder in
      let all = bytes + [UInt8](repeating: 0x20, count: 30)
      try write(all, to: folder + "/s/a.md")
      #expect(
        try read(folder) == [
          "s: a.md " + text + String(repeating: " ", count: 30), "s: s/" + message,
        ])
    }
  }

  @Test(arguments: [
    ([0xFF, 0xFE, 0x61, 0x00], "file is in UTF-16; save it as UTF-8"),
    ([0x00, 0x01, 0x02, 0x00], "file is not text; save it as UTF-8 text"),
    ([0x80, 0x81, 0x61, 0xFF], "file is not text; save it as UTF-8 text"),
  ])
  func `What is not text is not read`(bytes: [UInt8], message: String) throws {
    try withTemporaryFolder { folder in
      try write(bytes, to: folder + "/s/a.md")
      #expect(try read(folder) == ["s: s/a.md:1:1: error: " + message])
    }
  }

  @Test func `The folder itself must exist`() throws {
    try withTemporaryFolder { folder in
      let missing = #expect(throws: SubmissionFolderError.self) {
        try SubmissionReader.keys(in: folder + "/none")
      }
      #expect(
        missing?.description
          == "\(folder)/none: error: no such folder; give the folder that holds the submissions")
      try write("x", to: folder + "/file")
      let file = #expect(throws: SubmissionFolderError.self) {
        try SubmissionReader.keys(in: folder + "/file")
      }
      #expect(
        file?.description
          == "\(folder)/file: error: not a folder; give the folder that holds the submissions")
    }
  }

  @Test func `A link to the folder of submissions is followed`() throws {
    try withTemporaryFolder { folder in
      try write("x", to: folder + "/real/x.md")
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link", withDestinationPath: folder + "/real")
      #expect(try read(folder + "/link") == ["x: x.md x"])
    }
  }
}
