import Homework
import Testing

struct JSONValueTests {
  @Test(arguments: [
    ("null", "null"),
    (" [1, 2.50,-3e2 , 0.1] ", "[1, 2.5, -300, 0.1]"),
    (#"{"b": 1, "a": [], "c": {}}"#, #"{"b": 1, "a": [], "c": {}}"#),
    (#""\u00e9\ud83d\ude00\/\b\t\"\\""#, "\"\u{E9}\u{1F600}/\\u0008\\t\\\"\\\\\""),
    ("\"\u{2028}\u{202E}\u{9B}\u{7F}\u{FEFF}\"", #""\u2028\u202e\u009b\u007f\ufeff""#),
    ("[true, false]", "[true, false]"),
    ("-0", "-0"),
    ("5e-324", "5e-324"),
    ("1.7976931348623157e308", "1.7976931348623157e+308"),
  ])
  func `A value is read and written back`(json: String, text: String) throws {
    let value = try JSONValue(json: json)
    #expect(value.description == text)
    #expect(try JSONValue(json: text) == value)
  }

  @Test(arguments: [
    ("", "column 1: expected a value, found the end"),
    ("tru", "column 1: expected a value, found 't'"),
    ("[1,]", "column 4: expected a value, found ']'"),
    ("[1 2]", "column 4: expected ',' or ']', found '2'"),
    ("{a: 1}", "column 2: expected a key in double quotes, found 'a'"),
    (#"{"a" 1}"#, "column 6: expected ':', found '1'"),
    (#"{"a": 1"#, "column 8: expected ',' or '}', found the end"),
    (#"{"a": 1, "a": 2}"#, "column 16: a key stands twice in one object"),
    (#"["é" 1]"#, "column 6: expected ',' or ']', found '1'"),
    ("01", "column 2: expected the end, found '1'"),
    ("1.", "column 3: expected a digit, found the end"),
    ("- 1", "column 2: expected a digit, found ' '"),
    ("[1e999]", "column 2: the number is too large"),
    (#"" abc"#, "column 1: the string is never closed"),
    (#""\q""#, "column 2: an unknown escape in a string"),
    (#""\u12g4""#, "column 2: expected four hexadecimal digits after '\\u'"),
    (#""\u12"#, "column 2: expected four hexadecimal digits after '\\u'"),
    (#""\ud800""#, "column 2: half of a surrogate pair"),
    (#""\udc00\ud800""#, "column 2: half of a surrogate pair"),
    (#""\ud800\ud800""#, "column 2: half of a surrogate pair"),
    ("\"\u{1}\"", "column 2: a control character in a string; write it as an escape"),
    ("\u{1B}", "column 1: expected a value, found a control character"),
    ("\"\\", "column 2: an unknown escape in a string"),
  ])
  func `A text that is not JSON is refused with its column`(json: String, message: String) {
    let error = #expect(throws: JSONError.self) { try JSONValue(json: json) }
    #expect(error?.description == message)
  }

  @Test func `Nesting is bounded`() throws {
    let deep = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
    #expect(try JSONValue(json: deep).description == deep)
    let error = #expect(throws: JSONError.self) {
      try JSONValue(json: String(repeating: "[", count: 1_000_000))
    }
    #expect(error?.description == "column 129: nested deeper than 128")
  }

  @Test func `Numbers that JSON does not have become null`() {
    let value = JSONValue.array([.number(.nan), .number(.infinity), .number(-.infinity)])
    #expect(value.description == "[null, null, null]")
  }

  @Test func `Members are found by key and in order`() throws {
    let value = try JSONValue(json: #"{"id": "a", "n": 2, "on": true, "list": [1]}"#)
    #expect(value["id"]?.string == "a")
    #expect(value["n"]?.number == 2)
    #expect(value["on"]?.bool == true)
    #expect(value["list"]?.array == [.number(1)])
    #expect(value["none"] == nil)
    #expect(value.object?.map(\.key) == ["id", "n", "on", "list"])
  }
}
