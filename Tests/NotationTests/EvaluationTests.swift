import Notation
import Testing

/// Bars with a point: `f(z)|_{z=a}`.
struct EvaluationTests {
  @Test(arguments: [
    (#"f'(z)\big|_{z=\mu+\sigma\epsilon}"#, "f'((mu + (sigma * epsilon)))"),
    (#"\left. f'(z) \right|_{z=u}\epsilon"#, "(f'(u) * epsilon)"),
    (#"f'\Big\vert_{z=u}"#, "f'(u)"),
    (#"\epsilon f(z)\bigr|_{z=u}"#, "(epsilon * f(u))"),
    (#"f(x,y)|_{x=1,y=2}"#, "f(1, 2)"),
    (#"\left. x^2 - x\right|_{x=a+1} y"#, "((((a + 1) ^ 2) - (a + 1)) * y)"),
    (#"-f(z)|_{z=0}"#, "(-f(0))"),
    (#"p(x|z)|_{z=0}"#, "p(x | 0)"),
    (#"\mathbb E_\epsilon[f(z)|_{z=u}\epsilon]"#, "E[epsilon]((f(u) * epsilon))"),
    (#"\sum_l f(z)|_{z=z_l}"#, "sum[l](f(z_l))"),
    (#"|f(z)|_{z=0}"#, "|f(0)|"),
    ("E_ε[f′(z)|_{z=μ+σε}·ε]", "E[epsilon]((f'((mu + (sigma * epsilon))) * epsilon))"),
    ("E_eps[f'(z)|_(z=mu+sigma*eps)]", "E[epsilon](f'((mu + (sigma * epsilon))))"),
  ])
  func `A bar with a point puts the value in`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(Reading.messages(of: formula) == [])
    #expect(formula.ambiguities == [])
  }

  @Test(arguments: [
    (#"\nabla_z f(z)|_{z=g(\epsilon)}"#, "grad[g(epsilon)](f(g(epsilon)))"),
    (#"\nabla f(z)|_{z=u}"#, "grad[u](f(u))"),
    (#"\frac{\partial f}{\partial z}\Big|_{z=z^{(l)}}"#, "d[z^(l)](f(z^(l)))"),
    (#"\nabla_z \sum_i f(x_i,z)|_{z=u}"#, "grad[u](sum[i](f(x_i, u)))"),
    (
      #"\nabla_a Q(s,a)|_{a=\mu_\theta(s)} b"#,
      "(grad[mu_theta(s)](Q(s, mu_theta(s))) * b)"
    ),
    (
      #"\left.\nabla_\theta\log\pi_\theta(a|s)\right|_{\theta_k} A"#,
      "(grad[theta](log(pi_theta(a | s))) * A)"
    ),
    (#"\nabla_\theta J(\theta)|_{\theta=\theta_k}"#, "grad[theta](J(theta))"),
    (
      #"\nabla_\theta \sum_i f(x_i,\theta)|_{\theta=\theta_0}"#,
      "grad[theta](sum[i](f(x_i, theta)))"
    ),
    (#"\nabla_\phi \left.f(z)\right|_{z=g(\phi)}"#, "grad[phi](f(g(phi)))"),
  ])
  func `A derivative at a point is one by the value`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(Reading.messages(of: formula) == [])
    #expect(formula.ambiguities == [])
  }

  @Test(arguments: [
    (
      #"z f(z)|_{z=u}"#, "(z * f(u))", "(u * f(u))", Choice.evaluationTakesProduct
    ),
    (
      #"\nabla_\phi \log q_\phi(z)|_{z=g(\phi)}"#,
      "grad[phi](log(q_phi(stopGradient(g(phi)))))",
      "grad[phi](log(q_phi(g(phi))))", Choice.gradientTakesPoint
    ),
  ])
  func `What a bar takes may be a choice`(
    text: String, usual: String, other: String, choice: Choice
  ) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == usual)
    #expect(formula.ambiguities == [choice])
    #expect(Reading.text(of: Reading.other.formula(text)) == other)
  }

  @Test(arguments: [
    (#"\left. a \right|_{b}"#, "7-20 the variable that is replaced is not named; write 'z = b'"),
    (#"F(x)|_{x=0}^{x=1}"#, "1-17 a bar with two limits or a power is not read"),
    (#"\frac{d}{dt} f(t)|_{t=0}"#, "0-24 a derivative at a number is not read"),
    (
      #"\left.\sum_l f(z)\right|_{z=z_l}"#,
      "6-32 'l' is bound where the value at a point is put in"
    ),
    (#"f(x,y)|_{x=y,y=2}"#, "0-17 the values at a point depend on each other"),
    (#"f(x)|_{y=2}"#, "0-11 the variable 'y' does not occur in what is taken at a point"),
    (
      #"\nabla_\theta\frac{\pi_\theta(a)}{\pi_{\theta_k}(a)}\Big|_{\theta=\theta_k}"#,
      "0-75 'theta_k' occurs in the derivative that is taken there"
    ),
    (#"f(z)|_{z=1=2}"#, "0-13 a point is written as 'z = a'"),
    (#"\left. a \right|"#, "5-16 brackets with an invisible side are not read"),
  ])
  func `A point that cannot be put in is reported`(text: String, message: String) {
    #expect(Reading.messages(of: Reading.usual.formula(text)) == [message])
  }

  @Test(arguments: [
    (#"|x|_1 + |a| |b|_1"#, "(|x|[1] + (|a| * |b|[1]))"),
    (#"|\Sigma|^{-1} \|x\|_2^2"#, "((|Sigma| ^ (-1)) * (||x||_2 ^ 2))"),
    (#"\left|x\right|_1 |y|"#, "(|x|[1] * |y|)"),
    (#"p(x|y_{z=1})"#, "p(x | y_z=1)"),
  ])
  func `Absolute values and norms stay what they are`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(Reading.messages(of: formula) == [])
  }

  @Test
  func `Points inside points stay small`() {
    var text = "z z"
    for _ in 0..<30 { text = #"z z|_{z=\#(text)}"# }
    let formula = Reading.other.formula(text)
    #expect(!formula.diagnostics.isEmpty)
  }
}
