import Compute
import Testing

/// Random programs, so that bounds are tried on what nobody thought of.
private struct RandomProgram {
  var builder = ProgramBuilder()
  var inputs: [[Double]] = []
  var nodes: [NodeID] = []

  init(seed: Int) {
    var stream = GenericStream(key: "random program \(seed)")
    var made: [Axis] = []
    for count in [2, 3, 5] { made.append(builder.axis(count: count)) }
    for _ in 0..<4 {
      let own = made.filter { _ in stream.uniform() < 0.5 }
      let count = own.reduce(1) { $0 * builder.count(of: $1) }
      nodes.append(builder.input(axes: own))
      inputs.append((0..<count).map { _ in stream.mean() })
    }
    nodes.append(builder.constant(stream.mean(), error: 1e-17))
    let unaries: [UnaryOperation] = [
      .exp, .log, .sqrt, .tanh, .sin, .reciprocal, .square, .sigmoid, .softplus, .atan, .absolute,
      .erf, .log1p,
    ]
    let binaries: [BinaryOperation] = [.add, .subtract, .multiply, .divide, .power, .maximum]
    let reductions: [ReduceOperation] = [.sum, .product, .maximum, .minimum]
    for _ in 0..<20 {
      let a = nodes[stream.index(below: nodes.count)]
      switch stream.uniform() {
      case ..<0.3: nodes.append(builder.unary(unaries[stream.index(below: unaries.count)], a))
      case ..<0.8:
        let b = nodes[stream.index(below: nodes.count)]
        nodes.append(builder.binary(binaries[stream.index(below: binaries.count)], a, b))
      default:
        let operation = reductions[stream.index(below: reductions.count)]
        nodes.append(builder.reduce(operation, a, over: made[stream.index(below: made.count)]))
      }
    }
  }
}

struct BoundsTests {
  @Test(arguments: 0..<50) func `Bounds hold against twice the precision`(seed: Int) {
    let random = RandomProgram(seed: seed)
    let program = random.builder.program(outputs: random.nodes)
    let workspace = Workspace()
    let blocks = workspace.run(program, inputs: random.inputs)
    let precise = workspace.runDoubleDouble(program, inputs: random.inputs)
    var decided = 0
    for (block, exact) in zip(blocks, precise) {
      for i in block.values.indices {
        let (value, error) = (block.values[i], block.errors[i])
        guard value.isFinite, exact.values[i].isFinite, error < 1e-3 * abs(value) else { continue }
        let off = exact.values[i] - DoubleDouble(value)
        #expect(abs(off.high) <= error + exact.errors[i])
        decided += 1
      }
    }
    // The bounds are of use: most values are known.
    #expect(decided > 40)
  }

  @Test func `Underflow is part of the bound`() {
    var b = ProgramBuilder()
    let x = b.input(axes: [])
    let product = b.binary(.multiply, x, b.unary(.square, x))
    let exponential = b.unary(.exp, b.unary(.negate, b.unary(.reciprocal, x)))
    let results = [b.unary(.log, product), b.unary(.log, exponential)]
    for block in Workspace().run(b.program(outputs: results), inputs: [[1e-150]]) {
      #expect(block.errors[0] == .infinity)
    }
  }

  @Test func `Double-double decides what doubles leave open`() {
    var b = ProgramBuilder()
    let x = b.input(axes: [])
    // (1 + x) - 1 - x is zero; with x^2 added it is not.
    let one = b.constant(1)
    let rest = b.binary(.subtract, b.binary(.subtract, b.binary(.add, one, x), one), x)
    let other = b.binary(.add, rest, b.unary(.square, x))
    let program = b.program(outputs: [rest, other])
    let workspace = Workspace()
    let doubles = workspace.run(program, inputs: [[1e-9]])
    #expect(doubles.allSatisfy { abs($0.values[0]) <= $0.errors[0] })
    let precise = workspace.runDoubleDouble(program, inputs: [[1e-9]])
    #expect(abs(precise[0].values[0].high) <= precise[0].errors[0])
    #expect(abs(precise[1].values[0].high - 1e-18) < 1e-28)
    #expect(precise[1].errors[0] < 1e-28)
  }

  @Test func `A constant known to more digits loses them in doubles only`() {
    var b = ProgramBuilder()
    let tenth = DoubleDouble(1) / DoubleDouble(10)
    let x = b.constant(tenth, error: 1e-33)
    let product = b.binary(.subtract, b.binary(.multiply, x, b.constant(10)), b.constant(1))
    let program = b.program(outputs: [product])
    let workspace = Workspace()
    #expect(workspace.run(program, inputs: [])[0].errors[0] < 1e-15)
    let precise = workspace.runDoubleDouble(program, inputs: [])[0]
    #expect(abs(precise.values[0].high) <= precise.errors[0])
    #expect(precise.errors[0] < 1e-28)
  }
}
