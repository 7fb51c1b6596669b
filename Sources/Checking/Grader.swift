public import Homework
internal import Notation
internal import Semantics

/// Grades submissions against one rubric.
///
/// Prepared once, then used for every student.
public struct Grader: Sendable {
  /// The rubric.
  public let rubric: Rubric
  private let prepared: [PreparedCriterion]

  /// Prepares the references and models of a rubric.
  ///
  /// - Parameter rubric: The rubric.
  /// - Throws: `RubricFaults` with every fault of the rubric's mathematics.
  public init(rubric: Rubric) throws(RubricFaults) {
    self.rubric = rubric
    var prepared: [PreparedCriterion] = []
    var faults: [Fault] = []
    for criterion in rubric.criteria {
      let twin = prepared.first { criterion.derivesLike($0.criterion) }
      var preparation = Preparation(criterion, twin: twin)
      if let one = preparation.prepared() { prepared.append(one) }
      faults += preparation.faults
    }
    guard faults.isEmpty else { throw RubricFaults(faults) }
    for index in prepared.indices {
      let own = prepared[index].criterion
      let siblings = prepared.filter {
        $0.criterion.id != own.id && $0.criterion.questionLabel == own.questionLabel
          && $0.criterion.partLabel == own.partLabel
      }
      prepared[index].foreignNames = siblings.reduce(into: Set<String>()) {
        $0.formUnion($1.targetNames.spellings)
      }
      .subtracting(prepared[index].targetNames.spellings)
      let question = prepared.filter { $0.criterion.questionLabel == own.questionLabel }
      prepared[index].sharedNames = question.reduce(into: NameTable()) {
        $0.formUnion($1.vocabulary.names)
      }
    }
    self.prepared = prepared
  }

  /// Returns the scorecard of one submission that was cut into parts.
  ///
  /// - Parameters:
  ///   - student: The key of the student.
  ///   - parts: The parts of all files, in order; text before the first label has no label.
  ///   - faults: What could not be read of the submission; a criterion without an answer is then
  ///     `review`, not `missing`.
  /// - Returns: One assessment a criterion, in the order of the rubric.
  public func scorecard(student: String, parts: [Part], faults: [Fault]) -> Scorecard {
    var assessments: [Assessment] = []
    var readings = PartReadings(parts)
    for criterion in prepared {
      let own = parts.indices.filter { criterion.criterion.isAnswered(in: parts[$0]) }
      assessments.append(
        own.isEmpty
          ? unanswered(criterion, &readings, faults: faults)
          : assessment(of: criterion, inAll: own, &readings))
    }
    return Scorecard(
      assignment: rubric.id, student: student, assessments: implied(assessments))
  }

  /// Returns the assessment of one answer to one criterion.
  ///
  /// - Parameters:
  ///   - criterion: The id of the criterion.
  ///   - answer: The text of the answer.
  ///   - file: What the text is called in places.
  /// - Returns: `nil` if the rubric has no such criterion.
  public func assessment(criterion: String, answer: String, file: String) -> Assessment? {
    guard let prepared = prepared.first(where: { $0.criterion.id == criterion }) else { return nil }
    let part = Part(
      question: nil, label: nil, text: answer, place: Place(file: file, line: 1, column: 1))
    var readings = PartReadings([part])
    return assessment(of: prepared, inAll: [0], &readings)
  }

  // MARK: - One criterion

  private func assessment(
    of criterion: PreparedCriterion, inAll parts: [Int], _ readings: inout PartReadings
  ) -> Assessment {
    let found = parts.map { assessment(of: criterion, in: $0, &readings) }
    // Of several places the one that says most counts, the last among equals.
    let order: [Verdict] = [.correct, .partial, .incorrect, .review, .missing]
    let judged = found.filter { $0.verdict != .missing }
    guard let first = judged.first else { return found[0] }
    if judged.allSatisfy({ $0.verdict == first.verdict && $0.credit == first.credit }) {
      return judged[judged.count - 1]
    }
    if judged.contains(where: { $0.verdict == .review }) {
      return judged.first { $0.verdict == .review } ?? first
    }
    var best = first
    for one in judged {
      if let a = order.firstIndex(of: one.verdict), let b = order.firstIndex(of: best.verdict),
        a < b
      {
        best = one
      }
    }
    best.verdict = .review
    best.credit = nil
    best.reason = "Two parts of the submission answer this and come to different marks."
    return best
  }

  private func assessment(
    of criterion: PreparedCriterion, in part: Int, _ readings: inout PartReadings
  ) -> Assessment {
    let answer = readings.answer(in: part, for: criterion)
    switch criterion.criterion.check {
    case .formula:
      if criterion.criterion.isMap {
        return MapJudge(criterion: criterion, answer: answer).assessment()
          ?? withoutClaim(criterion, answer)
      }
      return FormulaJudge(criterion: criterion, answer: answer).assessment()
        ?? withoutClaim(criterion, answer)
    case .framework:
      return FrameworkJudge(criterion: criterion, answer: answer).assessment()
    case .derivation:
      guard let steps = readings.derivation(in: part, for: criterion) else {
        return withoutClaim(criterion, answer)
      }
      return DerivationJudge(criterion: criterion, answer: answer).assessment(of: steps)
    case .estimator:
      return EstimatorJudge(criterion: criterion, answer: answer).assessment()
        ?? withoutClaim(criterion, answer)
    }
  }

  /// The assessment when nothing in the part could be the answer.
  private func withoutClaim(_ criterion: PreparedCriterion, _ answer: AnswerText) -> Assessment {
    let damages = answer.damages
    if let first = damages.first {
      return Assessment(
        criterion: criterion.criterion.id, verdict: .review, credit: nil,
        possible: criterion.criterion.points, mistakes: ["unread"],
        reason:
          "No claim was found, and line \(first.place.line), column \(first.place.column) could not be "
          + "read: \(first.message).")
    }
    if answer.hasPicture && answer.items.isEmpty {
      return Assessment(
        criterion: criterion.criterion.id, verdict: .review, credit: nil,
        possible: criterion.criterion.points, mistakes: ["picture"],
        reason: "The answer is a picture; a person decides.")
    }
    if criterion.isMentioned(in: answer) {
      return Assessment(
        criterion: criterion.criterion.id, verdict: .review, credit: nil,
        possible: criterion.criterion.points, mistakes: ["no-claim"],
        reason: "The formulas speak of this, and none is a plain claim; a person decides.")
    }
    let reason =
      criterion.criterion.check == .derivation
      ? DerivationJudge(criterion: criterion, answer: answer).reasonWithoutSteps
      : "Every formula of the part was read, and none states this."
    return missing(criterion, reason)
  }

  private func missing(_ criterion: PreparedCriterion, _ reason: String) -> Assessment {
    Assessment(
      criterion: criterion.criterion.id, verdict: .missing, credit: 0,
      possible: criterion.criterion.points, reason: reason)
  }

  /// The assessment when no part carries the label of the criterion.
  private func unanswered(
    _ criterion: PreparedCriterion, _ readings: inout PartReadings, faults: [Fault]
  ) -> Assessment {
    var review = Assessment(
      criterion: criterion.criterion.id, verdict: .review, credit: nil,
      possible: criterion.criterion.points, mistakes: ["unassigned"], reason: "")
    if let fault = faults.first {
      review.mistakes = ["unread"]
      review.reason =
        "The part was not found, and a file could not be read: \(fault.place.file): \(fault.message)."
      return review
    }
    let parts = readings.parts
    let question = criterion.criterion.questionLabel
    let isCut = parts.contains { $0.question != nil || $0.label != nil }
    let isQuestionCut = parts.contains { $0.question == question && $0.label != nil }
    for (index, part) in parts.enumerated() {
      let isOwn = part.question == question
      if part.label == nil, isOwn || part.question == nil {
        let answer = readings.answer(in: index, for: criterion)
        // A picture above all labels is a letterhead rather than an answer.
        guard answer.hasRelation || answer.hasDrawing && (isOwn || !isCut) else { continue }
        // What stands above labelled parts is often no answer but the question.
        if isOwn, isQuestionCut,
          assessment(of: criterion, in: index, &readings).verdict == .missing
        {
          continue
        }
        review.reason =
          "The part was not found, and the text from line \(part.place.line) on belongs to no part; "
          + "\(criterion.criterion.labelHint)."
        return review
      }
      if isOwn, let label = part.label,
        assessment(of: criterion, in: index, &readings).verdict == .correct
      {
        review.reason =
          "The part was not found, and a right answer stands in part \(label), "
          + "line \(part.place.line); \(criterion.criterion.labelHint)."
        return review
      }
    }
    return missing(criterion, "The submission has no such part.")
  }

  /// A right answer to one criterion may earn another that would be missing.
  private func implied(_ assessments: [Assessment]) -> [Assessment] {
    var result = assessments
    for (index, criterion) in prepared.enumerated() where result[index].verdict == .missing {
      let sources = criterion.criterion.impliedBy.map(\.value)
      guard
        let source = assessments.first(where: {
          sources.contains($0.criterion) && $0.verdict == .correct
        })
      else { continue }
      result[index].verdict = .correct
      result[index].credit = 1
      result[index].reason = "Implied by the right answer to \(source.criterion)."
      result[index].read = source.read
    }
    return result
  }
}

extension Criterion {
  /// Whether the derivations of both criteria are read with the same names in the same worlds.
  fileprivate func derivesLike(_ other: Criterion) -> Bool {
    check == .derivation && other.check == .derivation && questionLabel == other.questionLabel
      && vocabulary.value == other.vocabulary.value && declarations == other.declarations
      && targetNames.isEmpty && other.targetNames.isEmpty
      && ["default", "dimensions"].allSatisfy {
        conventions[$0]?.value == other.conventions[$0]?.value
      }
  }

  /// Whether a part of a submission answers the criterion.
  fileprivate func isAnswered(in part: Part) -> Bool {
    if let label = partLabel {
      guard part.label == label else { return false }
      return part.question == nil || part.question == questionLabel
    }
    return part.question == questionLabel
  }

  /// The labels that the answer needs, in words.
  fileprivate var labelHint: String {
    guard let partLabel else { return "write 'Question \(questionLabel)' above the answer" }
    return partLabel.count == 1
      ? "write 'Question \(questionLabel)' and '\(partLabel))' above the answer"
      : "write '# \(partLabel)' above the answer"
  }
}

extension AnswerText {
  /// Whether the text says anything: a relation between two sides.
  fileprivate var hasRelation: Bool {
    items.contains { item in item.formula.statements.contains { !$0.links.isEmpty } }
  }

  /// Whether there is a drawing or a picture of one.
  fileprivate var hasDrawing: Bool { hasPicture || !diagrams.isEmpty }
}

/// All faults of a rubric's mathematics, in order of their places.
public struct RubricFaults: Error, Sendable {
  /// The faults.
  public let faults: [Fault]

  /// Creates a list of faults.
  public init(_ faults: [Fault]) {
    self.faults = faults
  }
}
