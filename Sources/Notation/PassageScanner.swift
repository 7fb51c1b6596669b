/// Walks over the lines of an answer and cuts pieces.
struct PassageScanner {
  let source: PassageSource
  var scalars: [Unicode.Scalar] { source.scalars }
  let math: PassageMath
  let code: PassageCode
  var cursor = PassageCursor()
  private(set) var pieces: [Passage.Piece] = []
  private var prose: Range<Int>?
  private var proseText = ""
  /// Lines before this one were seen not to be code.
  private var seenCode = 0
  private let tables: Set<Int>
  private let fences: PassageFences
  private var inTable = false
  private let continuation: PassageContinuation
  private let joinsInDoubt: Bool
  /// The content of the last piece, if it is a formula between delimiters, and the place behind it.
  private var lastFormula: (content: Range<Int>, end: Int)?
  private(set) var hasDoubtfulJoins = false
  private(set) var hasLooseSigns = false

  init(source: PassageSource, joinsInDoubt: Bool) {
    self.source = source
    self.joinsInDoubt = joinsInDoubt
    continuation = PassageContinuation(scalars: source.scalars)
    math = PassageMath(scalars: source.scalars)
    code = PassageCode(source: source)
    fences = PassageFences(source: source)
    tables = PassageBlocks.tableLines(of: source)
  }

  mutating func run() {
    var line = 0
    while line < source.lines.count {
      line = block(line) ?? text(line)
    }
    flushProse()
  }

  // block = blank | fence | environment | diagram | code
  private mutating func block(_ line: Int) -> Int? {
    let range = source.lines[line]
    if source.isBlank(range) {
      flushProse()
      return line + 1
    }
    if let fence = fences.fence(at: line) {
      emit(fence)
      return fence.end
    }
    if let end = PassageBlocks.diagramEnd(at: line, in: source) {
      append(.diagram, math.plain(range.lowerBound..<source.lines[end - 1].upperBound))
      return end
    }
    guard line >= seenCode else { return nil }
    let run = code.run(from: line)
    if let found = run.found {
      emitCode(found)
      return found.upperBound
    }
    seenCode = run.end
    return nil
  }

  private mutating func emit(_ fence: PassageFences.Fence) {
    guard !fence.lines.isEmpty else { return }
    let first = source.lines[fence.lines.lowerBound].lowerBound
    let range = first..<source.lines[fence.lines.upperBound - 1].upperBound
    switch fence.content {
    case .math: append(.display, math.formula(range, inTable: false))
    case .diagram: append(.diagram, math.plain(range))
    case .code: emitCode(fence.lines)
    case .unknown:
      var line = fence.lines.lowerBound
      while line < fence.lines.upperBound {
        let next = block(line) ?? text(line)
        line = next
      }
      flushProse()
    }
  }

  /// Emits lines of code without their common indentation.
  private mutating func emitCode(_ lines: Range<Int>) {
    let full = lines.filter { !source.isBlank(source.lines[$0]) }
    guard let first = full.first, let last = full.last else { return }
    func indent(_ line: Int) -> Int {
      let range = source.lines[line]
      return (range.first { scalars[$0] != " " } ?? range.upperBound) - range.lowerBound
    }
    let common = full.map(indent).min() ?? 0
    var text = String.UnicodeScalarView()
    for line in first...last {
      let range = source.lines[line]
      let kept = scalars[range].dropFirst(common).filter { $0 != PassageSource.filler }
      text.append(contentsOf: kept)
      if line < last { text.append("\n") }
    }
    append(.code, (String(text), source.lines[first].lowerBound + common))
  }

  /// Reads a line, and the lines that formulas begun in it reach into.
  private mutating func text(_ line: Int) -> Int {
    var number = line
    var index = source.lines[line].lowerBound
    var start = PassageBlocks.markerEnd(of: source.lines[line], in: scalars)
    inTable = tables.contains(line)
    index = start
    var joined = 0
    while true {
      while source.lines[number].upperBound < index { number += 1 }
      if index >= source.lines[number].upperBound {
        let next = number + 1
        let joins = joined < 12 && next < source.lines.count && !inTable
        if joins, continues(start..<index, next) {
          joined += 1
          index += 1
          continue
        }
        emitText(start..<max(start, index))
        return next
      }
      if let span = span(at: index) {
        if !extend(with: span, from: start..<index) {
          emitText(start..<index)
          emit(span)
        }
        index = span.end
        start = index
      } else {
        index += scalars[index] == "\\" && index + 1 < source.lines[number].upperBound ? 2 : 1
      }
    }
  }

  /// Whether the formula in a line goes on in the next: a bracket is open, a sign is last, or first in the next.
  private mutating func continues(_ range: Range<Int>, _ next: Int) -> Bool {
    if PassageBlocks.continues(range, next, source) { return true }
    guard PassageBlocks.holdsStatement(range, next, source) else { return false }
    switch continuation.join(ofLine: source.lines[next], behind: range) {
    case .certain?: return true
    case .doubtful?:
      hasDoubtfulJoins = true
      return joinsInDoubt
    case .loose?:
      hasLooseSigns = true
      return false
    case nil: return false
    }
  }

  /// Appends a formula to the one before it if it goes on with it and nothing stands between them.
  private mutating func extend(with span: PassageSpan, from gap: Range<Int>) -> Bool {
    guard !inTable, span.kind == .inline || span.kind == .display else { return false }
    guard let (content, end) = lastFormula, let last = pieces.indices.last, prose == nil,
      (end..<gap.upperBound).allSatisfy({ isSpace($0) })
    else {
      if continuation.isLoose(span.content) { hasLooseSigns = true }
      return false
    }
    switch continuation.join(of: span.content, behind: content) {
    case .certain?: break
    case .doubtful?:
      if span.kind == .inline, (end..<gap.upperBound).contains(where: { scalars[$0] == "," }) {
        return false
      }
      hasDoubtfulJoins = true
      guard joinsInDoubt else { return false }
    case .loose?, nil: return false
    }
    let tail = continuation.withoutSpace(span.content)
    guard let (text, place) = math.formula(tail, inTable: false) else { return false }
    let line = source.lines[lineNumber(of: place)]
    let size = pieces[last].text.unicodeScalars.count
    while let sign = pieces[last].text.last, ",;. \n".contains(sign),
      !pieces[last].text.dropLast().hasSuffix("\\")
    {
      pieces[last].text.removeLast()
    }
    // As many lines and columns as stand between, so that places stay.
    let lines = lineNumber(of: place) - lineNumber(of: content.upperBound)
    let columns =
      lines > 0
      ? place - line.lowerBound
      : place - content.upperBound + size - pieces[last].text.unicodeScalars.count
    pieces[last].text += String(repeating: "\n", count: lines)
    pieces[last].text += String(repeating: " ", count: max(1, columns)) + text
    lastFormula = (content.lowerBound..<span.content.upperBound, span.end)
    return true
  }

  private func isSpace(_ index: Int) -> Bool {
    scalars[index] == " " || scalars[index] == "\n" || scalars[index] == PassageSource.filler
      || scalars[index] == ","
  }

  private mutating func emit(_ span: PassageSpan) {
    switch span.kind {
    case .inline, .display:
      append(span.kind, math.formula(span.content, inTable: inTable))
      if !inTable { lastFormula = (span.content, span.end) }
    case .code:
      var statement = PassageStatement(scalars: scalars, index: span.content.lowerBound)
      let shape = statement.shape(limit: span.content.upperBound)
      if shape == .strong || shape == .header || span.isBlock {
        append(.code, math.plain(span.content))
      } else {
        emitText(span.content)
      }
    default: append(span.kind, math.plain(span.content))
    }
  }

  /// Cuts a stretch without delimiters into formulas and prose.
  private mutating func emitText(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    for cell in inTable ? PassageBlocks.cells(of: range, in: scalars) : [range] {
      let isWhole = inTable || standsAlone(cell)
      var start = cell.lowerBound
      for formula in PassagePlain.formulas(of: scalars, in: cell, isWhole: isWhole) {
        appendProse(start..<formula.lowerBound)
        var statement = PassageStatement(scalars: scalars, index: formula.lowerBound)
        let isCode = statement.shape(limit: formula.upperBound) == .strong
        let isLaTeX = PassageBlocks.hasCommand(scalars, formula)
        append(isCode ? .code : isLaTeX ? .inline : .plain, math.plain(formula))
        start = formula.upperBound
      }
      appendProse(start..<cell.upperBound)
    }
  }

  /// Whether nothing but its own line stands around a stretch.
  private func standsAlone(_ range: Range<Int>) -> Bool {
    let before = range.lowerBound - 1
    let begins = before < 0 || scalars[before] == "\n" || scalars[before] == " "
    let ends = range.upperBound >= scalars.count || scalars[range.upperBound] == "\n"
    return begins && ends
  }

  private mutating func appendProse(_ range: Range<Int>) {
    guard let (text, place) = math.plain(range) else { return }
    if let known = prose {
      let isNewLine = scalars[known.upperBound..<place].contains("\n")
      proseText += (isNewLine ? "\n" : " ") + text
      prose = known.lowerBound..<range.upperBound
    } else {
      prose = place..<range.upperBound
      proseText = text
    }
  }

  private mutating func flushProse() {
    guard let range = prose else { return }
    prose = nil
    let text = proseText
    proseText = ""
    append(.prose, (text, range.lowerBound))
  }

  private mutating func append(
    _ kind: Passage.Piece.Kind, _ content: (text: String, place: Int)?
  ) {
    guard let (text, place) = content, !text.isEmpty else { return }
    flushProse()
    lastFormula = nil
    let line = lineNumber(of: place)
    let column = place - source.lines[line].lowerBound + 1
    pieces.append(Passage.Piece(kind: kind, text: text, line: line + 1, column: column))
  }

  /// The line of a place, by bisection.
  func lineNumber(of place: Int) -> Int {
    var lower = 0
    var upper = source.lines.count - 1
    while lower < upper {
      let middle = (lower + upper + 1) / 2
      if source.lines[middle].lowerBound <= place { lower = middle } else { upper = middle - 1 }
    }
    return lower
  }
}
