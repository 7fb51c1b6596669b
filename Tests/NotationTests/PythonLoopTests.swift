import Notation
import Testing

struct PythonLoopTests {
  @Test(arguments: [
    ("sum(m**2 for m in mu)", "sum((mu ^ 2))"),
    ("sum(a * b for a, b in zip(x, y))", "sum((x .* y))"),
    ("sum(mu[i]**2 for i in range(n))", "sum[i = 0 to (n - 1)]((mu[i] ^ 2))"),
    ("torch.stack([lp * R for lp, R in zip(ps, returns)]).sum()", "sum((ps .* returns))"),
    ("-sum(g**t * r for t, r in enumerate(rewards))", "(-sum[t](((g ^ t) .* rewards[t])))"),
    ("np.mean([x[i] for i in range(n)])", "(sum[i = 0 to (n - 1)](x[i]) / n)"),
    ("sum(1 for x in xs)", "(count(xs) .* 1)"),
  ])
  func `Comprehensions become sums`(code: String, tree: String) {
    #expect(statements(of: code) == [tree])
  }

  @Test(arguments: [
    (
      "loss = 0.\nfor t, (lp, g) in enumerate(zip(logps, returns)):\n    loss = loss - gamma**t * g * lp",
      ["loss = (-sum[t]((((gamma ^ t) .* returns[t]) .* logps[t])))"]
    ),
    ("loss = 0\nfor lp, R in zip(ps, rs): loss -= lp * R", ["loss = (-sum((ps .* rs)))"]),
    (
      "s = 0\nfor i in range(n):\n    d = x[i] - y[i]\n    s += d**2\ns /= n",
      ["s = (sum[i = 0 to (n - 1)](((x[i] - y[i]) ^ 2)) / n)"]
    ),
    (
      "J = 0\nfor t in range(T):\n    for k in range(t, T):\n        J += r[k]",
      ["J = sum[t = 0 to (T - 1)](sum[k = t to (T - 1)](r[k]))"]
    ),
    (
      "l = []\nfor p, R in zip(ps, rs):\n    l.append(-p * R)\nloss = torch.cat(l).sum()",
      ["loss = sum(((-ps) .* rs))"]
    ),
    (
      "R = 0\nrs = []\nfor r in rewards[::-1]:\n    R = r + gamma * R\n    rs.insert(0, R)",
      ["rs[t] = sum[k: (k >= t)](((gamma ^ (k - t)) .* rewards[k]))"]
    ),
    (
      "G = 0\nrs = []\nfor r in reversed(rewards):\n    G = G * gamma + r\n    rs.append(G)\nrs.reverse()",
      ["rs[t] = sum[k: (k >= t)](((gamma ^ (k - t)) .* rewards[k]))"]
    ),
  ])
  func `Loops that add up become sums`(code: String, expected: [String]) {
    #expect(statements(of: code) == expected)
  }
}
