import Compute
import Foundation

/// Times exact moments of gradient estimators against sampling and against loops by hand.
enum EstimatorBench {
  static func run() {
    corridor()
    leaves()
    catalogue()
  }

  // MARK: - Against sampling

  private static func corridor() {
    let corridor = Corridor()
    let tables = corridor.tables
    guard let moments = tables.rewardToGoMoments(discount: 1) else { return }
    let exact = Rounds.leastSeconds(repetitions: 200) {
      tables.rewardToGoMoments(discount: 1)?.totalVariance ?? .nan
    }
    // So many episodes that the error of the mean is 1e-3 of the gradient.
    let square = moments.mean.reduce(0) { $0 + $1 * $1 }
    let episodes = Int((moments.totalVariance / (1e-6 * square)).rounded(.up))
    let start = ContinuousClock.now
    let sampled = corridor.sampledMean(episodes: episodes)
    let sampling = (ContinuousClock.now - start).seconds
    let error = zip(sampled, moments.mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    Line.print(
      "estimator moments",
      "\(Line.figure(exact * 1e6)) us for mean and covariance of REINFORCE in the corridor;"
        + " \(Line.figure(sampling)) s for the mean to \(Line.figure((error / square).squareRoot()))"
        + " by \(Line.figure(Double(episodes) / 1e6)) million episodes:"
        + " \(Line.figure(sampling / exact / 1e3)) thousand times")
  }

  // MARK: - Against a loop by hand

  private static func leaves() {
    let model = TabularMDP(kind: .bounded, discount: 0.9, samples: 1)
    guard let list = TrajectoryList(of: model) else { return }
    var builder = ProgramBuilder()
    let sample = builder.axis(count: 1)
    let nodes = model.declare(in: &builder, sample: sample)
    let along = TrajectoryNodes(list, of: nodes, in: &builder)
    let estimate = PolicyGradientEstimator.rewardToGo.node(on: along, in: &builder)
    let (mean, covariance) = along.moments(of: estimate, in: &builder)
    let program = builder.program(outputs: [mean, covariance])
    let workspace = Workspace()
    let machine = Rounds.leastSeconds(repetitions: 200) {
      workspace.run(program, inputs: model.inputs)[1].values.reduce(0, +)
    }
    let loop = LeafLoop(tables: model.tables[0], list: list, discount: 0.9)
    let byHand = Rounds.leastSeconds(repetitions: 200) { loop.sumOfCovariances() }
    let count = Double(list.count)
    Line.print(
      "estimator leaves",
      "\(Line.figure(machine * 1e9 / count)) ns a trajectory with bounds, \(list.count) of them;"
        + " a loop by hand \(Line.figure(byHand * 1e9 / count)): \(Line.figure(machine / byHand))"
        + " times")
  }

  private static func catalogue() {
    let process = TabularMDP(kind: .bounded, discount: 0.9, samples: 1).tables[0]
    let policy = Rounds.leastSeconds(repetitions: 3) {
      PolicyGradientTable(process: process, discount: 0.9)?.objective ?? .nan
    }
    let noise = Rounds.leastSeconds(repetitions: 1) { GaussianGradientTable.example.value }
    Line.print(
      "estimator tables",
      "\(Line.figure(policy * 1e3)) ms for the \(PolicyGradientEstimator.allCases.count) on a"
        + " process, \(Line.figure(noise * 1e3)) ms for the"
        + " \(GaussianGradientEstimator.allCases.count) over noise, all with covariances")
  }
}

/// Five states in a row, from the middle one; -0.1 a step, and 1 more for leaving on the right.
private struct Corridor {
  let theta = [0.3, -0.2, 0.4, 0.1, -0.3]

  var tables: MDPTables {
    var dynamics: [Double] = []
    for state in 0..<5 {
      for next in [state - 1, state + 1] {
        var row = [Double](repeating: 0, count: 12)
        row[next == -1 ? 10 : next == 5 ? 11 : 2 * next] = 1
        dynamics += row
      }
    }
    return MDPTables(
      actions: 2, rewards: [-0.1, 0.9], dynamics: dynamics,
      features: (0..<50).map { $0 / 5 % 2 == 1 && $0 / 10 == $0 % 5 ? 1 : 0 },
      start: [0, 0, 1, 0, 0], theta: theta)
  }

  /// Returns the mean of REINFORCE with rewards to go over sampled episodes, by a loop that stores no path.
  ///
  /// Every step costs the same: the reward to go at t is that of the end less 0.1 (T - t), so that sums of
  /// scores and of t times scores are enough.
  @inline(never)
  func sampledMean(episodes: Int) -> [Double] {
    let right = theta.map { 1 / (1 + exp(-$0)) }
    var dice = Dice(seed: 1)
    var (sums, scores, timed) = ([0.0, 0, 0, 0, 0], [0.0, 0, 0, 0, 0], [0.0, 0, 0, 0, 0])
    for _ in 0..<episodes {
      for k in 0..<5 { (scores[k], timed[k]) = (0, 0) }
      var (state, time) = (2, 0.0)
      while 0..<5 ~= state {
        let p = right[state]
        let isRight = Double(dice.next() >> 11) * 0x1p-53 < p
        let score = isRight ? 1 - p : -p
        scores[state] += score
        timed[state] += time * score
        time += 1
        state += isRight ? 1 : -1
      }
      let last = (state == 5 ? 1 : 0) - 0.1 * time
      for k in 0..<5 { sums[k] += last * scores[k] + 0.1 * timed[k] }
    }
    return sums.map { $0 / Double(episodes) }
  }
}

/// The trajectories one after the other, without error bounds.
private struct LeafLoop {
  let tables: MDPTables
  let list: TrajectoryList
  let discount: Double

  /// Returns the sum of all covariances of REINFORCE with rewards to go.
  @inline(never)
  func sumOfCovariances() -> Double {
    let policy = tables.policy
    let size = tables.theta.count
    var scores = tables.features
    for state in 0..<tables.states {
      let pairs = state * tables.actions..<(state + 1) * tables.actions
      for k in 0..<size {
        let mean = pairs.reduce(0) { $0 + policy[$1] * tables.features[$1 * size + k] }
        for pair in pairs { scores[pair * size + k] -= mean }
      }
    }
    var first = [Double](repeating: 0, count: size)
    var second = [Double](repeating: 0, count: size * size)
    var estimate = first
    for trajectory in 0..<list.count {
      let start = trajectory * list.times
      for k in 0..<size { estimate[k] = 0 }
      var (probability, toGo) = (1.0, 0.0)
      // From the last step on: H_t = G_t psi_t + gamma H_(t+1).
      for step in (start..<start + list.lengths[trajectory]).reversed() {
        let (state, action) = (list.states[step], list.actions[step])
        let pair = state * tables.actions + action
        probability *= policy[pair]
        probability *= tables.probability(
          successor: list.successors[step], reward: list.rewards[step], state: state,
          action: action)
        toGo = tables.rewards[list.rewards[step]] + discount * toGo
        for k in 0..<size {
          estimate[k] = toGo * scores[pair * size + k] + discount * estimate[k]
        }
      }
      for i in 0..<size {
        first[i] += probability * estimate[i]
        for j in 0..<size { second[i * size + j] += probability * estimate[i] * estimate[j] }
      }
    }
    return second.indices.reduce(0) { $0 + second[$1] - first[$1 / size] * first[$1 % size] }
  }
}
