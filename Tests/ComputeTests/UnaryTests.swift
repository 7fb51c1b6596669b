import Compute
import Testing

struct UnaryTests {
  @Test(arguments: UnaryOperation.allCases)
  func `Functions agree with known values within their bounds`(operation: UnaryOperation) {
    let golden = unaryGolden.filter { $0.operation == operation }
    #expect(golden.count >= 4)
    var builder = ProgramBuilder()
    let points = builder.axis(count: golden.count)
    let x = builder.table(golden.map(\.x), axes: [points])
    let result = builder.unary(operation, x)
    let program = builder.program(outputs: [result])
    let workspace = Workspace()
    let block = workspace.run(program, inputs: [])[0]
    let precise = workspace.runDoubleDouble(program, inputs: [])[0]
    for (i, known) in golden.enumerated() {
      let off = abs((block.values[i] - known.high) - known.low)
      #expect(off <= block.errors[i], "at \(known.x)")
      // 32 units: the loosest declaration, and digamma's near its zero.
      #expect(block.errors[i] <= 64 * 0x1p-53 * (abs(known.high) + 1), "at \(known.x)")
      let difference = precise.values[i] - DoubleDouble(high: known.high, low: known.low)
      #expect(
        abs(difference.high) <= precise.errors[i] + 0x1p-105 * abs(known.high), "at \(known.x)")
    }
  }

  @Test(arguments: UnaryOperation.allCases)
  func `Bounds cover what an error of the operand does`(operation: UnaryOperation) {
    let golden = unaryGolden.filter { $0.operation == operation }
    for known in golden {
      // The operand is off by 1e-9, so the result may be off by as much as the bound says.
      var builder = ProgramBuilder()
      let shifted = builder.constant(known.x * (1 + 1e-9), error: 1.1e-9 * abs(known.x))
      let result = builder.unary(operation, shifted)
      let program = builder.program(outputs: [result])
      let block = Workspace().run(program, inputs: [])[0]
      #expect(abs(block.values[0] - known.high) <= block.errors[0], "at \(known.x)")
      #expect(block.errors[0] < 1e-5 * (1 + abs(known.high)), "at \(known.x)")
    }
  }

  @Test func `Special values are those of the standard`() {
    let cases: [(UnaryOperation, Double, Double)] = [
      (.log, 0, -.infinity), (.log, -1, .nan), (.log, .infinity, .infinity), (.log, .nan, .nan),
      (.log, 0x1p-1074, -744.4400719213812), (.exp, -.infinity, 0), (.exp, .infinity, .infinity),
      (.exp, 710, .infinity), (.exp, -746, 0), (.exp, .nan, .nan), (.tanh, .infinity, 1),
      (.tanh, -.infinity, -1), (.tanh, .nan, .nan), (.sqrt, -1, .nan), (.sqrt, 0, 0),
      (.reciprocal, 0, .infinity), (.sigmoid, -1000, 0), (.sigmoid, 1000, 1),
      (.sigmoid, -.infinity, 0), (.softplus, 1000, 1000), (.softplus, -1000, 0),
      (.digamma, -2, .nan), (.digamma, .infinity, .infinity), (.step, 0, 0), (.step, .nan, .nan),
      (.sign, -0.0, -0.0), (.relu, .nan, .nan), (.log1p, -1, -.infinity),
    ]
    for (operation, x, expected) in cases {
      var builder = ProgramBuilder()
      let slot = builder.input(axes: [])
      let result = builder.unary(operation, slot)
      let program = builder.program(outputs: [result])
      let value = Workspace().run(program, inputs: [[x]])[0].values[0]
      #expect(value == expected || (value.isNaN && expected.isNaN), "\(operation) of \(x)")
    }
  }

  @Test(arguments: [
    (UnaryOperation.log, 1e-20), (.log, 0), (.sqrt, 1e-20), (.reciprocal, 1e-20), (.acos, 1),
    (.acosh, 1), (.atanh, 1), (.gamma, 1e-20),
  ])
  func `An edge of the domain within the error makes the bound infinite`(
    operation: UnaryOperation, x: Double
  ) {
    var builder = ProgramBuilder()
    let a = builder.constant(x, error: 1e-15)
    let result = builder.unary(operation, a)
    let program = builder.program(outputs: [result])
    let block = Workspace().run(program, inputs: [])[0]
    #expect(block.errors[0] == .infinity)
  }

  @Test(arguments: [(UnaryOperation.step, 1.0), (.sign, 2), (.floor, 1), (.ceil, 1)])
  func `A jump within the error is part of the bound`(operation: UnaryOperation, jump: Double) {
    var builder = ProgramBuilder()
    let a = builder.constant(-1e-20, error: 1e-15)
    let b = builder.constant(0.5, error: 1e-15)
    let results = [builder.unary(operation, a), builder.unary(operation, b)]
    let program = builder.program(outputs: results)
    let blocks = Workspace().run(program, inputs: [])
    #expect(blocks[0].errors[0] == jump)
    #expect(blocks[1].errors[0] == 0)
  }
}
