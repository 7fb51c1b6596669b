import Glibc
import Homework
import Rubrics
import Testing

/// The folder of this file.
private let here = String(#filePath[..<(#filePath.lastIndex(of: "/") ?? #filePath.endIndex)])

/// The path of the schema of the project.
let schemaPath = here + "/../../rubrics/rubric.xsd"

/// The path of a fixture.
func fixture(_ name: String) -> String { here + "/Fixtures/" + name }

/// The bytes of a file of the project.
func bytes(of path: String) throws -> [UInt8] {
  let file = try #require(fopen(path, "r"))
  defer { fclose(file) }
  var bytes = [UInt8](repeating: 0, count: 100_000)
  return Array(bytes[..<fread(&bytes, 1, bytes.count, file)])
}

/// The schema of the project.
func schema() throws -> [UInt8] { try bytes(of: schemaPath) }

/// The faults of a rubric, one text each, with `r.xml` as the name of the file.
func faults(of xml: String) throws -> [String] { try faults(of: Array(xml.utf8)) }

/// The faults of a rubric given as bytes.
func faults(of xml: [UInt8]) throws -> [String] {
  do {
    _ = try RubricReader.rubric(xml: xml, name: "r.xml", schema: schema())
    return []
  } catch let error as RubricErrors {
    return error.faults.map(\.description)
  }
}

/// A rubric with one question, whose criteria begin in line 4.
func rubric(_ criteria: String, question attributes: String = "") -> String {
  """
  <assignment xmlns="urn:gradus:rubric:1" id="h" title="H">
  <question id="q1" label="1" title="Q" \(attributes)>
  <vocabulary name="gaussian"/>
  \(criteria)
  </question>
  </assignment>
  """
}

/// A rubric with one criterion `b`, whose children begin in line 5.
func criterion(_ children: String) -> String {
  rubric(
    """
    <criterion id="b" points="1" check="framework" title="B">
    \(children)
    </criterion>
    """)
}
