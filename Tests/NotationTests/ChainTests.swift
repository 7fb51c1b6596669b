import Notation
import Testing

/// Chains of relations.
struct ChainTests {
  @Test(arguments: [
    (
      #"a = b \ge c"#,
      #"a = b >= c"#
    ),
    (
      #"a := b"#,
      #"a := b"#
    ),
    (
      #"a =: b"#,
      #"a := b"#
    ),
    (
      #"a \equiv b \triangleq c"#,
      #"a := b := c"#
    ),
    (
      #"a \approx b \propto c"#,
      #"a approx b propto c"#
    ),
    (
      #"= a + b"#,
      #" = (a + b)"#
    ),
    (
      #"\theta \leftarrow \theta + 1"#,
      #"theta <- (theta + 1)"#
    ),
    (
      #"a \stackrel{(a)}{=} b"#,
      #"a =[(a)] b"#
    ),
    (
      #"a \overset{\text{Jensen}}{\ge} b"#,
      #"a >=[Jensen] b"#
    ),
    (
      #"a \stackrel{\text{def}}{=} b"#,
      #"a :=[def] b"#
    ),
    (
      #"x \stackrel{f}{\to} y \xrightarrow{g} z"#,
      #"x ->[f] y ->[g] z"#
    ),
    (
      #"a \underset{(b)}{\le} b"#,
      #"a <=[(b)] b"#
    ),
    (
      #"a \not= b"#,
      #"a != b"#
    ),
  ])
  func `Relations make chains`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }

  @Test(arguments: [
    (
      #"\begin{aligned} a &= b \\ &\ge c \end{aligned}"#,
      #"a = b >= c"#
    ),
    (
      #"\begin{align*} a &= b + c \\ &\quad + d \\ &= e \end{align*}"#,
      #"a = ((b + c) + d) = e"#
    ),
    (
      #"\begin{align} a &= b \nonumber\\ &\quad{}- c \label{x}\end{align}"#,
      #"a = (b - c)"#
    ),
    (
      #"\begin{eqnarray*} a &=& b \\ &=& c \end{eqnarray*}"#,
      #"a = b = c"#
    ),
    (
      #"\begin{gather} a = b \\ c = d \end{gather}"#,
      #"a = b ;; c = d"#
    ),
    (
      #"a &= \big( b \\ &+ c \big)"#,
      #"a = (b + c)"#
    ),
    (
      #"& a \\ =\;& b \\ \propto\;& c"#,
      #"a = b propto c"#
    ),
    (
      #"-a &= b \\ -c &= d"#,
      #"(-a) = b ;; (-c) = d"#
    ),
    (
      #"a = \\ = b"#,
      #"a = b"#
    ),
  ])
  func `Rows go on or begin anew`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }

  @Test(arguments: [
    (
      #"a &= b && \text{(Jensen)} \\ &= c"#,
      #"a =[(Jensen)] b = c"#
    ),
    (
      #"a = b \qquad\text{Bayes}"#,
      #"a =[Bayes] b"#
    ),
    (
      #"z = \mu + \epsilon,\quad \epsilon \sim \mathcal N(0, I)"#,
      #"z = (mu + epsilon), (epsilon ~ N(0, I))"#
    ),
    (
      #"a_j = b, \quad j = 1, \dots, J"#,
      #"a_j = b, (j = (1, ..., J))"#
    ),
    (
      #"a = b, \quad c = d"#,
      #"a = b ;; c = d"#
    ),
    (
      #"a = b \quad c = d"#,
      #"a = b ;; c = d"#
    ),
    (
      #"a = b \quad \text{if } x > 0"#,
      #"(if) a = b, (x > 0)"#
    ),
    (
      #"a = b \text{ where } c = d"#,
      #"a = b ;; (where) c = d"#
    ),
    (
      #"a = b + \text{const}"#,
      #"a = (b + "const")"#
    ),
    (
      #"\text{Loss} = a"#,
      #"Loss = a"#
    ),
    (
      #"\mathrm{loss} = a, \sigma > 0"#,
      #"loss = a, (sigma > 0)"#
    ),
    (
      #"a = \text{expected visits}"#,
      #"a = "expected visits""#
    ),
    (
      #"a = b \qquad (3)"#,
      #"a =[(3)] b"#
    ),
    (
      #"x \in \{1,\dots,K\}"#,
      #"x in (1, ..., K)"#
    ),
    (
      #"a = b \; (\text{since } c = 0)"#,
      #"a =[(since c = 0)] b"#
    ),
    (
      #"\begin{array}{rcl} a &=& b \\ &=& c \end{array}"#,
      #"a = b = c"#
    ),
    (
      #"a = b \quad \blacksquare"#,
      #"a = b"#
    ),
    (
      #"a = b,"#,
      #"a = b"#
    ),
  ])
  func `Words and conditions stand beside a statement`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }
}
