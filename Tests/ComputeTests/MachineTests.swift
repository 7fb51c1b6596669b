import Compute
import Testing

struct MachineTests {
  @Test func `Operands broadcast over the union of their axes`() {
    var b = ProgramBuilder()
    let rows = b.axis(count: 2)
    let columns = b.axis(count: 3)
    let x = b.table([1, 2], axes: [rows])
    let y = b.table([10, 20, 30], axes: [columns])
    let sum = b.binary(.add, y, x)
    let total = b.reduce(.sum, sum, over: rows)
    let program = b.program(outputs: [sum, total])
    let blocks = Workspace().run(program, inputs: [])
    #expect(blocks[0].values == [11, 21, 31, 12, 22, 32])
    #expect(blocks[0].axes == [rows, columns])
    #expect(blocks[1].values == [23, 43, 63])
  }

  @Test func `A matrix times its inverse is the identity`() {
    var b = ProgramBuilder()
    let i = b.axis(count: 2)
    let j = b.axis(count: 2)
    let k = b.axis(count: 2)
    let a = b.table([1, 2, 3, 5], axes: [i, j])
    let inverse = b.inverse(a, rows: i, columns: j)
    let moved = b.renameAll(inverse, [i: j, j: k])
    let product = b.reduce(.sum, b.binary(.multiply, a, moved), over: j)
    let determinant = b.determinant(a, rows: i, columns: j)
    let blocks = Workspace().run(b.program(outputs: [inverse, product, determinant]), inputs: [])
    for (value, expected) in zip(blocks[0].values, [-5.0, 2, 3, -1]) {
      #expect(abs(value - expected) < 1e-14)
    }
    for (value, expected) in zip(blocks[1].values, [1.0, 0, 0, 1]) {
      #expect(abs(value - expected) < 1e-14)
    }
    #expect(abs(blocks[2].values[0] + 1) < 1e-14)
    #expect(blocks[0].errors.allSatisfy { $0 < 1e-12 })
  }
}
