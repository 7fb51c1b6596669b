import ArgumentParser
import Homework
import Notation
import Reports
import Semantics

/// Shows how formulas are read.
struct Read: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show how a formula is read, and its values.",
    discussion: """
      A formula in LaTeX, Unicode, ASCII or Python is printed as it was understood, with its names, \
      its values at the points given and what was odd. Without a formula one is read from standard \
      input. A formula that begins with a minus goes behind '--'.

      With --json-lines every line of standard input is an object \
      {"formula": "...", "at": [{"x": 1, "s[]": [1, 2]}]}; the answer is \
      {"read": ..., "names": [...], "values": [...], "warnings": [...]} with null for a value that \
      is undefined, or {"error": {"column": ..., "message": ...}}.
      """)

  @Argument(help: "The formulas.")
  var formulas: [String] = []

  @Option(
    help:
      "What the names mean: \(Vocabulary.Field.allCases.map(\.rawValue).joined(separator: ", ")).")
  var vocabulary = Vocabulary.Field.general.rawValue

  @Option(
    name: .customLong("at"),
    help: "A point at which to give the value, such as x=1,y=2 or s[]=[1,2]; may be repeated.",
    transform: NamedPoint.init(argument:))
  var points: [NamedPoint] = []

  @Flag(help: "Answer JSON objects from standard input, one a line.")
  var jsonLines = false

  func validate() throws {
    guard !jsonLines || (formulas.isEmpty && points.isEmpty) else {
      throw ValidationError("With '--json-lines' formulas and points come from standard input.")
    }
  }

  func run() throws {
    guard let calculator = Calculator(vocabulary: vocabulary) else {
      let known = Vocabulary.Field.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      throw ValidationError("There is no vocabulary '\(vocabulary)'; there are \(known).")
    }
    if jsonLines {
      return try JSONLines.run { (request) throws(JSONLines.BadRequest) in
        try Self.answer(to: request, calculator)
      }
    }
    try show(formulas.isEmpty ? [Console.input()] : formulas, calculator)
  }

  private func show(_ formulas: [String], _ calculator: Calculator) throws {
    let points = points.isEmpty ? [[:]] : points.map(\.values)
    var texts: [String] = []
    for (index, formula) in formulas.enumerated() {
      do throws(Diagnostic) {
        texts.append(text(try calculator.answer(to: formula, at: points)))
      } catch {
        let name = formulas.count > 1 ? "formula \(index + 1)" : "formula"
        let place = TextPlace(utf8Offset: error.range.lower, in: formula)
        Console.report(
          "\(name):\(place.line):\(place.column): error: \(error.message.visible)\n\(place.excerpt)"
        )
      }
    }
    try Output().write(texts.joined(separator: "\n"))
    if texts.count < formulas.count { throw CommandFault.badFormulas }
  }

  private func text(_ answer: Calculator.Answer) -> String {
    var lines = ["read   \(answer.latex.visible)"]
    if !answer.names.isEmpty {
      lines.append("names  \(answer.names.joined(separator: ", ").visible)")
    }
    for (point, value) in zip(points, answer.values) {
      let missing = value == nil ? point.missing(of: answer.names) : []
      let undefined =
        missing.isEmpty
        ? "undefined" : "undefined, for \(missing.joined(separator: ", ").visible) has no value,"
      lines.append("value  \(value.map(Figure.text) ?? undefined) at \(point.text.visible)")
    }
    if points.isEmpty, answer.names.isEmpty, let value = answer.values.first {
      lines.append("value  \(value.map(Figure.text) ?? "undefined")")
    }
    lines += answer.warnings.map { "note   \($0.visible)" }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: - JSON lines

  private static func answer(
    to request: JSONValue, _ calculator: Calculator
  ) throws(JSONLines.BadRequest) -> String {
    guard let formula = request["formula"]?.string else {
      throw JSONLines.BadRequest(message: "expected an object with a text 'formula'")
    }
    var points: [[String: [Double]]] = []
    for item in request["at"]?.array ?? [] {
      guard let point = NamedPoint(item) else {
        throw JSONLines.BadRequest(
          message: "expected 'at' to be a list of points such as {\"x\": 1, \"s[]\": [1, 2]}")
      }
      points.append(point.values)
    }
    do throws(Diagnostic) {
      let answer = try calculator.answer(to: formula, at: points)
      return JSONValue.object([
        .init("read", .string(answer.latex)),
        .init("names", .array(answer.names.map { .string($0) })),
        .init("values", .array(answer.values.map { $0.map { .number($0) } ?? .null })),
        .init("warnings", .array(answer.warnings.map { .string($0) })),
      ]).description
    } catch {
      let place = TextPlace(utf8Offset: error.range.lower, in: formula)
      return JSONLines.error(error.message, column: place.position)
    }
  }
}
