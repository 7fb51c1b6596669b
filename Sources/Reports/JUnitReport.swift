public import Homework

/// The marks as JUnit XML: a suite a student, a case a criterion.
///
/// Passed is a right answer, or all the points by hand; failed one that is partial, wrong or missing;
/// skipped one to review; an error that the grader itself failed. Valid under the schemas of Jenkins
/// (junit-10.xsd) and of Windy Road (JUnit.xsd), which allow neither attributes on `testsuites` nor
/// output in a case.
public enum JUnitReport {
  private static let longestMessage = 1_000
  private static let longestText = 10_000
  private static let longestOutput = 100_000

  /// Returns the report.
  ///
  /// - Parameters:
  ///   - assignment: The id of the assignment, the package of all suites.
  ///   - cards: The marks in the order of the suites.
  ///   - hostname: The name of the machine.
  ///   - timestamp: When, as `YYYY-MM-DDThh:mm:ss` without a zone; fixed, so that the same marks
  ///     give the same bytes.
  /// - Returns: A whole document.
  public static func xml(
    assignment: String, cards: [GradedScorecard], hostname: String = "localhost",
    timestamp: String = "1970-01-01T00:00:00"
  ) -> String {
    var pieces = Pieces(assignment: assignment, hostname: hostname, timestamp: timestamp)
    return pieces.start + cards.map { pieces.next($0) }.joined() + pieces.end
  }

  /// A report in pieces, so that the marks of a course need not be in memory together.
  public struct Pieces: Sendable {
    private let package: String
    private let hostname: String
    private let timestamp: String
    private var names = UniqueNames()
    private var count = 0

    /// Begins a report; the parameters are those of `xml`.
    public init(
      assignment: String, hostname: String = "localhost",
      timestamp: String = "1970-01-01T00:00:00"
    ) {
      package = XMLText.token(assignment)
      self.hostname = hostname
      self.timestamp = timestamp
    }

    /// What stands before the first suite.
    public var start: String { "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n" }

    /// Returns the next suite.
    public mutating func next(_ card: GradedScorecard) -> String {
      let name = names.unique(XMLText.token(card.scorecard.student))
      defer { count += 1 }
      return Suite(card, package: package, name: name)
        .xml(id: count, hostname: hostname, timestamp: timestamp)
    }

    /// What stands behind the last suite.
    public var end: String { "</testsuites>\n" }
  }

  /// What became of a case.
  private enum Outcome {
    case passed
    case failure(type: String, message: String, text: String)
    case skipped(message: String)
    case error(message: String)
  }

  /// One suite: names are escaped, texts are not yet.
  private struct Suite {
    var package: String
    var name: String
    var card: GradedScorecard
    var cases: [(name: String, outcome: Outcome)] = []

    init(_ card: GradedScorecard, package: String, name: String) {
      self.package = package
      self.name = name
      self.card = card
      var names = UniqueNames()
      for assessment in card.scorecard.assessments {
        cases.append(
          (names.unique(XMLText.token(assessment.criterion)), outcome(assessment, in: card)))
      }
      if let failure = card.failure {
        cases.append((names.unique("grader"), .error(message: failure)))
      }
    }

    func xml(id: Int, hostname: String, timestamp: String) -> String {
      var failures = 0
      var errors = 0
      var skipped = 0
      for element in cases {
        switch element.outcome {
        case .passed: break
        case .failure: failures += 1
        case .skipped: skipped += 1
        case .error: errors += 1
        }
      }
      return """
          <testsuite id="\(id)" package="\(package)" name="\(name)" tests="\(cases.count)" \
        failures="\(failures)" errors="\(errors)" skipped="\(skipped)" time="0" \
        timestamp="\(XMLText.token(timestamp))" hostname="\(XMLText.token(hostname))">
            <properties>
              <property name="score" value="\(card.score)"/>
              <property name="pending" value="\(card.pending)"/>
              <property name="possible" value="\(card.scorecard.possible)"/>
            </properties>
        \(cases.map { element($0.name, $0.outcome) }.joined(separator: "\n"))
            <system-out>\(content(output, longestOutput))</system-out>
            <system-err>\(content(card.failure ?? "", longestOutput))</system-err>
          </testsuite>

        """
    }

    private func element(_ name: String, _ outcome: Outcome) -> String {
      let start = "    <testcase classname=\"\(package).\(self.name)\" name=\"\(name)\" time=\"0\""
      let inside =
        switch outcome {
        case .passed: ""
        case .failure(let type, let message, let text):
          "<failure message=\"\(attribute(message))\" type=\"\(XMLText.token(type))\">"
            + content(text, longestText) + "</failure>"
        case .skipped(let message):
          "<skipped message=\"\(attribute(message))\"/>"
        case .error(let message):
          "<error message=\"\(attribute(message))\" type=\"grader-failed\"/>"
        }
      return inside.isEmpty ? start + "/>" : start + ">\n      \(inside)\n    </testcase>"
    }

    private func attribute(_ text: String) -> String {
      XMLText.token(XMLText.capped(text, to: longestMessage))
    }

    private func content(_ text: String, _ longest: Int) -> String {
      XMLText.escaped(XMLText.capped(text, to: longest))
    }

    /// A line a criterion: its verdict, its points and the reason.
    private var output: String {
      card.scorecard.assessments.map { assessment in
        "\(assessment.criterion) \(assessment.verdict.rawValue), "
          + "\(card.pointsText(of: assessment)): \(assessment.reason)"
      }.joined(separator: "\n")
    }
  }

  private static func outcome(_ assessment: Assessment, in card: GradedScorecard) -> Outcome {
    let points = card.pointsText(of: assessment)
    if let mark = card.marks[assessment.criterion] {
      if mark.points >= assessment.possible { return .passed }
      return .failure(
        type: "manual-mark", message: "\(points) by hand: \(mark.why)",
        text: "by \(mark.who), \(mark.when)")
    }
    let message = "\(assessment.verdict.rawValue), \(points): \(assessment.reason)"
    switch assessment.verdict {
    case .correct: return .passed
    case .review: return .skipped(message: message)
    case .partial, .incorrect, .missing:
      return .failure(
        type: assessment.mistakes.first ?? assessment.verdict.rawValue, message: message,
        text: evidence(assessment))
    }
  }

  /// What a failure rests on, a fact a line.
  private static func evidence(_ assessment: Assessment) -> String {
    var lines = [assessment.reason]
    if !assessment.mistakes.isEmpty {
      lines.append("mistakes: " + assessment.mistakes.joined(separator: ", "))
    }
    for reading in assessment.read {
      lines += ["\(reading.place): \(reading.text)", "read as: \(reading.understood)"]
    }
    if let witness = assessment.witness {
      let isStep = assessment.hasSidesAsWitness
      lines.append(
        "at \(witness.pointText): \(isStep ? "left side " : "")\(Figure.text(witness.student)), "
          + "\(isStep ? "right side" : "reference") \(Figure.text(witness.reference))")
    }
    for step in assessment.steps where step.holds != true {
      lines.append(
        "line \(step.line): '\(step.relation)' "
          + (step.holds == nil ? "not read: " : "fails: ") + step.reason)
    }
    return lines.joined(separator: "\n")
  }
}

extension Witness {
  /// The point on one line: `mu_q = 0.3125, sigma_q[] = [0.333333, 2]`.
  var pointText: String {
    point.map { "\($0.name) = \($0.valueText)" }.joined(separator: ", ")
  }
}

extension Witness.Coordinate {
  /// The value, in brackets for a family.
  var valueText: String {
    let figures = values.map(Figure.text).joined(separator: ", ")
    return values.count == 1 && !name.hasSuffix("[]") ? figures : "[\(figures)]"
  }
}

/// Gives each name once: `a`, `a (2)`, `a (3)`.
private struct UniqueNames {
  private var used: Set<String> = []
  private var counts: [String: Int] = [:]

  mutating func unique(_ name: String) -> String {
    var result = name
    while !used.insert(result).inserted {
      counts[name, default: 1] += 1
      result = "\(name) (\(counts[name, default: 1]))"
    }
    return result
  }
}
