import Notation
import Testing

/// Returns the statements of code as text.
func statements(of code: String) -> [String] {
  PythonReader().formula(code).statements.map { statement in
    let parameters = statement.parameters.map(\.description).joined(separator: ", ")
    let head = (statement.first?.description ?? "") + (parameters.isEmpty ? "" : "(\(parameters))")
    let tail = statement.links.map { " \($0.relation.rawValue) \($0.expression)" }.joined()
    return head + tail + (statement.words.isEmpty ? "" : "  # " + statement.words)
  }
}

struct PythonReaderTests {
  @Test(arguments: [
    ("a + b * c", "(a + (b .* c))"), ("a - b - c", "((a - b) - c)"), ("-a**2", "(-(a ^ 2))"),
    ("2**-1", "(2 ^ (-1))"), ("a**b**c", "(a ^ (b ^ c))"), ("a / b / c", "((a / b) / c)"),
    ("a @ b.T", "(a @ transpose(b))"), ("(a + b) * c", "((a + b) .* c)"),
    ("1e-3 + 0.", "(0.001 + 0)"),
    ("x[0] + y[i, j]", "(x[0] + y[i, j])"),
  ])
  func `Operators bind as in Python`(code: String, tree: String) {
    #expect(statements(of: code) == [tree])
  }

  @Test(arguments: [
    ("mu_q", "mu_q"), ("logvar_p", "logvar_p"), ("mu1", "mu_1"), ("x_hat", "hatx"),
    ("xhat", "hatx"),
    ("var_ratio", "var_ratio"), ("log_s", "log_s"), ("z_var", "z_var"), ("w_ij", "w_ij"),
    ("σ_q", "sigma_q"),
    ("eps", "epsilon"), ("s_x", "s_x"), ("S_p", "S_p"), ("self.mu", "mu"), ("np.pi", "pi"),
    ("recon_x", "recon_x"),
  ])
  func `Identifiers become names with indices`(code: String, name: String) {
    #expect(statements(of: code) == [name])
  }

  @Test(arguments: [
    ("np.log(x) + x.log()", "(log(x) + log(x))"), ("torch.sum(x, dim=1)", "sum(x)"),
    ("x.sum(-1, keepdim=True)", "sum(x)"), ("mu.pow(2)", "(mu ^ 2)"), ("tf.square(x)", "(x ^ 2)"),
    ("np.power(x, 3)", "(x ^ 3)"), ("tf.reduce_mean(x)", "mean(x)"), ("K.sum(x)", "sum(x)"),
    ("np.dot(a, b)", "(a @ b)"), ("np.linalg.inv(S)", "inverse(S)"), ("S.inverse()", "inverse(S)"),
    ("np.linalg.slogdet(A)[1]", "logDeterminant(A)"),
    ("torch.slogdet(A).logabsdet", "logDeterminant(A)"),
    (
      "len(x) + x.numel() + x.size(0) + x.shape[0]",
      "(((count(x) + count(x)) + count(x)) + count(x))"
    ),
    ("torch.eye(k)", "identity(k)"), ("x.detach()", "stopGradient(x)"), ("torch.tensor(x)", "x"),
    ("x[::-1].cumsum()[::-1]", "reverseCumulativeSum(x)"),
    ("torch.randn_like(mu)", "standardNormal(mu)"),
    ("np.random.randn(*mu.shape)", "standardNormal(mu)"), ("torch.randn(())", "standardNormal()"),
    ("np.random.normal(m, s)", "(m + (s .* standardNormal()))"), ("torch.zeros_like(x)", "0"),
    ("F.mse_loss(a, b)", "mean(((a - b) ^ 2))"),
    ("F.mse_loss(a, b, reduction=\"sum\")", "sum(((a - b) ^ 2))"),
    (
      "F.binary_cross_entropy(p, x, reduction='sum')",
      "sum((-((x .* log(p)) + ((1 - x) .* log((1 - p))))))"
    ),
    ("np.linalg.norm(x) ** 2", "(||x|| ^ 2)"), ("np.outer(a, b)", "(a @ transpose(b))"),
    ("torch.einsum('i,ij,j->', d, P, d)", "((d @ P) @ d)"), ("math.log(x, 2)", "logBase(x, 2)"),
    ("kl_divergence(Normal(m, s), Normal(0, 1))", "KL(Normal(m, s) || Normal(0, 1))"),
    ("dist.log_prob(z)", "dist.log_prob(z)"), ("dist.sample()", "dist.sample()"), ("f(z)", "f(z)"),
    ("surrogate.backward()", "backward(surrogate)"), ("torch.logsumexp(x, 0)", "log(sum(exp(x)))"),
  ])
  func `Functions of the libraries have their meaning`(code: String, tree: String) {
    #expect(statements(of: code) == [tree])
  }

  @Test(arguments: [
    ("s1, s2 = a, b", ["s_1 = a", "s_2 = b"]),
    ("x = y = 3", ["y = 3", "x = 3"]),
    ("sign, ld = np.linalg.slogdet(S)", ["ld = logDeterminant(S)"]),
    ("mu, lv = enc(x)", ["mu = enc(x)[0]", "lv = enc(x)[1]"]),
    ("x = a\nx += b", ["x = (a + b)"]),
    ("k = a; k = k.sum()", ["k = sum(a)"]),
    ("f = lambda m, s: m + s", ["f(m, s) = (m + s)"]),
    ("def kl(self, m, s):\n    d = m - s\n    return d**2", ["d = (m - s)", "kl(m, s) = (d ^ 2)"]),
    ("def f(x): return x + 1", ["f(x) = (x + 1)"]),
    ("return a + b", ["(a + b)"]),
    ("kl = m  # variance\n# next\nx = 2", ["kl = m  # variance", "x = 2  # next"]),
    ("import torch\nopt.step()\nprint(3)\nx = 1", ["x = 1"]),
    ("c = nn.MSELoss(reduction='sum')\nloss = c(x, y)", ["loss = sum(((x - y) ^ 2))"]),
    ("kl = sum(\n  a,\n)\ny = 1", ["kl = sum(a)", "y = 1"]),
    ("x: float = 3", ["x = 3"]),
  ])
  func `Statements become equations`(code: String, expected: [String]) {
    #expect(statements(of: code) == expected)
  }

  @Test(arguments: [
    ("x = a // b", "'//' cannot be read as a formula"),
    ("x = a % b", "'%' cannot be read as a formula"),
    ("x = a if b else c", "a conditional expression cannot be read as a formula"),
    ("x = a^2", "'^' is no power in Python; write '**'"),
    ("x = (a", "')' is missing"),
    ("x = f\"{a}\"", "a text is not a formula"),
    ("x = a[1:2]", "a slice cannot be read as a formula"),
    ("x = 3 +", "an operand is missing"),
    ("x = a ? b", "'?' is not Python"),
    ("x = None", "'None' cannot be read as a formula"),
    ("a, b = 1, 2, 3", "2 names for 3 values"),
    ("if a:\n    b = 1", "a branch cannot be read as a formula"),
    ("x = torch.log()", "'log' needs an argument"),
    ("x = torch.einsum('abc', y)", "'einsum' with 'abc' cannot be read as a formula"),
    ("for i in x:\n    y = i * y * y", "the loop cannot be read as a sum"),
  ])
  func `What cannot be read is reported`(code: String, message: String) {
    let formula = PythonReader().formula(code)
    #expect(formula.diagnostics.map(\.message) == [message])
    #expect(formula.statements.count == 1)
  }

  @Test func `A forgotten bracket costs one statement`() {
    #expect(statements(of: "a = (b + c\nd = 2") == ["a = <')' is missing>", "d = 2"])
  }

  @Test func `Ranges are offsets in UTF-8`() throws {
    let formula = PythonReader().formula("σ = 1\nx = a // b")
    let diagnostic = try #require(formula.diagnostics.first)
    #expect(diagnostic.range == SourceRange(13, 15))
    #expect(formula.statements[0].range == SourceRange(0, 6))
  }

  @Test(arguments: [
    "(", "-", "f(", "a[", "lambda x: ", "[", "2**", "a.b.", "for i in x:\n ", "x += x*x\n",
    "\"\"\"",
  ])
  func `Hostile code ends with a report or a tree`(unit: String) {
    let formula = PythonReader().formula("x = 1\nx = " + String(repeating: unit, count: 3000))
    #expect(formula.statements.count < 10_000)
  }

  @Test func `Brackets are bounded in depth`() {
    let code = String(repeating: "(", count: 130) + "1" + String(repeating: ")", count: 130)
    let messages = PythonReader().formula(code).diagnostics.map(\.message)
    #expect(messages == ["brackets are nested deeper than 120 levels"])
  }

  @Test(arguments: [
    ("def f(x):\n    f = x + 1\n    return -f", ["f(x) = (-(x + 1))"]),
    (
      "def f(x):\n    f = x + 1\n    f = f.sum()\n    return 2 * f  # all",
      ["f(x) = (2 .* sum((x + 1)))  # all"]
    ),
    ("def f(x):\n    f = x + 1\n    return f", ["f = (x + 1)", "f(x) = f"]),
    ("def f(x):\n    g = x + 1\n    return 2 * g", ["g = (x + 1)", "f(x) = (2 .* g)"]),
    ("f = 3\ndef f(x):\n    return x * f", ["f = 3", "f(x) = (x .* f)"]),
  ])
  func `A function returns the value of its variable of the same name`(
    code: String, expected: [String]
  ) {
    #expect(statements(of: code) == expected)
  }
}
