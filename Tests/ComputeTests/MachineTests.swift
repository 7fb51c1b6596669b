import Compute
import Testing

struct MachineTests {
  private var b = ProgramBuilder()
  private let rows: Axis
  private let columns: Axis
  private let layers: Axis
  private let a: NodeID

  init() {
    rows = b.axis(count: 2)
    columns = b.axis(count: 3)
    layers = b.axis(count: 3)
    a = b.table([1, 2, 3, 4, 5, 6], axes: [rows, columns])
  }

  // The node comes first: it is made before the builder is read.
  private static func values(_ node: NodeID, _ b: ProgramBuilder) -> [Double] {
    Workspace().run(b.program(outputs: [node]), inputs: [])[0].values
  }

  @Test mutating func `Operands broadcast over the union of their axes`() {
    let x = b.table([1, 2], axes: [rows])
    let y = b.table([10, 20, 30], axes: [layers])
    let sum = b.binary(.add, y, x)
    #expect(b.axes(of: sum) == [rows, layers])
    #expect(Self.values(sum, b) == [11, 21, 31, 12, 22, 32])
    let all = b.binary(.subtract, a, y)
    #expect(
      Self.values(all, b) == [
        -9, -19, -29, -8, -18, -28, -7, -17, -27, -6, -16, -26, -5, -15, -25, -4, -14, -24,
      ])
  }

  @Test mutating func `A table may be given in any order of axes`() {
    let same = b.table([1, 4, 2, 5, 3, 6], axes: [columns, rows])
    #expect(same == a)
  }

  @Test mutating func `Each axis can be reduced`() {
    let cases: [(ReduceOperation, Axis, [Double])] = [
      (.sum, rows, [5, 7, 9]), (.sum, columns, [6, 15]), (.product, rows, [4, 10, 18]),
      (.product, columns, [6, 120]), (.maximum, rows, [4, 5, 6]), (.maximum, columns, [3, 6]),
      (.minimum, rows, [1, 2, 3]), (.minimum, columns, [1, 4]),
      (.sum, layers, [3, 6, 9, 12, 15, 18]), (.product, layers, [1, 8, 27, 64, 125, 216]),
      (.maximum, layers, [1, 2, 3, 4, 5, 6]),
    ]
    for (operation, axis, expected) in cases {
      #expect(Self.values(b.reduce(operation, a, over: axis), b) == expected)
    }
    let none = b.axis(count: 0)
    let empty = b.input(axes: [none])
    for (operation, expected) in [
      (ReduceOperation.sum, 0.0), (.product, 1), (.maximum, -.infinity), (.minimum, .infinity),
    ] {
      let result = b.reduce(operation, empty, over: none)
      let block = Workspace().run(b.program(outputs: [result]), inputs: [[]])[0]
      #expect(block.values == [expected])
    }
  }

  @Test mutating func `Undefined values stay undefined under extremes`() {
    let x = b.table([1, .nan, 3], axes: [columns])
    for operation in [ReduceOperation.maximum, .minimum] {
      let result = Self.values(b.reduce(operation, x, over: columns), b)
      #expect(result[0].isNaN)
    }
    let pair = Self.values(b.binary(.maximum, x, b.constant(0)), b)
    #expect(pair[0] == 1 && pair[1].isNaN)
  }

  @Test mutating func `An integral's bound has the difference of the rules`() {
    let x = b.table([1, 4, 2], axes: [columns])
    let inner = b.integral(x, over: columns)
    let block = Workspace().run(b.program(outputs: [inner]), inputs: [])[0]
    #expect(block.values == [7])
    #expect(block.errors[0] >= 1 && block.errors[0] < 1 + 1e-12)
    let y = b.table([1, 10, 4, 40, 2, 20], axes: [columns, layersOfTwo()])
    let outer = b.integral(y, over: columns)
    let second = Workspace().run(b.program(outputs: [outer]), inputs: [])[0]
    #expect(second.values == [7, 70])
    #expect(second.errors[0] >= 1 && second.errors[0] < 1 + 1e-12)
    #expect(second.errors[1] >= 10 && second.errors[1] < 10 + 1e-11)
  }

  private mutating func layersOfTwo() -> Axis { b.axis(count: 2) }

  @Test mutating func `Renaming moves, and an exchange transposes`() {
    let square = b.table([1, 2, 3, 4, 5, 6, 7, 8, 9], axes: [columns, layers])
    let transposed = b.renameAll(square, [columns: layers, layers: columns])
    #expect(Self.values(transposed, b) == [1, 4, 7, 2, 5, 8, 3, 6, 9])
    #expect(b.renameAll(transposed, [columns: layers, layers: columns]) == square)
    let moved = b.rename(a, from: columns, to: layers)
    #expect(b.axes(of: moved) == [rows, layers])
    #expect(Self.values(moved, b) == [1, 2, 3, 4, 5, 6])
    #expect(b.rename(a, from: layers, to: columns) == a)
    let outer = b.binary(.add, moved, a)
    #expect(Self.values(outer, b).count == 18)
  }

  @Test mutating func `Gathering picks by listed positions`() {
    let picks = b.axis(count: 4)
    let one = b.gather(a, axes: [columns], indices: [[2, 0, 0, 1]], along: [picks])
    #expect(Self.values(one, b) == [3, 1, 1, 2, 6, 4, 4, 5])
    let both = b.gather(
      a, axes: [columns, rows], indices: [[2, 0, 0, 1], [1, 1, 0, 0]], along: [picks])
    #expect(Self.values(both, b) == [6, 4, 1, 2])
    // Along axes given inner first; and an axis that stays is a diagonal.
    let grid = b.gather(
      a, axes: [columns], indices: [[0, 1, 2, 2, 1, 0]], along: [layers, rows])
    #expect(b.axes(of: grid) == [rows, layers])
    #expect(Self.values(grid, b) == [1, 3, 2, 5, 6, 4])
    let unaffected = b.gather(a, axes: [layers], indices: [[0]], along: [])
    #expect(unaffected == a)
  }

  @Test mutating func `A matrix times its inverse is the identity`() {
    let i = b.axis(count: 2)
    let j = b.axis(count: 2)
    let k = b.axis(count: 2)
    // Two matrices along i.
    let matrix = b.table([1, 2, 3, 5, 0, 1, -4, 0.5], axes: [i, j, k])
    let inverse = b.inverse(matrix, rows: j, columns: k)
    let known = [-5, 2, 3, -1, 0.125, -0.25, 1, 0]
    for (value, expected) in zip(Self.values(inverse, b), known) { expectClose(value, expected) }
    let determinant = b.determinant(matrix, rows: j, columns: k)
    for (value, expected) in zip(Self.values(determinant, b), [-1.0, 4]) {
      expectClose(value, expected)
    }
    let transposed = b.inverse(matrix, rows: k, columns: j)
    let knownTransposed = Self.values(inverse, b)
    for (value, expected) in zip(Self.values(transposed, b), knownTransposed) {
      expectClose(value, expected)
    }
    let l = b.axis(count: 2)
    let product = b.reduce(
      .sum, b.binary(.multiply, matrix, b.renameAll(inverse, [j: k, k: l])), over: k)
    let block = Workspace().run(b.program(outputs: [product]), inputs: [])[0]
    for (index, value) in block.values.enumerated() {
      #expect(abs(value - [1, 0, 0, 1, 1, 0, 0, 1][index]) <= block.errors[index])
      #expect(block.errors[index] < 1e-12)
    }
  }

  @Test mutating func `A singular matrix has no inverse and a determinant of zero`() {
    let i = b.axis(count: 2)
    let j = b.axis(count: 2)
    let matrix = b.table([1, 2, 2, 4], axes: [i, j])
    let inverse = b.inverse(matrix, rows: i, columns: j)
    let determinant = b.determinant(matrix, rows: i, columns: j)
    let blocks = Workspace().run(b.program(outputs: [inverse, determinant]), inputs: [])
    #expect(blocks[0].values.allSatisfy { $0.isNaN })
    #expect(blocks[1].values == [0] && blocks[1].errors[0] < 1e-13)
    // Constant along its columns, so singular as well.
    let column = b.table([1, 2], axes: [i])
    let spread = b.determinant(column, rows: i, columns: j)
    #expect(Self.values(spread, b) == [0])
  }

  @Test mutating func `A node and a view of it give their memory back once`() {
    let x = b.input(axes: [columns])
    let y = b.unary(.negate, x)
    let product = b.binary(.multiply, y, b.rename(y, from: columns, to: layers))
    // Both would get the region of y.
    let first = b.binary(.add, x, b.constant(1))
    let second = b.binary(.add, x, b.constant(2))
    let program = b.program(outputs: [product, first, second])
    let blocks = Workspace().run(program, inputs: [[1, 2, 3]])
    #expect(blocks[0].values == [1, 2, 3, 2, 4, 6, 3, 6, 9])
    #expect(blocks[1].values == [2, 3, 4])
    #expect(blocks[2].values == [3, 4, 5])
  }

  @Test mutating func `A workspace gives the same results again`() {
    let x = b.input(axes: [rows])
    let result = b.reduce(.sum, b.binary(.multiply, a, b.unary(.exp, x)), over: rows)
    let program = b.program(outputs: [result, x])
    let workspace = Workspace()
    let first = workspace.run(program, inputs: [[0.3, -1]])
    _ = workspace.run(program, inputs: [[5, 7]])
    let again = workspace.run(program, inputs: [[0.3, -1]])
    #expect(first[0].values == again[0].values && first[0].errors == again[0].errors)
    #expect(first[1].values == [0.3, -1] && first[1].errors == [0, 0])
  }
}
