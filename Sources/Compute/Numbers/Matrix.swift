/// A small dense matrix of doubles.
public struct Matrix: Hashable, Sendable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The entries, row-major.
  public var values: [Double]

  /// A matrix of entries in row-major order.
  public init(rows: Int, columns: Int, values: [Double]) {
    precondition(values.count == rows * columns, "entries fill the matrix")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// The matrix with ones on its diagonal and zeros elsewhere.
  public static func identity(_ size: Int) -> Matrix {
    var result = Matrix(
      rows: size, columns: size, values: [Double](repeating: 0, count: size * size))
    for i in 0..<size { result[i, i] = 1 }
    return result
  }

  /// The entry in a row and a column.
  public subscript(row: Int, column: Int) -> Double {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  /// Returns the product.
  public static func * (a: Matrix, b: Matrix) -> Matrix {
    precondition(a.columns == b.rows, "a product joins columns to rows")
    var result = Matrix(
      rows: a.rows, columns: b.columns,
      values: [Double](repeating: 0, count: a.rows * b.columns))
    for i in 0..<a.rows {
      for k in 0..<a.columns {
        for j in 0..<b.columns { result[i, j] += a[i, k] * b[k, j] }
      }
    }
    return result
  }

  /// The matrix with rows and columns exchanged.
  public var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows, values: values)
    for i in 0..<rows {
      for j in 0..<columns { result[j, i] = self[i, j] }
    }
    return result
  }

  /// The determinant, by elimination; zero if a pivot is.
  public var determinant: Double {
    guard let (lu, _, sign) = eliminated() else { return 0 }
    return (0..<rows).reduce(sign) { $0 * lu[$1, $1] }
  }

  /// Returns the solution of a system of equations, one for each column; nil if the matrix is singular.
  public func solution(of right: Matrix) -> Matrix? {
    precondition(right.rows == rows, "a right side has the rows of the matrix")
    guard let (lu, order, _) = eliminated() else { return nil }
    var x = right
    for i in 0..<rows {
      for j in 0..<right.columns {
        var sum = right[order[i], j]
        for k in 0..<i { sum -= lu[i, k] * x[k, j] }
        x[i, j] = sum
      }
    }
    for i in (0..<rows).reversed() {
      for j in 0..<right.columns {
        var sum = x[i, j]
        for k in (i + 1)..<rows { sum -= lu[i, k] * x[k, j] }
        x[i, j] = sum / lu[i, i]
      }
    }
    return x
  }

  /// The inverse; nil if the matrix is singular.
  public var inverse: Matrix? { solution(of: .identity(rows)) }

  // Elimination with partial pivoting: both factors in one matrix, the order of the rows and its sign.
  private func eliminated() -> (lu: Matrix, order: [Int], sign: Double)? {
    precondition(rows == columns, "elimination needs a square matrix")
    var lu = self
    var order = Array(0..<rows)
    var sign = 1.0
    for column in 0..<rows {
      var pivot = column
      for row in column..<rows where lu[row, column].magnitude > lu[pivot, column].magnitude {
        pivot = row
      }
      if lu[pivot, column] == 0 { return nil }
      if pivot != column {
        for k in 0..<rows { lu.values.swapAt(pivot * rows + k, column * rows + k) }
        order.swapAt(pivot, column)
        sign = -sign
      }
      for row in 0..<rows where row > column {
        let factor = lu[row, column] / lu[column, column]
        lu[row, column] = factor
        for k in 0..<rows where k > column { lu[row, k] -= factor * lu[column, k] }
      }
    }
    return (lu, order, sign)
  }
}

/// The lower triangular factor L of a symmetric positive definite matrix L L^T.
public struct Cholesky: Hashable, Sendable {
  /// The factor; zero above the diagonal.
  public let factor: Matrix

  /// Factors a matrix of which the lower triangle is read; nil unless it is positive definite.
  public init?(_ matrix: Matrix) {
    precondition(matrix.rows == matrix.columns, "a covariance is square")
    let n = matrix.rows
    var l = Matrix(rows: n, columns: n, values: [Double](repeating: 0, count: n * n))
    for i in 0..<n {
      for j in 0...i {
        var sum = matrix[i, j]
        for k in 0..<j { sum -= l[i, k] * l[j, k] }
        if i == j {
          guard sum > 0, sum.isFinite else { return nil }
          l[i, i] = sum.squareRoot()
        } else {
          l[i, j] = sum / l[j, j]
        }
      }
    }
    factor = l
  }

  /// Returns the solution X of L X = B.
  public func lowerSolution(of right: Matrix) -> Matrix {
    precondition(right.rows == factor.rows, "a right side has the rows of the matrix")
    var x = right
    for i in 0..<factor.rows {
      for j in 0..<right.columns {
        var sum = right[i, j]
        for k in 0..<i { sum -= factor[i, k] * x[k, j] }
        x[i, j] = sum / factor[i, i]
      }
    }
    return x
  }
}
