import Checking
import Testing

struct DrawingTests {
  private static let prepared = Result { try grader(of: "homework-1.xml") }
  let homework: Grader

  init() throws {
    homework = try Self.prepared.get()
  }

  @Test(arguments: [
    ("x → encoder → (μ, σ) → z = μ + σ·ε, ε ~ N(0, I) → decoder → x̂", "correct"),
    ("x ──▶ [encoder q_φ(z|x)] ──▶ μ, σ ──▶ z ~ N(μ, σ²) ──▶ [decoder p_θ(x|z)] ──▶ x̂", "correct"),
    ("x => encoder => mu, sigma\n  => sample z => decoder => reconstruction of x", "correct"),
    (
      #"\[ x \xrightarrow{q_\phi} (\mu_\phi(x), \sigma_\phi(x)) \xrightarrow{\epsilon\sim\mathcal N(0,I)} z=\mu_\phi(x)+\sigma_\phi(x)\odot\epsilon \xrightarrow{p_\theta} \hat x \]"#,
      "correct"
    ),
    (
      #"$x \longrightarrow f_\phi(x) = (\mu,\log\sigma^2) \longrightarrow z\sim\mathcal N(\mu,\sigma^2 I) \longrightarrow g_\theta(z)=\hat x$"#,
      "correct"
    ),
    (
      #"$x \overset{q_\phi}{\to} (\mu,\sigma) \to z \sim q \overset{p_\theta}{\to} \hat x$"#,
      "correct"
    ),
    (
      #"$$z\sim p(z),\qquad x\mid z\sim p_\theta(x\mid z),\qquad z\mid x\sim q_\phi(z\mid x)$$"#,
      "correct"
    ),
    (
      """
      ```mermaid
      graph TD;
        A[Input x] --> B(Encoder);
        B --> C[Mean μ];
        B --> D[log σ²];
        E((Noise ε)) --> F{Sample z};
        C --> F;
        D --> F;
        F --> G(Decoder);
        G --> H[Reconstruction x̂];
      ```
      """,
      "correct"
    ),
    (
      #"$$x \xrightarrow{\text{encoder } q_\phi} z \xrightarrow{\text{decoder } p_\theta} \hat x$$"#,
      "incorrect missing-sampling"
    ),
    ("x -> encoder -> mu, sigma -> z = mu -> decoder -> x_hat", "incorrect missing-sampling"),
    ("x -> encoder -> mu, sigma -> z ~ N(0, I) -> decoder -> x_hat", "incorrect missing-sampling"),
    ("x -> encoder -> mu -> z = mu + eps -> decoder -> x_hat", "incorrect missing-sigma"),
    ("z ~ p_φ(x|z), x ~ q_θ(z|x)", "incorrect reversed-arrows"),
    ("x -> encoder -> mu, sigma\n\nz ~ N(0, I) -> decoder -> x_hat", "incorrect missing-sampling"),
    ("x -> blob -> mu, sigma -> z = mu -> whatever -> y", "review missing-decoder"),
    ("```mermaid\nsequenceDiagram\n  X->>Encoder: x\n  Encoder->>Decoder: z\n```", "review"),
  ])
  func `Arrows of all kinds make a drawing`(answer: String, verdict: String) {
    #expect(CheckingTests.verdict("q1.a.framework", answer, by: homework) == verdict)
  }
}
