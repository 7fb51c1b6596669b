internal import Notation

/// Something that an answer claims to estimate a gradient.
struct EstimatorClaim {
  /// What the formula is.
  enum Form {
    /// The estimate itself.
    case estimate
    /// An objective or a loss whose gradient is the estimate: 1 for what is maximised, -1 for a loss,
    /// `nil` for a name that does not say which.
    case objective(sign: Int?)
    /// The quantity that is added to the parameters in a step.
    case update
  }

  var form: Form
  /// The formula.
  var expression: Expression
  /// By what the gradient is taken, where the left side says it: `\mu` of `\nabla_\mu L`.
  var parameter: Expression?
  /// The left side, if there is one.
  var side: Expression?
  /// The formula of the answer in which it stands.
  var item: Int
  /// Whether the claim is up to a positive factor: `\propto`.
  var isProportional: Bool
  /// Whether the sign of the estimate is turned: `\nabla L = ...` of a loss.
  var isNegated = false
  /// Whether the objective is called a loss, or code goes down it.
  var isLoss = false

  /// Whether the gradient of the formula is meant, not the formula itself.
  var isObjective: Bool {
    if case .objective = form { true } else { false }
  }

  /// Whether the formula is a step of the parameters.
  var isUpdate: Bool {
    if case .update = form { true } else { false }
  }
}
