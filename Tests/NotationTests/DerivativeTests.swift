import Notation
import Testing

/// Derivatives by powers, in plain text and in brackets.
struct DerivativeTests {
  @Test(arguments: [
    (#"\frac{\partial}{\partial\sigma^2} f"#, "d[(sigma ^ 2)](f)"),
    (#"\frac{\partial^2}{\partial\sigma^2} f"#, "d[sigma, 2](f)"),
    (#"\frac{d}{d\sigma^2} f"#, "d[(sigma ^ 2)](f)"),
    (#"\frac{d^2 f}{dx^2}"#, "d[x, 2](f)"),
    (#"\frac{\partial^2 f}{\partial (\sigma^2)^2}"#, "d[(sigma ^ 2), 2](f)"),
    (#"\frac{\partial^2 f}{\partial\mu\partial\sigma^2}"#, "d[mu](d[(sigma ^ 2)](f))"),
    (#"\frac{\partial^3 f}{\partial\mu\partial\sigma^2}"#, "d[mu](d[sigma, 2](f))"),
    ("∂/∂σ² f", "d[(sigma ^ 2)](f)"),
    ("∂²/∂σ² f", "d[sigma, 2](f)"),
    ("d^2/dsigma^2 f", "d[sigma, 2](f)"),
    ("d/dsigma^2 f", "d[(sigma ^ 2)](f)"),
  ])
  func `The power above the line gives the order`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(Reading.messages(of: formula) == [])
  }

  @Test(arguments: [
    (#"\frac{\partial^n f}{\partial x^n}"#, "0-33 the order of a derivative is a number"),
    (
      #"\frac{\partial^3 f}{\partial x^2}"#,
      "0-33 the orders above and below the line of a derivative differ"
    ),
    (#"\left(\frac{d}{dx}\right)"#, "18-18 an operand is missing after '}'"),
  ])
  func `An order that does not fit is reported`(text: String, message: String) {
    #expect(Reading.messages(of: Reading.usual.formula(text)) == [message])
  }

  @Test(arguments: [
    ("d/dphi E_q[f(z)] = 2", "d[phi](E[q](f(z))) = 2"),
    // A logarithm below the line takes one name or bracket.
    ("∂/∂log σ E[f] = 2", "d[log(sigma)](E[](f)) = 2"),
    ("∂/∂ln σ² E[f] = 2", "d[log((sigma ^ 2))](E[](f)) = 2"),
    ("d/dlog(sigma) E[f] = 2", "d[log(sigma)](E[](f)) = 2"),
    ("d/d log sigma E[f] = 2", "d[log(sigma)](E[](f)) = 2"),
    ("d/dmu E[f(z)] = E[df/dz]", "d[mu](E[](f(z))) = E[](d[z](f))"),
    ("dE_q[f]/dmu = 2", "d[mu](E[q](f)) = 2"),
    ("(d/dsigma) E[f] = 2", "d[sigma](E[](f)) = 2"),
  ])
  func `Plain derivatives are formulas`(text: String, tree: String) throws {
    let piece = try #require(Passage(scanning: text).pieces.first)
    let formula = Reading.usual.formula(piece.text)
    #expect(Reading.text(of: formula) == tree)
    #expect(Reading.messages(of: formula) == [])
  }

  @Test(arguments: [
    (#"\left(\frac{d}{dx}\right) f(x) + 1"#, "(d[x](f(x)) + 1)"),
    (#"(\nabla_\theta) f(\theta)"#, "grad[theta](f(theta))"),
    (#"\left[\frac{\partial^2}{\partial x\partial y}\right] f"#, "d[x](d[y](f))"),
    (#"(\nabla_\theta f) g"#, "(grad[theta](f) * g)"),
  ])
  func `A derivative sign in brackets takes what follows`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(Reading.messages(of: formula) == [])
  }
}
