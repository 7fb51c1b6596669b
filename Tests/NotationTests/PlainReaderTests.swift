import Notation
import Testing

/// Text without commands.
struct PlainReaderTests {
  @Test(arguments: [
    (
      #"σ₂² + μⱼ²"#,
      #"((sigma_2 ^ 2) + (mu_j ^ 2))"#
    ),
    (
      #"γ²ᵗ rₜ₊₁"#,
      #"((gamma ^ (2 * t)) * r_t+1)"#
    ),
    (
      #"½ ln(2πσ_p²) − 1"#,
      #"((0.5 * log(((2 * pi) * (sigma_p ^ 2)))) - 1)"#
    ),
    (
      #"√(2πσ²)"#,
      #"sqrt(((2 * pi) * (sigma ^ 2)))"#
    ),
    (
      #"√x²"#,
      #"sqrt((x ^ 2))"#
    ),
    (
      #"a · b × c ÷ d"#,
      #"(((a * b) * c) / d)"#
    ),
    (
      #"σ₂⁻²"#,
      #"(sigma_2 ^ (-2))"#
    ),
    (
      #"z⁽ˢ⁾ + x̂ᵢ"#,
      #"(z^(s) + hatx_i)"#
    ),
    (
      #"𝔼_q[log p] + 𝓛"#,
      #"(E[q](log(p)) + L)"#
    ),
    (
      #"‖x‖² + |y|"#,
      #"((||x|| ^ 2) + |y|)"#
    ),
    (
      #"ϵ + ε + ϕ + φ"#,
      #"(((epsilon + epsilon) + phi) + phi)"#
    ),
    (
      #"s′ ∈ S"#,
      #"s' in S"#
    ),
    (
      #"θ ← θ + α"#,
      #"theta <- (theta + alpha)"#
    ),
    (
      #"a ≥ b ≈ c ∝ d"#,
      #"a >= b approx c propto d"#
    ),
    (
      #"x → ∞"#,
      #"x -> infinity"#
    ),
    (
      #"f′(μ+σε)"#,
      #"f'((mu + (sigma * epsilon)))"#
    ),
    (
      #"ŷ + ẑ"#,
      #"(haty + hatz)"#
    ),
    (
      #"(a−b)ᵀΣ⁻¹(a−b)"#,
      #"((transpose((a - b)) * (Sigma ^ (-1))) * (a - b))"#
    ),
    (
      #"∇θ J + ∇_φ f"#,
      #"(grad[theta](J) + grad[phi](f))"#
    ),
    (
      #"∂L/∂μ"#,
      #"d[mu](L)"#
    ),
    (
      #"σ1² + μq"#,
      #"((sigma_1 ^ 2) + mu_q)"#
    ),
    (
      #"x⁻ᵀ y + π⋆"#,
      #"((transpose((x ^ (-1))) * y) + pi^*)"#
    ),
    (
      #"x⁺"#,
      #"x^+"#
    ),
    (
      #"⟨log p⟩_q"#,
      #"E[q](log(p))"#
    ),
  ])
  func `Unicode is read like LaTeX`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }

  @Test(arguments: [
    (
      #"Σⱼ (aⱼ + 1)"#,
      #"sum[j]((a_j + 1))"#
    ),
    (
      #"Σ_j a_j"#,
      #"sum[j](a_j)"#
    ),
    (
      #"Σ(x + 1)"#,
      #"sum((x + 1))"#
    ),
    (
      #"Σᵢ₌₁ᵏ σᵢ²"#,
      #"sum[i = 1 to k]((sigma_i ^ 2))"#
    ),
    (
      #"Σ_{s',r} p(s',r|s,a)"#,
      #"sum[s', r](p(s', r | s, a))"#
    ),
    (
      #"Σₛ Σₐ q(s,a)"#,
      #"sum[s](sum[a](q(s, a)))"#
    ),
    (
      #"Σ_p⁻¹ Σ_q"#,
      #"((Sigma_p ^ (-1)) * Sigma_q)"#
    ),
    (
      #"tr(Σ₂⁻¹Σ₁)"#,
      #"trace(((Sigma_2 ^ (-1)) * Sigma_1))"#
    ),
    (
      #"det Σ_p / det Σ_q"#,
      #"(determinant(Sigma_p) / determinant(Sigma_q))"#
    ),
    (
      #"ln|Σ_p|"#,
      #"log(|Sigma_p|)"#
    ),
    (
      #"∑ᵢ xᵢ"#,
      #"sum[i](x_i)"#
    ),
    (
      #"μ + Σ ε"#,
      #"(mu + (Sigma * epsilon))"#
    ),
  ])
  func `A capital sigma is a sum or a matrix`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }

  @Test(arguments: [
    (
      #"mu_q + sigma_p^2"#,
      #"(mu_q + (sigma_p ^ 2))"#
    ),
    (
      #"log(s2/s1) + m1"#,
      #"(log((s_2 / s_1)) + m_1)"#
    ),
    (
      #"logvar - lv1"#,
      #"(logvar - lv_1)"#
    ),
    (
      #"log_var - 1"#,
      #"(log_var - 1)"#
    ),
    (
      #"x_hat + xhat"#,
      #"(hatx + hatx)"#
    ),
    (
      #"var_ratio"#,
      #"var_ratio"#
    ),
    (
      #"inv(Sp)*Sq + (mp-mq)'"#,
      #"((inverse(S_p) * S_q) + transpose((m_p - m_q)))"#
    ),
    (
      #"muq + sigmap"#,
      #"(mu_q + sigma_p)"#
    ),
    (
      #"x_ij"#,
      #"x_ij"#
    ),
    (
      #"eps + alpha"#,
      #"(epsilon + alpha)"#
    ),
    (
      #"a'b + ab'"#,
      #"((a' * b) + (a * b'))"#
    ),
    (
      #"recon_loss + beta * kl_loss"#,
      #"(recon_loss + (beta * kl_loss))"#
    ),
    (
      #"std + var + mean"#,
      #"((std + var) + mean)"#
    ),
    (
      #"var(x) + mean(x)"#,
      #"(variance(x) + mean(x))"#
    ),
  ])
  func `Words of plain text are names`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }

  @Test(arguments: [
    (
      #"a >= b <= c != d"#,
      #"a >= b <= c != d"#
    ),
    (
      #"a -> b"#,
      #"a -> b"#
    ),
    (
      #"a <- b"#,
      #"a <- b"#
    ),
    (
      #"a ~ b"#,
      #"a ~ b"#
    ),
    (
      #"a == b"#,
      #"a = b"#
    ),
    (
      #"grad J prop. to x"#,
      #"grad[](J) propto x"#
    ),
    (
      #"2**3"#,
      #"(2 ^ 3)"#
    ),
    (
      #"mu.^2 .* b"#,
      #"((mu ^ 2) .* b)"#
    ),
    (
      #"np.log(a/b)"#,
      #"log((a / b))"#
    ),
    (
      #"1e-3 x"#,
      #"(0.001 * x)"#
    ),
    (
      #"50%"#,
      #"(50 / 100)"#
    ),
    (
      #"x in S"#,
      #"x in S"#
    ),
    (
      #"(s, a, ..., z)"#,
      #"(s, a, ..., z)"#
    ),
    (
      #"q(.|x)"#,
      #"q(. | x)"#
    ),
  ])
  func `Signs of plain text`(text: String, tree: String) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(formula.diagnostics.isEmpty)
  }
}
