import Compute
import Testing

struct QuadratureTests {
  private static let cases: [(String, DoubleExponentialRule.Interval, Double, Double)] = [
    // x, log x, exp(-x), 1 / (1 + x^2) over the interval; the value; a bound of the relative error.
    ("x", .between(0, 3), 4.5, 1e-14),
    ("log", .between(0, 1), -1, 1e-14),
    ("exp", .between(-1, 2), 2.5829465452224325435, 1e-14),  // e - e^-2, mpmath 1.3
    ("exp", .above(0), 1, 1e-13),
    ("exp", .above(2), 0.13533528323661269189, 1e-12),
    ("cauchy", .above(0), 1.5707963267948966192, 1e-13),
    ("cauchy", .below(0), 1.5707963267948966192, 1e-13),
    ("cauchy", .everywhere, 3.1415926535897932385, 1e-13),
  ]

  @Test(arguments: 0..<8) func `Integrals over intervals are known`(index: Int) {
    let (name, interval, known, tolerance) = Self.cases[index]
    var builder = ProgramBuilder()
    let (axis, x, weights) = builder.quadrature(DoubleExponentialRule(interval, step: 0x1p-5))
    let value: NodeID
    switch name {
    case "x": value = x
    case "log": value = builder.unary(.log, x)
    case "exp": value = builder.unary(.exp, builder.unary(.negate, x))
    default:
      value = builder.unary(
        .reciprocal, builder.binary(.add, builder.constant(1), builder.unary(.square, x)))
    }
    let terms = builder.binary(.multiply, weights, value)
    let integral = builder.integral(terms, over: axis)
    let block = Workspace().run(builder.program(outputs: [integral]), inputs: [])[0]
    #expect(abs(block.values[0] - known) <= tolerance * abs(known))
    #expect(block.errors[0] < 1e-8 * abs(known))
  }

  @Test func `The trapezoid rule has the moments of the normal density`() {
    var builder = ProgramBuilder()
    let (axis, t, weights) = builder.quadrature(TrapezoidRule(step: 0.25, extent: 12))
    #expect(builder.count(of: axis) == 97)
    let moments = [(0, 1.0), (2, 1), (4, 3), (6, 15), (8, 105)].map { power, known in
      let terms = builder.binary(.multiply, weights, builder.power(t, power))
      return (builder.integral(terms, over: axis), known)
    }
    let program = builder.program(outputs: moments.map(\.0))
    let workspace = Workspace()
    for (block, (_, known)) in zip(workspace.run(program, inputs: []), moments) {
      #expect(abs(block.values[0] - known) < 1e-14 * known)
      #expect(abs(block.values[0] - known) <= block.errors[0])
    }
    // In double-double the rule itself is what remains: exp(-2 pi^2 / h^2) is below 1e-130, and the tail
    // beyond 12, of which the eighth moment has about 1e-24.
    for (block, (_, known)) in zip(workspace.runDoubleDouble(program, inputs: []), moments) {
      let off = block.values[0] - DoubleDouble(known)
      #expect(abs(off.high) < 1e-26 * known)
    }
  }

  @Test func `A step too large shows in the bound`() {
    var builder = ProgramBuilder()
    let (axis, t, weights) = builder.quadrature(TrapezoidRule(step: 0.5, extent: 12))
    let steep = builder.binary(.multiply, builder.constant(8), t)
    let terms = builder.binary(.multiply, weights, builder.unary(.softplus, steep))
    let integral = builder.integral(terms, over: axis)
    let block = Workspace().run(builder.program(outputs: [integral]), inputs: [])[0]
    // mpmath 1.3, mp.dps = 30
    let known = 3.272158491809301886
    #expect(abs(block.values[0] - known) > 1e-6)
    #expect(abs(block.values[0] - known) < block.errors[0])
  }
}
