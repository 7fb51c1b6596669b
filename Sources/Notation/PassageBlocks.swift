/// Finds drawings, tables, and the marks at the beginning of lines.
enum PassageBlocks {
  /// Returns the line behind a drawing in Mermaid or DOT that begins on a line without a fence.
  static func diagramEnd(at number: Int, in source: PassageSource) -> Int? {
    let line = source.lines[number]
    guard let first = line.first(where: { source.scalars[$0] != " " }) else { return nil }
    // The first letters of the words below: most lines end here.
    guard ["f", "g", "d", "s"].contains(source.scalars[first]) else { return nil }
    let head = source.scalars.string(first..<min(line.upperBound, first + 80))
    let words = head.split { $0 == " " || $0 == "{" || $0 == ";" }
    guard let word = words.first else { return nil }
    let directions: Set<Substring> = ["TD", "TB", "LR", "RL", "BT"]
    switch word {
    case "flowchart", "graph":
      let isMermaid = words.count > 1 && directions.contains(words[1])
      if !isMermaid, word == "graph", head.contains("{") { return braceEnd(number, first, source) }
      guard isMermaid else { return nil }
      var end = number + 1
      while end < source.lines.count, !source.isBlank(source.lines[end]) { end += 1 }
      return end
    case "digraph", "strict":
      return head.contains("{") ? braceEnd(number, first, source) : nil
    default: return nil
    }
  }

  private static func braceEnd(_ number: Int, _ first: Int, _ source: PassageSource) -> Int {
    var depth = 0
    var line = number
    let limit = min(source.lines.count, number + 400)
    while line < limit {
      for index in source.lines[line] {
        if source.scalars[index] == "{" { depth += 1 }
        if source.scalars[index] == "}" { depth -= 1 }
      }
      line += 1
      if depth <= 0 { return line }
    }
    line = number + 1
    while line < source.lines.count, !source.isBlank(source.lines[line]) { line += 1 }
    return line
  }

  /// Returns the place behind the mark of a list item, or of the first character of the line.
  static func markerEnd(of line: Range<Int>, in scalars: [Unicode.Scalar]) -> Int {
    guard let first = line.first(where: { scalars[$0] != " " }) else { return line.upperBound }
    var index = first
    if "-*+\u{2022}".unicodeScalars.contains(scalars[index]) {
      index += 1
    } else {
      while index < line.upperBound, index - first < 3, PassageGlyph.isDigit(scalars[index]) {
        index += 1
      }
      guard index > first, index < line.upperBound, ".)".unicodeScalars.contains(scalars[index])
      else {
        return first
      }
      index += 1
    }
    guard index < line.upperBound, scalars[index] == " " else { return first }
    while index < line.upperBound, scalars[index] == " " { index += 1 }
    return index
  }

  /// Returns the lines that are rows of tables.
  static func tableLines(of source: PassageSource) -> Set<Int> {
    var lines: Set<Int> = []
    for (number, line) in source.lines.enumerated() where isDivider(line, source.scalars) {
      if number > 0 { lines.insert(number - 1) }
      var next = number
      while next < source.lines.count, source.scalars[source.lines[next]].contains("|"),
        lines.insert(next).inserted
      {
        next += 1
      }
    }
    return lines
  }

  private static func isDivider(_ line: Range<Int>, _ scalars: [Unicode.Scalar]) -> Bool {
    var bars = 0
    var dashes = 0
    for index in line {
      switch scalars[index] {
      case "|": bars += 1
      case "-": dashes += 1
      case ":", " ": break
      default: return false
      }
    }
    return bars > 0 && dashes > 1
  }

  /// Cuts a stretch of a row at bars without backslash.
  static func cells(of range: Range<Int>, in scalars: [Unicode.Scalar]) -> [Range<Int>] {
    var cells: [Range<Int>] = []
    var start = range.lowerBound
    for index in range where scalars[index] == "|" && (index == 0 || scalars[index - 1] != "\\") {
      cells.append(start..<index)
      start = index + 1
    }
    cells.append(start..<range.upperBound)
    return cells.filter { cell in cell.contains { !" -:".unicodeScalars.contains(scalars[$0]) } }
  }

  /// Whether the formula in a line goes on in the next: a bracket is open, or a sign is last.
  static func continues(_ range: Range<Int>, _ next: Int, _ source: PassageSource) -> Bool {
    let scalars = source.scalars
    guard holdsStatement(range, next, source),
      let last = range.last(where: { scalars[$0] != " " })
    else { return false }
    var depth = 0
    for index in range {
      switch scalars[index] {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      default: break
      }
    }
    return depth > 0 || "=+*/-\u{2212}\u{B7}".unicodeScalars.contains(scalars[last])
  }

  /// Whether a stretch holds a relation, and neither it nor the next line a formula between delimiters.
  static func holdsStatement(
    _ range: Range<Int>, _ next: Int, _ source: PassageSource
  ) -> Bool {
    let scalars = source.scalars
    let line = source.lines[next]
    guard !source.isBlank(line), range.count < 4000 else { return false }
    var hasRelation = false
    for index in range {
      switch scalars[index] {
      case "=", "\u{2248}", "\u{221D}", "\u{2265}", "~": hasRelation = true
      case "$": return false
      default: break
      }
    }
    let first = markerEnd(of: line, in: scalars)
    return hasRelation && !scalars.matches("```", at: first) && !scalars[line].contains("$")
  }

  /// Whether a formula without delimiters is LaTeX: it has a command.
  static func hasCommand(_ scalars: [Unicode.Scalar], _ range: Range<Int>) -> Bool {
    range.contains { index in
      scalars[index] == "\\" && index + 1 < range.upperBound
        && PassageGlyph.isASCIILetter(scalars[index + 1])
    }
  }
}
