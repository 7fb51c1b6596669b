/// The fenced blocks of an answer.
struct PassageFences {
  /// A fenced block.
  struct Fence {
    /// What its language tag says.
    enum Content {
      case math
      case code
      case diagram
      case unknown
    }

    var content: Content
    /// The lines between the fences.
    var lines: Range<Int>
    /// The line behind the closing fence.
    var end: Int
  }

  private struct Mark: Hashable {
    var scalar: Unicode.Scalar
    var length: Int
  }

  /// Longer fences count as this long.
  private static let longest = 6

  private static let languages: [String: Fence.Content] = [
    "math": .math, "latex": .math, "tex": .math, "katex": .math, "mermaid": .diagram,
    "dot": .diagram,
    "graphviz": .diagram, "gv": .diagram, "python": .code, "py": .code, "python3": .code,
    "pycon": .code, "ipython": .code, "pytorch": .code, "numpy": .code, "jax": .code,
  ]

  private let source: PassageSource
  /// The lines that may close a fence, by its mark and least length.
  private var closing: [Mark: [Int]] = [:]
  /// The headings of the second level, which end a fence that is never closed.
  private var headings: [Int] = []

  init(source: PassageSource) {
    self.source = source
    for (number, line) in source.lines.enumerated() {
      if source.scalars.matches("## ", at: line.lowerBound) { headings.append(number) }
      guard let (mark, rest) = mark(of: line), source.isBlank(rest) else { continue }
      for length in 3...mark.length {
        closing[Mark(scalar: mark.scalar, length: length), default: []].append(number)
      }
    }
  }

  // fence = ("```" | "~~~") [language] lines ("```" | "~~~")
  func fence(at number: Int) -> Fence? {
    let scalars = source.scalars
    guard let (mark, rest) = mark(of: source.lines[number]) else { return nil }
    guard mark.scalar != "`" || !scalars[rest].contains("`") else { return nil }
    let content = Self.languages[tag(rest)] ?? .unknown
    let start = number + 1
    if let close = Self.first(closing[mark] ?? [], from: start) {
      return Fence(content: content, lines: start..<close, end: close + 1)
    }
    let end = Self.first(headings, from: start) ?? source.lines.count
    return Fence(content: content, lines: start..<end, end: end)
  }

  private func tag(_ rest: Range<Int>) -> String {
    let scalars = source.scalars
    guard let first = rest.first(where: { !" {.".unicodeScalars.contains(scalars[$0]) }) else {
      return ""
    }
    var end = first
    while end < rest.upperBound, end - first < 20,
      PassageGlyph.isASCIILetter(scalars[end]) || PassageGlyph.isDigit(scalars[end])
    {
      end += 1
    }
    return scalars.string(first..<end).lowercased()
  }

  private func mark(of line: Range<Int>) -> (Mark, rest: Range<Int>)? {
    let scalars = source.scalars
    var index = PassageBlocks.markerEnd(of: line, in: scalars)
    guard index < line.upperBound, scalars[index] == "`" || scalars[index] == "~" else {
      return nil
    }
    let scalar = scalars[index]
    let first = index
    while index < line.upperBound, scalars[index] == scalar { index += 1 }
    guard index - first >= 3 else { return nil }
    return (Mark(scalar: scalar, length: min(Self.longest, index - first)), index..<line.upperBound)
  }

  /// Returns the first of ascending numbers from a start on, by bisection.
  private static func first(_ numbers: [Int], from start: Int) -> Int? {
    var lower = 0
    var upper = numbers.count
    while lower < upper {
      let middle = (lower + upper) / 2
      if numbers[middle] < start { lower = middle + 1 } else { upper = middle }
    }
    return lower < numbers.count ? numbers[lower] : nil
  }
}
