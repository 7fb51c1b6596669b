import Homework

/// A file with the labels that stand at the beginning of its lines.
struct LabelledFile {
  /// A label with its place.
  struct Mark {
    var label: FoundLabel
    /// Where the line of the label begins.
    var start: Int
  }

  /// Where a part begins and what it answers.
  struct Cut {
    var mark: Mark
    var question: Int?
    var part: String?
  }

  let name: String
  let lines: TextLines
  let marks: [Mark]

  /// - Parameters:
  ///   - file: The file.
  ///   - table: The labels that count.
  ///   - isNamedByStudent: Whether the name of the file is the key of the student, and so no label.
  init(_ file: SubmissionFile, table: LabelTable, isNamedByStudent: Bool) {
    name = file.name
    let lines = TextLines(file.text)
    self.lines = lines
    let isProgram = file.name.hasSuffix(".py")
    var marks: [Mark] = []
    let base = file.name.split(separator: "/").last.map(String.init) ?? ""
    if !isNamedByStudent, let label = Self.label(fileNamed: base, table: table) {
      marks.append(Mark(label: label, start: 0))
    }
    // A line behind one of these goes on with a formula: `f(a,` and then `b) = ...`.
    let ends = Array("(,+-*/=^_&".utf8)
    var previous: UInt8 = 0
    for line in lines.lines where !line.isInside && line.start < line.end {
      let text = lines.bytes[line.start..<line.end]
      if isProgram, text.first(where: { $0 != 0x20 && $0 != 0x09 }) != 0x23 { continue }
      var reader = LabelReader(text, table: table)
      let isContinuation = ends.contains(previous)
      previous = text.last { $0 > 0x20 } ?? 0
      if var label = reader.label(), !isContinuation || label.rank >= .marked {
        if label.isTitled, !text[label.end...].contains(where: { "$=\\".utf8.contains($0) }) {
          label.end = line.end
        }
        marks.append(Mark(label: label, start: line.start))
      }
    }
    self.marks = marks
  }

  /// The label that a whole file name is, such as `q1.md` or `kl-univariate.tex`.
  private static func label(fileNamed name: String, table: LabelTable) -> FoundLabel? {
    let heading = Array("# \(FileKind.stem(of: name))".utf8)
    var reader = LabelReader(heading[...], table: table)
    guard var label = reader.label(), label.end == heading.count, label.question != .foreign else {
      return nil
    }
    label.end = 0
    return label
  }

  /// Returns the parts between cuts.
  func parts(_ cuts: [Cut], table: LabelTable) -> [Part] {
    var position = Position(lines.bytes)
    var parts: [Part] = []
    let alone = table.questions.count == 1 ? 0 : nil
    let open = [(start: 0, question: alone, part: String?.none)]
    let starts = open + cuts.map { ($0.mark.label.end, $0.question, $0.part) }
    let ends = cuts.map(\.mark.start) + [lines.bytes.count]
    for (start, end) in zip(starts, ends) {
      let body = trimmed(min(start.start, end)..<end)
      if body.isEmpty, start.part == nil { continue }
      position.advance(to: body.lowerBound)
      parts.append(
        Part(
          question: start.question.map { table.questions[$0].label }, label: start.part,
          text: lines.text(body),
          place: Place(file: name, line: position.line, column: position.column)))
    }
    return parts
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    let bytes = lines.bytes
    guard let first = range.first(where: { bytes[$0] > 0x20 }),
      let last = range.last(where: { bytes[$0] > 0x20 })
    else { return range.lowerBound..<range.lowerBound }
    return first..<(last + 1)
  }
}

/// A position that moves forward and knows its line and column.
private struct Position {
  private let bytes: [UInt8]
  private var offset = 0
  private(set) var line = 1
  private(set) var column = 1

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func advance(to end: Int) {
    while offset < end {
      if bytes[offset] == 0x0A {
        line += 1
        column = 1
      } else if bytes[offset] & 0xC0 != 0x80 {
        column += 1
      }
      offset += 1
    }
  }
}
