import CLibXML2

/// What libxml2 says of one fault, as Swift values.
struct XMLReport {
  /// The most reports that are kept; a file with more is broken in a single way.
  static let most = 500

  var code: UInt32
  var message: String
  var line: Int
  var column: Int
  /// The names that the message is made of.
  var names: [String]
  /// The line that the message refers to.
  var otherLine: Int
  /// The element at fault, for looking it up while the document lives.
  var element: UnsafeRawPointer?

  init(_ error: xmlError) {
    code = UInt32(bitPattern: error.code)
    message = error.message.map { String(cString: $0) } ?? ""
    line = Int(error.line)
    column = Int(error.int2)
    names = [error.str1, error.str2, error.str3].map { $0.map { String(cString: $0) } ?? "" }
    otherLine = Int(error.int1)
    guard let node = error.node?.assumingMemoryBound(to: xmlNode.self) else { return }
    let isElement = node.pointee.type == XML_ELEMENT_NODE
    element = isElement ? UnsafeRawPointer(node) : node.pointee.parent.map { UnsafeRawPointer($0) }
  }

  /// Adds an error to the reports that `list` points to.
  static func append(_ error: xmlError?, to list: UnsafeMutableRawPointer?) {
    guard let error, let list else { return }
    let reports = list.assumingMemoryBound(to: [XMLReport].self)
    if reports.pointee.count < most { reports.pointee.append(XMLReport(error)) }
  }
}
