import Homework

extension RubricBuilder {
  // criterion: any number of its children in any order
  mutating func criterion(_ element: Element, in question: QuestionFrame) -> Criterion {
    let id = element.value("id")?.value ?? ""
    let vocabulary = element.value("vocabulary") ?? question.vocabulary
    var criterion = Criterion(
      id: id, place: element.place, title: element.value("title")?.value ?? "",
      points: element.value("points").flatMap { Points($0.value) } ?? .zero,
      check: element.value("check").flatMap { Criterion.Check(rawValue: $0.value) } ?? .formula,
      vocabulary: vocabulary ?? Located("", at: element.place), questionLabel: question.label,
      partLabel: element.value("part")?.value)
    criterion.declarations = question.declarations + element.children.compactMap(\.declaration)
    criterion.isMap = element.first("map") != nil
    criterion.target = element.first("target")?.text
    criterion.targetNames = (element.all("map") + element.all("name")).map(\.text)
    criterion.allowed = element.first("form")?.words("allow") ?? []
    criterion.alternatives = element.children.compactMap(\.alternative)
    criterion.cases = element.all("case").map(\.specialCase)
    criterion.given = question.given + element.all("given").map(\.text)
    for convention in element.all("convention") {
      criterion.conventions[convention.value("name")?.value ?? ""] = convention.value("value")
    }
    for credit in element.all("credit") {
      criterion.credits[credit.value("rung")?.value ?? ""] = credit.share("value")
    }
    criterion.impliedBy = element.all("implied-by").compactMap { $0.value("criterion") }
    for feedback in element.all("feedback") {
      criterion.feedback[feedback.value("on")?.value ?? ""] = feedback.text.value
    }
    criterion.notes = element.first("note")?.text.value ?? ""
    criterion.tests = element.first("tests")?.all("answer").compactMap(\.sampleAnswer) ?? []
    check(element, id: id, hasVocabulary: vocabulary != nil || question.hasVocabulary)
    return criterion
  }

  private mutating func check(_ element: Element, id: String, hasVocabulary: Bool) {
    func fault(_ message: String, at place: Place? = nil) {
      faults.append(Fault(at: place ?? element.place, "criterion '\(id)' \(message)"))
    }
    for name in ["target", "map", "form", "note", "tests"] {
      guard let second = element.all(name).dropFirst().first else { continue }
      fault("has two '\(name)' elements; keep one", at: second.place)
    }
    if let map = element.first("map"), element.first("target") != nil,
      element.value("check")?.value != "estimator"
    {
      fault("has both a target and a map; keep one", at: map.place)
    }
    if element.value("check")?.value == "formula" {
      if element.first("map") == nil, element.first("target") == nil {
        fault("has check 'formula', but neither a target nor a map; add '<target>' or '<map>'")
      }
      if element.first("reference") == nil {
        fault("has check 'formula', but no reference; add '<reference>'")
      }
    }
    if !hasVocabulary {
      fault("has no vocabulary; add '<vocabulary name=\"...\">' to its question")
    }
    // The variants of a derivation are its milestones: those with one id are spellings of one.
    let isDerivation = element.value("check")?.value == "derivation"
    let alternatives = element.children.filter {
      $0.alternative != nil && !(isDerivation && $0.name == "variant")
    }
    let lists = [
      ("alternatives", "id", alternatives), ("cases", "id", element.all("case")),
      ("conventions", "name", element.all("convention")),
      ("credits for", "rung", element.all("credit")),
      ("feedbacks on", "on", element.all("feedback")),
      ("implications by", "criterion", element.all("implied-by")),
    ]
    for (words, attribute, elements) in lists {
      findRepeated(elements, by: attribute) { value, line in
        "criterion '\(id)' has two \(words) '\(value)'; the first is in line \(line)"
      }
    }
    checkWords(element, id: id)
  }

  /// Checks the names of conventions, rungs and mistakes, which the schema leaves open.
  private mutating func checkWords(_ element: Element, id: String) {
    func check(_ word: Located<String>?, _ words: String, among known: [String]) {
      guard let word, !word.value.isEmpty, !known.contains(word.value) else { return }
      faults.append(
        Fault(
          at: word.place,
          "criterion '\(id)' has \(words) '\(word.value)', expected \(SchemaWords.list(known))"
            + Suggestion.phrase(for: word.value, among: known)))
    }
    for convention in element.all("convention") {
      let name = convention.value("name")
      check(name, "the convention", among: CriterionWords.conventions.map(\.name))
      if let name, let known = CriterionWords.conventions.first(where: { $0.name == name.value }),
        !known.values.isEmpty
      {
        check(
          convention.value("value"), "the convention '\(name.value)' with the value",
          among: known.values)
      }
    }
    let own = element.children.filter { $0.alternative != nil }.compactMap { $0.value("id")?.value }
    let cases = element.all("case").compactMap { $0.value("id") }.map { "special-case.\($0.value)" }
    func isEstimator(_ word: Located<String>?) -> Bool {
      word?.value.hasPrefix(CriterionWords.estimatorPrefix) ?? false
    }
    for rung in element.all("credit").map({ $0.value("rung") }) where !isEstimator(rung) {
      check(rung, "a credit for", among: CriterionWords.rungs)
    }
    for mistake in element.all("feedback").map({ $0.value("on") }) where !isEstimator(mistake) {
      check(mistake, "feedback on", among: own + cases + CriterionWords.mistakes)
    }
  }
}

extension Element {
  /// The declaration that the element makes, if it is one.
  var declaration: Declaration? {
    guard let label = value("name") else { return nil }
    switch name {
    case "variable":
      return .variable(
        name: label, axes: words("axes"), kind: value("kind")?.value ?? "",
        aliases: words("aliases"))
    case "distribution":
      return .distribution(name: label, formula: text, aliases: words("aliases"))
    case "definition":
      return .definition(name: label, formula: text)
    case "function":
      return .function(
        name: label, arity: value("arity").flatMap { Int($0.value) } ?? 1,
        aliases: words("aliases"))
    default:
      return nil
    }
  }

  /// The reference, variant or mistake that the element is, if it is one.
  fileprivate var alternative: Alternative? {
    let credit: Double
    switch name {
    case "reference": credit = 1
    case "variant": credit = share("credit")
    case "mistake": credit = 0
    default: return nil
    }
    return Alternative(
      id: value("id")?.value ?? name, credit: credit, formula: text,
      reason: value("reason")?.value ?? "", parameter: value("of"))
  }

  fileprivate var specialCase: SpecialCase {
    SpecialCase(
      id: value("id")?.value ?? "", credit: share("credit"),
      conditions: all("condition").map(\.text), phrases: all("phrase").map(\.text.value),
      statedCredit: value("stated-credit").flatMap { Double($0.value) },
      mustBeStated: value("must-be-stated")?.value == "true")
  }

  fileprivate var sampleAnswer: SampleAnswer? {
    guard let verdict = value("verdict").flatMap({ Verdict(rawValue: $0.value) }) else {
      return nil
    }
    return SampleAnswer(text: text, verdict: verdict, mistake: value("mistake")?.value)
  }

  fileprivate func share(_ attribute: String) -> Double {
    value(attribute).flatMap { Double($0.value) } ?? 0
  }
}
