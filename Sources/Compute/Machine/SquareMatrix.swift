import RealModule

/// A small square matrix with bounds, as the machine inverts it.
struct SquareMatrix<Scalar: BlockScalar> {
  let size: Int
  /// Row-major.
  var values: [Scalar]
  /// Absolute bounds of the values.
  var errors: [Double]

  init(size: Int) {
    self.size = size
    values = [Scalar](repeating: Scalar(known: 0, low: 0), count: size * size)
    errors = [Double](repeating: 0, count: size * size)
  }

  /// The inverse, with bounds from its residual; undefined if the matrix is singular.
  ///
  /// For A X = I - R the error of X is X R (I - R)^-1, and R is known up to rounding and the errors of A.
  ///
  /// - SeeAlso: Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section 14.1.
  func inverse() -> SquareMatrix {
    let n = size
    guard let (x, _) = eliminated() else {
      var result = SquareMatrix(size: n)
      result.values = result.values.map { _ in Scalar(known: .nan, low: 0) }
      result.errors = result.errors.map { _ in .infinity }
      return result
    }
    var result = SquareMatrix(size: n)
    result.values = x
    var residual = [Double](repeating: 0, count: n * n)
    var norm = 0.0
    for i in 0..<n {
      var row = 0.0
      for j in 0..<n {
        var sum = Scalar(known: i == j ? -1 : 0, low: 0)
        var bound = 0.0
        for k in 0..<n {
          sum = sum + values[i * n + k] * x[k * n + j]
          let size = x[k * n + j].leading.magnitude
          bound +=
            (errors[i * n + k]
              + Scalar.unitRoundoff * Double(n + 3) * values[i * n + k].leading.magnitude) * size
        }
        residual[i * n + j] = sum.leading.magnitude + bound
        row += residual[i * n + j]
      }
      norm = row > norm || row.isNaN ? row : norm
    }
    let room = 1 - norm
    for i in 0..<n {
      for j in 0..<n {
        var bound = 0.0
        for k in 0..<n { bound += x[i * n + k].leading.magnitude * residual[k * n + j] }
        result.errors[i * n + j] = room > 0 ? bound / room : .infinity
      }
    }
    return result
  }

  /// The determinant with a bound.
  ///
  /// A change D of the matrix changes the determinant by a factor `det(I + A^-1 D)`, which lies within
  /// `exp(s) - 1` of 1 for s the sum of all entries of `|A^-1| |D|`. For singular matrices Hadamard's
  /// inequality bounds the change.
  func determinant() -> (Scalar, Double) {
    let n = size
    let unit = Scalar.unitRoundoff * Double(n + 2)
    // Elimination with pivoting grows entries little; four times the largest entry is generous here.
    let largest = values.reduce(0) { Swift.max($0, $1.leading.magnitude) }
    let changes = errors.map { $0 + 4 * unit * largest }
    guard let (x, value) = eliminated() else {
      var (before, after) = (1.0, 1.0)
      for i in 0..<n {
        var (norm, change) = (0.0, 0.0)
        for j in 0..<n {
          norm += values[i * n + j].leading * values[i * n + j].leading
          change += changes[i * n + j] * changes[i * n + j]
        }
        before *= norm.squareRoot()
        after *= norm.squareRoot() + change.squareRoot()
      }
      return (Scalar(known: 0, low: 0), after - before + unit * before)
    }
    var sum = 0.0
    for i in 0..<n {
      for k in 0..<n {
        for j in 0..<n { sum += x[i * n + k].leading.magnitude * changes[k * n + j] }
      }
    }
    return (value, value.leading.magnitude * (Double.expMinusOne(sum) + unit))
  }

  // Gauss and Jordan with partial pivoting: the inverse and the determinant; nil if a pivot is zero.
  private func eliminated() -> (inverse: [Scalar], determinant: Scalar)? {
    let n = size
    let (zero, one) = (Scalar(known: 0, low: 0), Scalar(known: 1, low: 0))
    var a = values
    var x = [Scalar](repeating: zero, count: n * n)
    for i in 0..<n { x[i * n + i] = one }
    var determinant = one
    for column in 0..<n {
      var pivot = column
      for row in column..<n
      where a[row * n + column].leading.magnitude > a[pivot * n + column].leading.magnitude {
        pivot = row
      }
      if a[pivot * n + column] == zero { return nil }
      if pivot != column {
        determinant = -determinant
        for k in 0..<n {
          a.swapAt(pivot * n + k, column * n + k)
          x.swapAt(pivot * n + k, column * n + k)
        }
      }
      let scale = a[column * n + column]
      determinant = determinant * scale
      for k in 0..<n {
        a[column * n + k] = a[column * n + k] / scale
        x[column * n + k] = x[column * n + k] / scale
      }
      for row in 0..<n where row != column {
        let factor = a[row * n + column]
        for k in 0..<n {
          a[row * n + k] = a[row * n + k] - factor * a[column * n + k]
          x[row * n + k] = x[row * n + k] - factor * x[column * n + k]
        }
      }
    }
    return (x, determinant)
  }
}
