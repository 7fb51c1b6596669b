import Notation
import Testing

/// The author's macros are read as what they stand for.
struct MacroTests {
  private static let reader = Reader(
    names: NameTable(
      functions: ["p", "q"],
      macros: [
        "Eq": NameTable.Macro(arity: 0, body: #"\mathbb{E}_{q}"#),
        "kl": NameTable.Macro(arity: 2, body: #"D_{\mathrm{KL}}(#1\,\|\,#2)"#),
        "E": NameTable.Macro(arity: 1, optional: "q", body: #"\mathbb{E}_{#1}"#),
        "half": NameTable.Macro(arity: 0, body: #"\tfrac12"#),
        "twice": NameTable.Macro(arity: 1, body: #"\half #1 + \half #1"#),
        "loop": NameTable.Macro(arity: 0, body: #"\loop a"#),
        "grow": NameTable.Macro(arity: 1, body: #"\grow{#1#1}"#),
      ]))

  @Test(arguments: [
    (#"\Eq[z]"#, "E[q](z)"),
    (#"\Eq\log p(x)"#, "E[q](log(p(x)))"),
    (#"\kl{q}{p}"#, "KL(q || p)"),
    (#"\kl qp + 1"#, "(KL(q || p) + 1)"),
    (#"\E[p][z] - \E[][z]"#, "(E[p](z) - E[<a measure is missing between '{' and '}'>](z))"),
    (#"\twice{x}"#, "(((1 / 2) * x) + ((1 / 2) * x))"),
  ])
  func `Macros are expanded with their arguments`(text: String, tree: String) {
    #expect(Reading.text(of: MacroTests.reader.formula(text)) == tree)
  }

  @Test func `Places in a macro are those of its call`() {
    let formula = MacroTests.reader.formula(#"a + \half b + )"#)
    let message = "14-15 an operand is missing after '+'"
    #expect(Reading.messages(of: formula).first != message)
    guard case .binary(_, let left, _) = formula.statements.first?.first?.node,
      case .binary(_, _, let product) = left.node, case .binary(_, let half, _) = product.node
    else {
      Issue.record("not a sum")
      return
    }
    #expect(half.range == SourceRange(4, 9))
  }

  @Test(arguments: [#"\loop"#, #"\grow{a}"#])
  func `Macros that call themselves come to an end`(text: String) {
    #expect(!MacroTests.reader.formula(text).diagnostics.isEmpty)
  }
}
