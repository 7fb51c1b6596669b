extension ProgramBuilder {
  /// Returns the slots of the inputs that some nodes depend on, in order.
  ///
  /// Costs time in proportion to the nodes of the program.
  public func inputSlots(of outputs: [NodeID]) -> [Int] {
    var isUsed = [Bool](repeating: false, count: nodes.count)
    for output in outputs { isUsed[output.index] = true }
    var slots: [Int] = []
    for index in nodes.indices.reversed() where isUsed[index] {
      if case .input(let slot) = nodes[index].kind { slots.append(slot) }
      let (first, second) = nodes[index].operands
      if let first { isUsed[first.index] = true }
      if let second { isUsed[second.index] = true }
    }
    return slots.sorted()
  }
}
