/// One file of a submission, decoded.
public struct SubmissionFile: Hashable, Sendable {
  /// The path inside the submission, such as `answers.md`.
  public var name: String
  /// The text with line ends as `\n`.
  public var text: String

  /// Creates a file.
  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// What one student handed in, as far as it could be read.
public struct Submission: Hashable, Sendable {
  /// The key of the student: the name of the folder or of the flat file.
  public var student: String
  /// The files that were read, in order of their names.
  public var files: [SubmissionFile]
  /// What could not be read and why; the rest is graded all the same.
  public var faults: [Fault]

  /// Creates a submission.
  public init(student: String, files: [SubmissionFile], faults: [Fault] = []) {
    self.student = student
    self.files = files
    self.faults = faults
  }
}

/// The stretch of a submission that answers one part of a question.
public struct Part: Hashable, Sendable {
  /// The label of the question as the rubric writes it, such as `1`; `nil` if none was found.
  public var question: String?
  /// The label of the part as the rubric writes it, such as `a`; `nil` if none was found.
  public var label: String?
  /// The text, without the label itself.
  public var text: String
  /// Where the text begins.
  public var place: Place

  /// Creates a part.
  public init(question: String?, label: String?, text: String, place: Place) {
    self.question = question
    self.label = label
    self.text = text
    self.place = place
  }
}
