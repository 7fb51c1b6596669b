import Notation
import Semantics
import Testing

/// Reads formulas and compares them in one world.
struct Bench {
  var vocabulary: Vocabulary
  var world: World
  var definitions = Definitions()

  /// Reads a formula of one statement without a relation.
  static func read(_ text: String, in vocabulary: Vocabulary) throws -> Expression {
    let formula = Reader(names: vocabulary.names).formula(text)
    if let diagnostic = formula.diagnostics.first { throw diagnostic }
    return try #require(formula.statements.first?.first)
  }

  /// Compares a student's formula with one of the rubric.
  func comparison(_ answer: String, _ reference: String) throws -> Comparison {
    var bench = Workbench(vocabulary: vocabulary, world: world, definitions: definitions)
    let right = try bench.reference(Self.read(reference, in: vocabulary))
    let left = try bench.answer(Self.read(answer, in: vocabulary))
    return bench.compare(left, right)
  }

  func outcome(_ answer: String, _ reference: String) throws -> Comparison.Outcome {
    try comparison(answer, reference).outcome
  }

  /// Returns why a student's formula has no value.
  func misunderstanding(_ answer: String) throws -> Misunderstanding? {
    var bench = Workbench(vocabulary: vocabulary, world: world, definitions: definitions)
    let expression = try Self.read(answer, in: vocabulary)
    do throws(Misunderstanding) {
      _ = try bench.answer(expression)
      return nil
    } catch {
      return error
    }
  }

  /// The bench with definitions of a student.
  func defining(_ equations: (String, String)...) throws -> Bench {
    var bench = self
    for (left, right) in equations {
      let isDefined = bench.definitions.define(
        try Self.read(left, in: vocabulary), as: try Self.read(right, in: vocabulary))
      #expect(isDefined, "\(left)")
    }
    return bench
  }
}

extension Bench {
  /// Two normal distributions q and p in one dimension.
  static func univariate(_ conditions: World.Condition..., samples: Int = 32) throws -> Bench {
    var vocabulary = Vocabulary(field: .gaussian)
    for name in ["mu_q", "mu_p"] {
      vocabulary.declareVariable(name, axes: [], kind: .mean, aliases: [])
    }
    for name in ["sigma_q", "sigma_p"] {
      vocabulary.declareVariable(name, axes: [], kind: .deviation, aliases: [])
    }
    try declare(&vocabulary, "q", #"N(\mu_q, \sigma_q^2)"#, isDefault: true)
    try declare(&vocabulary, "p", #"N(\mu_p, \sigma_p^2)"#)
    return Bench(
      vocabulary: vocabulary,
      world: World(
        vocabulary: vocabulary, sizes: .single, conditions: conditions, key: "tests",
        samples: samples, name: "one dimension"))
  }

  /// Families over data, latent dimensions and features.
  static func families() -> Bench {
    var vocabulary = Vocabulary(field: .gaussian)
    vocabulary.declareVariable("x", axes: [.data, .observed], kind: .number, aliases: [])
    vocabulary.declareVariable("m", axes: [.data, .latent], kind: .mean, aliases: [])
    vocabulary.declareVariable("s", axes: [.latent], kind: .deviation, aliases: [])
    vocabulary.declareVariable("u", axes: [.latent], kind: .mean, aliases: [])
    vocabulary.declareVariable("w", axes: [.observed], kind: .number, aliases: [])
    vocabulary.declareVariable("c", axes: [], kind: .positive, aliases: [])
    vocabulary.declareCount("N", of: .data)
    vocabulary.declareCount("J", of: .latent)
    vocabulary.declareCount("D", of: .observed)
    return Bench(
      vocabulary: vocabulary,
      world: World(
        vocabulary: vocabulary, sizes: .generic, key: "tests", samples: 8, name: "families"))
  }

  /// Two normal distributions with full covariances in three dimensions, and a vector of four.
  static func matrices(_ conditions: World.Condition...) throws -> Bench {
    var vocabulary = Vocabulary(field: .gaussian)
    for name in ["mu_q", "mu_p"] {
      vocabulary.declareVariable(name, axes: [.latent], kind: .mean, aliases: [])
    }
    for name in ["Sigma_q", "Sigma_p"] {
      vocabulary.declareVariable(name, axes: [.latent, .latent], kind: .covariance, aliases: [])
    }
    vocabulary.declareVariable("w", axes: [.observed], kind: .number, aliases: [])
    vocabulary.declareCount("k", of: .latent)
    try declare(&vocabulary, "q", #"N(\mu_q, \Sigma_q)"#)
    try declare(&vocabulary, "p", #"N(\mu_p, \Sigma_p)"#)
    return Bench(
      vocabulary: vocabulary,
      world: World(
        vocabulary: vocabulary, sizes: .generic, conditions: conditions, key: "tests",
        samples: 8, name: "matrices"))
  }

  /// The three latent-variable models; the discrete one is the last.
  static func models() throws -> [Bench] {
    var vocabulary = Vocabulary(field: .latentVariable)
    for name in ["mu_q", "mu_p"] {
      vocabulary.declareVariable(name, axes: [.latent], kind: .mean, aliases: [])
    }
    for name in ["sigma_q", "sigma_p"] {
      vocabulary.declareVariable(name, axes: [.latent], kind: .deviation, aliases: [])
    }
    try declare(&vocabulary, "q", #"N(\mu_q, \sigma_q^2)"#, isDefault: true)
    try declare(&vocabulary, "p", #"N(\mu_p, \sigma_p^2)"#)
    return World.models(of: vocabulary, conditions: [], key: "tests").map {
      Bench(vocabulary: vocabulary, world: $0)
    }
  }

  /// The decision processes with a discount.
  static func decisions(discount: Double) -> [Bench] {
    let vocabulary = Vocabulary(field: .episodicMDP)
    return World.decisions(of: vocabulary, discount: discount, key: "tests").map {
      Bench(vocabulary: vocabulary, world: $0)
    }
  }

  private static func declare(
    _ vocabulary: inout Vocabulary, _ name: String, _ formula: String, isDefault: Bool = false
  ) throws {
    let isNormal = vocabulary.declareDistribution(
      name, formula: try read(formula, in: vocabulary), aliases: [], isDefault: isDefault)
    #expect(isNormal, "\(formula)")
  }
}
