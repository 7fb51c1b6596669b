import Notation
import Testing

struct PythonDensityTests {
  @Test(arguments: [
    ("x.mul_(2).add_(1)", "((x .* 2) + 1)"),
    ("np.linalg.solve(S, b)", "(inverse(S) @ b)"),
    (
      "Normal(m, s).log_prob(x)",
      "(-((((((x - m) ^ 2) / (s ^ 2)) + log((s ^ 2))) + log((2 .* 3.141592653589793))) / 2))"
    ),
  ])
  func `Methods of libraries`(code: String, tree: String) {
    #expect(statements(of: code) == [tree])
  }
}
