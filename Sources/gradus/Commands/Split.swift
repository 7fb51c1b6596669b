import ArgumentParser
import Foundation
import Submissions

/// Splits one document with many authors into submissions.
struct Split: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Split one document with a heading an author into submissions.",
    discussion: """
      A section ends at the next heading of an author or a question. Every author gets a folder \
      with 'answers.md', named after the author in small letters. Nothing is written over.
      """)

  @Argument(help: "The document.")
  var file: String

  @Option(
    name: .customLong("author"), parsing: .upToNextOption,
    help: "The authors as the headings name them.")
  var authors: [String]

  @Option(help: "The folder of the submissions; made if there is none.")
  var into: String

  func run() throws {
    let sections = AuthorSplitter.split(try text(), authors: authors)
    let missing = authors.filter { author in !sections.contains { $0.author == author } }
    guard missing.isEmpty else { throw CommandFault.noSections(file: file, authors: missing) }
    let files = try sections.map { (url: try free($0.author), text: $0.text) }
    for file in files {
      do {
        try FileManager.default.createDirectory(
          at: file.url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(file.text.utf8).write(to: file.url, options: .withoutOverwriting)
      } catch {
        throw CommandFault.unwritable(path: file.url.relativePath)
      }
    }
    try Output().write(files.map { $0.url.relativePath + "\n" }.joined())
  }

  private func text() throws -> String {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: file))
    } catch {
      throw CommandFault.unreadable(path: file, reason: "the document cannot be read")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw CommandFault.unreadable(path: file, reason: "the document is not UTF-8")
    }
    return text
  }

  /// Returns the file for the answers of an author, which must not be there yet.
  private func free(_ author: String) throws -> URL {
    let folder = Self.key(author)
    let url = URL(filePath: into).appending(path: folder).appending(path: "answers.md")
    guard !FileManager.default.fileExists(atPath: url.path) else {
      throw CommandFault.alreadyThere(path: url.relativePath)
    }
    return url
  }

  /// Returns a name as that of a folder: small letters and digits with hyphens between.
  private static func key(_ author: String) -> String {
    let words = author.lowercased().split { !$0.isLetter && !$0.isNumber }
    let key = words.joined(separator: "-")
    return key.isEmpty ? "author" : String(key.prefix(60))
  }
}
