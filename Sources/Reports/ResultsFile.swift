public import Homework

/// The results of a run as JSON: an array with an object a submission, one line a criterion.
///
/// No times are in it, so the same marks give the same bytes. Figures of a witness have six
/// significant digits.
public enum ResultsFile {
  /// Returns the results file of automatic marks.
  public static func json(_ cards: [Scorecard]) -> String {
    json(cards.map { GradedScorecard(scorecard: $0) })
  }

  /// Returns the results file of marks as they count.
  ///
  /// A criterion with a manual mark has its points, and a member `manual` says who gave them and why.
  public static func json(_ cards: [GradedScorecard]) -> String {
    var pieces = Pieces()
    return cards.map { pieces.next($0) }.joined() + pieces.end
  }

  /// A results file in pieces, so that the marks of a course need not be in memory together.
  public struct Pieces: Sendable {
    private var isEmpty = true

    /// A file of which nothing has been written.
    public init() {}

    /// Returns what stands up to the end of the next submission.
    public mutating func next(_ card: GradedScorecard) -> String {
      defer { isEmpty = false }
      return (isEmpty ? "[\n" : ",\n") + ResultsFile.entry(card)
    }

    /// What stands behind the last submission.
    public var end: String { isEmpty ? "[]\n" : "\n]\n" }
  }

  /// Returns one criterion as one line of JSON without the line's end.
  ///
  /// - Parameters:
  ///   - assessment: What was decided.
  ///   - id: What stands as `id` instead of the id of the criterion, if anything.
  ///   - extra: Members to add at the end.
  /// - Returns: An object whose first member is `id`.
  public static func criterionJSON(
    _ assessment: Assessment, id: JSONValue? = nil, extra: [JSONValue.Member] = []
  ) -> String {
    var members = Self.members(of: assessment, points: assessment.points)
    if let id { members[0].value = id }
    return JSONValue.object(members + extra).description
  }

  private static func entry(_ card: GradedScorecard) -> String {
    let head = JSONValue.object([
      .init("assignment", .string(card.scorecard.assignment)),
      .init("student", .string(card.scorecard.student)),
      .init("score", card.score.json),
      .init("pending", card.pending.json),
      .init("possible", card.scorecard.possible.json),
    ])
    let criteria = card.scorecard.assessments.map { assessment in
      var members = members(of: assessment, points: card.points(of: assessment))
      if let mark = card.marks[assessment.criterion] {
        members.append(.init("manual", mark.json))
      }
      return "  " + JSONValue.object(members).description
    }
    let list = criteria.isEmpty ? "[]" : "[\n" + criteria.joined(separator: ",\n") + "\n]"
    return head.description.dropLast() + ", \"criteria\": " + list + "}"
  }

  private static func members(of assessment: Assessment, points: Points) -> [JSONValue.Member] {
    [
      .init("id", .string(assessment.criterion)),
      .init("verdict", .string(assessment.verdict.rawValue)),
      .init("credit", assessment.credit.map { .number($0) } ?? .null),
      .init("points", points.json),
      .init("possible", assessment.possible.json),
      .init("mistake", assessment.mistakes.first.map { .string($0) } ?? .null),
      .init("mistakes", .array(assessment.mistakes.map { .string($0) })),
      .init("reason", .string(assessment.reason)),
      .init("read", .array(assessment.read.map(\.json))),
      .init("witness", assessment.witness?.json ?? .null),
      .init("steps", .array(assessment.steps.map(\.json))),
    ]
  }
}

extension Points {
  /// The points as a decimal number.
  var json: JSONValue { .number(Double(hundredths) / 100) }
}

extension ManualMark {
  fileprivate var json: JSONValue {
    .object([
      .init("points", points.json), .init("who", .string(who)), .init("why", .string(why)),
    ])
  }
}

extension Reading {
  fileprivate var json: JSONValue {
    .object([
      .init("file", .string(place.file)),
      .init("line", .number(Double(place.line))),
      .init("column", .number(Double(place.column))),
      .init("text", .string(text)),
      .init("as", .string(understood)),
    ])
  }
}

extension Witness {
  fileprivate var json: JSONValue {
    .object([
      .init("at", .object(point.map { .init($0.name, $0.json) })),
      .init("student", .number(Figure.rounded(student))),
      .init("reference", .number(Figure.rounded(reference))),
    ])
  }
}

extension Witness.Coordinate {
  /// A number, or an array for a family.
  fileprivate var json: JSONValue {
    let figures = values.map { JSONValue.number(Figure.rounded($0)) }
    return figures.count == 1 && !name.hasSuffix("[]") ? figures[0] : .array(figures)
  }
}

extension Step {
  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("line", .number(Double(line))),
      .init("relation", .string(relation)),
      .init("holds", holds.map { .bool($0) } ?? .null),
    ]
    if !reason.isEmpty { members.append(.init("reason", .string(reason))) }
    return .object(members)
  }
}
