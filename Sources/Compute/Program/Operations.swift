/// A function of one number, applied to every entry of a block.
public enum UnaryOperation: UInt8, Hashable, Sendable, CaseIterable {
  case negate
  case reciprocal
  case absolute
  case sign
  case floor
  case ceil
  case exp
  case log
  case sqrt
  case sin
  case cos
  case tan
  case asin
  case acos
  case atan
  case sinh
  case cosh
  case tanh
  case asinh
  case acosh
  case atanh
  case sigmoid
  case softplus
  case relu
  /// One for a positive number and zero otherwise.
  case step
  case erf
  case gamma
  case logGamma
  case digamma
  case trigamma
  case log1p
  case expm1
  case square
  /// The number itself, with a derivative of zero.
  case stopGradient

  /// Whether the result of an exact operand is exact, so that no error row is needed.
  var keepsExactness: Bool {
    switch self {
    case .negate, .absolute, .sign, .floor, .ceil, .relu, .step, .stopGradient: true
    default: false
    }
  }
}

/// A function of two numbers, applied to every pair of entries.
public enum BinaryOperation: UInt8, Hashable, Sendable, CaseIterable {
  case add
  case subtract
  case multiply
  case divide
  case power
  case maximum
  case minimum

  /// Whether exchanging the operands gives the same bits.
  var isCommutative: Bool {
    switch self {
    case .add, .multiply, .maximum, .minimum: true
    case .subtract, .divide, .power: false
    }
  }

  /// Whether the result of exact operands is exact.
  var keepsExactness: Bool { self == .maximum || self == .minimum }
}

/// A way to make one number out of all along an axis.
public enum ReduceOperation: UInt8, Hashable, Sendable {
  case sum
  case product
  case maximum
  case minimum

  /// Whether the result of exact operands is exact.
  var keepsExactness: Bool { self == .maximum || self == .minimum }
}
