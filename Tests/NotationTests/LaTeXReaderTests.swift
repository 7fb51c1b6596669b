import Notation
import Testing

/// LaTeX is read as it is set.
struct LaTeXReaderTests {
  @Test(arguments: [
    (
      #"a + b c"#,
      #"(a + (b * c))"#
    ),
    (
      #"a - b - c"#,
      #"((a - b) - c)"#
    ),
    (
      #"-x^2"#,
      #"(-(x ^ 2))"#
    ),
    (
      #"-a b"#,
      #"((-a) * b)"#
    ),
    (
      #"a \cdot b / c"#,
      #"((a * b) / c)"#
    ),
    (
      #"a^b^c"#,
      #"(a ^ (b ^ c))"#
    ),
    (
      #"2^{-1/2}"#,
      #"(2 ^ ((-1) / 2))"#
    ),
    (
      #"a \odot b + c"#,
      #"((a .* b) + c)"#
    ),
    (
      #"5!3!"#,
      #"(5! * 3!)"#
    ),
    (
      #"x^\circ"#,
      #"(x * 0.017453292519943295)"#
    ),
    (
      #"10\%"#,
      #"(10 / 100)"#
    ),
    (
      #"3.14\times 10^{2}"#,
      #"(3.14 * (10 ^ 2))"#
    ),
    (
      #"(a + b)(c - d)"#,
      #"((a + b) * (c - d))"#
    ),
    (
      #"a + {b \over c}"#,
      #"(a + (b / c))"#
    ),
    (
      #"1{,}000 x"#,
      #"(1000 * x)"#
    ),
  ])
  func `Operators bind as in mathematics`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }

  @Test(arguments: [
    (
      #"\frac12"#,
      #"(1 / 2)"#
    ),
    (
      #"\frac 1 2 x"#,
      #"((1 / 2) * x)"#
    ),
    (
      #"\frac1{34}"#,
      #"(1 / 34)"#
    ),
    (
      #"\frac{a+b}c"#,
      #"((a + b) / c)"#
    ),
    (
      #"\tfrac{1}{2}\sqrt x"#,
      #"((1 / 2) * sqrt(x))"#
    ),
    (
      #"\sqrt[3]{x+1}"#,
      #"root((x + 1), 3)"#
    ),
    (
      #"\binom{n}{k}"#,
      #"binomial(n, k)"#
    ),
    (
      #"\frac{-1}{2}"#,
      #"((-1) / 2)"#
    ),
  ])
  func `Fractions and roots take one sign or braces`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }

  @Test(arguments: [
    (
      #"\log a b"#,
      #"log((a * b))"#
    ),
    (
      #"\log 2\pi\sigma^2"#,
      #"log(((2 * pi) * (sigma ^ 2)))"#
    ),
    (
      #"\sin a \cos b"#,
      #"(sin(a) * cos(b))"#
    ),
    (
      #"\log\frac ab c"#,
      #"(log((a / b)) * c)"#
    ),
    (
      #"\log p(x|z) f"#,
      #"(log(p(x | z)) * f)"#
    ),
    (
      #"\ln\det\Sigma"#,
      #"log(determinant(Sigma))"#
    ),
    (
      #"\log^2 x"#,
      #"(log(x) ^ 2)"#
    ),
    (
      #"\log_2 x"#,
      #"logBase(x, 2)"#
    ),
    (
      #"\log_{10}(x)"#,
      #"logBase(x, 10)"#
    ),
    (
      #"\sin^{-1} x"#,
      #"arcsin(x)"#
    ),
    (
      #"x \log x - y \log y"#,
      #"((x * log(x)) - (y * log(y)))"#
    ),
    (
      #"\log\frac{a}{b}\cdot\frac{c}{d}"#,
      #"log(((a / b) * (c / d)))"#
    ),
    (
      #"\log |\Sigma|"#,
      #"log(|Sigma|)"#
    ),
    (
      #"\log\sigma_2/\sigma_1"#,
      #"log((sigma_2 / sigma_1))"#
    ),
    (
      #"\ln|A|/|B| + c"#,
      #"(log((|A| / |B|)) + c)"#
    ),
    (
      #"\log\left|A\right|/\left|B\right|"#,
      #"log((|A| / |B|))"#
    ),
    (
      #"\log\det A/\det B"#,
      #"log((determinant(A) / determinant(B)))"#
    ),
    (
      #"\log|A| / 2"#,
      #"(log(|A|) / 2)"#
    ),
    (
      #"\log x / y"#,
      #"(log(x) / y)"#
    ),
    (
      #"\exp\{-x\}"#,
      #"exp((-x))"#
    ),
    (
      #"e^{-x} e"#,
      #"(exp((-x)) * e)"#
    ),
    (
      #"\mathrm e^{2}"#,
      #"exp(2)"#
    ),
    (
      #"\operatorname{tr}\Sigma - k"#,
      #"(trace(Sigma) - k)"#
    ),
    (
      #"\log_s"#,
      #"log_s"#
    ),
    (
      #"\lg x"#,
      #"logBase(x, 10)"#
    ),
  ])
  func `Functions without brackets take a product`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }

  @Test(arguments: [
    (
      #"\left( a \right) \!\; \Bigl[ b \Bigr]"#,
      #"(a * b)"#
    ),
    (
      #"{\color{red} a} + \textcolor{blue}{b}"#,
      #"(a + b)"#
    ),
    (
      #"\boxed{a = b}"#,
      #"a = b"#
    ),
    (
      #"\underbrace{a + b}_{\text{sum}} - \overbrace{c}^{2}"#,
      #"((a + b) - c)"#
    ),
    (
      #"\displaystyle\sum\limits_{j} \mathstrut x_j \tag{3} \label{eq:x}"#,
      #"sum[j](x_j)"#
    ),
    (
      #"\phantom{x} a \hspace{1em} b"#,
      #"(a * b)"#
    ),
    (
      #"a \kern 3pt b"#,
      #"(a * b)"#
    ),
    (
      #"\mathop{\mathbb E}\limits_{z} [z]"#,
      #"E[z](z)"#
    ),
    (
      #"{\rm KL}(q\|p)"#,
      #"KL(q || p)"#
    ),
    (
      #"a {}- b"#,
      #"(a - b)"#
    ),
  ])
  func `Layout shows nothing`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }

  @Test(arguments: [
    (
      #"\mu\_p + \sigma\_q \* 2"#,
      #"(mu_p + (sigma_q * 2))"#
    ),
    (
      #"p(z\|x)"#,
      #"p(z | x)"#
    ),
    (
      #"KL(q(z\|x) \|\| p(z))"#,
      #"KL(q(z | x) || p(z))"#
    ),
    (
      #"D*{KL}(q \| p)"#,
      #"KL(q || p)"#
    ),
  ])
  func `Markdown escapes and formatters are undone`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }

  @Test(arguments: [
    (
      #"|x||y|"#,
      #"(|x| * |y|)"#
    ),
    (
      #"||x||y||"#,
      #"|(|x| * |y|)|"#
    ),
    (
      #"\|x - y\|_2^2"#,
      #"(||(x - y)||_2 ^ 2)"#
    ),
    (
      #"\|a\|^2_{\Sigma^{-1}}"#,
      #"(||a||_(Sigma ^ (-1)) ^ 2)"#
    ),
    (
      #"\lVert x \rVert"#,
      #"||x||"#
    ),
    (
      #"\left|\frac{a}{b}\right|"#,
      #"|(a / b)|"#
    ),
    (
      #"\frac12\|x\|^2"#,
      #"((1 / 2) * (||x|| ^ 2))"#
    ),
    (
      #"p(|x| \mid z)"#,
      #"p(|x| | z)"#
    ),
    (
      #"|a-b|^2/(2|c|)"#,
      #"((|(a - b)| ^ 2) / (2 * |c|))"#
    ),
    (
      #"E[|x|]"#,
      #"E[](|x|)"#
    ),
  ])
  func `Bars are absolute values, norms, determinants or dividers`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }

  @Test(arguments: [
    (
      #"\begin{pmatrix}1&2\\3&4\end{pmatrix}"#,
      #"[1, 2; 3, 4]"#
    ),
    (
      #"\left[\begin{array}{cc}a&b\\c&d\end{array}\right]"#,
      #"[a, b; c, d]"#
    ),
    (
      #"\begin{vmatrix}a&b\\c&d\end{vmatrix}"#,
      #"|[a, b; c, d]|"#
    ),
    (
      #"x^T A x"#,
      #"((transpose(x) * A) * x)"#
    ),
    (
      #"x^\top y"#,
      #"(transpose(x) * y)"#
    ),
    (
      #"(a-b)'\Sigma^{-1}(a-b)"#,
      #"((transpose((a - b)) * (Sigma ^ (-1))) * (a - b))"#
    ),
    (
      #"\gamma^T x"#,
      #"((gamma ^ T) * x)"#
    ),
    (
      #"\Sigma^{-T} x"#,
      #"(transpose((Sigma ^ (-1))) * x)"#
    ),
    (
      #"\langle a, b \rangle"#,
      #"dot(a, b)"#
    ),
  ])
  func `Matrices and products of vectors`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }
}
