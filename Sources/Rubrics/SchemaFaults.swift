import CLibXML2
import Homework

/// Puts what libxml2 finds against the schema into words for the author of a rubric.
struct SchemaFaults {
  private let elements: [Element]
  private let numbers: [UnsafeRawPointer: Int]
  /// The number of the element around each element.
  private let parents: [Int: Int]

  init(elements: [Element], numbers: [UnsafeRawPointer: Int]) {
    self.elements = elements
    self.numbers = numbers
    parents = elements.reduce(into: [:]) { parents, element in
      for child in element.children { parents[child.index] = element.index }
    }
  }

  /// Returns the faults for reports; keys are left to `RubricBuilder`, which has both places.
  func faults(_ reports: [XMLReport]) -> [Fault] {
    reports.compactMap { report in
      guard !report.has(XML_SCHEMAV_CVC_IDC), let first = elements.first else { return nil }
      let element = report.element.flatMap { numbers[$0] }.map { elements[$0] } ?? first
      guard let attribute = report.attribute, let value = element.value(attribute) else {
        return Fault(at: element.place, words(report, element))
      }
      return Fault(at: value.place, words(report, element, attribute, value.value))
    }
  }

  private func words(
    _ report: XMLReport, _ element: Element, _ attribute: String, _ value: String
  ) -> String {
    let owner = attribute == "id" ? "'\(element.name)'" : phrase(element)
    let subject = "attribute '\(attribute)' of \(owner)"
    if report.has(XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1)
      || report.has(XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2)
    {
      return "unknown \(subject)" + Suggestion.phrase(for: attribute, among: SchemaWords.attributes)
    }
    if value.isEmpty { return "\(subject) is empty" }
    if report.has(XML_SCHEMAV_CVC_ENUMERATION_VALID), report.names.count > 1 {
      let choices = report.names[1].split(separator: "'").map(String.init).filter { $0 != ", " }
      return "\(subject) is '\(value)', expected \(SchemaWords.list(choices))"
        + Suggestion.phrase(for: value, among: choices)
    }
    return "\(subject) is '\(value)', expected \(SchemaWords.expectation(attribute))"
  }

  private func words(_ report: XMLReport, _ element: Element) -> String {
    let subject = phrase(element)
    switch xmlParserErrors(report.code) {
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_4:
      return "\(subject) has no attribute '\(report.names.first ?? "")'"
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1:
      return "\(subject) holds text or elements, but must be empty"
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_2, XML_SCHEMAV_CVC_TYPE_3_1_2:
      return "\(subject) holds an element, but only text may stand there; write '<' as '&lt;'"
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3:
      return "text in \(subject), where only elements may stand"
    case XML_SCHEMAV_CVC_PATTERN_VALID:
      return "\(subject) is empty"
    case XML_SCHEMAV_ELEMENT_CONTENT where report.message.contains("not expected"):
      let around = parents[element.index].map { " in \(phrase(elements[$0]))" } ?? ""
      // libxml2 cuts longer lists off.
      let expected = report.expectedNames.count < 10 ? report.expectedNames : []
      return "unexpected '\(element.name)'\(around)"
        + (expected.isEmpty ? "" : ", expected \(SchemaWords.list(expected))")
        + Suggestion.phrase(for: element.name, among: SchemaWords.elements)
    case XML_SCHEMAV_ELEMENT_CONTENT:
      return "\(subject) ends too early, expected \(SchemaWords.list(report.expectedNames))"
    case XML_SCHEMAV_CVC_ELT_1:
      return """
        the root element is '\(element.name)', expected 'assignment' in the namespace \
        'urn:gradus:rubric:1'
        """
    default:
      return report.plainMessage
    }
  }

  /// Names an element: `criterion 'b'`, or `'target' of criterion 'b'` where it has no id.
  private func phrase(_ element: Element) -> String {
    if let id = element.value("id") ?? element.value("name"), !id.value.isEmpty {
      return "\(element.name) '\(id.value)'"
    }
    guard let parent = parents[element.index] else { return "'\(element.name)'" }
    return "'\(element.name)' of \(phrase(elements[parent]))"
  }
}

extension XMLReport {
  /// Whether the report has this code.
  func has(_ code: xmlParserErrors) -> Bool { self.code == code.rawValue }

  /// Whether the report says that the element may not stand where it stands.
  var isUnexpectedElement: Bool {
    has(XML_SCHEMAV_ELEMENT_CONTENT) && message.contains("not expected")
  }

  /// Whether the report says that something is missing at the end of the element.
  var isIncomplete: Bool { has(XML_SCHEMAV_ELEMENT_CONTENT) && !isUnexpectedElement }

  /// The attribute at fault: `... attribute 'points': ...`.
  fileprivate var attribute: String? {
    let pieces = message.split(separator: "'", maxSplits: 4, omittingEmptySubsequences: false)
    return pieces.count > 3 && pieces[2] == ", attribute " ? String(pieces[3]) : nil
  }

  /// The names that libxml2 would take: `Expected is one of ( {namespace}a, {namespace}b ).`.
  fileprivate var expectedNames: [String] {
    guard let list = message.split(separator: "( ").last, message.contains("Expected is") else {
      return []
    }
    return list.split(separator: " )")[0].split(separator: ", ").map { name in
      String(name.split(separator: "}").last ?? name)
    }
  }
}
