public import Homework

/// Grades submissions against one rubric. Prepared once, then used for every student.
public struct Grader: Sendable {
  /// The rubric.
  public let rubric: Rubric

  /// Prepares the references and models of a rubric.
  ///
  /// - Throws: `RubricFaults` with every fault of the rubric's mathematics.
  public init(rubric: Rubric) throws(RubricFaults) {
    self.rubric = rubric
  }

  /// Returns the scorecard of one submission that was cut into parts.
  ///
  /// - Parameters:
  ///   - student: The key of the student.
  ///   - parts: The parts of all files, in order; text before the first label has no label.
  ///   - faults: What could not be read of the submission; a criterion without an answer is then `review`, not `missing`.
  public func scorecard(student: String, parts: [Part], faults: [Fault]) -> Scorecard {
    Scorecard(assignment: rubric.id, student: student, assessments: [])
  }

  /// Returns the assessment of one answer to one criterion.
  ///
  /// - Returns: `nil` if the rubric has no such criterion.
  public func assessment(criterion: String, answer: String, file: String) -> Assessment? {
    nil
  }
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
