import Compute
import Testing

struct MatrixTests {
  let matrix = Matrix(rows: 3, columns: 3, values: [1.5, 0.3, -0.2, 0.3, 0.8, 0.1, -0.2, 0.1, 1.1])

  @Test func `Determinant and inverse are known`() throws {
    // mpmath 1.3, mp.dps = 30
    expectClose(matrix.determinant, 1.1620000000000001713)
    let inverse = try #require(matrix.inverse)
    let known = [
      0.74870912220309809857, -0.30120481927710840366, 0.1635111876075731414,
      -0.30120481927710840366, 1.3855421686746987017, -0.18072289156626504172,
      0.1635111876075731414, -0.18072289156626504172, 0.95524956970740095493,
    ]
    for (value, expected) in zip(inverse.values, known) { expectClose(value, expected) }
  }

  @Test func `Rows are exchanged where a pivot is zero`() throws {
    let swap = Matrix(rows: 3, columns: 3, values: [0, 2, 0, 1, 0, 0, 0, 0, 4])
    #expect(swap.determinant == -8)
    let right = Matrix(rows: 3, columns: 1, values: [2, 3, 4])
    #expect(try #require(swap.solution(of: right)).values == [3, 1, 1])
  }

  @Test func `A singular matrix has no inverse`() {
    let singular = Matrix(rows: 2, columns: 2, values: [1, 2, 2, 4])
    #expect(singular.determinant == 0)
    #expect(singular.inverse == nil)
  }

  @Test func `The Cholesky factor gives the matrix back`() throws {
    let factor = try #require(Cholesky(matrix)).factor
    let product = factor * factor.transposed
    for (value, expected) in zip(product.values, matrix.values) { expectClose(value, expected) }
    #expect(factor[0, 1] == 0)
  }
}
