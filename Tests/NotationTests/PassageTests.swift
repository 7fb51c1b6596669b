import Notation
import Testing

/// Returns the pieces of a text as `kind line:column text`.
func pieces(of text: String) -> [String] {
  Passage(scanning: text).pieces.map { "\($0.kind) \($0.line):\($0.column) \($0.text)" }
}

struct PassageTests {
  @Test(arguments: [
    ("so $a_1 = 2$.", ["prose 1:1 so", "inline 1:5 a_1 = 2", "prose 1:13 ."]),
    ("$ x $ and \\(y^2\\)", ["inline 1:3 x", "prose 1:7 and", "inline 1:13 y^2"]),
    ("$$a = b$$ then $$c$$", ["display 1:3 a = b", "prose 1:11 then", "display 1:18 c"]),
    ("\\[ \\boxed{x} \\]", ["display 1:4 \\boxed{x}"]),
    ("$$\na = b\n= c\n$$\nend", ["display 2:1 a = b\n= c", "prose 5:1 end"]),
    ("$$ a = b\n= c\n\nmore words here", ["display 1:4 a = b\n= c", "prose 4:1 more words here"]),
    ("$$\n\na = b\n\n$$", ["display 3:1 a = b"]),
    (
      "\\begin{align*}\na &= b\n\\end{align*}",
      ["display 1:1 \\begin{align*}\na &= b\n\\end{align*}"]
    ),
    ("```math\nx^2\n```", ["display 2:1 x^2"]),
    ("- first $a$\n1. $b$", ["prose 1:3 first", "inline 1:10 a", "inline 2:5 b"]),
    ("> $a = b$\n> $$\n> c\n> $$", ["inline 1:4 a = b", "display 3:3 c"]),
    ("$`a`$", ["inline 1:3 a"]),
    ("\\\\(a\\\\)", ["inline 1:4 a"]),
  ])
  func `Delimiters bound formulas`(text: String, expected: [String]) {
    #expect(pieces(of: text) == expected)
  }

  @Test(arguments: [
    ("It costs $5 and then $10 in all.", ["prose 1:1 It costs $5 and then $10 in all."]),
    (
      "It costs $5 for $n$ samples.",
      ["prose 1:1 It costs $5 for", "inline 1:18 n", "prose 1:21 samples."]
    ),
    ("a lone $ sign", ["prose 1:1 a lone $ sign"]),
    ("an escaped \\$x\\$", ["prose 1:1 an escaped $x$"]),
  ])
  func `Prices are prose`(text: String, expected: [String]) {
    #expect(pieces(of: text) == expected)
  }

  @Test(arguments: [
    ("$D*{KL}$", "D_{KL}"), ("$\\mu\\_q \\* 2$", "\\mu_q * 2"), ("$a &gt; 0 &amp; b$", "a > 0 & b"),
    ("$$\na\n* k\n$$", "a\n- k"), ("$p(x\\|y)$", "p(x\\|y)"),
  ])
  func `Damage by formatters is undone`(text: String, formula: String) {
    #expect(Passage(scanning: text).pieces.map(\.text) == [formula])
  }

  @Test func `A bar in a table loses its backslash except in a divergence`() {
    let table =
      "| a | b |\n|---|---|\n| enc | $q(z\\|x)$ |\n| $KL(q(z\\|x)\\|p(z))$ | q(z\\|x) = N(m, s) |"
    #expect(
      pieces(of: table) == [
        "prose 1:3 a b\nenc", "inline 3:10 q(z|x)", "inline 4:4 KL(q(z|x)\\|p(z))",
        "plain 4:25 q(z|x) = N(m, s)",
      ])
  }

  @Test func `Macros are collected and taken out`() {
    let text = """
      \\newcommand{\\kl}[2]{D(#1\\|#2)} \\def\\E{\\mathbb{E}} \\DeclareMathOperator*{\\amax}{arg\\,max}
      \\renewcommand\\phi[2][x]{#1_{#2}}
      $\\kl{q}{p}$
      """
    let passage = Passage(scanning: text)
    #expect(passage.pieces.map(\.text) == ["\\kl{q}{p}"])
    #expect(
      passage.macros == [
        "kl": NameTable.Macro(arity: 2, body: "D(#1\\|#2)"),
        "E": NameTable.Macro(arity: 0, body: "\\mathbb{E}"),
        "amax": NameTable.Macro(arity: 0, body: "\\operatorname{arg\\,max}"),
        "phi": NameTable.Macro(arity: 2, optional: "x", body: "#1_{#2}"),
      ])
  }

  @Test(arguments: [
    ("![net](figs/a.png) here", ["picture 1:8 figs/a.png", "prose 1:20 here"]),
    ("<img width=3 src=\"b.png\">", ["picture 1:19 b.png"]),
    ("\\includegraphics[width=2cm]{c.pdf}", ["picture 1:29 c.pdf"]),
    ("```mermaid\nflowchart LR\nA --> B\n```", ["diagram 2:1 flowchart LR\nA --> B"]),
    ("graph TD\nA --> B\n\nwords", ["diagram 1:1 graph TD\nA --> B", "prose 4:1 words"]),
    (
      "digraph g {\na -> b;\n\n}\nwords",
      ["diagram 1:1 digraph g {\na -> b;\n\n}", "prose 5:1 words"]
    ),
    ("<!-- $x$\n -->seen", ["prose 2:5 seen"]),
  ])
  func `Pictures, drawings and comments are told apart`(text: String, expected: [String]) {
    #expect(pieces(of: text) == expected)
  }

  @Test(arguments: [
    "$", "`", "{", "\\[", "$a", "\\def\\a{", "\\begin{align}", "```py\n## a\n", "<!-- ", "a=(\n",
    "|-|\n",
  ])
  func `Hostile text is cut in the end`(unit: String) {
    let text = String(repeating: unit, count: 20_000 / unit.count)
    let passage = Passage(scanning: text)
    #expect(passage.pieces.allSatisfy { $0.line > 0 && $0.column > 0 && !$0.text.isEmpty })
  }
}
