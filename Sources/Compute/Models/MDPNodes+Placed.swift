extension MDPNodes {
  /// Lays a node over other axes at the same time, as a function is applied to other variables.
  ///
  /// An axis of the states may be replaced by one of the states with the terminal one, and the other way
  /// round. Several axes may be replaced by the same: the diagonal.
  ///
  /// - Parameters:
  ///   - node: A node of these, or one built from them.
  ///   - map: The axes to replace; those that the node does not depend on are ignored.
  ///   - builder: The program under construction.
  /// - Returns: The node over the new axes: at the terminal state zero, the policy uniform.
  public func placed(_ node: NodeID, _ map: [Axis: Axis], in builder: inout ProgramBuilder)
    -> NodeID
  {
    let states = builder.count(of: state)
    func extends(_ old: Axis) -> Bool {
      builder.count(of: old) == states && map[old].map { builder.count(of: $0) } == states + 1
    }
    if node == policy || node == logPolicy, extends(state) {
      var map = map
      map[successor] = map.removeValue(forKey: state)
      return placed(node == policy ? policyOfAll : logPolicyOfAll, map, in: &builder)
    }
    let axes = builder.axes(of: node)
    let old = axes.filter { map[$0] != nil && map[$0] != $0 }
    let new = old.map { map[$0] ?? $0 }
    let targets = Set(new).sorted()
    let isRenaming =
      targets.count == old.count
      && targets.allSatisfy { !axes.contains($0) || old.contains($0) }
      && zip(old, new).allSatisfy { builder.count(of: $0) == builder.count(of: $1) }
    if isRenaming {
      return builder.renameAll(node, Dictionary(uniqueKeysWithValues: zip(old, new)))
    }
    var result = builder.gather(
      node, axes: old, indices: zip(old, new).map { positions($0, $1, targets, in: builder) },
      along: targets)
    for target in targets where zip(old, new).contains(where: { $1 == target && extends($0) }) {
      let isState = (0..<builder.count(of: target)).map { $0 < states ? 1.0 : 0 }
      result = builder.binary(.multiply, result, builder.table(isState, axes: [target]))
    }
    return result
  }

  // For each position over the targets the one on the old axis; the terminal state reads the last state.
  private func positions(
    _ old: Axis, _ new: Axis, _ targets: [Axis], in builder: ProgramBuilder
  ) -> [Int] {
    let last = builder.count(of: old) - 1
    var inner = 1
    for target in targets where new < target { inner *= builder.count(of: target) }
    let size = targets.reduce(1) { $0 * builder.count(of: $1) }
    return (0..<size).map { min($0 / inner % builder.count(of: new), last) }
  }
}
