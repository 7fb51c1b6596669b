/// The linear systems of one process: functions of the state are the rows of a matrix.
struct MomentSystem {
  let tables: MDPTables
  let policy: [Double]
  let chain: Matrix
  private let scores: [Double]
  // The sums of p(s', r | s, a) r^power over r, row-major over power, s, a and s'.
  private let moments: [Double]

  init(_ tables: MDPTables) {
    self.tables = tables
    policy = tables.policy
    chain = tables.chain
    scores = tables.scores(policy)
    let transitions = tables.states * tables.actions * (tables.states + 1)
    var moments = [Double](repeating: 0, count: 3 * transitions)
    for transition in 0..<transitions {
      for (k, reward) in tables.rewards.enumerated() {
        let p = tables.dynamics[transition * tables.rewards.count + k]
        moments[transition] += p
        moments[transitions + transition] += p * reward
        moments[2 * transitions + transition] += p * reward * reward
      }
    }
    self.moments = moments
  }

  func psi(_ state: Int, _ action: Int) -> [Double] {
    let size = tables.theta.count
    let first = (state * tables.actions + action) * size
    return Array(scores[first..<(first + size)])
  }

  /// The outer product of the score with itself.
  func square(_ state: Int, _ action: Int) -> [Double] {
    let psi = psi(state, action)
    return psi.symmetricProduct(psi).scaled(0.5)
  }

  /// The sum of p(s', r | s, a) r^power f(s').
  func next(_ state: Int, _ action: Int, _ f: Matrix, power: Int) -> [Double] {
    let columns = f.columns
    var result = [Double](repeating: 0, count: columns)
    for successor in 0..<tables.states {
      let weight = moment(state, action, successor, power)
      if weight == 0 { continue }
      for j in 0..<columns { result[j] += weight * f.values[successor * columns + j] }
    }
    return result
  }

  private func moment(_ state: Int, _ action: Int, _ successor: Int, _ power: Int) -> Double {
    let pair = (power * tables.states + state) * tables.actions + action
    return moments[pair * (tables.states + 1) + successor]
  }

  /// The average under the policy of what an action contributes in a state.
  func sum(_ contribution: (Int, Int) -> [Double]) -> Matrix {
    var rows: [Double] = []
    var columns = 0
    for state in 0..<tables.states {
      for action in 0..<tables.actions {
        let term = contribution(state, action)
        columns = term.count
        if action == 0 { rows += [Double](repeating: 0, count: columns) }
        let p = policy[state * tables.actions + action]
        for k in 0..<columns { rows[state * columns + k] += p * term[k] }
      }
    }
    return Matrix(rows: tables.states, columns: columns, values: rows)
  }

  /// The solution of f = right + factor P f.
  func solution(_ factor: Double, _ right: Matrix) -> Matrix? {
    var matrix = Matrix.identity(tables.states)
    for i in matrix.values.indices { matrix.values[i] -= factor * chain.values[i] }
    return matrix.solution(of: right)
  }

  /// q(s, a) = E[G|s, a] and E[G^2|s, a].
  func returns(_ discount: Double) -> (q: Matrix, q2: Matrix)? {
    func rewards(_ s: Int, _ a: Int, _ power: Int) -> Double {
      (0...tables.states).reduce(0) { $0 + moment(s, a, $1, power) }
    }
    func later(_ s: Int, _ a: Int, _ f: Matrix, _ power: Int) -> Double {
      next(s, a, f, power: power)[0]
    }
    func table(_ value: (Int, Int) -> Double) -> Matrix {
      Matrix(
        rows: tables.states, columns: tables.actions,
        values: (0..<tables.states * tables.actions).map {
          value($0 / tables.actions, $0 % tables.actions)
        })
    }
    guard let v = solution(discount, sum { s, a in [rewards(s, a, 1)] }),
      let m2 = solution(
        discount * discount,
        sum { s, a in [rewards(s, a, 2) + 2 * discount * later(s, a, v, 1)] })
    else { return nil }
    let q = table { s, a in rewards(s, a, 1) + discount * later(s, a, v, 0) }
    let q2 = table { s, a in
      rewards(s, a, 2) + 2 * discount * later(s, a, v, 1) + discount * discount
        * later(s, a, m2, 0)
    }
    return (q, q2)
  }

  /// The average of a function over the first state.
  func atStart(_ f: Matrix) -> [Double] {
    (0..<f.columns).map { j in
      tables.start.indices.reduce(0) { $0 + tables.start[$1] * f[$1, j] }
    }
  }
}

extension [Double] {
  func scaled(_ factor: Double) -> [Double] { map { factor * $0 } }

  func adding(_ other: [Double]) -> [Double] { zip(self, other).map { $0 + $1 } }

  // The outer product plus its transpose, row-major.
  func symmetricProduct(_ other: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: count * count)
    for i in indices {
      for j in indices { result[i * count + j] = self[i] * other[j] + other[i] * self[j] }
    }
    return result
  }
}
