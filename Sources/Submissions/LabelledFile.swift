import Homework

/// A file with the labels that stand at the beginning of its lines.
struct LabelledFile {
  /// A label with its place.
  struct Mark {
    var label: FoundLabel
    /// Where the line of the label begins.
    var start: Int
    /// Whether the text behind the label before ends as one that goes on: with a colon or a comma.
    var isAnnounced = false
    /// Whether the text behind the label before shows a formula.
    var followsFormula = false
    /// Whether the label is a cell of a table and its text ends with the row.
    var isInTable = false
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
    var previous: ArraySlice<UInt8> = []
    var isTable = false
    for line in lines.lines where !line.isInside {
      let text = lines.bytes[line.start..<line.end]
      let before = previous
      previous = text
      isTable = Self.isRow(text) && (isTable || Self.isRule(text))
      if line.start == line.end { continue }
      if isProgram, text.first(where: { $0 != 0x20 && $0 != 0x09 }) != 0x23 { continue }
      var reader = LabelReader(text, table: table, isTableRow: isTable)
      if var label = reader.label(), !Self.goesOn(before) || label.rank >= .marked,
        !isTable || label.part != nil
      {
        if label.isTitled, !text[label.end...].contains(where: { "$=\\".utf8.contains($0) }) {
          label.end = line.end
        }
        let answer = (marks.last?.label.end ?? line.start)..<line.start
        marks.append(
          Mark(
            label: label, start: line.start, isAnnounced: lines.isAnnouncement(answer),
            followsFormula: lines.hasFormula(answer),
            isInTable: isTable))
      }
    }
    self.marks = marks
  }

  /// Whether a line goes on with a formula on the next one: `f(a,` and then `b) = ...`.
  private static func goesOn(_ line: ArraySlice<UInt8>) -> Bool {
    guard let end = line.lastIndex(where: { $0 > 0x20 }), "(,+-*/=^_&".utf8.contains(line[end])
    else { return false }
    // A line under a heading, and the end of some emphasis.
    if line.allSatisfy({ "-=*_ \t\r".utf8.contains($0) }) { return false }
    return line[end] != 0x2A && line[end] != 0x5F || end == line.startIndex
      || line[end - 1] <= 0x20
  }

  /// Whether a line is a row of a Markdown table.
  private static func isRow(_ line: ArraySlice<UInt8>) -> Bool {
    line.first { $0 > 0x20 } == 0x7C
  }

  /// Whether a line is the rule under the head of a Markdown table: `|---|:--|`.
  private static func isRule(_ line: ArraySlice<UInt8>) -> Bool {
    line.contains(0x2D) && line.allSatisfy { "|-: \t\r".utf8.contains($0) }
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
    let rows = [false] + cuts.map(\.mark.isInTable)
    for ((start, end), isRow) in zip(zip(starts, ends), rows) {
      let body = trimmed(min(start.start, end)..<end, isRow: isRow)
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

  private func trimmed(_ range: Range<Int>, isRow: Bool) -> Range<Int> {
    let bytes = lines.bytes
    let range = isRow ? range.lowerBound..<endOfRow(range) : range
    guard let first = range.first(where: { bytes[$0] > 0x20 }),
      let last = range.last(where: { bytes[$0] > 0x20 })
    else { return range.lowerBound..<range.lowerBound }
    return first..<(last + 1)
  }

  /// Where the last cell of a row ends if nothing follows the row; else the end of the stretch.
  private func endOfRow(_ range: Range<Int>) -> Int {
    guard let last = range.last(where: { lines.bytes[$0] > 0x20 }), lines.bytes[last] == 0x7C
    else { return range.upperBound }
    return last
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
