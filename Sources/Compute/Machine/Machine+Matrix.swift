extension Machine {
  /// Visits square matrices and copies each into its own memory, row by row.
  func matrices(
    _ a: Operand, _ result: Operand, _ shape: MatrixShape,
    _ body: (_ matrix: SquareMatrix<Scalar>, _ shape: MatrixShape, _ target: Int) -> Void
  ) {
    let (source, bounds) = (value(a), error(a))
    let n = shape.size
    visit(shape.batch) { offset, target in
      var matrix = SquareMatrix<Scalar>(size: n)
      for r in 0..<n {
        for c in 0..<n {
          let place = offset + r * shape.rowStep + c * shape.columnStep
          matrix.values[r * n + c] = source[place]
          matrix.errors[r * n + c] = bounds?[place] ?? 0
        }
      }
      body(matrix, shape, result.offset + target)
    }
  }

  func invert(_ matrix: SquareMatrix<Scalar>, _ shape: MatrixShape, _ target: Int) {
    let inverse = matrix.inverse()
    for r in 0..<shape.size {
      for c in 0..<shape.size {
        let place = target + r * shape.rowStep + c * shape.columnStep
        values[place] = inverse.values[r * shape.size + c]
        errors[place] = inverse.errors[r * shape.size + c]
      }
    }
  }

  func determinant(_ matrix: SquareMatrix<Scalar>, _ shape: MatrixShape, _ target: Int) {
    let (value, error) = matrix.determinant()
    values[target] = value
    errors[target] = error
  }
}
