internal import Homework
internal import Notation

/// The parts of one submission: each read once for all criteria of a question, and its derivation
/// evaluated once for all criteria that have the same worlds.
struct PartReadings {
  let parts: [Part]
  /// The macros that the text before each part defines.
  private let macros: [[String: NameTable.Macro]]
  private var answers: [Key: AnswerText] = [:]
  private var derivations: [Key: DerivationSteps?] = [:]

  /// A part with what else decides how it is read.
  private struct Key: Hashable {
    var part: Int
    var setting: String
  }

  init(_ parts: [Part]) {
    self.parts = parts
    var known: [String: NameTable.Macro] = [:]
    macros = parts.map { part in
      let before = known
      known.merge(Passage.macros(in: part.text)) { _, later in later }
      return before
    }
  }

  /// Returns a part as it is read with the names of a criterion's question.
  mutating func answer(in part: Int, for criterion: PreparedCriterion) -> AnswerText {
    let key = Key(part: part, setting: criterion.criterion.questionLabel)
    if let known = answers[key] { return known }
    var names = criterion.names
    names.macros.merge(macros[part]) { _, earlier in earlier }
    let answer = AnswerText(parts[part].text, at: parts[part].place, names: names)
    answers[key] = answer
    return answer
  }

  /// Returns the judged steps of the derivation in a part, or `nil` if it has none.
  mutating func derivation(in part: Int, for criterion: PreparedCriterion) -> DerivationSteps? {
    let key = Key(part: part, setting: criterion.worldKey)
    if let known = derivations[key] { return known }
    let judge = DerivationJudge(criterion: criterion, answer: answer(in: part, for: criterion))
    let steps = judge.steps()
    derivations[key] = .some(steps)
    return steps
  }
}
