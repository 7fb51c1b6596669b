import Notation
import Testing

struct PassagePlainTests {
  @Test(arguments: [
    "KL = ½·Σⱼ(1 + 2·ln σⱼ − σⱼ² − μⱼ²)",
    "L(θ,φ) + KL(q_φ(z|x) ‖ p_θ(z|x)) = ln p_θ(x)",
    "0.5*sum(sigma_j^2 - 1 - 2*ln(sigma_j) + mu_j^2)",
    "grad J prop. to sum_s mu(s) * sum_a grad(pi(a|s)) * q(s,a)",
    "∇J ≈ Σₜ Aₜ ∇log π(aₜ|sₜ)",
    "x -> q(z|x) -> z -> p(x|z)",
    "x → encoder → (μ, σ) → z = μ + σ ε → decoder → x̂",
    "loss = recon_loss + beta * kl_loss",
    "KL = (mp-mq)'*inv(Sp)*(mp-mq) - k",
    "= E_q[log p(x,z)] - E_q[log q(z)]",
    "KL(q||p)",
  ])
  func `A line of mathematics is a formula`(line: String) {
    #expect(pieces(of: line) == ["plain 1:1 " + line])
  }

  @Test(arguments: [
    "The prior p(z) and the posterior are both Gaussian (see Bishop, 2006, p. 12).",
    "I think that p(x|z) is a likelihood; e.g. a Gaussian.",
    "where v = variance",
    "q = posterior, p = prior",
    "The ratio p(x|z)/q(z|x) matters.",
    "Training: sample z from q_phi(z | x), evaluate log p_theta(x | z).",
    "We use the well-known log-derivative trick.",
  ])
  func `A sentence is prose`(line: String) {
    #expect(pieces(of: line) == ["prose 1:1 " + line])
  }

  @Test(arguments: [
    (
      "We get KL = log(s2/s1) + (s1^2 + m^2)/(2*s2^2) - 1/2, the known result.",
      [
        "prose 1:1 We get", "plain 1:8 KL = log(s2/s1) + (s1^2 + m^2)/(2*s2^2) - 1/2",
        "prose 1:53 , the known result.",
      ]
    ),
    (
      "KL(1||2) = 0.5*( v1/v2 - 1 )   where v = variance",
      ["plain 1:1 KL(1||2) = 0.5*( v1/v2 - 1 )", "prose 1:32 where v = variance"]
    ),
    (
      "Loss / ELBO = - E_q[log p(x|z)] - KL(q||p)   (maximise)",
      ["plain 1:1 Loss / ELBO = - E_q[log p(x|z)] - KL(q||p)", "prose 1:46 (maximise)"]
    ),
    (
      "Generative model:  z ~ N(0, I);   x | z ~ p_theta(x | z)",
      ["prose 1:1 Generative model:", "plain 1:20 z ~ N(0, I);   x | z ~ p_theta(x | z)"]
    ),
    ("a) L = x + y", ["prose 1:1 a)", "plain 1:4 L = x + y"]),
    ("**Answer:** KL = a/b", ["prose 1:1 **Answer:**", "plain 1:13 KL = a/b"]),
    (
      "The ELBO is E_q[log p(x,z)] - E_q[log q(z)].",
      ["prose 1:1 The ELBO is", "plain 1:13 E_q[log p(x,z)] - E_q[log q(z)]", "prose 1:44 ."]
    ),
    (
      "KL = a + b if p = N(0,1)",
      ["plain 1:1 KL = a + b", "prose 1:12 if", "plain 1:15 p = N(0,1)"]
    ),
    ("KL = 0.5 * ( a^2 + b\n  - c )", ["plain 1:1 KL = 0.5 * ( a^2 + b\n  - c )"]),
    ("L = \\frac12 \\sigma^2", ["inline 1:1 L = \\frac12 \\sigma^2"]),
    ("mu\\_q = 3", ["plain 1:1 mu_q = 3"]),
  ])
  func `Words around a formula are cut off`(line: String, expected: [String]) {
    #expect(pieces(of: line) == expected)
  }

  @Test(arguments: [
    ("For t = 0, 1, ..., T-1:\n  G <- r_t + G", ["G <- r_t + G"]),
    ("Loop for each step t = 0, 1, …, T−1:\n  G ← r_t + G", ["G ← r_t + G"]),
    ("For i = T-1 down to 0: R <- r_i + R", ["R <- r_i + R"]),
    ("The bound for x = 2: KL = x + 1", ["x = 2", "KL = x + 1"]),
    ("g = E[f(z) h(z)]   (z held fixed, f does not depend on phi)", ["g = E[f(z) h(z)]"]),
    ("g = a   (b + c)", ["g = a   (b + c)"]),
  ])
  func `Headers of loops and remarks are prose`(text: String, formulas: [String]) {
    let pieces = Passage(scanning: text).pieces.filter { $0.kind != .prose }
    #expect(pieces.map(\.text) == formulas)
  }
}
