import Homework

/// The evidence of a result, kept as JSON text from which it comes back exactly.
struct Detail {
  var read: [Reading]
  var witness: Witness?
  var steps: [Step]

  init(_ assessment: Assessment) {
    read = assessment.read
    witness = assessment.witness
    steps = assessment.steps
  }

  /// The JSON text; empty if there is no evidence.
  var json: String {
    if read.isEmpty, witness == nil, steps.isEmpty { return "" }
    var members: [JSONValue.Member] = []
    if !read.isEmpty { members.append(.init("read", .array(read.map(\.detail)))) }
    if let witness { members.append(.init("witness", witness.detail)) }
    if !steps.isEmpty { members.append(.init("steps", .array(steps.map(\.detail)))) }
    return JSONValue.object(members).description
  }

  /// Reads the text back; `nil` if it is not such a text.
  init?(json: String) {
    read = []
    steps = []
    guard !json.isEmpty else { return }
    guard let value = try? JSONValue(json: json), value.object != nil else { return nil }
    for item in value["read"]?.array ?? [] {
      guard let reading = Reading(detail: item) else { return nil }
      read.append(reading)
    }
    for item in value["steps"]?.array ?? [] {
      guard let step = Step(detail: item) else { return nil }
      steps.append(step)
    }
    if let item = value["witness"] {
      guard let witness = Witness(detail: item) else { return nil }
      self.witness = witness
    }
  }
}

extension JSONValue {
  /// A number of any kind; JSON has no infinities and no not-a-number, so they are texts.
  fileprivate init(exactly number: Double) {
    self = number.isFinite ? .number(number) : .string(number.description)
  }

  fileprivate var exactNumber: Double? {
    number ?? string.flatMap { Double($0) }
  }

  fileprivate var integer: Int? { number.flatMap { Int(exactly: $0) } }
}

extension Reading {
  fileprivate var detail: JSONValue {
    .object([
      .init("file", .string(place.file)), .init("line", .number(Double(place.line))),
      .init("column", .number(Double(place.column))), .init("text", .string(text)),
      .init("as", .string(understood)),
    ])
  }

  fileprivate init?(detail: JSONValue) {
    guard let file = detail["file"]?.string, let line = detail["line"]?.integer,
      let column = detail["column"]?.integer, let text = detail["text"]?.string,
      let understood = detail["as"]?.string
    else { return nil }
    self.init(
      place: Place(file: file, line: line, column: column), text: text, understood: understood)
  }
}

extension Witness {
  /// The point is an array: a name may stand twice in it.
  fileprivate var detail: JSONValue {
    .object([
      .init(
        "at",
        .array(
          point.map { .array([.string($0.name)] + $0.values.map { JSONValue(exactly: $0) }) })),
      .init("student", JSONValue(exactly: student)),
      .init("reference", JSONValue(exactly: reference)),
    ])
  }

  fileprivate init?(detail: JSONValue) {
    guard let student = detail["student"]?.exactNumber,
      let reference = detail["reference"]?.exactNumber, let items = detail["at"]?.array
    else { return nil }
    var point: [Coordinate] = []
    for item in items {
      guard let parts = item.array, let name = parts.first?.string else { return nil }
      let values = parts.dropFirst().compactMap(\.exactNumber)
      guard values.count == parts.count - 1 else { return nil }
      point.append(Coordinate(name: name, values: values))
    }
    self.init(point: point, student: student, reference: reference)
  }
}

extension Step {
  fileprivate var detail: JSONValue {
    .object([
      .init("line", .number(Double(line))), .init("relation", .string(relation)),
      .init("holds", holds.map { .bool($0) } ?? .null), .init("reason", .string(reason)),
    ])
  }

  fileprivate init?(detail: JSONValue) {
    guard let line = detail["line"]?.integer, let relation = detail["relation"]?.string,
      let reason = detail["reason"]?.string
    else { return nil }
    self.init(line: line, relation: relation, holds: detail["holds"]?.bool, reason: reason)
  }
}
