import CLibXML2

/// A tree of libxml2, freed with the value.
struct XMLTree: ~Copyable {
  fileprivate let document: xmlDocPtr

  /// Parses without DTD, entities, network or raised limits; adds every fault to the reports.
  init?(_ bytes: [UInt8], reports: inout [XMLReport]) {
    guard let parser = XMLParser(), let count = Int32(exactly: bytes.count) else { return nil }
    let tree = withUnsafeMutablePointer(to: &reports) { list in
      parser.context.pointee._private = UnsafeMutableRawPointer(list)
      parser.context.pointee.sax.pointee.serror = { context, error in
        let parser = context?.assumingMemoryBound(to: xmlParserCtxt.self)
        XMLReport.append(error?.pointee, to: parser?.pointee._private)
      }
      let options = XML_PARSE_NONET.rawValue | XML_PARSE_BIG_LINES.rawValue
      return bytes.withUnsafeBytes { buffer in
        xmlCtxtReadMemory(
          parser.context, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), count, nil,
          "UTF-8", Int32(options))
      }
    }
    guard let tree else { return nil }
    // Prolog refuses a DOCTYPE; this holds even if it should overlook one.
    guard tree.pointee.intSubset == nil else {
      xmlFreeDoc(tree)
      return nil
    }
    document = tree
  }

  deinit { xmlFreeDoc(document) }

  /// The root element.
  var root: UnsafeMutablePointer<xmlNode>? { xmlDocGetRootElement(document) }

  /// Takes an element of this tree out of it and returns the element around it.
  func remove(_ element: UnsafeRawPointer) -> UnsafeRawPointer? {
    let node = UnsafeMutableRawPointer(mutating: element).assumingMemoryBound(to: xmlNode.self)
    let parent = node.pointee.parent
    xmlUnlinkNode(node)
    xmlFreeNode(node)
    return parent.map { UnsafeRawPointer($0) }
  }
}

/// A compiled schema, freed with the value.
struct XMLSchema: ~Copyable {
  private let schema: xmlSchemaPtr

  /// Compiles a schema; adds every fault to the reports.
  init?(_ bytes: [UInt8], reports: inout [XMLReport]) {
    let compiled = bytes.withUnsafeBytes { buffer -> xmlSchemaPtr? in
      let text = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      guard let count = Int32(exactly: bytes.count),
        let context = xmlSchemaNewMemParserCtxt(text, count)
      else { return nil }
      defer { xmlSchemaFreeParserCtxt(context) }
      return withUnsafeMutablePointer(to: &reports) { list in
        xmlSchemaSetParserStructuredErrors(
          context, { list, error in XMLReport.append(error?.pointee, to: list) }, list)
        return xmlSchemaParse(context)
      }
    }
    guard let compiled else { return nil }
    schema = compiled
  }

  deinit { xmlSchemaFree(schema) }

  /// Validates a tree and adds every fault to the reports.
  ///
  /// - Returns: `false` if libxml2 failed.
  func validate(_ tree: borrowing XMLTree, reports: inout [XMLReport]) -> Bool {
    guard let context = xmlSchemaNewValidCtxt(schema) else { return false }
    defer { xmlSchemaFreeValidCtxt(context) }
    let document = tree.document
    return withUnsafeMutablePointer(to: &reports) { list in
      xmlSchemaSetValidStructuredErrors(
        context, { list, error in XMLReport.append(error?.pointee, to: list) }, list)
      return xmlSchemaValidateDoc(context, document) >= 0
    }
  }
}

/// A parser of libxml2, freed with the value.
private struct XMLParser: ~Copyable {
  let context: xmlParserCtxtPtr

  init?() {
    guard let context = xmlNewParserCtxt() else { return nil }
    self.context = context
  }

  deinit { xmlFreeParserCtxt(context) }
}
