import Compute
import Testing

/// An episode of three steps with a Gaussian policy, on which all three exact ways apply.
///
/// S' = 0.9 S + 0.5 A, the reward is -(S^2 + 0.3 A^2), A = theta S + sigma e with e normal. The estimator is
/// REINFORCE with rewards to go, sum of gamma^t G_t psi_t, by theta and log sigma: psi is (e S / sigma,
/// e^2 - 1). It is a polynomial in the noise, of degree at most 8 in each number.
struct ThreeWaysTests {
  private static let (theta, sigma, gamma, start, steps) = (-0.4, 0.6, 0.9, 0.7, 3)

  @Test func `Tree, recursion and quadrature agree on mean and covariance`() {
    let tree = Self.byTree()
    let recursion = Self.byRecursion()
    let quadrature = Self.byQuadrature()
    for other in [recursion, quadrature.moments] {
      for (a, b) in zip(
        tree.mean + tree.covariance.values, other.mean + other.covariance.values)
      {
        #expect(abs(a - b) < 1e-12 * max(1, abs(a)), "\(a) \(b)")
      }
    }
    // The estimator is right: its mean is the derivative of the expected return.
    for (a, b) in zip(tree.mean, quadrature.gradient) { #expect(abs(a - b) < 1e-12) }
    #expect(tree.totalVariance > 1)
  }

  // MARK: - The choice tree

  // Five nodes and weights have the moments of the normal distribution up to the degree 9.
  private static let choices: [(value: Double, probability: Double)] = {
    let root = 10.0.squareRoot()
    let (inner, outer) = ((5 - root).squareRoot(), (5 + root).squareRoot())
    let (often, seldom) = ((7 + 2 * root) / 60, (7 - 2 * root) / 60)
    return [(-outer, seldom), (-inner, often), (0, 8.0 / 15), (inner, often), (outer, seldom)]
  }()

  // The estimator as a program that draws its numbers.
  private static func estimate(_ draw: () -> Double) -> [Double] {
    var state = start
    var rewards: [Double] = []
    var scores: [[Double]] = []
    for _ in 0..<steps {
      let e = draw()
      let action = theta * state + sigma * e
      rewards.append(-(state * state + 0.3 * action * action))
      scores.append([e * state / sigma, e * e - 1])
      state = 0.9 * state + 0.5 * action
    }
    var (result, toGo, power) = ([0.0, 0.0], [Double](repeating: 0, count: steps + 1), 1.0)
    for t in (0..<steps).reversed() { toGo[t] = rewards[t] + gamma * toGo[t + 1] }
    for t in 0..<steps {
      for k in 0..<2 { result[k] += power * toGo[t] * scores[t][k] }
      power *= gamma
    }
    return result
  }

  private static func byTree() -> EstimatorMoments {
    var (first, second) = ([0.0, 0.0], [0.0, 0.0, 0.0, 0.0])
    for leaf in 0..<125 {
      var (rest, probability) = (leaf, 1.0)
      let g = estimate {
        defer { rest /= 5 }
        probability *= choices[rest % 5].probability
        return choices[rest % 5].value
      }
      for i in 0..<2 {
        first[i] += probability * g[i]
        for j in 0..<2 { second[2 * i + j] += probability * g[i] * g[j] }
      }
    }
    return moments(first, second)
  }

  private static func moments(_ first: [Double], _ second: [Double]) -> EstimatorMoments {
    EstimatorMoments(
      mean: first,
      covariance: Matrix(
        rows: 2, columns: 2, values: (0..<4).map { second[$0] - first[$0 / 2] * first[$0 % 2] }))
  }

  // MARK: - Recursion

  // What is expected from a state on, as polynomials in the state: of G, G^2, H, G H and H H^T.
  private struct Expected {
    var g = NoisePolynomial(0, variables: 2)
    var gg = NoisePolynomial(0, variables: 2)
    var h = [NoisePolynomial](repeating: NoisePolynomial(0, variables: 2), count: 2)
    var gh = [NoisePolynomial](repeating: NoisePolynomial(0, variables: 2), count: 2)
    var hh = [NoisePolynomial](repeating: NoisePolynomial(0, variables: 2), count: 4)
  }

  private static func byRecursion() -> EstimatorMoments {
    let (s, e) = (NoisePolynomial.variable(0, of: 2), NoisePolynomial.variable(1, of: 2))
    let action = theta * s + sigma * e
    let next = 0.9 * s + 0.5 * action
    let r = -1 * (s * s + 0.3 * (action * action))
    let psi = [(1 / sigma) * (e * s), e * e + -1]
    func later(_ p: NoisePolynomial) -> NoisePolynomial { p.replacing(0, by: next) }
    var now = Expected()
    for _ in 0..<steps {
      let then = now
      let (g, gg) = (later(then.g), later(then.gg))
      let (h, gh) = (then.h.map(later), then.gh.map(later))
      let hh = then.hh.map(later)
      let square = r * r + (2 * gamma) * (r * g) + (gamma * gamma) * gg
      // G_(t+1) and H_(t+1) given the next state, times the reward and the discount.
      let cross = (0..<2).map { r * h[$0] + gamma * gh[$0] }
      now.g = (r + gamma * g).averaged(over: 1)
      now.gg = square.averaged(over: 1)
      for i in 0..<2 {
        now.h[i] = (psi[i] * (r + gamma * g) + gamma * h[i]).averaged(over: 1)
        now.gh[i] = (psi[i] * square + gamma * cross[i]).averaged(over: 1)
        for j in 0..<2 {
          let mixed = psi[i] * cross[j] + psi[j] * cross[i]
          now.hh[2 * i + j] =
            (psi[i] * psi[j] * square + gamma * mixed + (gamma * gamma) * hh[2 * i + j])
            .averaged(over: 1)
        }
      }
    }
    let first = NoisePolynomial(start, variables: 2)
    func atStart(_ p: NoisePolynomial) -> Double { p.replacing(0, by: first).expectation }
    return moments(now.h.map(atStart), now.hh.map(atStart))
  }

  // MARK: - Quadrature

  private static func byQuadrature() -> (moments: EstimatorMoments, gradient: [Double]) {
    var builder = ProgramBuilder()
    let noise = GaussianNoise(
      count: steps, rule: TrapezoidRule(step: 0.5, extent: 11), in: &builder)
    let (theta, logSigma) = (builder.input(axes: []), builder.input(axes: []))
    let sigma = builder.unary(.exp, logSigma)
    func plus(_ a: NodeID, _ b: NodeID) -> NodeID { builder.binary(.add, a, b) }
    func times(_ a: NodeID, _ b: NodeID) -> NodeID { builder.binary(.multiply, a, b) }
    func times(_ a: Double, _ b: NodeID) -> NodeID { times(builder.constant(a), b) }
    var state = builder.constant(start)
    var rewards: [NodeID] = []
    var scores: [[NodeID]] = []
    for e in noise.values {
      let action = plus(times(theta, state), times(sigma, e))
      let cost = plus(
        builder.unary(.square, state), times(0.3, builder.unary(.square, action)))
      rewards.append(builder.unary(.negate, cost))
      scores.append([
        builder.binary(.divide, times(e, state), sigma),
        plus(builder.unary(.square, e), builder.constant(-1)),
      ])
      state = plus(times(0.9, state), times(0.5, action))
    }
    var toGo = builder.constant(0)
    var components = [builder.constant(0), builder.constant(0)]
    for t in (0..<steps).reversed() {
      toGo = plus(rewards[t], times(gamma, toGo))
      for k in 0..<2 {
        components[k] = plus(times(toGo, scores[t][k]), times(gamma, components[k]))
      }
    }
    let nodes = noise.moments(of: components, in: &builder)
    let objective = noise.expectation(of: toGo, in: &builder)
    let gradient = [theta, logSigma].map {
      builder.tangent(of: objective, seeds: [$0: builder.constant(1)]) ?? builder.constant(0)
    }
    let program = builder.program(outputs: nodes + gradient)
    // log 0.6
    let blocks = Workspace().run(program, inputs: [[Self.theta], [-0.5108256237659907]])
    return (
      EstimatorMoments(blocks: blocks.prefix(6)), blocks.suffix(2).map { $0.values[0] }
    )
  }
}
