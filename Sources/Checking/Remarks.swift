internal import Notation

/// What the words beside the names of an answer say of them: `where $\sigma_q, \sigma_p$ are the variances`,
/// `with $s_x$ fixed`, `# s1, s2 are variances`.
struct Remarks {
  /// Names that the words call variances.
  private(set) var variances: [Name] = []
  /// Names behind the word: `with variances $\sigma_q$ and $\sigma_p$`.
  private(set) var possibleVariances: [Name] = []
  /// Names that are held fixed.
  private(set) var fixed: [Name] = []

  /// A word, or what may be a list of names; it is read only beside a word of interest.
  private enum Token {
    case word(String)
    case formula(Substring, isCode: Bool)
  }

  private let names: NameTable

  /// Reads what stands between formulas and behind the number signs of code.
  init(_ pieces: [Passage.Piece], names: NameTable) {
    self.names = names
    guard pieces.contains(where: Remarks.speaks) else { return }
    var tokens: [Token] = []
    for piece in pieces {
      switch piece.kind {
      case .prose, .plain: tokens += Remarks.tokens(ofWords: piece.text[...], isCode: false)
      case .inline, .display: tokens.append(.formula(piece.text[...], isCode: false))
      case .code:
        for line in piece.text.split(separator: "\n") {
          guard let sign = line.firstIndex(of: "#") else { continue }
          tokens.append(Remarks.barrier)
          tokens += Remarks.tokens(ofWords: line[sign...].dropFirst(), isCode: true)
        }
        tokens.append(Remarks.barrier)
      case .diagram, .picture: tokens.append(Remarks.barrier)
      }
    }
    find(in: tokens)
  }

  /// What ends a list of names.
  private static let barrier = Token.formula("", isCode: false)

  /// Whether a piece has a word of interest.
  private static func speaks(_ piece: Passage.Piece) -> Bool {
    guard piece.kind != .inline, piece.kind != .display else { return false }
    return piece.text.hasBytes(of: "ariance") || piece.text.hasBytes(of: "ixed")
  }

  private static func tokens(ofWords text: Substring, isCode: Bool) -> [Token] {
    text.split { $0.isWhitespace || ",;:()*".contains($0) }.map { part in
      let word = part.drop { $0 == "." }
      let bare = word.last == "." ? word.dropLast() : word
      let isWord = bare.utf8.allSatisfy { byte in
        (0x41..<0x5B).contains(byte) || (0x61..<0x7B).contains(byte) || byte == 0x2D || byte == 0x27
      }
      let isLetter = bare.utf8.count < 2 && bare != "a" || ["mu", "sigma"].contains(bare)
      return isWord && !isLetter ? .word(bare.lowercased()) : .formula(bare, isCode: isCode)
    }
  }

  /// The names that a formula lists, if it does nothing else.
  private static func names(in formula: Formula) -> [Name]? {
    var names: [Name] = []
    func add(_ expression: Expression) -> Bool {
      switch expression.node {
      case .name(let name): names.append(name)
      case .tuple(let entries): return entries.allSatisfy(add)
      case .group(_, let inner): return add(inner)
      default: return false
      }
      return true
    }
    for statement in formula.statements {
      guard let first = statement.first, statement.links.isEmpty, add(first) else { return nil }
    }
    return names.isEmpty ? nil : names
  }

  // MARK: - Sentences

  private static let verbs: Set<String> = ["is", "are", "denote", "denotes", "being", "be", "as"]
  private static let articles: Set<String> = ["the", "a", "both", "respective", "their", "its"]

  private mutating func find(in tokens: [Token]) {
    for (place, token) in tokens.enumerated() {
      guard case .word(let word) = token else { continue }
      if ["variance", "variances"].contains(word) {
        var start = place
        var isSaid = false
        while start > 0, case .word(let before) = tokens[start - 1],
          Remarks.verbs.contains(before) || Remarks.articles.contains(before)
        {
          isSaid = isSaid || Remarks.verbs.contains(before)
          start -= 1
        }
        if isSaid {
          variances += names(in: tokens[..<start].reversed())
        } else {
          possibleVariances += names(in: tokens[(place + 1)...])
        }
      } else if word == "fixed" || word == "constant" {
        let start = tokens[..<place].lastIndex { token in
          if case .word(let word) = token {
            !["is", "held", "kept", "being"].contains(word)
          } else {
            true
          }
        }
        if let start { fixed += names(in: tokens[...start].reversed()) }
        fixed += names(in: tokens[(place + 1)...])
      }
    }
  }

  /// The names directly at the beginning, `and` between them.
  private func names(in tokens: some Sequence<Token>) -> [Name] {
    var found: [Name] = []
    for token in tokens {
      switch token {
      case .word("and"), .word("or"): continue
      case .word: return found
      case .formula(let text, let isCode):
        let text = String(text)
        let formula =
          isCode ? PythonReader(names: names).formula(text) : Reader(names: names).formula(text)
        guard let listed = Remarks.names(in: formula) else { return found }
        found += listed
      }
    }
    return found
  }
}
