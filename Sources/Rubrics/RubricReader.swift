public import Homework

/// Reads rubrics: XML in the namespace `urn:gradus:rubric:1`, valid under `rubrics/rubric.xsd`.
///
/// The mathematics of a rubric is plain text here; whoever reads it finds the place of every
/// formula in its `Located` value.
public enum RubricReader {
  /// Reads and validates the rubric in a file.
  ///
  /// - Parameters:
  ///   - path: The path of the rubric; faults begin with it.
  ///   - schema: The path of the schema.
  /// - Returns: The rubric if it has no fault.
  /// - Throws: `RubricErrors` with every fault of the rubric, or `RubricFileError` if one of the
  ///   files cannot be read.
  public static func rubric(at path: String, schema: String) throws -> Rubric {
    let bytes = try RubricFile.bytes(at: path)
    return try rubric(xml: bytes, name: path, schema: RubricFile.bytes(at: schema))
  }

  /// Reads and validates a rubric.
  ///
  /// - Parameters:
  ///   - xml: The text in UTF-8.
  ///   - name: What to call it in faults.
  ///   - schema: The text of the schema.
  /// - Returns: The rubric if it has no fault.
  /// - Throws: `RubricErrors` with every fault of the markup, or else every fault of schema and
  ///   structure together.
  public static func rubric(xml: [UInt8], name: String, schema: [UInt8]) throws -> Rubric {
    if let fault = Prolog.fault(in: xml, file: name) { throw RubricErrors([fault]) }
    let document = try XMLDocument(xml, file: name)
    var faults = try document.faults(schema: schema)
    guard document.root.name == "assignment", !document.isForeign else {
      throw RubricErrors(faults)
    }
    var builder = RubricBuilder()
    let rubric = builder.rubric(document.root)
    faults += builder.faults
    guard faults.isEmpty else { throw RubricErrors(faults) }
    return rubric
  }
}
