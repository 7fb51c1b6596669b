public import Homework

/// Cuts a submission into the parts that answer the questions of a rubric.
///
/// Labels are found as people write them: `a)`, `- a)`, `**a) ...**`, `(a)`, `Part a`, `## c`,
/// `Q1 c)`, `\section*{...}`, and headings that are the id of a criterion. Only labels of the rubric
/// count, only outside of code and mathematics, and only in an order that makes sense: where labels
/// repeat in a way that could mean two things, the stretch stays one part without a label.
public struct PartCutter: Sendable {
  /// The labels of one question.
  public struct QuestionLabels: Hashable, Sendable {
    /// The label of the question as it stands in headings, such as `1`.
    public var label: String
    /// The title of the question; a heading that says no more is its heading too.
    public var title: String
    /// The labels of its parts in order, such as `a`, `b` and `c`.
    public var parts: [String]

    /// Creates the labels of one question.
    public init(label: String, title: String = "", parts: [String]) {
      self.label = label
      self.title = title
      self.parts = parts
    }
  }

  private let table: LabelTable

  /// Creates a cutter for questions in order.
  public init(questions: [QuestionLabels]) {
    table = Self.table(questions, criteria: [])
  }

  /// Creates a cutter for a rubric; a heading may also be the id of a criterion.
  public init(_ rubric: Rubric) {
    let questions = rubric.questions.map { question in
      var seen: Set<String> = []
      let parts = question.criteria.compactMap(\.partLabel).filter { seen.insert($0).inserted }
      return QuestionLabels(label: question.label, title: question.title, parts: parts)
    }
    table = Self.table(questions, criteria: rubric.questions.map(\.criteria))
  }

  /// Returns the parts in the order of the files and their text.
  ///
  /// Together they hold all text but the labels; stretches without a label or without text are
  /// left out, but a label with no text behind it is a part that is empty.
  public func parts(of submission: Submission) -> [Part] {
    let files = submission.files.map { file in
      LabelledFile(file, table: table, isNamedByStudent: submission.student == file.stem)
    }
    let cuts = LabelOrder(table: table, files: files).cuts
    return zip(files, cuts).flatMap { file, cuts in file.parts(cuts, table: table) }
  }

  private static func table(
    _ questions: [QuestionLabels], criteria: [[Criterion]]
  ) -> LabelTable {
    var headings: [String: LabelTable.Target] = [:]
    for (index, criteria) in criteria.enumerated() {
      for criterion in criteria {
        headings[LabelTable.plain(criterion.id)] = .init(
          question: index, part: criterion.partLabel)
      }
    }
    for (index, question) in questions.enumerated() where !question.title.isEmpty {
      headings[LabelTable.plain(question.title)] = .init(question: index, part: nil)
    }
    return LabelTable(
      questions: questions.map { .init(label: $0.label, parts: $0.parts) }, headings: headings)
  }
}

extension SubmissionFile {
  /// The last part of the name without its ending.
  fileprivate var stem: String {
    FileKind.stem(of: String(name.split(separator: "/").last ?? ""))
  }
}
