import Homework

/// Fills a rubric from its elements and collects what the schema cannot see.
///
/// Where the schema has found a fault already the value is left at its default: both lists are
/// thrown together.
struct RubricBuilder {
  var faults: [Fault] = []

  // assignment: question+
  mutating func rubric(_ element: Element) -> Rubric {
    let questions = element.all("question")
    for attribute in ["id", "label"] {
      findRepeated(questions, by: attribute) { value, line in
        "question \(attribute) '\(value)' is used twice; the first is in line \(line)"
      }
    }
    findRepeated(questions.flatMap { $0.all("criterion") }, by: "id") { value, line in
      "criterion id '\(value)' is used twice; the first is in line \(line)"
    }
    let rubric = Rubric(
      id: element.value("id")?.value ?? "", title: element.value("title")?.value ?? "",
      attempts: element.value("attempts").flatMap { Rubric.Attempts(rawValue: $0.value) }
        ?? .latest,
      questions: questions.map { question($0) })
    checkImplications(rubric.criteria)
    return rubric
  }

  // question: given* vocabulary? criterion+
  private mutating func question(_ element: Element) -> Question {
    let given = element.all("given").map(\.text)
    let vocabulary = element.first("vocabulary")
    let shared = QuestionFrame(
      label: element.value("label")?.value ?? "", given: given,
      hasVocabulary: vocabulary != nil, vocabulary: vocabulary?.value("name"),
      declarations: vocabulary?.children.compactMap { $0.declaration } ?? [])
    let criteria = element.all("criterion").map { criterion($0, in: shared) }
    let question = Question(
      id: element.value("id")?.value ?? "", label: shared.label,
      title: element.value("title")?.value ?? "", given: given, criteria: criteria)
    if let total = element.value("points") { checkTotal(question, total) }
    return question
  }

  private mutating func checkTotal(_ question: Question, _ total: Located<String>) {
    guard let declared = Points(total.value) else { return }
    var left = declared
    for criterion in question.criteria {
      if left < criterion.points {
        faults.append(
          Fault(
            at: criterion.place,
            """
            criterion '\(criterion.id)' has \(counted(criterion.points)), but question \
            '\(question.id)' has \(left) left
            """))
        return
      }
      left = Points(hundredths: left.hundredths - criterion.points.hundredths)
    }
    guard Points.zero < left else { return }
    let given = Points(hundredths: declared.hundredths - left.hundredths)
    faults.append(
      Fault(
        at: total.place,
        """
        question '\(question.id)' has \(counted(declared)), but its criteria give \(given)
        """))
  }

  private mutating func checkImplications(_ criteria: [Criterion]) {
    let ids = criteria.map(\.id)
    for criterion in criteria {
      for source in criterion.impliedBy where !source.value.isEmpty {
        if source.value == criterion.id {
          faults.append(
            Fault(at: source.place, "criterion '\(criterion.id)' is implied by itself"))
        } else if !ids.contains(source.value) {
          let remedy = Suggestion.phrase(for: source.value, among: ids)
          faults.append(
            Fault(
              at: source.place,
              """
              criterion '\(criterion.id)' is implied by '\(source.value)', but no criterion has \
              that id\(remedy)
              """))
        }
      }
    }
  }

  /// Adds a fault for every value of an attribute that an element before has too.
  mutating func findRepeated(
    _ elements: [Element], by attribute: String, words: (String, Int) -> String
  ) {
    var lines: [String: Int] = [:]
    for element in elements {
      guard let value = element.value(attribute), !value.value.isEmpty else { continue }
      if let line = lines[value.value] {
        faults.append(Fault(at: value.place, words(value.value, line)))
      } else {
        lines[value.value] = value.place.line
      }
    }
  }

  private func counted(_ points: Points) -> String {
    points == Points(hundredths: 100) ? "1 point" : "\(points) points"
  }
}

/// What a question gives to all its criteria.
struct QuestionFrame {
  var label: String
  var given: [Located<String>]
  /// Whether there is a vocabulary, even one without its name.
  var hasVocabulary: Bool
  var vocabulary: Located<String>?
  var declarations: [Declaration]
}
