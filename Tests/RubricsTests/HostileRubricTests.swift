import Rubrics
import Testing

struct HostileRubricTests {
  @Test(arguments: [
    ("", "r.xml:1:1: error: the rubric is empty"),
    (" \n", "r.xml:1:1: error: the rubric is empty"),
    (
      #"<?xml version="1.0" encoding="ISO-8859-1"?><assignment/>"#,
      "r.xml:1:30: error: the rubric is declared as 'ISO-8859-1'; save it as UTF-8"
    ),
    (
      """
      <?xml version="1.0"?>
      <!-- laughs --><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
      <assignment>&b;</assignment>
      """,
      "r.xml:2:16: error: a DOCTYPE is not allowed in a rubric; remove it and every entity"
    ),
    (
      #"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><assignment>&x;</assignment>"#,
      "r.xml:1:1: error: a DOCTYPE is not allowed in a rubric; remove it and every entity"
    ),
    (
      #"<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>"#,
      "r.xml:1:1: error: a DOCTYPE is not allowed in a rubric; remove it and every entity"
    ),
  ])
  func `Dangerous text is refused before it is parsed`(xml: String, message: String) throws {
    let found = try faults(of: xml)
    #expect(found == [message])
  }

  @Test(arguments: [
    ([0xFF, 0xFE, 0x3C, 0x00], "r.xml:1:1: error: the rubric is in UTF-16; save it as UTF-8"),
    (
      [0x3C, 0x61, 0x0A, 0xE9, 0x3E],
      "r.xml:2:1: error: the rubric is not in UTF-8; save it as UTF-8"
    ),
  ])
  func `Other encodings are refused`(bytes: [UInt8], message: String) throws {
    let found = try faults(of: bytes)
    #expect(found == [message])
  }

  @Test func `Fifty megabytes are refused`() throws {
    let bytes = [UInt8](repeating: 0x3C, count: 50_000_000)
    let found = try faults(of: bytes)
    #expect(
      found == [
        "r.xml:1:1: error: the rubric has 50000000 bytes, but at most 4000000 are read"
      ])
  }

  @Test func `Deep nesting is refused`() throws {
    let deep = String(repeating: "<a>", count: 100_000)
    let messages = try faults(of: deep)
    #expect(messages.first == "r.xml:1:772: error: elements are nested more than 256 deep")
  }

  @Test func `A schema of the rubric's own is not fetched`() throws {
    let xml = rubric("")
      .replacing(
        " id=\"h\"",
        with: """
           id="h" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
          xsi:schemaLocation="urn:gradus:rubric:1 file:///etc/passwd"
          """)
    let found = try faults(of: xml)
    #expect(
      found == ["r.xml:1:1: error: attribute 'schemaLocation' of another namespace; remove it"])
  }

  @Test(arguments: [
    ("<a>\n<b>\n</a>", ["r.xml:3:5: error: '</a>' stands where '</b>' of line 2 is expected"]),
    ("<a>&foo;</a>", ["r.xml:1:9: error: unknown entity '&foo;'; write '&amp;' for '&'"]),
    (
      "<a>x & y</a>",
      [
        """
        r.xml:1:7: error: '&' and '<' begin markup; write '&amp;' and '&lt;', or put the formula \
        between '<![CDATA[' and ']]>'
        """
      ]
    ),
    ("<a b='<'/>", ["r.xml:1:7: error: '<' in an attribute; write '&lt;'"]),
    ("<a b='' b=''/>", ["r.xml:1:13: error: attribute 'b' is written twice"]),
    ("<a/>x", ["r.xml:1:5: error: text behind the end of the rubric; remove it"]),
    ("<a>\u{1}</a>", ["r.xml:1:4: error: a control character; remove it"]),
    ("<a>", ["r.xml:1:4: error: 'a' of line 1 is never closed"]),
  ])
  func `Markup that is not well-formed is explained`(xml: String, messages: [String]) throws {
    let found = try faults(of: xml)
    #expect(found == messages)
  }

  @Test func `A missing file is a fault of the operator`() {
    #expect(throws: RubricFileError.self) {
      try RubricReader.rubric(at: fixture("none.xml"), schema: schemaPath)
    }
    #expect(throws: RubricFileError.self) {
      try RubricReader.rubric(at: "/dev/zero", schema: schemaPath)
    }
  }
}
