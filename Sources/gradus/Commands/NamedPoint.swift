import ArgumentParser
import Foundation
import Homework

/// Values for the names of a formula: `x=1,y=2` or `s[]=[1,2]` on the command line, an object in JSON.
struct NamedPoint: ExpressibleByArgument {
  /// The values by name; one for a number, any number for a family.
  var values: [String: [Double]] = [:]
  /// The point as it was given.
  var text: String

  init?(argument: String) {
    text = argument
    for item in Self.items(of: argument) {
      guard let sign = item.firstIndex(of: "=") else { return nil }
      let name = item[..<sign].trimmed
      var number = item[item.index(after: sign)...].trimmed
      let isFamily = number.hasPrefix("[") && number.hasSuffix("]")
      if isFamily { number = String(number.dropFirst().dropLast()) }
      let parts = isFamily ? number.split(separator: ",") : [number[...]]
      let numbers = parts.compactMap { Double($0.trimmed) }
      guard !name.isEmpty, numbers.count == parts.count,
        values.updateValue(numbers, forKey: name) == nil
      else { return nil }
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
