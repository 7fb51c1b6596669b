import Notation
import Testing

/// Returns the boxes and arrows of a drawing as text.
private func text(of diagram: Diagram?) -> [String]? {
  diagram.map { diagram in
    diagram.nodes.map { $0.id == $0.label ? $0.id : "\($0.id): \($0.label)" }
      + diagram.edges.map { "\($0.from) -> \($0.to)" + ($0.label.isEmpty ? "" : " \($0.label)") }
  }
}

struct DiagramTests {
  @Test(arguments: [
    ("flowchart LR\n  X[x] --> ENC[encoder q_phi]", ["X: x", "ENC: encoder q_phi", "X -> ENC"]),
    ("graph TD; A-->B-->C", ["A", "B", "C", "A -> B", "B -> C"]),
    ("A & B --> C", ["A", "B", "C", "A -> C", "B -> C"]),
    ("A -- sample --> B\nB -->|decode| C", ["A", "B", "C", "A -> B sample", "B -> C decode"]),
    ("A([\"eps ~ N(0, I)\"]) -.-> B((z))", ["A: eps ~ N(0, I)", "B: z", "A -> B"]),
    ("A{{h}} ==> B>flag]", ["A: h", "B: flag", "A -> B"]),
    ("%% note\nsubgraph enc\nA[f(x)] --> B\nend", ["A: f(x)", "B", "A -> B"]),
  ])
  func `Mermaid flowcharts are read`(source: String, expected: [String]) {
    #expect(text(of: Diagram(mermaid: source)) == expected)
  }

  @Test(arguments: [
    ("digraph { a -> b -> c }", ["a", "b", "c", "a -> b", "b -> c"]),
    ("digraph G { {mu sigma} -> z; }", ["mu", "sigma", "z", "mu -> z", "sigma -> z"]),
    (
      "digraph v { rankdir=LR; node [shape=box]; z [label=\"z = mu\"]; e -> z [color=red, label=draw]; }",
      ["z: z = mu", "e", "e -> z draw"]
    ),
    (
      "digraph G { x -> \"q(z|x)\"; // end\n /* a */ \"q(z|x)\" -> z }",
      ["x", "q(z|x)", "z", "x -> q(z|x)", "q(z|x) -> z"]
    ),
    (
      "strict digraph { subgraph cluster_a { a -> b } b -> c }",
      ["a", "b", "c", "a -> b", "b -> c"]
    ),
  ])
  func `DOT graphs are read`(source: String, expected: [String]) {
    #expect(text(of: Diagram(dot: source)) == expected)
  }

  @Test(arguments: ["", "flowchart LR", "-->"])
  func `A flowchart without boxes is none`(source: String) {
    #expect(Diagram(mermaid: source) == nil)
  }

  @Test(arguments: ["", "digraph {}", "a -> b", "digraph"])
  func `A graph without header or boxes is none`(source: String) {
    #expect(Diagram(dot: source) == nil)
  }

  @Test(arguments: ["a -> ", "{", "A[", "--> ", "\"", "a & ", "subgraph {"])
  func `Hostile drawings are bounded`(unit: String) {
    let source = String(repeating: unit, count: 5000)
    #expect(Diagram(dot: "digraph {" + source).map { $0.edges.count <= 10_000 } ?? true)
    #expect(Diagram(mermaid: "graph LR\n" + source).map { $0.edges.count <= 10_000 } ?? true)
  }
}
