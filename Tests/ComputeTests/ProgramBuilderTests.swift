import Compute
import Testing

struct ProgramBuilderTests {
  @Test func `Equal trees are one node`() {
    var b = ProgramBuilder()
    let s = b.axis(count: 3)
    let x = b.input(axes: [s])
    let y = b.input(axes: [s])
    #expect(x != y)
    #expect(b.binary(.add, x, y) == b.binary(.add, y, x))
    #expect(b.binary(.subtract, x, y) != b.binary(.subtract, y, x))
    #expect(b.unary(.exp, x) == b.unary(.exp, x))
    #expect(b.table([1, 2, 3], axes: [s]) == b.table([1, 2, 3], axes: [s]))
    #expect(b.constant(0) != b.constant(-0.0))
    #expect(b.constant(.nan) == b.constant(.nan))
    #expect(b.binary(.multiply, x, x) == b.power(x, 2))
  }

  @Test func `Exact simplifications are made and no others`() {
    var b = ProgramBuilder()
    let x = b.input(axes: [])
    func known(_ node: NodeID) -> Double? { b.constantValue(of: node) }
    let (zero, one, third) = (b.constant(0), b.constant(1), b.constant(1.0 / 3))
    #expect(b.binary(.add, x, zero) == x)
    #expect(b.binary(.multiply, one, x) == x)
    #expect(b.binary(.divide, x, one) == x)
    #expect(b.power(x, 1) == x)
    #expect(b.unary(.negate, b.unary(.negate, x)) == x)
    #expect(known(b.binary(.divide, one, b.constant(8))) == 0.125)
    #expect(known(b.binary(.multiply, zero, x)) == nil)
    #expect(known(b.binary(.divide, one, b.constant(3))) == nil)
    #expect(known(b.binary(.multiply, third, third)) == nil)
    #expect(known(b.binary(.divide, one, zero)) == nil)
    #expect(b.binary(.power, x, b.constant(0.5)) == b.unary(.sqrt, x))
    #expect(b.binary(.power, x, b.constant(-3)) == b.power(x, -3))
    let product = b.binary(.multiply, zero, x)
    let value = Workspace().run(b.program(outputs: [product]), inputs: [[.infinity]])[0].values[0]
    #expect(value.isNaN)
  }

  @Test(arguments: [
    (2.0, 3.0, 8.0), (-2, 3, -8), (-2, -2, 0.25), (2, 0.5, 1.4142135623730951), (0, 0, 1),
    (0, 2, 0), (0, -1, .infinity), (-8, 1.0 / 3, .nan), (2, 100, 0x1p100), (-1, 1e300, 1),
    (.nan, 2, .nan), (2, .nan, .nan), (.infinity, -2, 0),
  ])
  func `Powers are those of real numbers`(base: Double, exponent: Double, expected: Double) {
    var b = ProgramBuilder()
    let x = b.input(axes: [])
    let y = b.input(axes: [])
    let general = b.binary(.power, x, y)
    let known = b.binary(.power, x, b.constant(exponent))
    let program = b.program(outputs: [general, known])
    let workspace = Workspace()
    for block in workspace.run(program, inputs: [[base], [exponent]]) {
      let value = block.values[0]
      #expect(value == expected || (value.isNaN && expected.isNaN))
    }
    for block in workspace.runDoubleDouble(program, inputs: [[base], [exponent]]) {
      let value = block.values[0].high
      #expect(value == expected || (value.isNaN && expected.isNaN))
    }
  }

  @Test func `Blocks beyond the limit are refused`() {
    var b = ProgramBuilder()
    let s = b.axis(count: 1 << 14)
    let t = b.axis(count: 1 << 14)
    let x = b.input(axes: [s])
    let y = b.input(axes: [t])
    #expect(!b.isTooLarge)
    let sum = b.binary(.add, x, y)
    #expect(b.isTooLarge)
    #expect(b.program(outputs: [sum]).isTooLarge)
    #expect(!b.program(outputs: [x]).isTooLarge)
    var product = sum
    for _ in 0..<5 {
      let axis = b.axis(count: .max)
      product = b.binary(.add, product, b.input(axes: [axis]))
    }
    #expect(b.program(outputs: [product]).isTooLarge)
  }

  @Test func `Dead nodes cost nothing`() {
    var b = ProgramBuilder()
    let x = b.input(axes: [])
    let dead = b.input(axes: [])
    _ = b.unary(.exp, dead)
    let result = b.unary(.square, x)
    let program = b.program(outputs: [result])
    #expect(program.inputCount == 2)
    #expect(program.instructionCount == 2)
    #expect(b.inputSlots(of: [result]) == [0])
    #expect(Workspace().run(program, inputs: [[3], []])[0].values == [9])
  }

  @Test func `A million values run`() {
    var b = ProgramBuilder()
    let s = b.axis(count: 1000)
    let t = b.axis(count: 1000)
    let x = b.input(axes: [s])
    let y = b.input(axes: [t])
    let sum = b.reduce(
      .sum, b.reduce(.sum, b.binary(.multiply, x, y), over: s), over: t)
    let ones = [Double](repeating: 1, count: 1000)
    let block = Workspace().run(b.program(outputs: [sum]), inputs: [ones, ones])[0]
    #expect(block.values == [1e6])
    #expect(block.errors[0] < 1e-6)
  }
}
