import Notation
import Testing

/// Names.
struct NameTests {
  @Test(arguments: [
    (
      #"\sigma_{p}"#,
      #"sigma_p"#
    ),
    (
      #"a_{k + n}"#,
      #"a_k+n"#
    ),
    (
      #"a_{n+k}"#,
      #"a_k+n"#
    ),
    (
      #"R_{t+1}"#,
      #"R_t+1"#
    ),
    (
      #"a_{2n}"#,
      #"a_2*n"#
    ),
    (
      #"\hat{x}"#,
      #"hatx"#
    ),
    (
      #"\hat x_{ij}"#,
      #"hatx_ij"#
    ),
    (
      #"\widehat{KL}"#,
      #"hatKL"#
    ),
    (
      #"\varphi + \varepsilon"#,
      #"(phi + epsilon)"#
    ),
    (
      #"y''_1"#,
      #"y_1''"#
    ),
    (
      #"a'_b"#,
      #"a'_b"#
    ),
    (
      #"a_b'"#,
      #"a_b'"#
    ),
    (
      #"a_{b'}'"#,
      #"a_b''"#
    ),
    (
      #"\mu_{\mathrm{old}}"#,
      #"mu_old"#
    ),
    (
      #"\sigma_{z_i}"#,
      #"sigma_z_i"#
    ),
    (
      #"D_{KL}"#,
      #"D_KL"#
    ),
    (
      #"\sigma^2_q"#,
      #"(sigma_q ^ 2)"#
    ),
    (
      #"\mathcal{L}_{\text{VAE}}"#,
      #"L_VAE"#
    ),
    (
      #"\mathcal{L}_{\beta\text{-VAE}}"#,
      #"L_beta-VAE"#
    ),
    (
      #"\mathit{test}'"#,
      #"test'"#
    ),
    (
      #"x_{1:T}"#,
      #"x_1:T"#
    ),
    (
      #"x_{i+1,j} + x_{1,2} + x_{i1}"#,
      #"((x_i+1,j + x_1,2) + x_i,1)"#
    ),
    (
      #"\mathcal{L}^{\text{VAE}}"#,
      #"L^VAE"#
    ),
    (
      #"\Delta\theta"#,
      #"Deltatheta"#
    ),
    (
      #"\boldsymbol{\mu}_q"#,
      #"mu_q"#
    ),
    (
      #"{\sigma_q}"#,
      #"sigma_q"#
    ),
    (
      #"\mu_{\max}"#,
      #"mu_max"#
    ),
    (
      #"\pi^*"#,
      #"pi^*"#
    ),
    (
      #"x^{(i)}_j"#,
      #"x_j^(i)"#
    ),
    (
      #"z^{(i,l)}"#,
      #"z^(i,l)"#
    ),
    (
      #"\mu_p + mu_p + sigma_q"#,
      #"((mu_p + mu_p) + sigma_q)"#
    ),
  ])
  func `Names are written in one way`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }

  @Test(arguments: [
    (
      #"p(z)"#,
      #"p(z)"#
    ),
    (
      #"\pi_\theta(a|s)"#,
      #"pi_theta(a | s)"#
    ),
    (
      #"\sigma(1-\epsilon)"#,
      #"(sigma * (1 - epsilon))"#
    ),
    (
      #"a(b+c)"#,
      #"(a * (b + c))"#
    ),
    (
      #"f'(x)"#,
      #"f'(x)"#
    ),
    (
      #"Q^{\pi}(s,a)"#,
      #"Q^pi(s, a)"#
    ),
    (
      #"V^\pi(s)"#,
      #"V^pi(s)"#
    ),
    (
      #"\mu_{q}^{2}(x)"#,
      #"(mu_q(x) ^ 2)"#
    ),
    (
      #"\mathcal N(x;\mu,\sigma^2)"#,
      #"N(x; mu, (sigma ^ 2))"#
    ),
    (
      #"\mathcal N_1"#,
      #"N_1"#
    ),
    (
      #"p(z = \mu + \sigma \mid x)"#,
      #"p((z = (mu + sigma)) | x)"#
    ),
    (
      #"q(\cdot\mid x)"#,
      #"q(. | x)"#
    ),
    (
      #"\Pr(s_0\to s, k)"#,
      #"Pr((s_0 -> s), k)"#
    ),
    (
      #"L(\theta,\phi;x)"#,
      #"L(theta, phi; x)"#
    ),
    (
      #"J(\theta) = x"#,
      #"J(theta) = x"#
    ),
    (
      #"ELBO(q)"#,
      #"ELBO(q)"#
    ),
    (
      #"u(x)"#,
      #"(u * x)"#
    ),
  ])
  func `Names apply to arguments or multiply brackets`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }

  @Test(arguments: [
    (#"d\theta\leftarrow d\theta + g"#, "dtheta <- (dtheta + g)"),
    ("dtheta <- dtheta + g", "dtheta <- (dtheta + g)"),
    (
      #"R\leftarrow r_i, \quad d\theta_v \leftarrow d\theta_v + d x"#,
      "R <- r_i ;; dtheta_v <- (dtheta_v + (d * x))"
    ),
    (#"d\theta = d\theta + 1"#, "(d * theta) = ((d * theta) + 1)"),
  ])
  func `A name that is updated keeps the d before it`(text: String, tree: String) {
    #expect(Reading.text(of: Reading.usual.formula(text)) == tree)
  }
}
