import Homework

/// One JSON object a line from standard input, one answered a line.
enum JSONLines {
  /// Why a line is no request.
  struct BadRequest: Error {
    /// The column of the fault, from 1.
    var column = 1
    /// What is wrong.
    var message: String
  }

  /// Answers every line at once; blank lines are passed over.
  ///
  /// - Parameter answer: Returns the answer to a request, one line of JSON.
  /// - Throws: `CommandFault.badLines` in the end if lines were no requests.
  static func run(_ answer: (JSONValue) throws(BadRequest) -> String) throws {
    let output = Output()
    var bad = 0
    while let line = readLine() {
      if line.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
      let said: String
      do throws(BadRequest) {
        said = try answer(request(line))
      } catch {
        bad += 1
        said = self.error(error.message, column: error.column)
      }
      try output.write(said + "\n")
    }
    if bad > 0 { throw CommandFault.badLines(bad) }
  }

  private static func request(_ line: String) throws(BadRequest) -> JSONValue {
    do throws(JSONError) {
      return try JSONValue(json: line)
    } catch {
      throw BadRequest(column: error.column, message: error.message)
    }
  }

  /// Returns the answer that something is wrong at a column.
  static func error(_ message: String, column: Int) -> String {
    let members: [JSONValue.Member] = [
      .init("column", .number(Double(column))), .init("message", .string(message)),
    ]
    return JSONValue.object([.init("error", .object(members))]).description
  }
}
