import Notation
import Testing

/// Loops whose lines use what the loop has added up so far.
struct PythonRunningTests {
  private static let returns = "sum[k = t to (T - 1)](((gamma ^ (k - t)) .* r[k]))"

  @Test(arguments: [
    (
      "G = 0\nrs = []\nfor t in reversed(range(T)):\n    G = r[t] + gamma * G\n    rs.insert(0, G)",
      "rs[t] = \(returns)"
    ),
    (
      "G = 0\nrs = [0] * T\nfor t in range(T - 1, -1, -1):\n    G = gamma * G + r[t]\n    rs[t] = G",
      "rs[t] = \(returns)"
    ),
    (
      "G = 0\ng = 0\nfor t in reversed(range(T)):\n    G = r[t] + gamma * G\n    g += G * x[t]",
      "g = sum[t = 0 to (T - 1)]((\(returns) .* x[t]))"
    ),
    (
      "G = 0\nl = 0\nfor r, p in zip(reversed(rs), reversed(ps)):\n    G = r + gamma * G\n    l -= p * G",
      "l = (-sum[t]((ps[t] .* sum[k: (k >= t)](((gamma ^ (k - t)) .* rs[k])))))"
    ),
    (
      "G = 0\nl = []\nfor r in rs:\n    G = r + gamma * G\n    l.append(G)\ny = p * torch.tensor(l)",
      "l[t] = sum[k = 0 to t](((gamma ^ (t - k)) .* rs[k])) ;; y = (p .* l)"
    ),
    (
      "a = 0\nA = []\nfor t in reversed(range(T)):\n    d = r[t] - V[t]\n    a = d + g * lam * a\n    A.insert(0, a)",
      "A[t] = sum[k = t to (T - 1)]((((g .* lambda) ^ (k - t)) .* (r[k] - V[k])))"
    ),
  ])
  func `A value computed from the last one is a sum`(code: String, text: String) {
    let formula = PythonReader().formula(code)
    #expect(Reading.text(of: formula) == text)
    #expect(Reading.messages(of: formula) == [])
  }

  @Test(arguments: [
    (
      "R = 0\nl = 0\nfor t in reversed(range(T)):\n    R += r[t]\n    l += p[t] * R",
      "R = sum[t = 0 to (T - 1)](r[t]) ;; "
        + "l = sum[t = 0 to (T - 1)]((p[t] .* sum[k = t to (T - 1)](r[k])))"
    ),
    (
      "R = 1\nl = 0\nfor t in range(T):\n    R += r[t]\n    l += p[t] * R",
      "R = (1 + sum[t = 0 to (T - 1)](r[t])) ;; "
        + "l = sum[t = 0 to (T - 1)]((p[t] .* (1 + sum[k = 0 to t](r[k]))))"
    ),
    (
      "R = 0\nl = 0\nfor a, p in zip(rs[::-1], ps[::-1]):\n    R += a\n    l += p * R",
      "R = sum(rs) ;; l = sum((ps .* reverseCumulativeSum(rs)))"
    ),
    (
      "l = 0\nfor t in range(T):\n    G = 0\n    for k in range(t, T):\n        G += r[k]\n    l += p[t] * G",
      "l = sum[t = 0 to (T - 1)]((p[t] .* sum[k = t to (T - 1)](r[k])))"
    ),
    (
      "l = 0\nfor t in range(T):\n    G = sum(r[t:])\n    l += p[t] * G",
      "l = sum[t = 0 to (T - 1)]((p[t] .* sum[k: (k >= t)](r[k])))"
    ),
    (
      "G = np.zeros(T)\nfor t in range(T):\n    G[t] = sum(r[t:])",
      "G[t] = sum[k: (k >= t)](r[k])"
    ),
    (
      "rs = []\nfor t in range(T):\n    rs.append(2 * r[t])\nrs = torch.tensor(rs)\nl = (p * rs).sum()",
      "rs[t] = (2 .* r[t]) ;; l = sum((p .* rs))"
    ),
  ])
  func `What has been added so far is a sum`(code: String, text: String) {
    let formula = PythonReader().formula(code)
    #expect(Reading.text(of: formula) == text)
    #expect(Reading.messages(of: formula) == [])
  }

  @Test(arguments: [
    "R = 0\nl = 0\nfor t in range(T):\n    l += p[t] * R\n    R += r[t]",
    "g = 0\nl = 0\nfor t in range(T):\n    g = gamma[t] * g + r[t]\n    l += g",
    "R = 0\nl = 0\nfor t in range(T):\n    R += r[t]\n    l += R\n    R += 1",
    "G = np.zeros(T)\nfor t in range(T):\n    G[t] = r[t] + G[t-1]",
    "l = 0\nfor t in range(T):\n    R += r[t]\n    l += p[t] * R",
  ])
  func `Other uses are reported`(code: String) {
    let messages = PythonReader().formula(code).diagnostics.map(\.message)
    #expect(messages == ["the loop cannot be read as a sum"])
  }
}
