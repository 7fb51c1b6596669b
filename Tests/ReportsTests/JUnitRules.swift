/// The rules that a report keeps to be valid under the schemas of Jenkins and of Windy Road.
enum JUnitRules {
  /// Returns the rules that a document breaks, an entry each.
  static func violations(in root: XMLElement) -> [String] {
    var broken: [String] = []
    func require(_ holds: Bool, _ rule: String) {
      if !holds { broken.append(rule) }
    }
    require(root.name == "testsuites", "the root is testsuites")
    require(root.attributes.isEmpty, "testsuites has no attributes")
    var cases: Set<[String]> = []
    for (index, suite) in root.children.enumerated() {
      require(suite.name == "testsuite", "testsuites holds suites only")
      require(suite.attributes["id"] == String(index), "ids count from 0")
      require(
        Set(suite.attributes.keys)
          == [
            "id", "package", "name", "tests", "failures", "errors", "skipped", "time", "timestamp",
            "hostname",
          ], "a suite has all its attributes and no other")
      for name in ["name", "package", "hostname"] {
        require(isToken(suite.attributes[name]), "\(name) is a token")
      }
      require(isLocalTime(suite.attributes["timestamp"]), "timestamp is local")
      let inside = suite.children.map(\.name)
      let count = inside.count - 3
      require(
        count >= 0
          && inside == ["properties"] + Array(repeating: "testcase", count: max(0, count)) + [
            "system-out", "system-err",
          ], "properties, cases, system-out, system-err in this order")
      for property in suite.children.first?.children ?? [] {
        require(
          property.name == "property" && Set(property.attributes.keys) == ["name", "value"],
          "a property has a name and a value")
      }
      var outcomes: [String: Int] = [:]
      for element in suite.children where element.name == "testcase" {
        require(
          Set(element.attributes.keys) == ["classname", "name", "time"],
          "a case has a class, a name and a time")
        require(isToken(element.attributes["name"]), "the name of a case is a token")
        require(
          cases.insert([
            element.attributes["classname"] ?? "", element.attributes["name"] ?? "",
          ]).inserted, "class and name are unique")
        require(element.children.count <= 1, "a case has one outcome")
        guard let outcome = element.children.first else { continue }
        outcomes[outcome.name, default: 0] += 1
        let attributes = Set(outcome.attributes.keys)
        switch outcome.name {
        case "failure", "error":
          require(attributes == ["message", "type"], "a failure has a message and a type")
        case "skipped": require(attributes == ["message"], "skipped has a message only")
        default: require(false, "an outcome is a failure, an error or skipped")
        }
      }
      require(suite.attributes["tests"] == String(count), "tests counts all cases")
      for (attribute, name) in [
        ("failures", "failure"), ("errors", "error"), ("skipped", "skipped"),
      ] {
        require(
          suite.attributes[attribute] == String(outcomes[name] ?? 0), "\(attribute) counts them")
      }
    }
    return broken
  }

  /// Whether a text is not empty and has no blanks that a schema would collapse.
  private static func isToken(_ text: String?) -> Bool {
    guard let text, !text.isEmpty else { return false }
    return text == text.split { $0.isWhitespace }.joined(separator: " ")
  }

  private static func isLocalTime(_ text: String?) -> Bool {
    guard let text, text.utf8.count == 19 else { return false }
    return zip(text, "0000-00-00T00:00:00").allSatisfy {
      $1 == "0" ? $0.isASCII && $0.isNumber : $0 == $1
    }
  }
}
