import Notation
import Testing

/// Sums, expectations and derivatives.
struct OperatorReaderTests {
  @Test(arguments: [
    (
      #"\sum_{j=1}^k a_j b_j + c"#,
      #"(sum[j = 1 to k]((a_j * b_j)) + c)"#
    ),
    (
      #"\sum_j a_j \sum_k b_k"#,
      #"sum[j]((a_j * sum[k](b_k)))"#
    ),
    (
      #"\sum_{s',r} p(s',r|s,a)"#,
      #"sum[s', r](p(s', r | s, a))"#
    ),
    (
      #"\sum_{s\in\mathcal S}\mu_s"#,
      #"sum[s: (s in S)](mu_s)"#
    ),
    (
      #"\sum_{k\ge t} r_k"#,
      #"sum[k: (k >= t)](r_k)"#
    ),
    (
      #"\sum_{i<j} a_{ij}"#,
      #"sum[i: (i < j)](a_ij)"#
    ),
    (
      #"\sum_{\substack{i=1 \\ i\ne j}}^n b_i"#,
      #"sum[i = 1 to n: (i != j)](b_i)"#
    ),
    (
      #"\sum^n_{i=1} i"#,
      #"sum[i = 1 to n](i)"#
    ),
    (
      #"\sum_{j=1,\dots,k} a_j"#,
      #"sum[j = 1 to k](a_j)"#
    ),
    (
      #"\prod_{t=1}^{T} \gamma"#,
      #"product[t = 1 to T](gamma)"#
    ),
    (
      #"\sum (x + 1)"#,
      #"sum((x + 1))"#
    ),
    (
      #"\max_{a'} Q(s',a')"#,
      #"maximum[a'](Q(s', a'))"#
    ),
    (
      #"\max(a, b)"#,
      #"maximum(a, b)"#
    ),
    (
      #"\min\{a, b, c\}"#,
      #"minimum(a, b, c)"#
    ),
    (
      #"\lim_{x\to 0^+} \frac1x"#,
      #"limit[x = 0]((1 / x))"#
    ),
    (
      #"\arg\max_\theta f(\theta)"#,
      #"argmax[theta](f(theta))"#
    ),
    (
      #"\operatorname*{arg\,min}_{x} x^2"#,
      #"argmax[x]((-(x ^ 2)))"#
    ),
  ])
  func `Sums take the product behind them`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }

  @Test(arguments: [
    (
      #"\int_a^b x \,dx + c"#,
      #"(integral[x = a to b](x) + c)"#
    ),
    (
      #"\int x + y \,dx"#,
      #"integral[x]((x + y))"#
    ),
    (
      #"\int dx\, f(x)"#,
      #"integral[x](f(x))"#
    ),
    (
      #"\int_0^7 dx"#,
      #"integral[x = 0 to 7](1)"#
    ),
    (
      #"\int \frac{dx}{x}"#,
      #"integral[x]((1 / x))"#
    ),
    (
      #"\iint f(x,y)\,dx\,dy"#,
      #"integral[x, y](f(x, y))"#
    ),
    (
      #"\int q(z) \log p(z) \,\mathrm dz - c"#,
      #"(integral[z]((q(z) * log(p(z)))) - c)"#
    ),
    (
      #"\int_{\mathbb{R}^d} p(x) {\rm d}x"#,
      #"integral[x: (R ^ d)](p(x))"#
    ),
    (
      #"\int q \log q"#,
      #"integral[]((q * log(q)))"#
    ),
  ])
  func `Integrals end at their differential`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }

  @Test(arguments: [
    (
      #"\mathbb E_{q(z|x)}[f(z)]"#,
      #"E[q(z | x)](f(z))"#
    ),
    (
      #"\mathbb{E}_{z\sim q, x\sim p}\left[z\right]^2"#,
      #"(E[(z ~ q), (x ~ p)](z) ^ 2)"#
    ),
    (
      #"E_q[f] - \mathbb E f(z)"#,
      #"(E[q](f) - E[](f(z)))"#
    ),
    (
      #"\operatorname{E}_q\log q(z)"#,
      #"E[q](log(q(z)))"#
    ),
    (
      #"\mathbb E_\pi[G_t \mid S_t=s, A_t=a]"#,
      #"E[pi](G_t | (S_t = s), (A_t = a))"#
    ),
    (
      #"\underset{z\sim q}{\mathbb E}[z]"#,
      #"E[(z ~ q)](z)"#
    ),
    (
      #"\mathbb{E}^{\pi}[r]"#,
      #"E[pi](r)"#
    ),
    (
      #"\mathbb E[T]\sum_s s"#,
      #"(E[](T) * sum[s](s))"#
    ),
    (
      #"E + 1"#,
      #"(E + 1)"#
    ),
    (
      #"E = m c^2"#,
      #"E = (m * (c ^ 2))"#
    ),
  ])
  func `Expectations have measures, a body and conditions`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }

  @Test(arguments: [
    (
      #"KL(q\|p)"#,
      #"KL(q || p)"#
    ),
    (
      #"D_{KL}[q(z|x) \,\|\, p(z)]"#,
      #"KL(q(z | x) || p(z))"#
    ),
    (
      #"\mathrm{KL}\left(q \middle\| p\right)"#,
      #"KL(q || p)"#
    ),
    (
      #"D_{\text{KL}}(q||p) + 1"#,
      #"(KL(q || p) + 1)"#
    ),
    (
      #"\mathbb{KL}(q \parallel p)"#,
      #"KL(q || p)"#
    ),
    (
      #"KL(q, p)"#,
      #"KL(q || p)"#
    ),
    (
      #"KL(q(z|x)|p(z))"#,
      #"KL(q(z | x) || p(z))"#
    ),
    (
      #"KL(1\|2)"#,
      #"KL(1 || 2)"#
    ),
    (
      #"D(q\|p)"#,
      #"KL(q || p)"#
    ),
    (
      #"D_{KL} + KL"#,
      #"(D_KL + KL)"#
    ),
    (
      #"KL\{\mathcal N(0,1) \Vert q(\cdot|x)\}"#,
      #"KL(N(0, 1) || q(. | x))"#
    ),
    (
      #"H[q] + \mathbb H[p(x)]"#,
      #"(entropy(q) + entropy(p(x)))"#
    ),
    (
      #"JS(q\|p)"#,
      #"JS(q || p)"#
    ),
  ])
  func `Divergences have two distributions`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }

  @Test(arguments: [
    (
      #"\nabla_\theta \log \pi_\theta(a|s) G_t"#,
      #"(grad[theta](log(pi_theta(a | s))) * G_t)"#
    ),
    (
      #"\nabla\pi(a|s) q(s,a)"#,
      #"(grad[](pi(a | s)) * q(s, a))"#
    ),
    (
      #"\nabla J(\theta)"#,
      #"grad[](J(theta))"#
    ),
    (
      #"\nabla_\mu = E[z]"#,
      #"grad[mu](.) = E[](z)"#
    ),
    (
      #"\partial_\sigma E[f]"#,
      #"d[sigma](E[](f))"#
    ),
    (
      #"\frac{\partial}{\partial\theta} (\theta^2 x)"#,
      #"d[theta](((theta ^ 2) * x))"#
    ),
    (
      #"\frac{\partial f}{\partial x}"#,
      #"d[x](f)"#
    ),
    (
      #"\frac{\partial^2 f}{\partial x \partial y}"#,
      #"d[x](d[y](f))"#
    ),
    (
      #"\frac{d^2}{dx^2} x^3"#,
      #"d[x, 2]((x ^ 3))"#
    ),
    (
      #"\frac{d}{d\ln\sigma} x"#,
      #"d[log(sigma)](x)"#
    ),
    (
      #"\frac{\mathrm{d}L}{\mathrm{d}\mu}"#,
      #"d[mu](L)"#
    ),
    (
      #"\nabla_{q_\phi(z)} x"#,
      #"grad[q_phi(z)](x)"#
    ),
    (
      #"\nabla^2 f"#,
      #"grad[, 2](f)"#
    ),
  ])
  func `Derivatives act on the next factor`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }
}
