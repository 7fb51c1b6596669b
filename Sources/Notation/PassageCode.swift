/// Decides whether lines outside fences are Python.
struct PassageCode {
  /// How sure it is that a statement is Python.
  enum Shape {
    /// It is not.
    case none
    /// A comment line.
    case comment
    /// It could as well be plain mathematics: `loss = rec + kl`.
    case weak
    /// Only Python is written so: `kl = mu.pow(2)`.
    case strong
    /// The head of a block: `for t in range(n):`.
    case header
  }

  /// The longest statement in lines.
  static let mostLines = 60

  let source: PassageSource

  /// Returns the shape of the statement that begins on a line, and the line behind its last.
  func shape(of number: Int) -> (Shape, end: Int) {
    let line = source.lines[number]
    let scalars = source.scalars
    guard let first = line.first(where: { scalars[$0] != " " }) else { return (.none, number + 1) }
    if scalars[first] == "#" {
      let next = first + 1
      let isHash = next < line.upperBound && scalars[next] == "#"
      return (isHash ? .none : .comment, number + 1)
    }
    var statement = PassageStatement(scalars: scalars, index: first)
    let limit = min(source.lines.count, number + Self.mostLines) - 1
    let shape = statement.shape(limit: source.lines[limit].upperBound)
    guard shape != .none else { return (.none, number + 1) }
    var end = number
    while end < source.lines.count, source.lines[end].upperBound < statement.index { end += 1 }
    return (shape, end + 1)
  }

  /// Returns the lines of the run of code that begins on a line, without blank lines at its end.
  ///
  /// - Returns: `found` is the run if one statement of it can only be Python; `end` is the line behind what was seen.
  func run(from number: Int) -> (found: Range<Int>?, end: Int) {
    var line = number
    var last = number
    var isStrong = false
    while line < source.lines.count {
      if source.isBlank(source.lines[line]) {
        guard line - last < 2 else { break }
        line += 1
        continue
      }
      let (shape, end) = shape(of: line)
      if shape == .none || (shape == .comment && last == number && line == number) { break }
      if shape == .comment, line > last, blankBefore(line), !isIndented(line) { break }
      if shape == .strong || shape == .header { isStrong = true }
      line = end
      last = end
    }
    return (isStrong ? number..<last : nil, max(last, number + 1))
  }

  private func blankBefore(_ line: Int) -> Bool {
    line > 0 && source.isBlank(source.lines[line - 1])
  }

  private func isIndented(_ line: Int) -> Bool {
    source.lines[line].first.map { source.scalars[$0] == " " } ?? false
  }
}
