internal import Notation

/// What the words of an answer say of its formulas: which stand under a condition, which are the result.
struct AnswerSentences {
  /// What stands around one formula.
  struct Surroundings {
    /// The words between the formula before and this one, in lower case.
    var words = ""
    /// The formulas before it in its sentence, and the one that a word such as `if` puts behind it.
    var companions: [Int] = []
    /// Whether it is boxed or announced as the result.
    var isFinal = false
  }

  /// Words that introduce a special case or an example.
  static let caseWords: Set<Substring> = [
    "case", "check", "example", "for", "if", "particular", "special", "when",
  ]

  /// A sentence with more formulas than this has no condition at its beginning.
  private static let mostCompanions = 8

  /// The surroundings of the formulas in order.
  private(set) var formulas: [Surroundings] = []

  /// Reads the pieces of an answer.
  init(_ pieces: [Passage.Piece]) {
    var words = ""
    var companions: [Int] = []
    var followers: [Int] = []
    // The formula that took a condition from behind, and the formulas of the condition.
    var conditioned: (item: Int, by: [Int])?
    for piece in pieces {
      if piece.kind == .prose {
        // `$$KL = ...$$ if $q = p$ then $KL = 0$`: the condition is of what follows.
        if let taken = conditioned {
          let next = piece.text.lowercased().split { !$0.isLetter }.first
          if next == "then" {
            formulas[taken.item].companions.removeAll(where: taken.by.contains)
          }
          if next != "and" { conditioned = nil }
        }
        read(piece.text, &words, &companions, &followers)
      } else if piece.isFormula {
        let item = formulas.count
        for follower in followers { formulas[follower].companions.append(item) }
        if let last = followers.last { conditioned = (last, [item]) }
        let isFinal = piece.text.hasBytes(of: "\\boxed") || announcesResult(words)
        formulas.append(Surroundings(words: words, companions: companions, isFinal: isFinal))
        words = ""
        followers = []
        let endsSentence = piece.kind == .display || piece.kind == .code
        companions =
          endsSentence ? [] : (companions + [item]).suffix(AnswerSentences.mostCompanions)
      }
    }
  }

  /// Goes on with a sentence, or begins a new one behind a full stop.
  private func read(
    _ text: String, _ words: inout String, _ companions: inout [Int], _ followers: inout [Int]
  ) {
    let new = text.lowercased()
    if words.isEmpty, !formulas.isEmpty, AnswerSentences.putsConditionBehind(text) {
      followers = [formulas.count - 1]
    }
    if text.first?.isUppercase ?? false || AnswerSentences.endsSentence(new) { companions = [] }
    words += words.isEmpty ? new : " " + new
  }

  /// Whether words put a condition behind a formula: `if`, `, only when`.
  private static func putsConditionBehind(_ text: String) -> Bool {
    var words = text.prefix(48).split { !$0.isLetter }.prefix(3)
    if let first = words.first, ["only", "exactly", "precisely", "just"].contains(first) {
      words.removeFirst()
    } else if !(text.first?.isLowercase ?? false) {
      return false
    }
    return words.first.map { ["if", "when", "whenever", "iff", "for"].contains($0) } ?? false
  }

  /// Whether a full stop stands in a stretch that is not of an abbreviation.
  private static func endsSentence(_ text: String) -> Bool {
    text.utf8.split { $0 <= 0x20 }.contains { word in
      guard let last = word.last, ".!?".utf8.contains(last) else { return false }
      return !word.dropLast().contains(UInt8(ascii: "."))
        && !["eq.", "resp.", "cf.", "vs."].contains { $0.utf8.elementsEqual(word) }
    }
  }

  /// Whether words announce the result: `Final answer:`, `the result is`.
  private func announcesResult(_ words: String) -> Bool {
    let tail = words.utf8.reversed().lazy.filter { !"*_ ".utf8.contains($0) }.prefix(2)
    guard tail.first == UInt8(ascii: ":") || tail.elementsEqual("si".utf8) else { return false }
    let last = words.split { ".!?".contains($0) }.last ?? ""
    return last.split { !$0.isLetter }.contains { ["answer", "result", "final"].contains($0) }
  }
}
