/// Everything that was read from one stretch of text: statements, and what could not be read.
public struct Formula: Sendable {
  /// The statements in order: chains of relations or single expressions.
  public var statements: [Statement]
  /// What was not understood, with its place in the text.
  public var diagnostics: [Diagnostic]
  /// The choices of reading that made a difference somewhere in the text.
  public var ambiguities: Set<Choice>

  /// Creates a formula.
  public init(
    statements: [Statement], diagnostics: [Diagnostic] = [], ambiguities: Set<Choice> = []
  ) {
    self.statements = statements
    self.diagnostics = diagnostics
    self.ambiguities = ambiguities
  }
}

/// One statement: `a = b \ge c` with the conditions and words beside it.
public struct Statement: Sendable {
  /// One relation of a chain with its right side.
  public struct Link: Sendable {
    /// The relation.
    public var relation: Relation
    /// Where the sign stands.
    public var relationRange: SourceRange
    /// The words on or behind the sign: `(a)`, `Bayes`.
    public var reason: String
    /// The right side.
    public var expression: Expression

    /// Creates a link.
    public init(
      _ relation: Relation, at relationRange: SourceRange, reason: String = "",
      _ expression: Expression
    ) {
      self.relation = relation
      self.relationRange = relationRange
      self.reason = reason
      self.expression = expression
    }
  }

  /// The first side; `nil` if the text begins with a relation and so continues the statement before it.
  public var first: Expression?
  /// The relations in order; empty for a bare expression.
  public var links: [Link]
  /// Side conditions: `\epsilon \sim N(0, I)`, `j = 1, \dots, J`, `s.t. ...`.
  public var conditions: [Expression]
  /// Words around the statement in its formula: `where`, `if`, `for fixed`.
  public var words: String
  /// The parameters, if the statement comes from a function definition in code: `def kl(mu1, s1): return ...`.
  public var parameters: [Name]
  /// Where it stands.
  public var range: SourceRange

  /// Creates a statement.
  public init(
    first: Expression?, links: [Link] = [], conditions: [Expression] = [], words: String = "",
    parameters: [Name] = [], range: SourceRange
  ) {
    self.first = first
    self.links = links
    self.conditions = conditions
    self.words = words
    self.parameters = parameters
    self.range = range
  }
}

/// Something that could not be read.
public struct Diagnostic: Error, Hashable, Sendable {
  /// Where it stands in the text.
  public var range: SourceRange
  /// What is wrong: lower case, names in quotes, no full stop, the remedy after a semicolon.
  public var message: String

  /// Creates a diagnostic.
  public init(_ message: String, at range: SourceRange) {
    self.range = range
    self.message = message
  }
}

/// A choice where one text has two readings.
///
/// The usual reading is taken unless a choice is made.
public enum Choice: String, Hashable, Sendable, CaseIterable {
  /// `a/2b` is `a/(2b)`; usually `(a/2) b`.
  case slashTakesProduct
  /// `\log(a)^2` is `\log(a^2)`; usually `(\log a)^2`.
  case powerInsideFunction
  /// `\log\frac ab\frac cd` is `\log(\frac ab\frac cd)`, `\log p(x|z) p(z)` is `\log(p(x|z) p(z))`; usually the logarithm ends
  /// before the next fraction or function.
  case logarithmTakesFactors
  /// `\sum_j a_j + b_j` is `\sum_j (a_j + b_j)`; usually the sum ends before the `+`. Met only when the index occurs behind the `+`.
  case sumTakesTerms
  /// `\nabla f (a - b)` is `\nabla (f (a - b))`; usually `(\nabla f)(a - b)`.
  case gradientTakesProduct
  /// `a(z) b(z)|_{z=c}` is `a(c) b(c)`; usually `a(z) b(c)`. Met only when the variable occurs before the last factor.
  case evaluationTakesProduct
  /// `\nabla_\phi f(z)|_{z=c}` is `\nabla_\phi (f(c))`; usually `(\nabla_\phi f)(c)`, where `c` does not move with `\phi`.
  case gradientTakesPoint
}

/// What the reader must know of names before it reads: which apply, and the author's macros.
public struct NameTable: Sendable {
  /// Base names that apply to arguments: `p(z)` is a value of `p`, not a product.
  public var functions: Set<String>
  /// Names of several letters that stay whole in LaTeX and plain text: `mu`, `logvar`, `loss`.
  public var words: Set<String>
  /// Base names that are an argument when they stand alone in brackets behind a name, whatever the name: `\\mu_q(x_i)`, `\\sigma^2(x)`.
  public var arguments: Set<String> = []
  /// The author's macros by name without backslash: number of arguments, default of the first if optional, body.
  public var macros: [String: Macro]

  /// Creates a table.
  public init(
    functions: Set<String> = [], words: Set<String> = [], macros: [String: Macro] = [:]
  ) {
    self.functions = functions
    self.words = words
    self.macros = macros
  }

  /// Adds the names of another table.
  public mutating func formUnion(_ other: NameTable) {
    functions.formUnion(other.functions)
    words.formUnion(other.words)
    arguments.formUnion(other.arguments)
    macros.merge(other.macros) { mine, _ in mine }
  }

  /// A macro by `\newcommand`, `\def` or `\DeclareMathOperator`.
  public struct Macro: Hashable, Sendable {
    /// The number of arguments.
    public var arity: Int
    /// The default of the first argument, if it is optional.
    public var optional: String?
    /// The replacement with `#1` to `#9`.
    public var body: String

    /// Creates a macro.
    public init(arity: Int, optional: String? = nil, body: String) {
      self.arity = arity
      self.optional = optional
      self.body = body
    }
  }
}
