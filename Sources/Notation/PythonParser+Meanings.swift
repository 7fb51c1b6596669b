extension PythonParser {
  /// Applies what is known of a function to its arguments.
  mutating func apply(
    _ meaning: PythonFunctions.Meaning, named name: String, _ arguments: [PythonArgument],
    _ range: SourceRange
  ) throws(Diagnostic) -> PythonValue {
    func tree(_ node: Node) -> PythonValue { .expression(Expression(node, range)) }
    func number(_ value: Double) -> Expression { Expression(.number(value, digits: 0), range) }
    switch meaning {
    case .number(let value): return .expression(number(value))
    case .same: return try same(name, arguments, range)
    case .reduce(let function): return try reduce(by: function, named: name, arguments, range)
    case .extreme(let function):
      if isSecondAnAxis(arguments) {
        return try reduce(by: function, named: name, arguments, range)
      }
      return tree(
        .call(function, [try first(arguments, name, range), try second(arguments, name, range)]))
    case .shape: return .shape(try first(arguments, name, range))
    case .call(let function, _): return tree(.call(function, [try first(arguments, name, range)]))
    case .logarithmDefault:
      let argument = try first(arguments, name, range)
      guard arguments.count == 2, arguments[1].name == nil else {
        return tree(.call(.log, [argument]))
      }
      return tree(.call(.logBase, [argument, try second(arguments, name, range)]))
    case .logarithm(let base):
      return tree(.call(.logBase, [try first(arguments, name, range), number(base)]))
    case .logSumExp:
      let inner = Expression(.call(.exp, [try first(arguments, name, range)]), range)
      return tree(.call(.log, [Expression(.call(.sum, [inner]), range)]))
    case .binary(let sign):
      let left = try first(arguments, name, range)
      return .expression(
        Expression(join(sign, left, try second(arguments, name, range)).node, range))
    case .square: return tree(.binary(.power, try first(arguments, name, range), number(2)))
    case .reciprocal: return tree(.binary(.divide, number(1), try first(arguments, name, range)))
    case .inverseRoot:
      let root = Expression(.call(.sqrt, [try first(arguments, name, range)]), range)
      return tree(.binary(.divide, number(1), root))
    case .negative: return tree(.negate(try first(arguments, name, range)))
    case .squaredDifference: return .expression(try squaredDifference(arguments, name, range))
    case .outer:
      let right = Expression(.transpose(try second(arguments, name, range)), range)
      return tree(.binary(.matrixProduct, try first(arguments, name, range), right))
    case .transpose: return tree(.transpose(try first(arguments, name, range)))
    case .norm: return try norm(arguments, range)
    case .standardDeviation:
      let inner = Expression(.call(.variance, [try first(arguments, name, range)]), range)
      return tree(.call(.sqrt, [inner]))
    case .einsum: return try einsum(arguments, range)
    case .noise: return tree(.call(.standardNormal, try noiseShape(arguments)))
    case .normalSample: return try normalSample(arguments, range)
    case .solve:
      let inverse = Expression(.call(.inverse, [try first(arguments, name, range)]), range)
      return .expression(join(.matrixProduct, inverse, try second(arguments, name, range)))
    case .gaussianLoss: return try gaussianLoss(arguments, range)
    case .signedLogDeterminant: return .signedLogDeterminant(try first(arguments, name, range))
    case .loss(let loss):
      let reduction = self.reduction(arguments) ?? "mean"
      let isMade = name.first?.isUppercase == true || arguments.allSatisfy { $0.name != nil }
      return isMade
        ? .loss(loss, reduction, range) : try self.loss(loss, reduction, arguments, range)
    case .divergence:
      return tree(
        .divergence(try first(arguments, name, range), try second(arguments, name, range)))
    case .distribution(let family): return try distribution(family, arguments, range)
    case .independent:
      guard let inner = arguments.first else {
        return .expression(try first(arguments, name, range))
      }
      return inner.value
    }
  }

  private func positional(_ arguments: [PythonArgument]) -> [PythonValue] {
    let names: Set<String> = [
      "input", "x", "a", "b", "tensor", "inputs", "input_tensor", "other", "tensors", "logits",
      "labels",
      "target", "y", "y_true", "y_pred", "values", "object", "loc", "scale", "probs", "mean",
      "stddev", "std",
      "mu", "sigma", "covariance_matrix", "scale_diag", "x1", "x2", "exponent",
    ]
    return arguments.filter { $0.name.map(names.contains) ?? true }.map(\.value)
  }

  mutating func first(
    _ arguments: [PythonArgument], _ name: String, _ range: SourceRange
  ) throws(Diagnostic) -> Expression {
    guard let value = positional(arguments).first else {
      throw Diagnostic("'\(name)' needs an argument", at: range)
    }
    return try expression(of: value).withoutGroups
  }

  mutating func second(
    _ arguments: [PythonArgument], _ name: String, _ range: SourceRange
  ) throws(Diagnostic) -> Expression {
    let values = positional(arguments)
    guard values.count > 1 else { throw Diagnostic("'\(name)' needs two arguments", at: range) }
    return try expression(of: values[1]).withoutGroups
  }

  /// Whether the second argument is missing or says along which axis, so that the first is an array.
  private func isSecondAnAxis(_ arguments: [PythonArgument]) -> Bool {
    guard arguments.count > 1, arguments[1].name == nil else { return true }
    return false
  }

  /// A function that hands its argument on: `torch.tensor(x)`, `x.view(-1)`, `torch.stack([...])`.
  private mutating func same(
    _ name: String, _ arguments: [PythonArgument], _ range: SourceRange
  ) throws(Diagnostic) -> PythonValue {
    guard let value = positional(arguments).first else {
      throw Diagnostic("'\(name)' needs an argument", at: range)
    }
    if case .path(let parts, _) = value, parts.count == 1, let known = scope[parts[0]] {
      switch known {
      case .array, .list: return known
      default: break
      }
    }
    return value
  }

  private mutating func reduce(
    by function: Function, named name: String, _ arguments: [PythonArgument], _ range: SourceRange
  ) throws(Diagnostic) -> PythonValue {
    guard let value = positional(arguments).first else {
      throw Diagnostic("'\(name)' needs an argument", at: range)
    }
    switch try same(name, [PythonArgument(value: value)], range) {
    case .array(let array):
      guard let result = array.reduced(by: function, range) else {
        throw Diagnostic("'\(name)' of a list cannot be read as a formula", at: range)
      }
      return .expression(result)
    case .list(let entries, _) where function == .sum && !entries.isEmpty:
      var total = try expression(of: entries[0])
      for entry in entries.dropFirst() { total = join(.add, total, try expression(of: entry)) }
      return .expression(total)
    default: break
    }
    let inner = try expression(of: value).withoutGroups
    if function == .flip, case .call(.cumulativeSum, let sums) = inner.node,
      case .call(.flip, let flipped)? = sums.first?.node
    {
      return .expression(Expression(.call(.reverseCumulativeSum, flipped), range))
    }
    if function == .flip, case .call(.flip, let flipped) = inner.node, let original = flipped.first
    {
      return .expression(original)
    }
    return .expression(Expression(.call(function, [inner]), range))
  }

  private mutating func squaredDifference(
    _ arguments: [PythonArgument], _ name: String, _ range: SourceRange
  ) throws(Diagnostic) -> Expression {
    let difference = join(
      .subtract, try first(arguments, name, range), try second(arguments, name, range))
    let group = Expression(.group(.parentheses, difference), range)
    return Expression(.binary(.power, group, Expression(.number(2, digits: 0), range)), range)
  }

  private mutating func norm(
    _ arguments: [PythonArgument], _ range: SourceRange
  ) throws(Diagnostic) -> PythonValue {
    let inner = try first(arguments, "norm", range)
    let order = arguments.dropFirst().first { $0.name == nil || $0.name == "ord" || $0.name == "p" }
    var index: Expression?
    if let order {
      let value = try expression(of: order.value)
      if case .number(2, _) = value.node {} else { index = value }
    }
    return .expression(Expression(.norm(inner, index: index), range))
  }

  /// The products that are written as `einsum`.
  private mutating func einsum(
    _ arguments: [PythonArgument], _ range: SourceRange
  ) throws(Diagnostic) -> PythonValue {
    var factors: [Expression] = []
    for argument in arguments.dropFirst() { factors.append(try expression(of: argument.value)) }
    guard case .expression(let format)? = arguments.first?.value,
      case .words(let text) = format.node
    else { throw Diagnostic("'einsum' needs its indices as text", at: range) }
    let pattern = text.filter { $0 != " " }
    switch (pattern, factors.count) {
    case ("i,i->", 2), ("i,i", 2): return .expression(join(.matrixProduct, factors[0], factors[1]))
    case ("i,ij,j->", 3), ("i,ij,j", 3):
      return .expression(
        join(.matrixProduct, join(.matrixProduct, factors[0], factors[1]), factors[2]))
    case ("ij,jk->ik", 2), ("ij,jk", 2), ("ij,j->i", 2), ("ij,j", 2), ("i,ij->j", 2):
      return .expression(join(.matrixProduct, factors[0], factors[1]))
    case ("i,j->ij", 2):
      let right = Expression(.transpose(factors[1]), range)
      return .expression(join(.matrixProduct, factors[0], right))
    case ("ii->", 1), ("ii", 1): return .expression(Expression(.call(.trace, factors), range))
    case ("ij,ji->", 2), ("ij,ji", 2):
      return .expression(
        Expression(.call(.trace, [join(.matrixProduct, factors[0], factors[1])]), range))
    case ("i->", 1), ("ij->", 1): return .expression(Expression(.call(.sum, factors), range))
    default: throw Diagnostic("'einsum' with '\(text)' cannot be read as a formula", at: range)
    }
  }

  /// The array in whose shape noise is drawn, if one is named.
  private mutating func noiseShape(_ arguments: [PythonArgument]) throws(Diagnostic) -> [Expression]
  {
    for argument in arguments {
      switch argument.value {
      case .shape(let array): return [array]
      case .path(let parts, _) where parts.count == 1 && argument.name == nil:
        let isSize = parts[0].count == 1 && "kdnDKNJLTB".contains(parts[0])
        if !isSize { return [try expression(of: argument.value)] }
      default: break
      }
    }
    return []
  }

  /// `normal(mean, deviation, size)`: standard noise, moved and scaled if it is not standard.
  private mutating func normalSample(
    _ arguments: [PythonArgument], _ range: SourceRange
  ) throws(Diagnostic) -> PythonValue {
    var mean: PythonValue?
    var deviation: PythonValue?
    var shape: [PythonArgument] = []
    for (place, argument) in arguments.enumerated() {
      switch argument.name {
      case "loc", "mean", "mu": mean = argument.value
      case "scale", "std", "stddev", "sigma": deviation = argument.value
      case "size", "shape": shape.append(PythonArgument(value: argument.value))
      case nil:
        if isShape(argument.value) {
          shape.append(argument)
        } else if place == 0, isKey(argument.value) {
          continue
        } else if mean == nil, place == 0 {
          mean = argument.value
        } else if deviation == nil, place < 2 {
          deviation = argument.value
        }
      default: break
      }
    }
    var result = Expression(.call(.standardNormal, try noiseShape(shape)), range)
    if let deviation {
      let factor = try expression(of: deviation)
      if case .number(1, _) = factor.node {} else { result = join(.elementwise, factor, result) }
    }
    if let mean {
      let start = try expression(of: mean)
      if case .number(0, _) = start.node {} else { result = join(.add, start, result) }
    }
    return .expression(Expression(result.node, range))
  }

  /// Whether an argument says how many values are drawn.
  private func isShape(_ value: PythonValue) -> Bool {
    switch value {
    case .shape, .list: true
    case .path(let parts, _): parts.count == 1 && ["shape", "size"].contains(parts[0])
    default: false
    }
  }

  /// Whether an argument is the state of a generator, as jax hands it on.
  private func isKey(_ value: PythonValue) -> Bool {
    guard case .path(let parts, _) = value, let last = parts.last else { return false }
    return ["key", "subkey", "rng", "rng_key"].contains(last)
  }

  private mutating func distribution(
    _ family: String, _ arguments: [PythonArgument], _ range: SourceRange
  ) throws(Diagnostic) -> PythonValue {
    var list: [Expression] = []
    for argument in arguments {
      let value = try expression(of: argument.value)
      switch argument.name {
      case "scale_tril":
        let transposed = Expression(.transpose(value), value.range)
        list.append(join(.matrixProduct, value, transposed))
      case "precision_matrix": list.append(Expression(.call(.inverse, [value]), value.range))
      case "validate_args", "name": break
      default: list.append(value)
      }
    }
    return .expression(Expression(.apply(Name(family), Arguments(groups: [list])), range))
  }
}
