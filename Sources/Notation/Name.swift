/// A name with everything that is written around its letters.
public struct Name: Sendable {
  /// Accents from the inside out, such as `hat`, `tilde`, `bar`.
  public var accents: [String]
  /// The letters: `sigma`, `x`, `mu`, `logvar`, `KL`; variant letters merged (`\varphi` is `phi`).
  public var base: String
  /// The alphabet if it is not the usual one: `cal`, `bb`, `frak`, `bf`, `rm`, `tt`; `nil` otherwise.
  public var font: String?
  /// What stands below, in order: `x_{ij}` has two, `\sigma_{q_j}` has `q_j`, `\mu_\theta` has `\theta`.
  public var subscripts: [Expression]
  /// What stands above and is not a power: `Q^\pi` of a declared function, `r^{(i)}`, `z^{(s)}`, `\pi^*`.
  public var superscripts: [Expression]
  /// The number of primes.
  public var primes: Int
  /// How many of the primes stand before the subscripts: `a'_b` has one, `a_b'` none.
  public var leadingPrimes: Int

  /// Creates a name.
  public init(
    _ base: String, accents: [String] = [], font: String? = nil, subscripts: [Expression] = [],
    superscripts: [Expression] = [], primes: Int = 0, leadingPrimes: Int = 0
  ) {
    self.base = base
    self.accents = accents
    self.font = font
    self.subscripts = subscripts
    self.superscripts = superscripts
    self.primes = primes
    self.leadingPrimes = leadingPrimes
  }
}

/// The arguments of an applied name, in groups divided by bars and semicolons.
public struct Arguments: Sendable {
  /// What divides two groups of arguments.
  public enum Divider: Hashable, Sendable {
    /// `|`, `\mid`, `\vert`: given.
    case bar
    /// `;`.
    case semicolon
    /// `\|`, `||`, `\parallel`: between two distributions.
    case doubleBar
  }

  /// The groups; `p(x, z \mid y; \theta)` has three.
  public var groups: [[Expression]]
  /// What stands between them; one fewer than groups.
  public var dividers: [Divider]

  /// Creates arguments.
  public init(groups: [[Expression]], dividers: [Divider] = []) {
    self.groups = groups
    self.dividers = dividers
  }
}

/// A sum, product, integral, maximum, minimum or limit over bound variables.
public struct Reduction: Sendable {
  /// What is done with the values.
  public enum Kind: String, Hashable, Sendable {
    case sum
    case product
    case integral
    case maximum
    case minimum
    case limit
    case argmax
  }

  /// What is done with the values.
  public var kind: Kind
  /// The bound variables: `j`; `s', r` in `\sum_{s',r}`; the variables of `dz` in an integral.
  public var variables: [Name]
  /// The first value, or the value that a limit approaches.
  public var lower: Expression?
  /// The last value.
  public var upper: Expression?
  /// A condition below the sign: `x \in \mathcal S`, `k \ge t`, `j \ne i`.
  public var condition: Expression?
  /// What is reduced.
  public var body: Expression

  /// Creates a reduction.
  public init(
    _ kind: Kind, variables: [Name], lower: Expression? = nil, upper: Expression? = nil,
    condition: Expression? = nil, body: Expression
  ) {
    self.kind = kind
    self.variables = variables
    self.lower = lower
    self.upper = upper
    self.condition = condition
    self.body = body
  }
}

/// An expectation.
public struct Expectation: Sendable {
  /// What it is taken over, as written below the sign: `q(z \mid x)`, `z \sim q`, `\pi`; empty if nothing is.
  public var measures: [Expression]
  /// What it is taken of.
  public var body: Expression
  /// What is given: `S_t = s` in `E[G_t \mid S_t = s]`.
  public var given: [Expression]

  /// Creates an expectation.
  public init(measures: [Expression], body: Expression, given: [Expression] = []) {
    self.measures = measures
    self.body = body
    self.given = given
  }
}

/// A derivative or gradient.
public struct Derivative: Sendable {
  /// How it is written.
  public enum Kind: Hashable, Sendable {
    /// `\nabla`.
    case gradient
    /// `\partial / \partial x` or `d / dx`.
    case partial
  }

  /// How it is written.
  public var kind: Kind
  /// With respect to what; `nil` for a bare `\nabla`.
  public var variable: Expression?
  /// How many times; 1 as a rule.
  public var order: Int
  /// Of what.
  public var body: Expression

  /// Creates a derivative.
  public init(_ kind: Kind, variable: Expression?, order: Int = 1, body: Expression) {
    self.kind = kind
    self.variable = variable
    self.order = order
    self.body = body
  }
}
