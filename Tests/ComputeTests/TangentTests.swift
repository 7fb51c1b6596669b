import Compute
import Testing

struct TangentTests {
  // f(x) over the entries of x; differences in double-double have no rounding to speak of.
  private static let functions:
    [(String, @Sendable (inout ProgramBuilder, NodeID, Axis) -> NodeID)] = [
      ("power", { b, x, _ in b.binary(.power, x, b.binary(.add, x, b.constant(0.3))) }),
      ("integer power", { b, x, _ in b.power(x, -3) }),
      ("large power", { b, x, _ in b.power(x, 70) }),
      ("quotient", { b, x, _ in b.binary(.divide, b.unary(.sin, x), x) }),
      ("maximum", { b, x, _ in b.binary(.maximum, b.unary(.square, x), x) }),
      ("minimum", { b, x, _ in b.binary(.minimum, b.unary(.square, x), x) }),
      ("sum", { b, x, axis in b.reduce(.sum, b.unary(.exp, x), over: axis) }),
      ("product", { b, x, axis in b.reduce(.product, b.unary(.sin, x), over: axis) }),
      ("largest", { b, x, axis in b.reduce(.maximum, b.unary(.square, x), over: axis) }),
      ("smallest", { b, x, axis in b.reduce(.minimum, b.unary(.square, x), over: axis) }),
      ("integral", { b, x, axis in b.integral(b.unary(.square, x), over: axis) }),
      (
        "softmax",
        { b, x, axis in
          let e = b.unary(.exp, x)
          return b.binary(.divide, e, b.reduce(.sum, e, over: axis))
        }
      ),
      (
        "gather",
        { b, x, axis in
          let picks = b.axis(count: 2)
          return b.gather(b.unary(.square, x), axes: [axis], indices: [[2, 2]], along: [picks])
        }
      ),
      ("inverse", { b, x, axis in matrix(&b, x, axis) { $0.inverse($1, rows: $2, columns: $3) } }),
      (
        "determinant",
        { b, x, axis in matrix(&b, x, axis) { $0.determinant($1, rows: $2, columns: $3) } }
      ),
    ]

  // exp(x_i y_j) + [i = j] is far from singular.
  private static func matrix(
    _ b: inout ProgramBuilder, _ x: NodeID, _ rows: Axis,
    _ body: (inout ProgramBuilder, NodeID, Axis, Axis) -> NodeID
  ) -> NodeID {
    let columns = b.axis(count: 3)
    let y = b.table([0.2, 0.5, -0.3], axes: [columns])
    let identity = b.table([2, 0, 0, 0, 2, 0, 0, 0, 2], axes: [rows, columns])
    let entries = b.binary(.add, identity, b.unary(.exp, b.binary(.multiply, x, y)))
    return body(&b, entries, rows, columns)
  }

  private static let points = [0.7, 1.3, 0.4]

  @Test(arguments: functions.indices)
  func `First and second derivatives agree with differences`(index: Int) throws {
    let (name, function) = Self.functions[index]
    var b = ProgramBuilder()
    let axis = b.axis(count: 3)
    let x = b.input(axes: [axis])
    let value = function(&b, x, axis)
    // Along one direction.
    let direction = b.table([1, -0.5, 0.25], axes: [axis])
    let firstDerivative = b.derivative(of: value, by: x, along: direction)
    let first = try #require(firstDerivative)
    let secondDerivative = b.derivative(of: first, by: x, along: direction)
    let second = try #require(secondDerivative)
    try check(b, value, first, "\(name)")
    try check(b, first, second, "\(name), second")
  }

  private func check(
    _ b: ProgramBuilder, _ value: NodeID, _ derivative: NodeID, _ name: String
  ) throws {
    let program = b.program(outputs: [value, derivative])
    let workspace = Workspace()
    let step = 0x1p-30
    func values(_ step: Double) -> [DoubleDouble] {
      let inputs = [zip(Self.points, [1, -0.5, 0.25]).map { $0 + step * $1 }]
      return workspace.runDoubleDouble(program, inputs: inputs)[0].values
    }
    let (above, below) = (values(step), values(-step))
    let exact = workspace.run(program, inputs: [Self.points])[1]
    for i in above.indices {
      let difference = (above[i] - below[i]) / DoubleDouble(2 * step)
      // A result that is the same along an axis has a derivative without that axis.
      let known = exact.values[exact.values.count == above.count ? i : 0]
      #expect(
        abs(difference.high - known) < 1e-12 * max(1, abs(known)), "\(name) at \(i)")
    }
  }

  @Test(arguments: UnaryOperation.allCases)
  func `Every function has its derivative`(operation: UnaryOperation) throws {
    var b = ProgramBuilder()
    let x = b.input(axes: [])
    let value = b.unary(operation, x)
    let derivative = b.derivative(of: value, by: x, along: b.constant(1))
    let at = operation == .acosh ? 1.6 : 0.6
    switch operation {
    case .sign, .floor, .ceil, .step, .stopGradient: #expect(derivative == nil)
    case .trigamma:
      let program = b.program(outputs: [try #require(derivative)])
      #expect(Workspace().run(program, inputs: [[at]])[0].values[0].isNaN)
    default:
      let program = b.program(outputs: [value, try #require(derivative)])
      let workspace = Workspace()
      let ends = [1e-5, -1e-5].map { workspace.run(program, inputs: [[at + $0]])[0].values[0] }
      let slope = workspace.run(program, inputs: [[at]])[1].values[0]
      #expect(abs((ends[0] - ends[1]) / 2e-5 - slope) < 1e-8 * max(1, abs(slope)))
    }
  }

  @Test func `A product has its derivative where a factor is zero`() throws {
    var b = ProgramBuilder()
    let axis = b.axis(count: 3)
    let x = b.input(axes: [axis])
    let product = b.reduce(.product, x, over: axis)
    let (gradient, seeds) = b.gradientSeeds(of: [x], along: b.axis(count: 1))
    let tangent = b.tangent(of: product, seeds: seeds)
    let program = b.program(outputs: [try #require(tangent)])
    let block = Workspace().run(program, inputs: [[2, 0, 5]])[0]
    #expect(block.axes == [gradient])
    #expect(block.values == [0, 10, 0])
  }

  @Test func `What does not depend on a seed has no tangent`() {
    var b = ProgramBuilder()
    let x = b.input(axes: [])
    let y = b.input(axes: [])
    let seeds = [x: b.constant(1)]
    #expect(b.tangent(of: y, seeds: seeds) == nil)
    let stopped = b.unary(.stopGradient, b.unary(.square, x))
    #expect(b.tangent(of: stopped, seeds: seeds) == nil)
    let half = b.binary(.multiply, stopped, x)
    #expect(b.tangent(of: half, seeds: seeds) == stopped)
  }
}

extension ProgramBuilder {
  /// The derivative of a node by another along a direction.
  fileprivate mutating func derivative(of node: NodeID, by x: NodeID, along direction: NodeID)
    -> NodeID?
  {
    tangent(of: node, seeds: [x: direction])
  }
}
