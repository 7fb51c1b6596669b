import CLibXML2
import Homework

/// A parsed document: its elements as Swift values, and libxml2's tree for the validation.
struct XMLDocument: ~Copyable {
  /// The root element with all below it.
  let root: Element
  /// Whether the root is in another namespace than that of rubrics.
  let isForeign: Bool
  private let tree: XMLTree
  private let numbers: [UnsafeRawPointer: Int]
  private let elements: [Element]
  private let foreignAttributes: [Fault]

  /// Parses text that `Prolog` has let through; throws every fault of the markup.
  init(_ bytes: [UInt8], file: String) throws(RubricErrors) {
    var reports: [XMLReport] = []
    let parsed = XMLTree(bytes, reports: &reports)
    guard reports.isEmpty, let parsed, let node = parsed.root else {
      // What follows at the same place follows from the first.
      var seen: Set<Place> = []
      let faults = reports.map { $0.markupFault(file: file) }
        .filter { seen.insert($0.place).inserted }
      let unknown = Fault(at: Place(file: file, line: 1, column: 1), "not a well-formed document")
      throw RubricErrors(faults.isEmpty ? [unknown] : faults)
    }
    var walk = XMLWalk(MarkupPlaces(bytes, file: file).tags, file: file)
    root = walk.element(node)
    isForeign = node.pointee.ns.map { String(cString: $0.pointee.href) } != "urn:gradus:rubric:1"
    numbers = walk.numbers
    elements = walk.elements
    foreignAttributes = walk.faults
    tree = parsed
  }

  /// Validates the document.
  ///
  /// - Parameter bytes: The text of the schema.
  /// - Returns: Every fault in document order.
  /// - Throws: `RubricFileError` if the schema itself is at fault.
  func faults(schema bytes: [UInt8]) throws(RubricFileError) -> [Fault] {
    // An `xsi:schemaLocation` would make libxml2 fetch another schema.
    guard foreignAttributes.isEmpty else { return foreignAttributes }
    var reports: [XMLReport] = []
    let schema = XMLSchema(bytes, reports: &reports)
    guard reports.isEmpty, let schema, validate(schema, reports: &reports) else {
      let reason = reports.first.map { "\($0.line): \($0.plainMessage)" } ?? "cannot be used"
      throw RubricFileError(path: "rubric.xsd", reason: "the schema is at fault: \(reason)")
    }
    return SchemaFaults(elements: elements, numbers: numbers).faults(reports)
  }

  /// Validates until no fault hides another.
  ///
  /// libxml2 leaves an element at its first unexpected child. That child is taken out of the tree
  /// and the rest validated again, so that what follows it is judged too.
  private func validate(_ schema: borrowing XMLSchema, reports: inout [XMLReport]) -> Bool {
    var bereft: Set<UnsafeRawPointer> = []
    for _ in 0..<50 {
      var round: [XMLReport] = []
      guard schema.validate(tree, reports: &round) else { return false }
      reports += round.filter { report in
        !(report.isIncomplete && report.element.map { bereft.contains($0) } == true)
      }
      var removed: Set<UnsafeRawPointer> = []
      // The last first, so that no element goes with one around it.
      for element in round.filter(\.isUnexpectedElement).compactMap(\.element).reversed()
      where removed.insert(element).inserted {
        if let parent = tree.remove(element) { bereft.insert(parent) }
      }
      if removed.isEmpty { break }
    }
    return true
  }
}

/// Turns libxml2's nodes into elements.
private struct XMLWalk {
  let tags: [MarkupPlaces.Tag]
  let start: Place
  var numbers: [UnsafeRawPointer: Int] = [:]
  var elements: [Element] = []
  var faults: [Fault] = []

  init(_ tags: [MarkupPlaces.Tag], file: String) {
    self.tags = tags
    start = Place(file: file, line: 1, column: 1)
  }

  /// The depth is at most 256: the parser refuses more.
  mutating func element(_ node: UnsafeMutablePointer<xmlNode>) -> Element {
    let index = elements.count
    let tag = index < tags.count ? tags[index] : MarkupPlaces.Tag(place: start)
    var element = Element(
      name: String(cString: node.pointee.name), index: index, place: tag.place,
      text: Located("", at: tag.text ?? tag.place))
    numbers[UnsafeRawPointer(node)] = index
    var attribute = node.pointee.properties
    while let current = attribute {
      let name = String(cString: current.pointee.name)
      let text = Self.text(current.pointee.children).trimmed
      element.attributes[name] = Located(text, at: tag.values[name] ?? tag.place)
      if current.pointee.ns != nil {
        faults.append(Fault(at: tag.place, "attribute '\(name)' of another namespace; remove it"))
      }
      attribute = current.pointee.next
    }
    element.text.value = Self.text(node.pointee.children).trimmed
    elements.append(element)
    var child = node.pointee.children
    while let current = child {
      if current.pointee.type == XML_ELEMENT_NODE {
        element.children.append(self.element(current))
      }
      child = current.pointee.next
    }
    elements[index] = element
    return element
  }

  private static func text(_ first: UnsafeMutablePointer<xmlNode>?) -> String {
    var text = ""
    var node = first
    while let current = node {
      let type = current.pointee.type
      if type == XML_TEXT_NODE || type == XML_CDATA_SECTION_NODE,
        let content = current.pointee.content
      {
        text += String(cString: content)
      }
      node = current.pointee.next
    }
    return text
  }
}

extension String {
  /// The text without white space at its ends.
  var trimmed: String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }
}
