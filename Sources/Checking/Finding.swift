internal import Homework
internal import Semantics

/// What was found of one claim.
struct Finding {
  var verdict: Verdict
  /// From 0 to 1; 0 for `review`.
  var credit: Double
  /// Slugs, the gravest first.
  var mistakes: [String]
  /// For the student: lower case, no full stop.
  var reason: String
  var witness: Comparison.Witness?
  /// Whether the claim is not of the form that is asked, so that another claim goes before it.
  var isFormal = false

  init(
    verdict: Verdict, credit: Double, mistake: String?, reason: String,
    witness: Comparison.Witness? = nil
  ) {
    self.verdict = verdict
    self.credit = credit
    mistakes = mistake.map { [$0] } ?? []
    self.reason = reason
    self.witness = witness
  }

  static func form(_ mistake: String, _ reason: String) -> Finding {
    var finding = Finding(verdict: .incorrect, credit: 0, mistake: mistake, reason: reason)
    finding.isFormal = true
    return finding
  }

  /// What a person must decide.
  static func review(_ reason: String, mistake: String? = nil) -> Finding {
    Finding(verdict: .review, credit: 0, mistake: mistake, reason: reason)
  }

  static let unread = review("a part of the formula could not be read")

  static let tentative = review(
    "no formula is a plain claim, and this one may be the answer", mistake: "no-claim")

  static func upToConstant(_ claim: Claim, credit: Double) -> Finding {
    Finding(
      verdict: credit > 0 ? .partial : .incorrect, credit: credit, mistake: "up-to-constant",
      reason: "right up to an additive constant")
  }

  /// Whether two findings come to the same mark.
  func agrees(with other: Finding) -> Bool {
    verdict == other.verdict && credit == other.credit
  }
}

extension Witness {
  /// The witness of a comparison with the reference.
  init(_ witness: Comparison.Witness) {
    self.init(
      point: witness.point.map { Coordinate(name: $0.name, values: $0.values) },
      student: witness.left, reference: witness.right)
  }
}
