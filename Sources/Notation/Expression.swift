/// A formula as a tree: what is written, before names have a meaning.
public struct Expression: Sendable {
  /// What stands at the root.
  public var node: Node
  /// Where it stands in the text.
  public var range: SourceRange

  /// Creates an expression.
  public init(_ node: Node, _ range: SourceRange) {
    self.node = node
    self.range = range
  }
}

/// The kinds of expressions.
public indirect enum Node: Sendable {
  /// A number; `digits` counts the significant digits of a decimal, 0 for integers and fractions.
  case number(Double, digits: Int)
  /// A name with its accents, indices and primes.
  case name(Name)
  /// The sign of infinity.
  case infinity
  /// `-a`.
  case negate(Expression)
  /// `a + b`, `a - b`, `a b`, `a / b`, `a^b`, `a @ b`.
  case binary(Operator, Expression, Expression)
  /// `a \pm b` has no value; kept for messages.
  case group(Delimiter, Expression)
  /// A function that every question knows, applied: `\log x`, `\operatorname{tr}(A)`, `mu.sum()`.
  case call(Function, [Expression])
  /// A name applied to arguments: `p(x \mid z)`, `g_\theta(\epsilon, x)`, `N(z; \mu, \sigma^2)`.
  case apply(Name, Arguments)
  /// `\sum`, `\prod`, `\int`, `\max_a`, `\lim` over a bound variable.
  case reduction(Reduction)
  /// `\mathbb E_{q(z|x)}[...]`.
  case expectation(Expectation)
  /// `KL(q \| p)`, `D_{KL}[q, p]`.
  case divergence(Expression, Expression)
  /// `\nabla_\theta f`, `\frac{\partial}{\partial\theta} f`, `\frac{df}{dx}`.
  case derivative(Derivative)
  /// `|a|`: an absolute value, or a determinant if `a` is a matrix.
  case bars(Expression)
  /// `\|a\|`, with the index below if there is one: `\|a\|_2`, `\|a\|_{\Sigma^{-1}}^2` (the power stands outside).
  case norm(Expression, index: Expression?)
  /// `a^T`, `a^\top`, `a'` of a vector in code.
  case transpose(Expression)
  /// `a!`.
  case factorial(Expression)
  /// `(a, b)` or `[a, b]` with at least two entries.
  case tuple([Expression])
  /// A matrix by rows.
  case matrix([[Expression]])
  /// `a[i, j]` in code.
  case element(Expression, [Expression])
  /// `...`, `\dots`, `\vdots`.
  case ellipsis
  /// A placeholder for any value, as in `q(\cdot \mid x)`.
  case placeholder
  /// Words inside a formula, such as `\text{const}`.
  case words(String)
  /// A relation where an expression is expected, as in `p(z = \mu)` or `E_{z \sim q}`.
  case relation(Relation, Expression, Expression)
  /// A stretch that could not be read, with the reason.
  case unread(String)
}

/// The operators with two operands.
public enum Operator: String, Hashable, Sendable {
  /// `a + b`.
  case add = "+"
  /// `a - b`.
  case subtract = "-"
  /// `a b`, `a \cdot b`, `a * b`, `a \odot b`: what kind of product it is follows from the types.
  case multiply = "*"
  /// `a \odot b`, and `*` between arrays in code: element by element.
  case elementwise = ".*"
  /// `a @ b`, `\mathrm{dot}(a, b)`: the matrix product.
  case matrixProduct = "@"
  /// `\frac ab`, `a / b`.
  case divide = "/"
  /// `a^b`, `a ** b`.
  case power = "^"
}

/// The brackets around a group.
public enum Delimiter: Hashable, Sendable {
  /// `( )`.
  case parentheses
  /// `[ ]`.
  case brackets
  /// `\{ \}`.
  case braces
}

/// The relations between two expressions.
public enum Relation: String, Hashable, Sendable {
  /// `=`, `==`, `\stackrel{..}{=}`, `\simeq` and `\cong` in place of `=`.
  case equal = "="
  /// `:=`, `=:` (sides exchanged when read), `\equiv`, `\triangleq`.
  case define = ":="
  /// `\approx`, `\simeq`, `≈`.
  case approximate = "approx"
  /// `\ge`, `>=`.
  case greaterOrEqual = ">="
  /// `\le`, `<=`.
  case lessOrEqual = "<="
  /// `>`.
  case greater = ">"
  /// `<`.
  case less = "<"
  /// `\ne`.
  case notEqual = "!="
  /// `\propto`, `prop. to`.
  case proportional = "propto"
  /// `\sim`: is distributed as.
  case distributed = "~"
  /// `\in`.
  case member = "in"
  /// `\to`, `->`, arrows with or without words on them.
  case arrow = "->"
  /// `\leftarrow`: an update.
  case update = "<-"
  /// `\Rightarrow`, `\implies`, `\iff`.
  case implies = "=>"
}

/// The functions that every question knows.
public enum Function: String, Hashable, Sendable, CaseIterable {
  // Of a number, element by element of an array.
  case exp
  case log
  case sqrt
  case sin
  case cos
  case tan
  case cot
  case sec
  case csc
  case arcsin
  case arccos
  case arctan
  case sinh
  case cosh
  case tanh
  case arsinh
  case arcosh
  case artanh
  case sigmoid
  case softplus
  case relu
  case erf
  case gamma
  case logGamma
  case digamma
  case sign
  case floor
  case ceil
  case absolute
  /// `log1p(x)` = log(1 + x).
  case logOnePlus
  /// `expm1(x)` = exp(x) - 1.
  case expMinusOne
  // Of two numbers.
  /// `\log_b a` as (a, b).
  case logBase
  /// `\sqrt[n]{a}` as (a, n).
  case root
  /// `\binom{n}{k}`.
  case binomial
  // Of several numbers.
  case maximum
  case minimum
  // Of arrays.
  /// The sum over all entries, as `mu.sum()` or `sum(mu)` without a bound variable.
  case sum
  case mean
  case product
  /// The number of entries: `len(mu)`, `x.numel()`.
  case count
  case trace
  case determinant
  case logDeterminant
  case inverse
  case diagonal
  case identity
  case dot
  // Of distributions and estimators.
  /// `H[q]`.
  case entropy
  case variance
  case covariance
  /// `x.detach()`, `\mathrm{sg}(x)`: the value without its derivative.
  case stopGradient
  /// `torch.randn_like(mu)`, `np.random.randn()`: standard normal noise in the shape of the argument, if there is one.
  case standardNormal
  /// `x[::-1].cumsum()[::-1]` and its like: sums from each entry to the last.
  case reverseCumulativeSum
  case cumulativeSum
  case flip
}
