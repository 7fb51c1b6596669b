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
