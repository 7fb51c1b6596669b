import Foundation
import Notation
import Testing

/// The formulas of the four answers to the first homework, as they were handed in.
struct SeedFormulaTests {
  private static let names = NameTable(
    functions: ["p", "q", "N", "g"], words: ["mu", "sigma", "ELBO", "KL"])

  private func formulas(of student: String) throws -> [(text: String, formula: Formula)] {
    let text = try SeedFormulaTests.read("submissions/\(student)/answers.md")
    let passage = Passage(scanning: text)
    var seen: Set<String> = []
    return passage.pieces.filter { [.inline, .display, .plain].contains($0.kind) }
      .filter { seen.insert($0.text).inserted }
      .map { ($0.text, Reader(names: Self.names).formula($0.text)) }
  }

  @Test(arguments: [("bing-ai", 1), ("chatgpt", 1), ("bard", 0), ("free-ai", 0)])
  func `All formulas are read but the damaged ones`(student: String, damaged: Int) throws {
    let formulas = try formulas(of: student)
    #expect(formulas.count >= 5)
    #expect(formulas.filter { !$0.formula.diagnostics.isEmpty }.count == damaged)
  }

  @Test func `The argument of g is damaged and the rest is read`() throws {
    let damaged = try #require(
      formulas(of: "bing-ai").first { !$0.formula.diagnostics.isEmpty })
    #expect(damaged.text.contains(#"g_{\langle IPAddress \rangle"#))
    let statement = try #require(damaged.formula.statements.first)
    let right = try #require(statement.links.last?.expression)
    // The forgotten backslash of 'mu_p' is no damage.
    #expect(right.latex.contains(#"\left(\mu_{q} - \mu_{p}\right)^{2}"#))
    #expect(right.latex.contains(#"\text{?}"#))
    #expect(right.latex.hasSuffix(#"+ \frac{1}{2}"#))
  }

  @Test func `The split is truncated and its whole lines are read`() throws {
    let damaged = try #require(
      formulas(of: "chatgpt").first { !$0.formula.diagnostics.isEmpty })
    #expect(damaged.text.hasPrefix(#"\begin{split}"#))
    let statement = try #require(damaged.formula.statements.first)
    #expect(statement.links.map(\.relation) == [.greaterOrEqual, .equal, .equal, .equal])
    #expect(statement.links.map(\.expression.hasUnread) == [false, false, false, true])
    let messages = damaged.formula.diagnostics.map(\.message)
    #expect(messages.contains(#"'\begin{split}' is never closed"#))
  }

  /// Reads a file of the repository.
  private static func read(_ path: String) throws -> String {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    let file = (root.map(String.init) + [path]).joined(separator: "/")
    return try String(contentsOfFile: file, encoding: .utf8)
  }
}
