internal import Compute
internal import Notation

extension Elaborator {
  /// Applies a function that every question knows.
  mutating func call(
    _ function: Function, _ arguments: [Expression], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    if let operation = Self.elementwise[function] {
      guard let argument = arguments.first, arguments.count == 1 else {
        throw Misunderstanding(.nonsense, "'\(function.rawValue)' takes one argument", at: range)
      }
      let value = try quantity(argument)
      guard !value.isMatrix, !value.isIdentity else {
        throw Misunderstanding(
          .nonsense, "'\(function.rawValue)' is taken of \(shape(value))", at: range)
      }
      if function == .log, let logarithm = value.logarithm {
        return Quantity(logarithm, axes: value.axes)
      }
      return mapped(operation, value)
    }
    switch function {
    case .cot, .sec, .csc: return try reciprocalTrigonometric(function, arguments, at: range)
    case .logBase: return try logarithm(arguments, at: range)
    case .root, .binomial: return try ofTwo(function, arguments, at: range)
    case .maximum, .minimum: return try extreme(function, arguments, at: range)
    case .sum, .mean, .product, .count: return try ofEntries(function, arguments, at: range)
    case .cumulativeSum, .reverseCumulativeSum:
      if let array = arguments.first, let sums = ofSteps(function, try quantity(array)) {
        return sums
      }
      throw Misunderstanding(
        .outOfReach, "'\(function.rawValue)' cannot be evaluated here", at: range)
    case .dot:
      guard arguments.count == 2 else {
        throw Misunderstanding(.nonsense, "an inner product takes two arrays", at: range)
      }
      let factors = [try quantity(arguments[0]), try quantity(arguments[1])]
      if factors.allSatisfy(\.isMatrix) {
        return total(try scaled(.multiply, factors[0], factors[1], at: range))
      }
      return try binary(.matrixProduct, arguments[0], arguments[1], at: range)
    case .trace, .determinant, .logDeterminant, .inverse, .diagonal, .identity:
      return try ofMatrix(function, arguments, at: range)
    case .entropy: return try entropy(arguments, at: range)
    case .standardNormal where noiseReading != nil:
      return Quantity(
        noise("noise@\(range.lower)", isArray: isSampleSize(arguments.first)))
    case .standardNormal:
      throw Misunderstanding(.outOfReach, "a draw of noise cannot be evaluated here", at: range)
    case .stopGradient: return mapped(.stopGradient, try quantity(arguments[0]))
    default:
      throw Misunderstanding(
        .outOfReach, "'\(function.rawValue)' cannot be evaluated here", at: range)
    }
  }

  private static let elementwise: [Function: UnaryOperation] = [
    .exp: .exp, .log: .log, .sqrt: .sqrt, .sin: .sin, .cos: .cos, .tan: .tan, .arcsin: .asin,
    .arccos: .acos, .arctan: .atan, .sinh: .sinh, .cosh: .cosh, .tanh: .tanh, .arsinh: .asinh,
    .arcosh: .acosh, .artanh: .atanh, .sigmoid: .sigmoid, .softplus: .softplus, .relu: .relu,
    .erf: .erf, .gamma: .gamma, .logGamma: .logGamma, .digamma: .digamma, .sign: .sign,
    .floor: .floor, .ceil: .ceil, .absolute: .absolute, .logOnePlus: .log1p, .expMinusOne: .expm1,
  ]

  private mutating func reciprocalTrigonometric(
    _ function: Function, _ arguments: [Expression], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    let value = try quantity(arguments[0])
    let base: UnaryOperation = function == .cot ? .tan : function == .sec ? .cos : .sin
    return mapped(.reciprocal, mapped(base, value))
  }

  private mutating func logarithm(
    _ arguments: [Expression], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    let value = try call(.log, [arguments[0]], at: range)
    let base = try call(.log, [arguments[1]], at: range)
    return try scaled(.divide, value, base, at: range)
  }

  private mutating func ofTwo(
    _ function: Function, _ arguments: [Expression], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    let first = try number(arguments[0])
    let second = try number(arguments[1])
    if function == .root {
      if builder.constantValue(of: second) == 2 { return Quantity(builder.unary(.sqrt, first)) }
      let exponent = builder.unary(.reciprocal, second)
      // An odd root of a negative number is real.
      if let order = builder.constantValue(of: second),
        abs(order.truncatingRemainder(dividingBy: 2)) == 1
      {
        let size = builder.binary(.power, builder.unary(.absolute, first), exponent)
        return Quantity(builder.binary(.multiply, builder.unary(.sign, first), size))
      }
      return Quantity(builder.binary(.power, first, exponent))
    }
    // By logarithms, so that the poles of the gamma function below give 0.
    let one = builder.constant(1)
    let logs = [first, second, builder.binary(.subtract, first, second)].map {
      builder.unary(.logGamma, builder.binary(.add, $0, one))
    }
    return Quantity(
      builder.unary(
        .exp,
        builder.binary(.subtract, logs[0], builder.binary(.add, logs[1], logs[2]))))
  }

  private mutating func extreme(
    _ function: Function, _ arguments: [Expression], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard
      var result = try arguments.first.map({ argument throws(Misunderstanding) in
        try quantity(argument)
      })
    else {
      throw Misunderstanding(.nonsense, "'\(function.rawValue)' of nothing", at: range)
    }
    if arguments.count == 1 {
      if let (trajectories, _) = reading, result.axes == [trajectories.time] {
        throw Misunderstanding(
          .outOfReach, "the '\(function.rawValue)' over the steps is not evaluated", at: range)
      }
      for axis in result.axes {
        result.node = builder.reduce(
          function == .maximum ? .maximum : .minimum, result.node, over: axis)
      }
      return Quantity(result.node)
    }
    for argument in arguments.dropFirst() {
      result = try scaled(
        function == .maximum ? .maximum : .minimum, result, try quantity(argument), at: range)
    }
    return result
  }

  /// Sums, means, products and counts over all entries of an array.
  private mutating func ofEntries(
    _ function: Function, _ arguments: [Expression], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    let reduces = function == .sum || function == .mean
    if reduces { noiseReading?.openReductions += 1 }
    defer { if reduces { noiseReading?.openReductions -= 1 } }
    var values: [Quantity] = []
    for argument in arguments { values.append(try quantity(argument)) }
    guard let value = values.first, values.count == 1 else {
      throw Misunderstanding(.nonsense, "'\(function.rawValue)' takes one array", at: range)
    }
    guard !value.isIdentity else {
      throw Misunderstanding(.outOfReach, "the size of the identity is not known", at: range)
    }
    if let reduced = ofSteps(function, value) { return reduced }
    if let inner = ofSamplesInside(function, value) { return inner }
    if function == .sum, let sum = sumOfSamples(value) { return sum }
    // The length of a list of samples is bound to its name.
    if function == .count, reading != nil, value.isNumber { return value }
    let count = counts(value).reduce(1, *)
    switch function {
    case .count: return Quantity(builder.constant(Double(count)))
    case .mean:
      return Quantity(
        builder.binary(.divide, total(value).node, builder.constant(Double(count))))
    case .product:
      var node = value.node
      for axis in value.axes { node = builder.reduce(.product, node, over: axis) }
      return Quantity(node)
    default: return total(value)
    }
  }

  private mutating func ofMatrix(
    _ function: Function, _ arguments: [Expression], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard let argument = arguments.first else {
      return .identity(times: builder.constant(1))
    }
    if function == .identity { return .identity(times: builder.constant(1)) }
    if function == .trace, let trace = try traceOfLogarithms(argument, at: range) { return trace }
    // `diag(s_1^2, ..., s_k^2)` is the family that its last entry belongs to.
    let isEnumeration = arguments.contains { if case .ellipsis = $0.node { true } else { false } }
    let value = try quantity(isEnumeration ? arguments[arguments.count - 1] : argument)
    switch function {
    case .inverse: return try inverse(of: value, at: range)
    case .diagonal:
      if value.isMatrix {
        let axis = value.axes[0]
        let ones = identityMatrix(like: value, Quantity(builder.constant(1)))
        let product = builder.binary(.multiply, value.node, ones.node)
        return Quantity(
          builder.reduce(.sum, product, over: value.axes[1]), axes: [axis])
      }
      guard value.isVector else { return value }
      let columns = builder.axis(count: builder.count(of: value.axes[0]))
      let frame = Quantity(value.node, axes: [value.axes[0], columns])
      let ones = identityMatrix(like: frame, Quantity(builder.constant(1)))
      return Quantity(builder.binary(.multiply, value.node, ones.node), axes: frame.axes)
    default: break
    }
    // Trace and determinant of a number are the number: the case of one dimension.
    if value.isNumber {
      return function == .logDeterminant ? mapped(.log, value) : value
    }
    if value.isIdentity, let axis = world.axes[.latent] {
      let count = Double(builder.count(of: axis))
      if function == .trace {
        return Quantity(builder.binary(.multiply, value.node, builder.constant(count)))
      }
    }
    guard value.isMatrix, counts(value)[0] == counts(value)[1] else {
      throw Misunderstanding(
        .nonsense, "'\(function.rawValue)' is taken of \(shape(value))", at: range)
    }
    switch function {
    case .trace:
      let ones = identityMatrix(like: value, Quantity(builder.constant(1)))
      return total(
        Quantity(builder.binary(.multiply, value.node, ones.node), axes: value.axes))
    case .determinant: return determinant(of: value)
    default: return mapped(.log, mapped(.absolute, determinant(of: value)))
    }
  }

  /// Returns the trace of logarithms of matrices, `\operatorname{tr}\log A = \log\det A`, or `nil` if
  /// the argument is no such logarithm or sum of them.
  private mutating func traceOfLogarithms(
    _ argument: Expression, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity? {
    switch argument.withoutGroups.node {
    case .call(.log, let inner):
      guard let matrix = inner.first, try quantity(matrix).isMatrix else { return nil }
      return try ofMatrix(.logDeterminant, [matrix], at: range)
    case .binary(let operation, let left, let right)
    where operation == .add || operation == .subtract:
      guard let first = try traceOfLogarithms(left, at: range),
        let second = try traceOfLogarithms(right, at: range)
      else { return nil }
      return try scaled(operation == .add ? .add : .subtract, first, second, at: range)
    case .negate(let inner):
      guard let trace = try traceOfLogarithms(inner, at: range) else { return nil }
      return negated(trace)
    default: return nil
    }
  }

  /// Returns the matrix `A` of `A^{1/2}` and its like with the sign of the power, or `nil`.
  private mutating func squareRoot(
    _ expression: Expression
  ) throws(Misunderstanding) -> (matrix: Quantity, isInverse: Bool)? {
    guard case .binary(.power, let base, let exponent) = expression.withoutGroups.node,
      case let power = try quantity(exponent), power.isNumber,
      let half = builder.constantValue(of: power.node), abs(half) == 0.5
    else { return nil }
    let matrix = try quantity(base)
    return matrix.isMatrix ? (matrix, half < 0) : nil
  }

  /// Returns `\|a\|`, or `\sqrt{a^T M a}` where a matrix stands below or its root before: `\|M^{1/2} a\|`.
  mutating func norm(
    of inner: Expression, index: Expression?, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    if case .binary(.multiply, let left, let right) = inner.withoutGroups.node,
      index.map(\.isTwo) ?? true, let root = try squareRoot(left)
    {
      let vector = try quantity(right)
      if vector.isVector {
        let metric = root.isInverse ? try inverse(of: root.matrix, at: range) : root.matrix
        return mapped(.sqrt, try square(of: vector, by: metric, at: range))
      }
    }
    let value = try quantity(inner)
    if let index {
      if case .number(let order, _) = index.node {
        if order == 1 { return total(mapped(.absolute, value)) }
      } else if case .name(let name) = index.node, name.description == "F",
        definitions.match(stem: "F", tokens: []) == nil
      {
        // The Frobenius norm is that of all entries.
      } else if case .infinity = index.node {
        var node = mapped(.absolute, value).node
        for axis in value.axes { node = builder.reduce(.maximum, node, over: axis) }
        return Quantity(node)
      } else {
        let metric = try quantity(index)
        if metric.isMatrix || metric.isIdentity {
          return mapped(.sqrt, try square(of: value, by: metric, at: range))
        }
      }
    }
    return mapped(.sqrt, total(mapped(.square, value)))
  }

  /// Returns `a^T M a`.
  private mutating func square(
    of value: Quantity, by metric: Quantity, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    let column = Quantity(value.node, axes: value.axes)
    let product = try product(metric, column, at: range)
    return try self.product(transposed(column), product, at: range)
  }

  mutating func matrix(
    _ rows: [[Expression]], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    let columns = rows.first?.count ?? 0
    guard columns > 0, rows.allSatisfy({ $0.count == columns }), rows.count * columns <= 64 else {
      throw Misunderstanding(.nonsense, "the rows of a matrix differ in length", at: range)
    }
    let axes = [builder.axis(count: rows.count), builder.axis(count: columns)]
    var sum = builder.constant(0)
    for (row, entries) in rows.enumerated() {
      for (column, entry) in entries.enumerated() {
        var mask = [Double](repeating: 0, count: rows.count * columns)
        mask[row * columns + column] = 1
        let place = builder.table(mask, axes: axes)
        sum = builder.binary(
          .add, sum, builder.binary(.multiply, try number(entry), place))
      }
    }
    return Quantity(sum, axes: axes)
  }

  /// Returns `a[i]` of code: a member by a bound index or by a number.
  mutating func element(
    of array: Expression, _ indices: [Expression], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    let value = try quantity(array)
    if value.isMatrix, let entry = entry(of: value, indices) { return entry }
    guard let index = indices.first, indices.count == 1, value.isVector else {
      throw Misunderstanding(.outOfReach, "the element cannot be taken", at: range)
    }
    let axis = value.axes[0]
    if let (trajectories, _) = reading, axis == trajectories.time, let moment = moment(index) {
      return Quantity(self.value(value.node, at: moment, of: trajectories))
    }
    if case .name(let name) = index.node,
      let binding = bindings.last(where: { $0.name == name.stem }),
      case .index(let bound, _) = binding.meaning,
      builder.count(of: bound) == builder.count(of: axis)
    {
      return Quantity(builder.rename(value.node, from: axis, to: bound))
    }
    let number = try number(index)
    guard let place = builder.constantValue(of: number), let at = Int(exactly: place) else {
      throw Misunderstanding(.outOfReach, "the element cannot be taken", at: range)
    }
    let count = builder.count(of: axis)
    let wrapped = at < 0 ? at + count : at
    guard (0..<count).contains(wrapped) else {
      throw Misunderstanding(.nonsense, "there is no element \(at)", at: range)
    }
    var mask = [Double](repeating: 0, count: count)
    mask[wrapped] = 1
    let picked = builder.binary(
      .multiply, value.node, builder.table(mask, axes: [axis]))
    return Quantity(builder.reduce(.sum, picked, over: axis))
  }
}

extension Elaborator {
  /// Returns `A_{ij}` with indices that sums around bind, or `nil` if they are no two such indices.
  private mutating func entry(of matrix: Quantity, _ indices: [Expression]) -> Quantity? {
    let bound = indices.flatMap(Name.tokens).compactMap { token -> Axis? in
      guard let binding = bindings.last(where: { $0.name == token.text }),
        case .index(let axis, _) = binding.meaning
      else { return nil }
      return axis
    }
    guard bound.count == 2, bound.map(builder.count(of:)) == counts(matrix) else { return nil }
    if bound[0] != bound[1] {
      return Quantity(renamed(matrix, to: bound).node)
    }
    let ones = identityMatrix(like: matrix, Quantity(builder.constant(1)))
    let diagonal = builder.reduce(
      .sum, builder.binary(.multiply, matrix.node, ones.node), over: matrix.axes[1])
    return Quantity(builder.rename(diagonal, from: matrix.axes[0], to: bound[0]))
  }
}

extension Expression {
  /// Whether this is the number 2, the index of the usual norm.
  fileprivate var isTwo: Bool {
    if case .number(2, _) = withoutGroups.node { return true }
    return false
  }
}
