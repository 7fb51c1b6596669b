import Compute
import Foundation

/// Times the block machine with its error bounds on the univariate KL against loops by hand.
enum EvaluatorBench {
  static func run() {
    for count in [64, 4_096] {
      let points = Points(count: count)
      let loop = nanoseconds(count) { points.plain() }
      let bounded = nanoseconds(count) { points.bounded() }
      let program = program(count: count)
      let workspace = Workspace()
      let inputs = [points.meanQ, points.scaleQ, points.meanP, points.scaleP]
      let machine = nanoseconds(count) {
        workspace.run(program, inputs: inputs)[0].values.reduce(0, +)
      }
      Line.print(
        "evaluator",
        "\(Line.figure(machine)) ns a point with bounds, \(count) points; a loop by hand "
          + "\(Line.figure(loop)) without, \(Line.figure(bounded)) with: "
          + "\(Line.figure(machine / loop)) and \(Line.figure(machine / bounded)) times")
    }
  }

  /// Returns the least time a point of nine rounds.
  private static func nanoseconds(_ count: Int, _ body: () -> Double) -> Double {
    Rounds.leastSeconds(repetitions: 400_000 / count + 1, body) * 1e9 / Double(count)
  }

  /// log(s_p/s_q) + (s_q^2 + (m_q - m_p)^2) / (2 s_p^2) - 1/2.
  private static func program(count: Int) -> Program {
    var builder = ProgramBuilder()
    let sample = builder.axis(count: count)
    let meanQ = builder.input(axes: [sample])
    let scaleQ = builder.input(axes: [sample])
    let meanP = builder.input(axes: [sample])
    let scaleP = builder.input(axes: [sample])
    let ratio = builder.unary(.log, builder.binary(.divide, scaleP, scaleQ))
    let distance = builder.binary(.subtract, meanQ, meanP)
    let above = builder.binary(.add, builder.power(scaleQ, 2), builder.power(distance, 2))
    let below = builder.binary(.multiply, builder.constant(2), builder.power(scaleP, 2))
    let sum = builder.binary(.add, ratio, builder.binary(.divide, above, below))
    let divergence = builder.binary(.subtract, sum, builder.constant(0.5))
    return builder.program(outputs: [divergence])
  }
}

/// Parameters of pairs of normal distributions.
private struct Points {
  var meanQ: [Double]
  var scaleQ: [Double]
  var meanP: [Double]
  var scaleP: [Double]

  init(count: Int) {
    var dice = Dice(seed: 1)
    func numbers(_ range: ClosedRange<Double>) -> [Double] {
      (0..<count).map { _ in Double.random(in: range, using: &dice) }
    }
    meanQ = numbers(-2...2)
    scaleQ = numbers(0.3...3)
    meanP = numbers(-2...2)
    scaleP = numbers(0.3...3)
  }

  /// Returns the sum of the divergences, by a loop as one would write it.
  @inline(never)
  func plain() -> Double {
    var values = [Double](repeating: 0, count: meanQ.count)
    for i in meanQ.indices {
      let distance = meanQ[i] - meanP[i]
      values[i] =
        log(scaleP[i] / scaleQ[i])
        + (scaleQ[i] * scaleQ[i] + distance * distance) / (2 * scaleP[i] * scaleP[i]) - 0.5
    }
    return values.reduce(0, +)
  }

  /// Returns the same with a bound on the rounding error beside every value.
  @inline(never)
  func bounded() -> Double {
    var values = [Double](repeating: 0, count: meanQ.count)
    var errors = values
    let unit = 0x1p-53
    for i in meanQ.indices {
      let quotient = scaleP[i] / scaleQ[i]
      let quotientError = unit * abs(quotient)
      let logarithm = log(quotient)
      let logarithmError =
        quotientError / (abs(quotient) - quotientError) + 2 * unit * abs(logarithm)
      let distance = meanQ[i] - meanP[i]
      let distanceError = unit * abs(distance)
      let square = distance * distance
      let squareError = (2 * abs(distance) + distanceError) * distanceError + unit * square
      let variance = scaleQ[i] * scaleQ[i]
      let above = variance + square
      let aboveError = squareError + unit * variance + unit * above
      let below = 2 * (scaleP[i] * scaleP[i])
      let belowError = 2 * unit * below
      let fraction = above / below
      let fractionError =
        (aboveError + fraction * belowError) / (below - belowError) + unit * fraction
      let sum = logarithm + fraction
      values[i] = sum - 0.5
      errors[i] = logarithmError + fractionError + unit * abs(sum) + unit * abs(values[i])
    }
    return values.reduce(0, +) + errors.reduce(0, +)
  }
}
