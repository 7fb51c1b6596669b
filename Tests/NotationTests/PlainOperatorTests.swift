import Notation
import Testing

/// Operators of plain text are words.
struct PlainOperatorTests {
  @Test(arguments: [
    (
      #"sum_j a_j"#,
      #"sum[j](a_j)"#
    ),
    (
      #"sum_{s=1}^{S} f(z_s)"#,
      #"sum[s = 1 to S](f(z_s))"#
    ),
    (
      #"sum(mu)^2"#,
      #"(sum(mu) ^ 2)"#
    ),
    (
      #"sum( mu^2 - 1 )"#,
      #"sum(((mu ^ 2) - 1))"#
    ),
    (
      #"prod_t gamma"#,
      #"product[t](gamma)"#
    ),
    (
      #"max_a Q(s,a)"#,
      #"maximum[a](Q(s, a))"#
    ),
    (
      #"E_q[log p(x|z)]"#,
      #"E[q](log(p(x | z)))"#
    ),
    (
      #"E[f] + E_eps[eps]"#,
      #"(E[](f) + E[epsilon](epsilon))"#
    ),
    (
      #"E_z~q(z|x)[z]"#,
      #"E[(z ~ q(z | x))](z)"#
    ),
    (
      #"E_q(z|x)[z]"#,
      #"E[q(z | x)](z)"#
    ),
    (
      #"Eπ[r]"#,
      #"E[pi](r)"#
    ),
    (
      #"d/d(log sigma) E[f]"#,
      #"d[log(sigma)](E[](f))"#
    ),
    (
      #"dL/dmu"#,
      #"d[mu](L)"#
    ),
    (
      #"grad_phi log q(z)"#,
      #"grad[phi](log(q(z)))"#
    ),
    (
      #"grad(pi(a|s)) * q(s,a)"#,
      #"(grad[](pi(a | s)) * q(s, a))"#
    ),
    (
      #"grad = a"#,
      #"grad[](.) = a"#
    ),
    (
      #"∫ q ln p dx"#,
      #"integral[x]((q * log(p)))"#
    ),
    (
      #"KL( q(z|x) || p(z) )"#,
      #"KL(q(z | x) || p(z))"#
    ),
    (
      #"D_KL(N₁ ∥ N₂)"#,
      #"KL(N_1 || N_2)"#
    ),
    (
      #"trace(inv(S))"#,
      #"trace(inverse(S))"#
    ),
  ])
  func `Operators are words`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }

  @Test(arguments: [
    (
      #"z = mu + eps, eps ~ N(0,1)"#,
      #"z = (mu + epsilon), (epsilon ~ N(0, 1))"#
    ),
    (
      #"a = b   where v = c"#,
      #"a = b ;; (where) v = c"#
    ),
    (
      #"Loss: L = a"#,
      #"(Loss) L = a"#
    ),
    (
      #"theta += alpha"#,
      #"theta <- (theta + alpha)"#
    ),
    (
      #"L = a   (maximise)"#,
      #"L =[(maximise)] a"#
    ),
    (
      #"a = b; c = d"#,
      #"a = b ;; c = d"#
    ),
    (
      #"a = b, minimised; c = d"#,
      #"a =[minimised] b ;; c = d"#
    ),
  ])
  func `Lines and words part statements`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }
}
