import Homework
import Testing

/// `gradus try`: the verdict on one answer.
struct TryTests {
  private static let kl =
    #"$$KL = \log\frac{\sigma_p}{\sigma_q} + \frac{\sigma_q^2 + (\mu_q - \mu_p)^2}{2\sigma_p^2} - \frac{1}{2}$$"#

  @Test func `An answer is an argument or standard input`() throws {
    let options = ["try", "--rubric", "rubrics/formula-sheet.xml", "--criterion", "kl-univariate"]
    let argument = try Command.run(options + [Self.kl])
    #expect(argument.status == 0, "\(argument.errors)")
    #expect(argument.output.contains("kl-univariate"))
    #expect(argument.output.contains(": correct, "))
    let input = try Command.run(options, input: Self.kl)
    #expect(input.output == argument.output)
  }

  @Test func `Objects are answered line by line under their ids`() throws {
    let lines = [("one", Self.kl), ("two", "$$KL = KL$$"), ("three", "")].map { id, answer in
      JSONValue.object([.init("id", .string(id)), .init("answer", .string(answer))]).description
    }
    let said = try Command.run(
      "try", "--rubric", "rubrics/formula-sheet.xml", "--criterion", "kl-univariate",
      "--json-lines", input: lines.joined(separator: "\n") + "\n{\"id\": 4}\n")
    #expect(said.status == 2)
    let answers = try said.output.split(separator: "\n").map { try JSONValue(json: String($0)) }
    #expect(answers.prefix(3).map { $0["id"]?.string } == ["one", "two", "three"])
    #expect(
      answers.prefix(3).map { $0["verdict"]?.string } == ["correct", "incorrect", "missing"])
    #expect(answers[1]["mistake"]?.string == "form.circular")
    #expect(
      answers[3]["error"]?["message"] == .string("expected an object with a text 'answer'"))
  }

  @Test func `The fields are those of the results file`() throws {
    let said = try Command.run(
      "try", "--rubric", "rubrics/formula-sheet.xml", "--criterion", "kl-univariate",
      "--json-lines", input: #"{"id": 7, "answer": "$KL = 1$"}"#)
    let keys = try JSONValue(json: said.output).object?.map(\.key)
    #expect(
      keys == [
        "id", "verdict", "credit", "points", "possible", "mistake", "mistakes", "reason", "read",
        "witness", "steps",
      ])
  }
}
