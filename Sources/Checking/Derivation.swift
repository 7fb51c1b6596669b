internal import Notation

/// Which chains of an answer make up its derivation.
enum Derivation {
  /// Returns for each chain whether it belongs to a derivation of several steps.
  ///
  /// A chain of several steps does, and so do equations that go on from each other: each begins with what another
  /// one has as a side, as `A = B`, `B \ge C`, `C = D` do. A line that stands twice is no step, and what the question
  /// prints is none; to say twice what the target is, is no derivation either. An equation between gradients belongs to the derivation beside it.
  ///
  /// - Parameters:
  ///   - chains: The chains, in the order of the text.
  ///   - names: The names of the target.
  ///   - given: The sides of the formulas that the question prints.
  /// - Returns: One answer a chain.
  static func parts(
    of chains: [Chain], names: TargetNames, given: [Set<String>]
  ) -> [Bool] {
    let forms = chains.map { $0.members.map(\.description) }
    let steps = forms.map { forms in
      given.contains { $0.isSuperset(of: forms) }
        ? 0 : zip(forms, forms.dropFirst()).count { $0 != $1 }
    }
    // Each chain points to an earlier one of its derivation, or to itself.
    var origins = Array(chains.indices)
    func origin(_ index: Int) -> Int {
      var index = index
      while origins[index] != index { index = origins[index] }
      return index
    }
    for (index, own) in forms.enumerated() where steps[index] > 0 {
      for (other, sides) in forms.enumerated() where other != index && steps[other] > 0 {
        let isOfTarget = chains[index].first.map { names.sign(of: $0) != nil } ?? false
        guard (isOfTarget ? sides.dropFirst() : sides[...]).contains(own[0]) else { continue }
        let (first, second) = (origin(index), origin(other))
        origins[max(first, second)] = min(first, second)
      }
    }
    var totals = [Int](repeating: 0, count: chains.count)
    for index in chains.indices { totals[origin(index)] += steps[index] }
    var isPart = chains.indices.map { steps[$0] > 0 && totals[origin($0)] > 1 }
    guard isPart.contains(true) else { return isPart }
    for (index, chain) in chains.enumerated() where steps[index] > 0 {
      if chain.first?.hasGradient ?? false { isPart[index] = true }
    }
    return isPart
  }

  /// Returns the chains of displays with those in sentences that go on from them: they begin with a side of another
  /// one, or with a gradient.
  ///
  /// - Parameters:
  ///   - displays: The chains that stand on their own.
  ///   - sentences: Those within words.
  /// - Returns: Both in the order of the text.
  static func joined(_ displays: [Chain], _ sentences: [Chain]) -> [Chain] {
    var chosen = displays
    var sides = Set(displays.flatMap(\.members).map(\.description))
    var rest = sentences
    while let index = rest.firstIndex(where: { chain in
      guard let first = chain.first else { return false }
      // A name is defined in a sentence.
      if case .name = first.node { return false }
      return first.hasGradient || sides.contains(first.description)
    }) {
      let chain = rest.remove(at: index)
      sides.formUnion(chain.members.map(\.description))
      chosen.append(chain)
    }
    return chosen.sorted { $0.item < $1.item }
  }
}
