import Notation
import Semantics
import Testing

/// The whole text and the place of what is said of a formula without a meaning.
struct CalculatorMessageTests {
  private func diagnostic(_ formula: String) throws -> Diagnostic {
    let calculator = try #require(Calculator(vocabulary: "general"))
    do throws(Diagnostic) {
      let answer = try calculator.answer(to: formula, at: [["n": [4.5], "a": [1]]])
      Issue.record("\(formula) has the values \(answer.values)")
      return Diagnostic("", at: SourceRange(0, 0))
    } catch {
      return error
    }
  }

  @Test(arguments: [
    ("", 0, "the formula is empty"),
    ("(a + b", 0, "'(' is never closed"),
    (#"\frac{1}{"#, 8, "'{' is never closed"),
    ("a +", 3, "an operand is missing after '+'"),
    (#"\int x"#, 0, "the integral does not say over which variable"),
  ])
  func `What cannot be read is named with its place`(
    formula: String, offset: Int, message: String
  ) throws {
    let diagnostic = try diagnostic(formula)
    #expect(diagnostic.message == message)
    #expect(diagnostic.range.lower == offset)
  }

  @Test(arguments: [
    (#"\begin{pmatrix}1&2\\3\end{pmatrix}"#, 0, "the rows of a matrix differ in length"),
    (
      #"\begin{pmatrix}1&2\\3&4\end{pmatrix} \begin{pmatrix}1\\2\\3\end{pmatrix}"#, 0,
      "a 2 by 2 matrix is multiplied by a 3 by 1 matrix"
    ),
    (#"1 + \log \begin{pmatrix}1&2\\3&4\end{pmatrix}"#, 4, "'log' is taken of a 2 by 2 matrix"),
    (#"1 / \begin{pmatrix}1&2\\3&4\end{pmatrix}"#, 0, "something is divided by a matrix"),
    (
      #"\begin{pmatrix}1&2\\3&4\end{pmatrix}^{1/2}"#, 0,
      "a matrix has a power that is not whole"
    ),
    (#"\begin{pmatrix}1&2&3\end{pmatrix}^{-1}"#, 0, "a 1 by 3 matrix has no inverse"),
    ("(1, 2)", 0, "a list stands where a number is expected"),
    (#"\text{const} + a"#, 0, "the words 'const' have no value"),
    (#"a_1 + \dots + a_n"#, 6, "'...' stands for terms that are not written"),
    (#"\sum_k k"#, 0, "the range of 'k' is not known"),
    (#"\sum_{k=1}^{n} k"#, 11, "a bound of the sum is not a known whole number"),
    (#"\sum_{k=1}^{200000} k"#, 0, "the sum has too many terms"),
    (#"\arg\max_t t"#, 4, "an argmax is not a number"),
  ])
  func `What has no meaning is named with its place`(
    formula: String, offset: Int, message: String
  ) throws {
    let diagnostic = try diagnostic(formula)
    #expect(diagnostic.message == message)
    #expect(diagnostic.range.lower == offset)
  }
}
