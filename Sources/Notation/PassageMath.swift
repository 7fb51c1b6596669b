/// Undoes what Markdown and formatters do to the text of formulas and prose.
struct PassageMath {
  let scalars: [Unicode.Scalar]

  /// Returns the text of a formula and the place of its first character, or `nil` if there is none.
  ///
  /// In a cell of a table a bar needs a backslash, which is undone except between the sides of a divergence.
  func formula(_ range: Range<Int>, inTable: Bool) -> (text: String, place: Int)? {
    guard let range = trimmed(range) else { return nil }
    var text: [Unicode.Scalar] = []
    text.reserveCapacity(range.count)
    var brackets: [Bool] = []
    var index = range.lowerBound
    var isLineStart = false
    while index < range.upperBound {
      let scalar = scalars[index]
      let next: Unicode.Scalar = index + 1 < range.upperBound ? scalars[index + 1] : "\n"
      switch scalar {
      case PassageSource.filler: index += 1
      case "&":
        let (entity, length) = entity(at: index, limit: range.upperBound)
        text.append(entity)
        index += length
      case "\\" where next == "_" || next == "*":
        text.append(next)
        index += 2
      case "\\" where next == "|" && inTable && brackets.last != true:
        text.append("|")
        index += 2
      case "\\":
        text.append(scalar)
        index += 1
        if next == "\\" || next == "|" {
          text.append(next)
          index += 1
        }
      case "*" where next == "{" && endsName(text):
        text.append("_")
        index += 1
      case "*" where isLineStart && next == " ":
        text.append("-")
        index += 1
      default:
        if inTable { track(scalar, text, &brackets) }
        text.append(scalar)
        index += 1
      }
      if scalar == "\n" { isLineStart = true } else if scalar != " " { isLineStart = false }
    }
    return (text.string(text.indices), range.lowerBound)
  }

  /// Returns the text of prose or of mathematics without delimiters.
  func plain(_ range: Range<Int>) -> (text: String, place: Int)? {
    guard let range = trimmed(range) else { return nil }
    var text: [Unicode.Scalar] = []
    text.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      let scalar = scalars[index]
      let next: Unicode.Scalar = index + 1 < range.upperBound ? scalars[index + 1] : "\n"
      switch scalar {
      case PassageSource.filler: index += 1
      case "&":
        let (entity, length) = entity(at: index, limit: range.upperBound)
        text.append(entity)
        index += length
      case "\\" where "_*|#~<>$%&`+-".unicodeScalars.contains(next):
        text.append(next)
        index += 2
      default:
        text.append(scalar)
        index += 1
      }
    }
    return (text.string(text.indices), range.lowerBound)
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int>? {
    func isEmpty(_ index: Int) -> Bool {
      scalars[index] == " " || scalars[index] == "\n" || scalars[index] == PassageSource.filler
    }
    guard let first = range.first(where: { !isEmpty($0) }),
      let last = range.last(where: { !isEmpty($0) })
    else { return nil }
    return first..<(last + 1)
  }

  // entity = "&" name ";"
  private func entity(at index: Int, limit: Int) -> (Unicode.Scalar, Int) {
    var end = index + 1
    while end < limit, end - index < 10, scalars[end] != ";", scalars[end] != " " { end += 1 }
    guard end < limit, scalars[end] == ";" else { return ("&", 1) }
    guard let scalar = PassageWords.entities[scalars.string((index + 1)..<end)] else {
      return ("&", 1)
    }
    return (scalar, end - index + 1)
  }

  private func endsName(_ text: [Unicode.Scalar]) -> Bool {
    guard let last = text.last else { return false }
    return PassageGlyph.isLetter(last) || last == "}"
  }

  /// Keeps for each open bracket whether it holds the two sides of a divergence.
  private func track(
    _ scalar: Unicode.Scalar, _ text: [Unicode.Scalar], _ brackets: inout [Bool]
  ) {
    switch scalar {
    case "(", "[": brackets.append(endsDivergence(text))
    case ")", "]": _ = brackets.popLast()
    default: break
    }
  }

  private func endsDivergence(_ text: [Unicode.Scalar]) -> Bool {
    var tail = text.string(text.suffix(24).indices)
    for size in ["\\left", "\\big", "\\Big", "\\bigl", "\\Bigl", "\\!"] where tail.hasSuffix(size) {
      tail.removeLast(size.count)
    }
    while let last = tail.last, last == "}" || last == " " || last == "!" || last == "\\" {
      tail.removeLast()
    }
    return tail.hasSuffix("KL") || tail.hasSuffix("D")
  }
}
