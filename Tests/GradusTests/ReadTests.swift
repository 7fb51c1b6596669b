import Homework
import Testing

/// `gradus read`: how a formula is read, with values and faults.
struct ReadTests {
  @Test(arguments: [
    (#"\frac{1}{2} + 1"#, [], "1.5"),
    (#"x^2 + y"#, ["x=3,y=1"], "10"),
    (#"2 \sigma_p"#, ["sigma_p=0.25"], "0.5"),
    (#"\log x"#, ["x=-1"], "undefined"),
    (#"\sum_j s_j"#, ["s[]=[1, 2, 3]"], "6"),
  ])
  func `Values are printed`(formula: String, points: [String], value: String) throws {
    let said = try Command.run(["read", formula] + points.flatMap { ["--at", $0] })
    #expect(said.status == 0, "\(said.errors)")
    let line = said.output.split(separator: "\n").first { $0.hasPrefix("value") }
    #expect(line?.split(separator: " ").dropFirst().first.map { String($0) } == value)
  }

  @Test func `A name without a value is named`() throws {
    let said = try Command.run("read", "x + 1", "--at", "y=1")
    #expect(said.output.hasSuffix("value  undefined, for x has no value, at y=1\n"))
    let negative = try Command.run("read", #"\log s_1"#, "--at", "s[]=[-1]")
    #expect(negative.output.hasSuffix("value  undefined at s[]=[-1]\n"))
  }

  @Test func `A fault has a caret`() throws {
    let said = try Command.run("read", "x = 2 (a + b")
    #expect(said.status == 2)
    #expect(
      said.errors == """
        formula:1:7: error: '(' is never closed
        1 | x = 2 (a + b
          |       ^

        """)
  }

  @Test func `Faults of several formulas are all reported`() throws {
    let said = try Command.run("read", "a + (b", "a", "\u{1B}[31m(")
    #expect(said.status == 2)
    #expect(said.errors.contains("formula 1:1:5: error: "))
    #expect(said.errors.contains("formula 3:1:"))
    #expect(!said.errors.contains("\u{1B}"))
    #expect(said.output.contains("read   a"))
  }

  @Test func `A formula is read from standard input`() throws {
    let said = try Command.run("read", "--at", "x=2", input: "x^2\n")
    #expect(said.status == 0)
    #expect(said.output.contains("value  4 at x=2"))
  }

  @Test func `Objects are answered line by line`() throws {
    let said = try Command.run(
      "read", "--json-lines",
      input: """
        {"formula": "x_1^2 + \\\\sigma_{p}", "at": [{"x_1": 2, "sigma_p": 0.5}, {"x_1": 0}]}

        {"formula": "é = ((", "at": []}
        {"formula": 1}
        [
        """)
    #expect(said.status == 2)
    let answers = try said.output.split(separator: "\n").map { try JSONValue(json: String($0)) }
    #expect(answers.count == 4)
    #expect(answers[0]["names"]?.array == [.string("sigma_p"), .string("x_1")])
    #expect(answers[0]["values"]?.array == [.number(4.5), .null])
    #expect(answers[1]["error"]?["column"]?.number.map { $0 >= 5 && $0 <= 7 } == true)
    #expect(
      answers[2]["error"]?["message"] == .string("expected an object with a text 'formula'"))
    #expect(answers[3]["error"]?["message"] == .string("expected a value, found the end"))
    #expect(said.errors == "error: 2 lines are no request; see the answers\n")
  }

  @Test(.timeLimit(.minutes(2)), arguments: ["(", "{", "x^{", "\\frac{"])
  func `Deep and long formulas get a message`(unit: String) throws {
    let formula = String(repeating: unit, count: 1_000_000)
    let said = try Command.run("read", input: formula)
    #expect(said.status == 2)
    #expect(said.errors.hasPrefix("formula:1:"))
    #expect(said.errors.utf8.count < 2_000)
  }
}
