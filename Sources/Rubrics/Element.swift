import Homework

/// An element of a rubric with the places of its parts.
struct Element {
  var name: String
  /// Its number in document order.
  var index: Int
  var place: Place
  var attributes: [String: Located<String>] = [:]
  var children: [Element] = []
  /// Its own text without blanks at the ends; what children hold is not in it.
  var text: Located<String>

  /// The value of an attribute, without blanks at the ends.
  func value(_ attribute: String) -> Located<String>? { attributes[attribute] }

  /// The children of a name, in order.
  func all(_ name: String) -> [Element] { children.filter { $0.name == name } }

  /// The first child of a name.
  func first(_ name: String) -> Element? { children.first { $0.name == name } }

  /// The words of an attribute that lists names.
  func words(_ attribute: String) -> [String] {
    value(attribute)?.value.split(whereSeparator: \.isWhitespace).map(String.init) ?? []
  }
}
