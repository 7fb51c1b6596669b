extension PythonParser {
  /// The word behind `reduction=`, if it is there.
  func reduction(_ arguments: [PythonArgument]) -> String? {
    for argument in arguments {
      switch argument.name {
      case "reduction":
        if case .expression(let text) = argument.value, case .words(let word) = text.node {
          return word
        }
      case "size_average":
        if case .path(let parts, _) = argument.value, parts == ["False"] { return "sum" }
      case "reduce":
        if case .path(let parts, _) = argument.value, parts == ["False"] { return "none" }
      default: break
      }
    }
    return nil
  }

  /// A loss of two arrays, entry by entry, then summed or averaged.
  mutating func loss(
    _ loss: PythonLoss, _ made: String, _ arguments: [PythonArgument], _ range: SourceRange
  ) throws(Diagnostic) -> PythonValue {
    let reduction = self.reduction(arguments) ?? made
    let left = try first(arguments, "loss", range)
    let right = try second(arguments, "loss", range)
    let each = entry(loss, left, right, range)
    switch reduction.lowercased() {
    case "sum": return .expression(Expression(.call(.sum, [each]), range))
    case "mean", "sum_over_batch_size": return .expression(Expression(.call(.mean, [each]), range))
    case "none": return .expression(each)
    default: throw Diagnostic("the reduction '\(reduction)' is not known", at: range)
    }
  }

  /// `Normal(mean, deviation).log_prob(x)`, entry by entry; `nil` of any other object.
  mutating func logProbability(
    of object: PythonValue, _ arguments: [PythonArgument], _ range: SourceRange
  ) throws(Diagnostic) -> PythonValue? {
    var source = try? expression(of: object).withoutGroups
    if case .name(let name)? = source?.node, let known = values[name.description] {
      source = known.expression.withoutGroups
    }
    guard case .apply(let family, let inner)? = source?.node, family.base == "Normal",
      inner.groups.count == 1, inner.groups[0].count == 2, arguments.count == 1
    else { return nil }
    let point = try first(arguments, "log_prob", range)
    let deviation = Expression(.group(.parentheses, inner.groups[0][1]), range)
    let variance = Expression(.binary(.power, deviation, number(2, range)), range)
    let each = negativeLogDensity(
      of: point, mean: inner.groups[0][0], variance: variance, isWhole: true, range)
    return .expression(Expression(.negate(each), range))
  }

  /// `gaussian_nll_loss(mean, x, variance)`, with the constant if `full` is true.
  mutating func gaussianLoss(
    _ arguments: [PythonArgument], _ range: SourceRange
  ) throws(Diagnostic) -> PythonValue {
    let mean = try first(arguments, "gaussian_nll_loss", range)
    let point = try second(arguments, "gaussian_nll_loss", range)
    guard
      let third = arguments.first(where: { $0.name == "var" })
        ?? (arguments.count > 2 && arguments[2].name == nil ? arguments[2] : nil)
    else { throw Diagnostic("'gaussian_nll_loss' needs a variance", at: range) }
    var isWhole = false
    if let full = arguments.first(where: { $0.name == "full" }) {
      if case .path(["True"], _) = full.value { isWhole = true }
      if case .expression(let value) = full.value, case .number(1, _) = value.node {
        isWhole = true
      }
    }
    let variance = Expression(.group(.parentheses, try expression(of: third.value)), range)
    let each = negativeLogDensity(
      of: point, mean: mean, variance: variance, isWhole: isWhole, range)
    switch reduction(arguments) ?? "mean" {
    case "sum": return .expression(Expression(.call(.sum, [each]), range))
    case "mean": return .expression(Expression(.call(.mean, [each]), range))
    case "none": return .expression(each)
    default: throw Diagnostic("the reduction is not known", at: range)
    }
  }

  /// `((x - m)^2 / v + log v [+ log 2 pi]) / 2`.
  private func negativeLogDensity(
    of point: Expression, mean: Expression, variance: Expression, isWhole: Bool,
    _ range: SourceRange
  ) -> Expression {
    let gap = Expression(.group(.parentheses, join(.subtract, point, mean)), range)
    let square = Expression(.binary(.power, gap, number(2, range)), range)
    var sum = join(
      .add, join(.divide, square, variance), Expression(.call(.log, [variance]), range))
    if isWhole {
      let circle = join(.elementwise, number(2, range), number(Double.pi, range))
      sum = join(.add, sum, Expression(.call(.log, [circle]), range))
    }
    let group = Expression(.group(.parentheses, sum), range)
    return Expression(.binary(.divide, group, number(2, range)), range)
  }

  private func number(_ value: Double, _ range: SourceRange) -> Expression {
    Expression(.number(value, digits: 0), range)
  }

  private func entry(
    _ loss: PythonLoss, _ left: Expression, _ right: Expression, _ range: SourceRange
  ) -> Expression {
    func number(_ value: Double) -> Expression { Expression(.number(value, digits: 0), range) }
    func log(_ inner: Expression) -> Expression { Expression(.call(.log, [inner]), range) }
    let difference = Expression(.group(.parentheses, join(.subtract, left, right)), range)
    switch loss {
    case .squared: return Expression(.binary(.power, difference, number(2)), range)
    case .absolute: return Expression(.call(.absolute, [join(.subtract, left, right)]), range)
    case .binaryReversed: return entry(.binary, right, left, range)
    case .binaryLogits:
      return entry(.binary, Expression(.call(.sigmoid, [left]), range), right, range)
    case .binary:
      let one = join(.elementwise, right, log(left))
      let noTarget = Expression(.group(.parentheses, join(.subtract, number(1), right)), range)
      let zero = join(.elementwise, noTarget, log(join(.subtract, number(1), left)))
      let sum = Expression(.group(.parentheses, join(.add, one, zero)), range)
      return Expression(.negate(sum), range)
    }
  }
}
