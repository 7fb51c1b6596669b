import CLibXML2
import Homework

extension XMLReport {
  /// The message of libxml2 in our style, for faults that have no better words.
  var plainMessage: String {
    var text = message.trimmed
    if text.hasSuffix(".") { text.removeLast() }
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  /// The report on text that is not well-formed, in words for the author of the rubric.
  func markupFault(file: String) -> Fault {
    let place = Place(file: file, line: max(line, 1), column: max(column, 1))
    return Fault(at: place, markupWords)
  }

  private var markupWords: String {
    switch xmlParserErrors(code) {
    case XML_ERR_TAG_NAME_MISMATCH:
      "'</\(names[1])>' stands where '</\(names[0])>' of line \(otherLine) is expected"
    case XML_ERR_UNDECLARED_ENTITY, XML_WAR_UNDECLARED_ENTITY:
      "unknown entity '&\(names[0]);'; write '&amp;' for '&'"
    case XML_ERR_NAME_REQUIRED, XML_ERR_ENTITYREF_SEMICOL_MISSING, XML_ERR_INVALID_HEX_CHARREF,
      XML_ERR_INVALID_DEC_CHARREF:
      """
      '&' and '<' begin markup; write '&amp;' and '&lt;', or put the formula between \
      '<![CDATA[' and ']]>'
      """
    case XML_ERR_LT_IN_ATTRIBUTE:
      "'<' in an attribute; write '&lt;'"
    case XML_ERR_ATTRIBUTE_REDEFINED:
      "attribute '\(names[0])' is written twice"
    case XML_ERR_TAG_NOT_FINISHED:
      "'\(names[0])' of line \(otherLine) is never closed"
    case XML_ERR_INVALID_CHAR:
      "a control character; remove it"
    case XML_ERR_DOCUMENT_END:
      "text behind the end of the rubric; remove it"
    case XML_ERR_INTERNAL_ERROR where message.contains("depth"):
      "elements are nested more than 256 deep"
    default:
      plainMessage
    }
  }
}
