import Homework
import Testing

/// Drawings of a variational auto-encoder in arrows, statements and diagrams.
struct FrameworkJudgeTests {
  private static let mermaid = """
    ```mermaid
    graph LR
      x --> E[encoder]
      E --> m[mu, sigma]
      m --> z[z ~ q(z given x)]
      z --> D[decoder]
      D --> xh[x_hat]
    ```
    """

  private static let mermaidWithoutDraw = """
    ```mermaid
    graph LR
      x --> E[encoder]
      E --> z
      z --> D[decoder]
      D --> xh[x_hat]
    ```
    """

  private static let dot = """
    ```dot
    digraph {
      x -> encoder;
      encoder -> "mu, sigma";
      "mu, sigma" -> "sample z";
      "sample z" -> decoder;
      decoder -> x_hat;
    }
    ```
    """

  private static let drawings: [(answer: String, verdict: Verdict, mistake: String?)] = [
    (#"$$x \to q(z|x) \to z \sim q(z|x) \to p(x|z) \to \hat{x}$$"#, .correct, nil),
    (
      #"$$x \xrightarrow{\text{encoder}} (\mu, \sigma) \xrightarrow{z = \mu + \sigma\epsilon} z \xrightarrow{\text{decoder}} \hat{x}$$"#,
      .correct, nil
    ),
    ("$$z \\sim q_\\phi(z \\mid x)$$\n\n$$x \\sim p_\\theta(x \\mid z)$$", .correct, nil),
    ("x -> encoder -> z -> decoder -> x_hat", .incorrect, "missing-sampling"),
    ("x -> decoder -> z ~ q(z|x) -> encoder -> x_hat", .incorrect, "reversed-arrows"),
    ("x -> encoder -> mu, sigma -> z ~ N(mu, sigma^2)", .incorrect, "missing-decoder"),
    (mermaid, .correct, nil),
    (mermaidWithoutDraw, .incorrect, "missing-sampling"),
    (dot, .correct, nil),
    ("![the model](vae.png)", .review, "picture"),
    ("The encoder compresses, the decoder restores.", .review, nil),
    ("", .missing, nil),
  ]

  @Test(arguments: drawings)
  func `A drawing is read as a graph`(
    answer: String, verdict: Verdict, mistake: String?
  ) throws {
    let assessment = try Project.homework("q1.a.framework", answer)
    #expect(assessment.verdict == verdict, "\(answer): \(assessment.reason)")
    if let mistake { #expect(assessment.mistakes.first == mistake, "\(assessment.reason)") }
    #expect((assessment.credit == nil) == (verdict == .review))
  }
}
