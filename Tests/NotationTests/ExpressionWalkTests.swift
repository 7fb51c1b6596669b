import Notation
import Testing

/// Walks through trees.
struct ExpressionWalkTests {
  private func expression(_ text: String) throws -> Expression {
    try #require(Reading.usual.formula(text).statements.first?.first)
  }

  @Test(
    arguments: [
      ("a + b", ["a", "b"]),
      (#"\sum_{j=1}^k a_j"#, ["1", "k", "a_j"]),
      (#"\sum_{s\in S} a_s"#, ["(s in S)", "a_s"]),
      (#"E_q[f \mid x]"#, ["q", "f", "x"]),
      (#"p(x, y \mid z)"#, ["x", "y", "z"]),
      (#"KL(q\|p)"#, ["q", "p"]),
      (#"\nabla_\theta f"#, ["theta", "f"]),
      (#"\|x\|_2"#, ["x", "2"]),
      (#"\begin{pmatrix} a & b \end{pmatrix}"#, ["a", "b"]),
      ("x_i", []),
    ] as [(String, [String])])
  func `Children are the parts, not the indices of names`(
    text: String, children: [String]
  ) throws {
    #expect(try expression(text).children.map(\.description) == children)
  }

  @Test func `The walk visits every part`() throws {
    var count = 0
    func visit(_ part: Expression) { count += 1 }
    try expression(#"\log\frac{a}{b} + E_q[c]"#).walk(visit)
    #expect(count == 8)
  }

  @Test(arguments: [
    ("a + b", "(a) + {b}", true),
    ("a + b", "b + a", false),
    (#"\varphi"#, #"\phi"#, true),
    ("½", "0.5", true),
  ])
  func `Form ignores places and brackets`(left: String, right: String, same: Bool) throws {
    #expect(try expression(left).hasSameForm(as: expression(right)) == same)
  }

  @Test(arguments: [
    ("a_j + b", "j", true), (#"\sum_j a_j"#, "j", false), (#"\sum_{j=1}^{j} a"#, "j", true),
    ("p(x|z)", "z", true), ("p_j(x)", "j", true), (#"x^{(i)}"#, "i", true), ("a + b", "c", false),
  ])
  func `A variable is mentioned where it is free`(
    text: String, variable: String, isMentioned: Bool
  ) throws {
    #expect(try expression(text).mentions(variable) == isMentioned)
  }

  @Test func `Unread stretches are found`() throws {
    #expect(try expression("a + )").hasUnread)
    #expect(try !expression("a + b").hasUnread)
  }

  @Test func `Ranges are offsets of bytes`() throws {
    let sum = try expression("μ + σ x")
    guard case .binary(_, let left, let right) = sum.node else {
      Issue.record("not a sum")
      return
    }
    #expect(sum.range == SourceRange(0, 9))
    #expect(left.range == SourceRange(0, 2))
    #expect(right.range == SourceRange(5, 9))
  }
}
