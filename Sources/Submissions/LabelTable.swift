/// The labels that a rubric uses, for finding them in an answer.
struct LabelTable: Sendable {
  /// One question with the labels of its parts.
  struct Question: Sendable {
    var label: String
    var parts: [String]
  }

  /// Where a heading points to.
  struct Target: Hashable, Sendable {
    var question: Int?
    var part: String?
  }

  var questions: [Question]
  /// Headings by their plain form: criterion ids and titles.
  var headings: [String: Target]

  /// The labels of all parts, the longest first.
  let parts: [String]
  /// The labels of the questions with their numbers, the longest first.
  let numbers: [(label: String, index: Int)]

  init(questions: [Question], headings: [String: Target]) {
    self.questions = questions
    self.headings = headings
    var seen: Set<String> = []
    parts = questions.flatMap(\.parts).filter { seen.insert($0).inserted }
      .sorted { ($1.count, $0) < ($0.count, $1) }
    numbers = questions.enumerated().map { ($1.label, $0) }
      .sorted { ($1.label.count, $0.index) < ($0.label.count, $1.index) }
    for part in parts where part.count > 1 && self.headings[Self.plain(part)] == nil {
      self.headings[Self.plain(part)] = Target(question: nil, part: part)
    }
  }

  /// The only question that has a part of this label, if there is just one.
  func onlyQuestion(withPart part: String) -> Int? {
    let all = questions.indices.filter { questions[$0].parts.contains(part) }
    return all.count == 1 ? all.first : nil
  }

  /// The form in which headings are compared: lower case, one hyphen for blanks and underscores.
  static func plain(_ text: String) -> String {
    text.lowercased().filter { $0 != "\\" }
      .split { $0 == " " || $0 == "_" || $0 == "-" || $0 == "\t" || $0 == "–" }
      .joined(separator: "-")
  }
}
