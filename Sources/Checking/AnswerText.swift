internal import Homework
internal import Notation

/// An answer as it was read: its formulas with their places, and its words.
struct AnswerText {
  /// One formula of the answer.
  struct Item {
    /// The piece of text.
    var piece: Passage.Piece
    /// What was read of it.
    var formula: Formula
  }

  /// The text of the whole part.
  let text: String
  /// Where the part begins.
  let place: Place
  /// The formulas in order.
  let items: [Item]
  /// The formulas that words join to the one before: `$r$ denotes $\sigma_q / \sigma_p$`.
  let joined: Set<Int>
  /// All words in lower case.
  let words: String
  /// Whether there is a picture.
  let hasPicture: Bool
  /// The drawings in Mermaid or DOT.
  let diagrams: [Passage.Piece]
  /// Whether a formula begins with a sign, and nothing says what it continues.
  let hasLooseSigns: Bool
  private let hasDoubtfulJoins: Bool
  private let names: NameTable
  private let pieces: [Passage.Piece]

  /// What the words say of each formula.
  var sentences: AnswerSentences { AnswerSentences(pieces) }
  /// What the words say of names.
  var remarks: Remarks { Remarks(pieces, names: names) }

  /// Reads an answer with the names of a question.
  init(_ text: String, at place: Place, names: NameTable) {
    self.init(Passage(scanning: text), of: text, at: place, names: names)
  }

  /// The answer with every formula that begins with a minus sign on its own; `nil` if none was joined.
  var apart: AnswerText? {
    guard hasDoubtfulJoins else { return nil }
    let passage = Passage(scanning: text, joinsInDoubt: false)
    return AnswerText(passage, of: text, at: place, names: names)
  }

  private init(_ passage: Passage, of text: String, at place: Place, names: NameTable) {
    var table = names
    table.macros.merge(passage.macros) { _, mine in mine }
    self.text = text
    self.place = place
    self.names = table
    var items: [Item] = []
    for piece in passage.pieces where piece.isFormula {
      items.append(Item(piece: piece, formula: AnswerText.read(piece, table, [])))
    }
    self.items = items
    joined = AnswerText.joined(passage.pieces)
    words =
      passage.pieces.filter { $0.kind == .prose }.map { $0.text.lowercased() }
      .joined(separator: " ").hyphensAsSpaces
    hasPicture = passage.pieces.contains { $0.kind == .picture }
    diagrams = passage.pieces.filter { $0.kind == .diagram }
    hasLooseSigns = passage.hasLooseSigns
    hasDoubtfulJoins = passage.hasDoubtfulJoins
    pieces = passage.pieces
  }

  /// Words between two formulas that say that they are equal.
  private static let joiningWords: Set<String> = [
    "is", "be", "as", "equals", "equal", "denote", "denotes", "denoting", "becomes", "is equal to",
    "is given by", "is then", "is just", "is simply", "is therefore", "is thus", "be defined as",
    "is defined as", "defined as", "to be", "simplifies to", "reduces to", "evaluates to",
    "comes out as", "is then given by", "is the following", "stands for", "be given by",
  ]

  private static func joined(_ pieces: [Passage.Piece]) -> Set<Int> {
    var joined: Set<Int> = []
    var item = 0
    var words: String?
    for piece in pieces {
      if piece.isFormula {
        if item > 0, let between = words, joiningWords.contains(between) { joined.insert(item) }
        item += 1
        words = nil
      } else if piece.kind == .prose, words == nil {
        // No more words than would do are looked at.
        let text = piece.text.split(maxSplits: 5) { $0.isWhitespace || ":*_".contains($0) }
        words = text.joined(separator: " ").lowercased()
      } else {
        words = ""
      }
    }
    return joined
  }

  /// Reads a formula again with other choices where its text has two readings.
  func read(_ item: Item, choosing choices: Set<Choice>) -> Formula {
    AnswerText.read(item.piece, names, choices)
  }

  /// Returns all formulas with a choice made where a text has two readings; `nil` if none has.
  func formulas(choosing choice: Choice) -> [Formula]? {
    guard items.contains(where: { $0.formula.ambiguities.contains(choice) }) else { return nil }
    return items.map { item in
      item.formula.ambiguities.contains(choice) ? read(item, choosing: [choice]) : item.formula
    }
  }

  private static func read(
    _ piece: Passage.Piece, _ names: NameTable, _ choices: Set<Choice>
  ) -> Formula {
    piece.kind == .code
      ? PythonReader(names: names).formula(piece.text)
      : Reader(names: names, choices: choices).formula(piece.text)
  }

  /// Returns the place in the file of an offset in a formula.
  func place(of offset: Int, in item: Item) -> Place {
    var line = item.piece.line
    var column = item.piece.column
    for (index, byte) in item.piece.text.utf8.enumerated() {
      if index >= offset { break }
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    let first = line == 1 ? place.column - 1 : 0
    return Place(file: place.file, line: place.line + line - 1, column: column + first)
  }

  /// Returns the text of a range of a formula.
  func source(of range: SourceRange, in item: Item) -> String {
    let bytes = Array(item.piece.text.utf8)
    let lower = min(max(0, range.lower), bytes.count)
    let upper = min(max(lower, range.upper), bytes.count)
    return String(decoding: bytes[lower..<upper], as: UTF8.self)
  }

  /// The formulas that were not understood whole, with the place and the reason of each.
  var damages: [(place: Place, message: String)] {
    items.flatMap { item in
      item.formula.diagnostics.map { (place(of: $0.range.lower, in: item), $0.message) }
    }
  }
}

extension String {
  /// The text with spaces for hyphens: `unit-variance` for `unit variance`.
  fileprivate var hyphensAsSpaces: String {
    String(decoding: utf8.map { $0 == UInt8(ascii: "-") ? 0x20 : $0 }, as: UTF8.self)
  }
}

extension Passage.Piece {
  /// Whether the piece holds mathematics.
  var isFormula: Bool {
    switch kind {
    case .inline, .display, .plain, .code: true
    case .prose, .diagram, .picture: false
    }
  }
}

extension String {
  /// Whether the bytes of another text stand somewhere in this one.
  func hasBytes(of other: StaticString) -> Bool {
    var text = self
    return text.withUTF8 { bytes in
      let count = other.utf8CodeUnitCount
      guard bytes.count >= count else { return false }
      return (0...bytes.count - count).contains { start in
        (0..<count).allSatisfy { bytes[start + $0] == other.utf8Start[$0] }
      }
    }
  }
}
