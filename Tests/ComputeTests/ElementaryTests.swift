import Compute
import Testing

struct ElementaryTests {
  // The declared errors, in units of the last place, against double-double.
  @Test(arguments: [
    (UnaryOperation.log, 1e-300, 1e300, 1.0), (.log, 0.5, 2, 1), (.exp, -700, 700, 1),
    (.exp, -1, 1, 1), (.tanh, -25, 25, 3), (.tanh, -0.5, 0.5, 3), (.sigmoid, -40, 40, 3),
  ])
  func `Array functions keep their declared errors`(
    operation: UnaryOperation, low: Double, high: Double, units: Double
  ) {
    var stream = GenericStream(key: "\(operation) \(low)")
    let points = (0..<1000).map { _ in
      low > 1e-3 || low < 0 ? stream.uniform(low, high) : logUniform(&stream)
    }
    var builder = ProgramBuilder()
    let axis = builder.axis(count: points.count)
    let x = builder.table(points, axes: [axis])
    let value = builder.unary(operation, x)
    let program = builder.program(outputs: [value])
    let workspace = Workspace()
    let block = workspace.run(program, inputs: [])[0]
    let precise = workspace.runDoubleDouble(program, inputs: [])[0]
    for i in points.indices {
      let off = (precise.values[i] - DoubleDouble(block.values[i])).high
      #expect(abs(off) <= units * block.values[i].ulp, "at \(points[i])")
    }
  }

  private func logUniform(_ stream: inout GenericStream) -> Double {
    let exponent = stream.index(below: 1000) - 500
    return Double(sign: .plus, exponent: exponent, significand: 1 + stream.uniform())
  }

  @Test func `A value does not depend on its neighbours`() {
    var builder = ProgramBuilder()
    let axis = builder.axis(count: 4)
    let alone = builder.axis(count: 1)
    let many = builder.table([0.7, .nan, -1, 2.5], axes: [axis])
    let one = builder.table([0.7], axes: [alone])
    for operation in [UnaryOperation.log, .exp, .tanh, .sigmoid] {
      let results = [builder.unary(operation, many), builder.unary(operation, one)]
      let blocks = Workspace().run(builder.program(outputs: results), inputs: [])
      #expect(blocks[0].values[0] == blocks[1].values[0])
    }
  }
}
