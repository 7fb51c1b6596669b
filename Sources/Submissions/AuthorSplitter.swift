/// Splits one document with the answers of many authors.
public enum AuthorSplitter {
  /// What one author wrote.
  public struct Section: Hashable, Sendable {
    /// The name of the author as it was given.
    public let author: String
    /// The text of all sections of the author in order, each below the heading of its question.
    public let text: String
  }

  /// Returns what each author wrote, in the order of the authors.
  ///
  /// A section begins behind a heading, or a line in bold, that is the name of an author, and ends
  /// at the next author or at the heading of a question. Case, blanks, hyphens and a colon do not
  /// matter in names.
  ///
  /// - Parameters:
  ///   - text: The document.
  ///   - authors: The names of the authors.
  /// - Returns: One section an author; authors without one are left out.
  public static func split(_ text: String, authors: [String]) -> [Section] {
    let lines = TextLines(text)
    let names = authors.map(LabelTable.plain)
    var texts = authors.map { _ in [String]() }
    var question: String?
    var open: (author: Int, start: Int)?
    var headed: [Int: String] = [:]
    func close(at end: Int) {
      guard let section = open else { return }
      let body = trimmed(lines.text(section.start..<end))
      if !body.isEmpty {
        if let question, headed[section.author] != question {
          texts[section.author].append(question)
          headed[section.author] = question
        }
        texts[section.author].append(body)
      }
      open = nil
    }
    for line in lines.lines where !line.isInside && line.start < line.end {
      guard let heading = Heading(lines.bytes[line.start..<line.end]) else { continue }
      if let author = names.firstIndex(of: heading.name) {
        close(at: line.start)
        open = (author, min(line.end + 1, lines.bytes.count))
      } else if heading.isQuestion {
        close(at: line.start)
        question = trimmed(lines.text(line.start..<line.end))
      }
    }
    close(at: lines.bytes.count)
    return zip(authors, texts).filter { !$1.isEmpty }.map { author, texts in
      Section(author: author, text: texts.joined(separator: "\n\n") + "\n")
    }
  }

  private static func trimmed(_ text: String) -> String {
    String(
      text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }

  /// A line that is set off, without its marks.
  private struct Heading {
    /// The text in the form in which names are compared.
    let name: String
    /// Whether the line begins with a word for a question and a number.
    let isQuestion: Bool

    init?(_ bytes: ArraySlice<UInt8>) {
      var scanner = LabelScanner(bytes.prefix(300))
      guard scanner.rank >= .marked else { return nil }
      let text = String(decoding: scanner.rest, as: UTF8.self)
      let bare = text.reversed().drop { " \t*_:.}\\#".contains($0) }.reversed()
      name = LabelTable.plain(String(bare))
      let start = scanner.offset
      let hasWord = ["question", "problem", "exercise", "task"].contains { scanner.takeWord($0) }
      if !hasWord { scanner.skip("qQ") }
      let isWord = hasWord || scanner.offset == start + 1
      scanner.skip(" \t.#")
      isQuestion = isWord && !scanner.takeNumber().isEmpty
    }
  }
}
