import Notation
import Testing

struct PassageCodeTests {
  @Test(arguments: [
    "kl = 0.5 * torch.sum(mu**2 + var - 1 - var.log())",
    "def kl(m, s):\n    # the divergence\n    return m**2 + s",
    "s1, s2 = std1, std2   # standard deviations\nkl = np.log(s2 / s1)",
    "rec = ((x - y)**2).sum()\nloss = rec + kl",
    "loss = 0.\nfor t, (lp, g) in enumerate(zip(logps, returns)):\n    loss = loss - gamma**t * g * lp",
    "d = a - b\n\nkl = d @ P @ d",
    "policy_loss.backward(); opt.step()",
    "kl = torch.sum(\n    mu**2,\n    dim=1)",
    "import numpy as np\nx = np.log(3)",
  ])
  func `Lines that only Python has are one piece of code`(code: String) {
    #expect(pieces(of: code) == ["code 1:1 " + code])
  }

  @Test(arguments: [
    ("```python\nkl = a - b\n```", ["code 2:1 kl = a - b"]),
    ("```\nkl = mu.pow(2)\n```", ["code 2:1 kl = mu.pow(2)"]),
    ("```\nKL = mu^2\n```", ["plain 2:1 KL = mu^2"]),
    ("~~~py\nx = 1\n~~~\nend", ["code 2:1 x = 1", "prose 4:1 end"]),
    (
      "So\n\n    a = b.sum()\n\nis it.",
      ["prose 1:1 So", "code 3:5 a = b.sum()", "prose 5:1 is it."]
    ),
    (
      "Set `z = mu + s * eps.sum()` here",
      ["prose 1:1 Set", "code 1:6 z = mu + s * eps.sum()", "prose 1:30 here"]
    ),
    ("\\begin{lstlisting}\nx = 1\n\\end{lstlisting}", ["code 2:1 x = 1"]),
    ("- kl = mu.pow(2)", ["code 1:3 kl = mu.pow(2)"]),
    ("Loss: kl = -0.5 * torch.sum(x)", ["prose 1:1 Loss:", "code 1:7 kl = -0.5 * torch.sum(x)"]),
  ])
  func `Fences and lists hold code`(text: String, expected: [String]) {
    #expect(pieces(of: text) == expected)
  }

  @Test(arguments: [
    "See torch.sum for this.", "loss = rec + kl", "KL = (m1-m2)^2 + s.", "for fixed s we have:",
  ])
  func `Other lines are no code`(line: String) {
    #expect(Passage(scanning: line).pieces.allSatisfy { $0.kind != .code })
  }
}
