import Notation
import Testing

struct LaTeXPrinterTests {
  @Test(arguments: [
    ("a + (b - c)", "a + \\left(b - c\\right)"),
    ("(a + b) * c", "\\left(a + b\\right) \\odot c"),
    ("a - b * c", "a - b \\odot c"),
    ("(a * b)**2", "\\left(a \\odot b\\right)^{2}"),
    ("(a + b) / (2 * c)", "\\frac{a + b}{2 \\odot c}"),
    ("-a**2", "-a^{2}"),
    ("np.log(s_p / s_q)", "\\log\\left(\\frac{s_{p}}{s_{q}}\\right)"),
    ("np.log(x)**2", "\\left(\\log\\left(x\\right)\\right)^{2}"),
    ("x_hat + sigma_q", "\\hat{x} + \\sigma_{q}"),
    ("loss", "\\mathrm{loss}"), ("kl_loss", "\\mathrm{kl\\_loss}"),
    ("a @ b.T", "a @ b^{\\top}"),
    ("np.sqrt(x) + abs(y)", "\\sqrt{x} + \\operatorname{abs}\\left(y\\right)"),
    ("sum(x[i] for i in range(n))", "\\sum_{i=0}^{n - 1} x\\left[i\\right]"),
    (
      "2 * sum(x[i] for i in range(n)) * y",
      "\\left(2 \\odot \\sum_{i=0}^{n - 1} x\\left[i\\right]\\right) \\odot y"
    ),
    ("x // 2", "\\text{?}"),
  ])
  func `Brackets stand where they must`(code: String, latex: String) {
    let statement = PythonReader().formula(code).statements.first
    #expect(statement?.first?.latex == latex)
  }

  @Test func `Names print with accents, indices and primes`() {
    let place = SourceRange(0, 0)
    let below = [Expression(.name(Name("i")), place), Expression(.name(Name("j")), place)]
    #expect(Name("x", accents: ["hat"], subscripts: below).latex == "\\hat{x}_{ij}")
    #expect(Name("L", font: "cal", primes: 1).latex == "\\mathcal{L}'")
    #expect(Name("theta", accents: ["d"]).latex == "d\\theta")
    #expect(Name("theta", accents: ["Delta"]).latex == "\\Delta{\\theta}")
    let prior = Expression(.name(Name("prior")), place)
    #expect(Name("mu", subscripts: [prior], primes: 2).latex == "\\mu_{\\mathrm{prior}}''")
  }

  @Test func `Operators of probability print as they are written`() {
    let place = SourceRange(0, 0)
    func name(_ text: String) -> Expression { Expression(.name(Name(text)), place) }
    let density = Expression(
      .apply(Name("p"), Arguments(groups: [[name("x")], [name("z")]], dividers: [.bar])), place)
    let body = Expression(.call(.log, [density]), place)
    let expectation = Expression(
      .expectation(Expectation(measures: [name("q")], body: body)), place)
    #expect(
      expectation.latex
        == "\\mathbb{E}_{q}\\left[\\log\\left(p\\left(x \\mid z\\right)\\right)\\right]")
    let divergence = Expression(.divergence(name("q"), name("p")), place)
    #expect(divergence.latex == "D_{KL}\\left(q \\,\\|\\, p\\right)")
    let gradient = Expression(
      .derivative(Derivative(.gradient, variable: name("theta"), body: name("J"))), place)
    #expect(gradient.latex == "\\nabla_{\\theta} J")
  }

  @Test func `Statements print their relations`() {
    let statement = PythonReader().formula("kl = a + b").statements.first
    #expect(statement?.latex == "\\mathrm{kl} = a + b")
  }
}
