public import Notation

extension Vocabulary {
  /// Returns the declared variable that a name stands for and what follows from it, or `nil`.
  public func variable(named name: Name) -> (name: String, kind: VariableKind)? {
    let stem = name.stem
    let labels = name.indexTokens.map(\.text).filter {
      !NameStems.parameterIndices.contains($0)
    }
    for count in stride(from: labels.count, through: 0, by: -1) {
      let kept = labels.prefix(count)
      guard labels.dropFirst(count).allSatisfy(NameStems.memberIndices.contains) else { break }
      let key = ([stem] + kept).joined(separator: "_")
      if case .variable(let index, let kind)? = meanings[key] {
        return (variables[index].name, kind)
      }
    }
    return nil
  }

  /// Returns whether a name means anything here.
  public func knows(_ name: Name) -> Bool {
    meanings[name.description] != nil || variable(named: name) != nil
      || field == .episodicMDP && name.description == "gamma"
  }

  /// Returns whether a name keeps its meaning where an answer makes something of it: it is declared, or a word
  /// such as `logvar`.
  ///
  /// A letter such as `s` means a deviation only as long as an answer says nothing else.
  public func fixes(_ name: Name) -> Bool {
    knows(name)
      && (!NameStems.freeLetters.contains(name.stem)
        || variables.contains { $0.name == name.stem })
  }

  /// Whether a name is an arbitrary function or a derivative of one.
  public func isFunction(_ name: Name) -> Bool {
    if case .function? = meanings[name.base] { return true }
    return false
  }

  /// Whether a name is a derivative of an arbitrary function, `f'`.
  public func isSlope(_ name: Name) -> Bool {
    guard case .function(_, let order)? = meanings[name.base] else { return false }
    return order + name.primes > 0
  }

  /// Returns the variables of a distribution by one of its names, or `nil`.
  public func parameters(ofDistribution name: Name) -> (mean: String?, spread: String?)? {
    let key = ([name.stem] + name.indexTokens.map(\.text)).joined(separator: "_")
    let essential = name.indexTokens.map(\.text).filter { !NameStems.parameterIndices.contains($0) }
    for spelling in [key, ([name.stem] + essential).joined(separator: "_")] {
      if case .distribution(let index)? = meanings[spelling] {
        let distribution = distributions[index]
        return (
          distribution.mean.map { variables[$0].name },
          distribution.spread.map { variables[$0].name }
        )
      }
    }
    return nil
  }

  /// Lets the words for mean and spread stand without an index where only one distribution has
  /// parameters that are not fixed: `\mu` and `\sigma` where the other one is `N(0, 1)`.
  public mutating func nameRemaining(fixed: [String]) {
    let open = distributions.filter { distribution in
      [distribution.mean, distribution.spread].compactMap { $0 }
        .contains { !fixed.contains(variables[$0].name) }
    }
    guard !fixed.isEmpty, open.count == 1, distributions.count > 1, let only = open.first else {
      return
    }
    for index in [only.mean, only.spread].compactMap({ $0 }) { makeDefault(variables[index].name) }
  }

  /// Returns the formula by which a distribution is declared.
  public func formula(ofDistribution name: Name) -> Expression? {
    let essential = name.indexTokens.map(\.text).filter { !NameStems.parameterIndices.contains($0) }
    let key = ([name.stem] + essential).joined(separator: "_")
    guard case .distribution(let index)? = meanings[key] else { return nil }
    return distributions[index].formula
  }

  /// Lets the words for a variable's kind stand for it without an index, as where two variables are equal.
  public mutating func makeDefault(_ variable: String) {
    guard let index = variables.firstIndex(where: { $0.name == variable }) else { return }
    let kinds: [VariableKind]
    switch variables[index].kind {
    case .deviation: kinds = [.deviation, .variance, .logVariance, .logDeviation, .precision]
    case .covariance: kinds = [.covariance, .precisionMatrix]
    default: kinds = [variables[index].kind]
    }
    for kind in kinds {
      for stem in NameStems.stems[kind] ?? [] where meanings[stem] == nil {
        meanings[stem] = .variable(index, as: kind)
      }
    }
  }
}
