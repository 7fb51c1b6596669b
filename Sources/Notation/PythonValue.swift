/// What an expression of Python is before it must be a tree.
indirect enum PythonValue {
  case expression(Expression)
  /// A dotted name that nothing was done with yet.
  case path([String], SourceRange)
  /// A list by comprehension or by a loop that appends.
  case array(PythonArray)
  /// A tuple or list by its entries.
  case list([PythonValue], SourceRange)
  /// `x.shape`, `x.size()`.
  case shape(Expression)
  /// What `slogdet` returns: the sign and the logarithm of the determinant.
  case signedLogDeterminant(Expression)
  /// A loss function that was made and not yet applied.
  case loss(PythonLoss, String, SourceRange)
  /// A function without name.
  case lambda([Name], Expression)

  /// Whether it is `[]`.
  var isEmptyList: Bool {
    if case .list(let entries, _) = self { entries.isEmpty } else { false }
  }
}

/// The entries of an array by a formula.
struct PythonArray {
  /// An entry, or all of them at once if there are no variables.
  var body: Expression
  /// The index that runs; empty if the body is written in whole arrays.
  var variables: [Name] = []
  var lower: Expression?
  var upper: Expression?
  /// A condition on the index, if there is no last one.
  var condition: Expression?
  /// How many entries there are, if that is known.
  var count: Expression?
  /// The name of the list whose entries have been written down.
  var name: Name?
  /// Whether the body depends on what runs.
  var dependsOnIndex = true

  /// The first index of a slice, if that is not 0.
  var firstIndex: Expression? {
    if case .relation(_, _, let first)? = condition?.node { return first }
    if case .number(0, _)? = lower?.node { return nil }
    return lower
  }

  /// The bounds of the index, where it leaves entries out: an array as a whole goes up to a length.
  var bounds: [Expression] {
    guard let variable = variables.first else { return [] }
    let index = Expression(.name(variable), body.range)
    var bounds: [Expression] = []
    if let first = firstIndex {
      bounds.append(Expression(.relation(.greaterOrEqual, index, first), first.range))
    }
    if let upper, !upper.isBelowLength {
      bounds.append(Expression(.relation(.lessOrEqual, index, upper), upper.range))
    }
    return bounds
  }

  /// The sum, mean or product of all entries.
  func reduced(by function: Function, _ range: SourceRange) -> Expression? {
    if variables.isEmpty {
      let whole = Expression(.call(function, [body]), range)
      guard !dependsOnIndex else { return whole }
      guard function == .sum, let count else { return nil }
      return Expression(.binary(.elementwise, count, body), range)
    }
    let kinds: [Function: Reduction.Kind] = [
      .sum: .sum, .mean: .sum, .product: .product, .maximum: .maximum, .minimum: .minimum,
    ]
    guard let kind = kinds[function] else { return nil }
    var inner = body
    var isNegative = false
    if kind == .sum, case .negate(let positive) = body.node {
      inner = positive
      isNegative = true
    }
    let reduction = Reduction(
      kind, variables: variables, lower: lower, upper: upper, condition: condition,
      body: inner)
    var result = Expression(.reduction(reduction), range)
    if isNegative { result = Expression(.negate(result), range) }
    guard function == .mean else { return result }
    guard let count else { return nil }
    return Expression(.binary(.divide, result, count), range)
  }
}

/// An argument of a call.
struct PythonArgument {
  var name: String?
  var value: PythonValue
}

extension Expression {
  /// Whether the expression is a length less one: `T - 1`, `len(rewards) - 1`.
  fileprivate var isBelowLength: Bool {
    guard case .binary(.subtract, let length, let one) = withoutGroups.node,
      case .number(1, _) = one.node
    else { return false }
    switch length.withoutGroups.node {
    case .name, .call(.count, _): return true
    default: return false
    }
  }
}
