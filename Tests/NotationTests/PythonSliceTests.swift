import Notation
import Testing

/// Slices, noise and values without derivatives.
struct PythonSliceTests {
  private static func read(_ code: String) -> Formula { PythonReader().formula(code) }

  @Test(arguments: [
    ("x = sum(r[t:])", "x = sum[k: (k >= t)](r[k])"),
    ("x = r[t+1:].sum()", "x = sum[k: (k >= (t + 1))](r[k])"),
    ("x = np.sum(r[:t+1])", "x = sum[k = 0 to t](r[k])"),
    ("x = sum(r[:3])", "x = sum[k = 0 to 2](r[k])"),
    ("x = np.mean(r[a:b])", "x = (sum[k = a to (b - 1)](r[k]) / (b - a))"),
    (
      "x = sum(gamma**k * v for k, v in enumerate(r[t:]))",
      "x = sum[j: (j >= t)](((gamma ^ (j - t)) .* r[j]))"
    ),
    ("x = sum(v**2 for v in r[t:])", "x = sum[k: (k >= t)]((r[k] ^ 2))"),
    (
      "x = sum(u * sum(u * v for v in r[:t]) for u in r[t:])",
      "x = sum[k: (k >= t)]((r[k] .* sum[j = 0 to (t - 1)]((r[k] .* r[j]))))"
    ),
    ("x = [sum(r[t:]) for t in range(T)]", "x[t] = sum[k: (k >= t)](r[k])"),
  ])
  func `A slice is a sum between bounds`(code: String, text: String) {
    #expect(Reading.text(of: Self.read(code)) == text)
  }

  @Test(arguments: ["x = r[-3:]", "x = r[::2]", "x = r[a:b:2]", "x = r[t:]", "x = r[1:] - r[:-1]"])
  func `Other slices are reported`(code: String) {
    #expect(Self.read(code).diagnostics.count == 1)
  }

  @Test(arguments: [
    ("z = rng.normal(mu, sigma)", "z = (mu + (sigma .* standardNormal()))"),
    ("z = np.random.default_rng(0).normal(mu, s, size=9)", "z = (mu + (s .* standardNormal()))"),
    ("z = np.random.normal(mu, sigma)", "z = (mu + (sigma .* standardNormal()))"),
    ("z = torch.normal(mu, sigma)", "z = (mu + (sigma .* standardNormal()))"),
    ("z = rng.normal(scale=sigma)", "z = (sigma .* standardNormal())"),
    ("z = rng.normal(mu)", "z = (mu + standardNormal())"),
    ("z = rng.normal(0, 1, N)", "z = standardNormal()"),
    ("z = rng.standard_normal()", "z = standardNormal()"),
    ("z = jax.random.normal(key, (3,))", "z = standardNormal()"),
    ("z = tf.random.normal(tf.shape(mu))", "z = standardNormal(mu)"),
  ])
  func `Noise has a mean and a deviation`(code: String, text: String) {
    let formula = Self.read(code)
    #expect(Reading.text(of: formula) == text)
    #expect(Reading.messages(of: formula) == [])
  }

  @Test(arguments: [
    ("with torch.no_grad():\n    z = m + s", "z = stopGradient((m + s))"),
    ("with torch.no_grad():\n    z = 3", "z = 3"),
    ("with torch.no_grad():\n    z = m\ny = z", "z = stopGradient(m) ;; y = z"),
    ("with torch.no_grad():\n    w += a * g", "w = (w + (a .* g))"),
    ("with torch.enable_grad():\n    z = m", "z = m"),
    ("with torch.set_grad_enabled(False):\n    z = m", "z = stopGradient(m)"),
    (
      "with torch.inference_mode():\n    z = m\n    with torch.enable_grad():\n        y = z",
      "z = stopGradient(m) ;; y = z"
    ),
    ("@torch.no_grad()\ndef f(x):\n    return x + m\ny = m", "f = stopGradient((x + m)) ;; y = m"),
  ])
  func `Values without derivatives are detached`(code: String, text: String) {
    let formula = Self.read(code)
    #expect(Reading.text(of: formula) == text)
    #expect(Reading.messages(of: formula) == [])
  }

  @Test
  func `A comprehension is code`() {
    let pieces = Passage(scanning: "returns = [sum(r[t:]) for t in range(T)]").pieces
    #expect(pieces.map(\.kind) == [.code])
  }
}
