/// Finds nodes by what they compute: a hash table of positions, several times faster than a dictionary.
///
/// The hash is not seeded; the cost of collisions is bounded by the limits on what is handed in.
struct NodeIndex: Sendable {
  private var slots = [Int32](repeating: -1, count: 64)
  private var hashes: [UInt32] = []

  /// Returns the node of a kind, if there is one.
  func find(_ kind: Node.Kind, _ hash: UInt32, in nodes: [Node]) -> NodeID? {
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if hashes[index] == hash, nodes[index].kind == kind { return NodeID(index: index) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Adds the next node, which must not be there yet.
  mutating func insert(_ id: NodeID, _ hash: UInt32) {
    hashes.append(hash)
    if 2 * hashes.count > slots.count {
      slots = [Int32](repeating: -1, count: 2 * slots.count)
      for index in hashes.indices.dropLast() { place(index) }
    }
    place(id.index)
  }

  private mutating func place(_ index: Int) {
    var slot = Int(hashes[index]) & (slots.count - 1)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(index)
  }
}

extension Node.Kind {
  /// A hash of everything that tells kinds apart.
  var identityHash: UInt32 {
    var mixer = Mixer()
    switch self {
    case .constant(let constant):
      mixer.mix(1)
      mixer.mix(constant.value.high.bitPattern)
      mixer.mix(constant.value.low.bitPattern)
      mixer.mix(constant.error.bitPattern)
    case .input(let slot): mixer.mix(2, slot)
    case .table(let index): mixer.mix(3, index)
    case .unary(let operation, let a): mixer.mix(4 + 64 * Int(operation.rawValue), a.index)
    case .binary(let operation, let a, let b):
      mixer.mix(5 + 64 * Int(operation.rawValue), a.index, b.index)
    case .reduce(let operation, let a, let axis):
      mixer.mix(6 + 64 * Int(operation.rawValue), a.index, axis.index)
    case .integral(let a, let axis): mixer.mix(7, a.index, axis.index)
    case .rename(let a, let from, let to):
      mixer.mix(8, a.index)
      for axis in from { mixer.mix(axis.index) }
      for axis in to { mixer.mix(axis.index) }
    case .inverse(let a, let rows, let columns): mixer.mix(9, a.index, rows.index, columns.index)
    case .determinant(let a, let rows, let columns):
      mixer.mix(10, a.index, rows.index, columns.index)
    case .gather(let a, let axes, let selection, let along):
      mixer.mix(11, a.index, selection)
      for axis in axes { mixer.mix(axis.index) }
      for axis in along { mixer.mix(axis.index) }
    }
    return mixer.result
  }
}

/// Multiplies and folds, as Fowler, Noll and Vo's hashes do, on whole words.
private struct Mixer {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func mix(_ value: Int) { mix(UInt64(bitPattern: Int64(value))) }

  mutating func mix(_ first: Int, _ second: Int, _ third: Int = 0, _ fourth: Int = 0) {
    mix(first)
    mix(second)
    mix(third)
    mix(fourth)
  }

  mutating func mix(_ value: UInt64) {
    state = (state ^ value) &* 0x9e37_79b9_7f4a_7c15
    state ^= state >> 29
  }

  var result: UInt32 { UInt32(truncatingIfNeeded: state ^ (state >> 32)) }
}
