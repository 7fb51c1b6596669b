import ArgumentParser
import Foundation
import Homework

/// Values for the names of a formula: `x=1,y=2` or `s[]=[1,2]` on the command line, an object in JSON.
struct NamedPoint {
  /// The values by name; one for a number, any number for a family.
  var values: [String: [Double]] = [:]
  /// The point as it was given.
  var text: String

  /// Reads a point of the command line.
  ///
  /// - Throws: `ValidationError` that says what is wrong with it.
  init(argument: String) throws {
    text = argument
    for item in Self.items(of: argument) {
      guard let sign = item.firstIndex(of: "="), !item[..<sign].trimmed.isEmpty else {
        throw ValidationError("expected a name and its value, such as x=1, found '\(item)'")
      }
      let name = item[..<sign].trimmed
      var number = item[item.index(after: sign)...].trimmed
      let isFamily = number.hasPrefix("[") && number.hasSuffix("]")
      if isFamily { number = String(number.dropFirst().dropLast()) }
      let parts = isFamily ? number.split(separator: ",") : [number[...]]
      let numbers = try parts.map { part in
        guard let number = Double(part.trimmed) else {
          throw ValidationError("the value of '\(name)' is '\(part.trimmed)', expected a number")
        }
        return number
      }
      guard values.updateValue(numbers, forKey: name) == nil else {
        throw ValidationError("'\(name)' has two values")
      }
    }
  }

  /// The names of a formula that have no value here.
  func missing(of names: [String]) -> [String] {
    names.filter { name in
      let family = name.split(separator: "_").first ?? ""
      return values[name] == nil && values[name + "[]"] == nil && values["\(family)[]"] == nil
    }
  }

  init?(_ json: JSONValue) {
    guard let members = json.object else { return nil }
    text = json.description
    for member in members {
      switch member.value {
      case .number(let number): values[member.key] = [number]
      case .array(let items):
        let numbers = items.compactMap(\.number)
        guard numbers.count == items.count else { return nil }
        values[member.key] = numbers
      case .null, .bool, .string, .object: return nil
      }
    }
  }

  /// Returns the stretches between commas that are not inside brackets of values.
  private static func items(of text: String) -> [Substring] {
    var items: [Substring] = []
    var start = text.startIndex
    var isInside = false
    var previous: Character = ","
    for index in text.indices {
      let character = text[index]
      if character == "[", previous == "=" { isInside = true }
      if character == "]" { isInside = false }
      if character == ",", !isInside {
        items.append(text[start..<index])
        start = text.index(after: index)
      }
      if character != " " { previous = character }
    }
    return items + [text[start...]]
  }
}

extension StringProtocol {
  /// The text without blanks at its ends.
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
