public import Notation

/// A kind of family: what its members are counted over.
public enum AxisKind: String, Hashable, Sendable, CaseIterable {
  /// The points of a data set.
  case data
  /// The dimensions of the latent space, or of the space of two distributions.
  case latent
  /// The dimensions of an observation, such as pixels.
  case observed
}

/// What the names of a question mean.
///
/// A vocabulary begins with the names of a field and takes the declarations of a rubric; it holds
/// no values. A `World` gives it values.
public struct Vocabulary: Sendable {
  /// The fields that have a vocabulary.
  public enum Field: String, Hashable, Sendable, CaseIterable {
    /// Nothing is declared: every name is a free number.
    case general
    /// Normal distributions, their divergences and moments.
    case gaussian
    /// Latent-variable models: prior, likelihood, encoder, posterior, evidence.
    case latentVariable = "latent-variable"
    /// Episodic Markov decision processes: read, and not yet evaluated.
    case episodicMDP = "episodic-mdp"
  }

  /// A declared variable.
  struct Variable: Sendable {
    var name: String
    var axes: [AxisKind]
    var kind: VariableKind
  }

  /// A declared distribution with the variables that are its parameters.
  struct Distribution: Sendable {
    var name: String
    var formula: Expression
    var mean: Int?
    var spread: Int?
  }

  /// What a name stands for.
  enum Meaning: Sendable {
    /// A variable, or what follows from it: the variance from a deviation.
    case variable(Int, as: VariableKind)
    /// How many members a kind of family has.
    case count(AxisKind)
    /// A distribution.
    case distribution(Int)
    /// An abbreviation of the rubric.
    case definition(Expression)
    /// An arbitrary smooth function, or a derivative of it.
    case function(Int, derivatives: Int)
  }

  /// The field.
  public var field: Field
  var variables: [Variable] = []
  var distributions: [Distribution] = []
  var functionNames: [String] = []
  var meanings: [String: Meaning] = [:]
  /// What the reader needs to know of the names.
  public private(set) var names: NameTable

  /// Creates the vocabulary of a field without declarations.
  public init(field: Field) {
    self.field = field
    names = NameTable()
    switch field {
    case .general: break
    case .gaussian:
      names.functions = ["p", "q", "N", "Normal"]
    case .latentVariable:
      names.functions = ["p", "q", "N", "Normal", "g", "r"]
      names.arguments = ["x"]
    case .episodicMDP:
      names.functions = [
        "pi", "p", "P", "q", "Q", "v", "V", "A", "r", "R", "mu", "eta", "d", "rho", "J", "Pr", "b",
        "phi", "G",
      ]
    }
    guard field != .episodicMDP else { return }
    for kind in NameStems.scalarKinds + NameStems.matrixKinds {
      names.words.formUnion((NameStems.stems[kind] ?? []).filter { $0.utf8.count > 1 })
    }
  }

  /// Declares a variable.
  public mutating func declareVariable(
    _ name: String, axes: [AxisKind], kind: VariableKind, aliases: [String]
  ) {
    variables.append(Variable(name: name, axes: axes, kind: kind))
    for spelling in [name] + aliases {
      meanings[spelling] = .variable(variables.count - 1, as: kind)
      addWords(of: spelling)
    }
    guard kind == .deviation else { return }
    for spelling in [name] + aliases {
      for prefix in ["log_", "log"] {
        addSpelling("\(prefix)\(spelling)", .variable(variables.count - 1, as: .logDeviation))
      }
    }
  }

  /// Declares a normal distribution by its formula, such as `N(\mu_q, \sigma_q^2)` or `N(0, I)`.
  ///
  /// From then on parameters that are variables are also known by the usual words with the name of the
  /// distribution or one of its aliases: `\mu_1`, `std_q`, `logvar2`; and by the words alone if
  /// `isDefault`.
  ///
  /// - Parameters:
  ///   - name: The name, such as `q`.
  ///   - formula: The distribution; its parameters are numbers or declared variables.
  ///   - aliases: Other names, such as `1`, `a`.
  ///   - isDefault: Whether the words without an index belong to this distribution.
  /// - Returns: `false` if the formula is no normal distribution.
  public mutating func declareDistribution(
    _ name: String, formula: Expression, aliases: [String], isDefault: Bool
  ) -> Bool {
    guard case .apply(let normal, let arguments) = formula.node, normal.base == "N",
      let entries = arguments.groups.last, entries.count == 2
    else { return false }
    let mean = variableIndex(in: entries[0])
    let spread = variableIndex(in: entries[1])
    distributions.append(
      Distribution(name: name, formula: formula, mean: mean, spread: spread))
    let roles = [name] + aliases
    for role in roles {
      for spelling in [role, "N_\(role)", "q_\(role)", "p_\(role)"]
      where meanings[spelling] == nil {
        meanings[spelling] = .distribution(distributions.count - 1)
      }
    }
    let isMatrix = spread.map { variables[$0].kind == .covariance } ?? false
    for kind in isMatrix ? NameStems.matrixKinds : NameStems.scalarKinds {
      guard let variable = kind == .mean ? mean : spread else { continue }
      for stem in NameStems.stems[kind] ?? [] {
        if isDefault {
          addSpelling(stem, .variable(variable, as: kind))
          addSpelling("z_\(stem)", .variable(variable, as: kind))
          addSpelling("\(stem)_z", .variable(variable, as: kind))
        }
        for role in roles {
          addSpelling("\(stem)_\(role)", .variable(variable, as: kind))
          addSpelling("\(stem)\(role)", .variable(variable, as: kind))
        }
        // `p_std` and `p.scale` of code; `q_\mu` is a distribution.
        guard stem.utf8.count > 1, !NameStems.letters.contains(stem) else { continue }
        for role in roles where role.utf8.first.map({ $0 > 0x39 }) ?? false {
          addSpelling("\(role)_\(stem)", .variable(variable, as: kind))
          meanings["\(role).\(stem)"] = .variable(variable, as: kind)
        }
      }
    }
    return true
  }

  /// The declared variable that a parameter of a distribution is, or is the square of.
  private func variableIndex(in parameter: Expression) -> Int? {
    switch parameter.node {
    case .name(let name):
      if case .variable(let index, _)? = meanings[name.description] { return index }
      return nil
    case .binary(.power, let base, _): return variableIndex(in: base)
    case .group(_, let inner): return variableIndex(in: inner)
    case .call(.diagonal, let arguments): return arguments.first.flatMap(variableIndex)
    default: return nil
    }
  }

  /// Declares an abbreviation.
  public mutating func declareDefinition(_ name: String, as formula: Expression) {
    meanings[name] = .definition(formula)
    addWords(of: name)
  }

  /// Declares an arbitrary smooth function of one argument.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - aliases: Other names for it.
  public mutating func declareFunction(_ name: String, aliases: [String] = []) {
    functionNames.append(name)
    for spelling in [name] + aliases { declare(function: spelling) }
  }

  private mutating func declare(function name: String) {
    meanings[name] = .function(functionNames.count - 1, derivatives: 0)
    names.functions.insert(name)
    for slope in ["d\(name)", "\(name)_prime", "\(name)prime", "grad_\(name)"] {
      meanings[slope] = .function(functionNames.count - 1, derivatives: 1)
      names.functions.insert(slope)
      addWords(of: slope)
    }
  }

  /// Declares a name for the number of members of a kind of family.
  public mutating func declareCount(_ name: String, of kind: AxisKind) {
    meanings[name] = .count(kind)
  }

  /// Adds names that the reader must keep whole, such as those of the target.
  public mutating func addWords(of name: String) {
    if name.utf8.count > 1 { names.words.insert(name) }
  }

  private mutating func addSpelling(_ spelling: String, _ meaning: Meaning) {
    if meanings[spelling] == nil { meanings[spelling] = meaning }
    names.words.insert(spelling)
  }
}
