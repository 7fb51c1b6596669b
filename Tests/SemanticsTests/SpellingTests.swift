import Semantics
import Testing

struct SpellingTests {
  @Test(arguments: [
    ("⅟2 + x", 1.5), (#"\Gamma(n)"#, 6), (#"\Gamma(n + 1)"#, 24), ("log1p(x - 1)", 0),
    ("expm1(0 x)", 0), ("n.^2 + n.*x", 20), ("{n \\over 2}", 2), ("½n²", 8),
  ])
  func `Rarer spellings have their value`(formula: String, value: Double) throws {
    let calculator = try #require(Calculator(vocabulary: "general"))
    let answer = try calculator.answer(to: formula, at: [["x": [1], "n": [4]]])
    let found = try #require(answer.values.first ?? nil)
    #expect(abs(found - value) < 1e-9, "\(formula) is \(found)")
  }
}
