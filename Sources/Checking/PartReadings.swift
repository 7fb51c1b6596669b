internal import Homework

/// The parts of one submission: each read once for all criteria of a question, and its derivation
/// evaluated once for all criteria that have the same worlds.
struct PartReadings {
  let parts: [Part]
  private var answers: [Key: AnswerText] = [:]
  private var derivations: [Key: DerivationSteps?] = [:]

  /// A part with what else decides how it is read.
  private struct Key: Hashable {
    var part: Int
    var setting: String
  }

  init(_ parts: [Part]) {
    self.parts = parts
  }

  /// Returns a part as it is read with the names of a criterion's question.
  mutating func answer(in part: Int, for criterion: PreparedCriterion) -> AnswerText {
    let key = Key(part: part, setting: criterion.criterion.questionLabel)
    if let known = answers[key] { return known }
    let answer = AnswerText(parts[part].text, at: parts[part].place, names: criterion.names)
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
