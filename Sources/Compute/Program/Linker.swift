extension ProgramBuilder {
  /// Returns the program for some nodes: dead nodes dropped, registers shared where lives do not overlap.
  ///
  /// The nodes are made before the call, not within its argument, where this builder is already read.
  public func program(outputs: [NodeID]) -> Program {
    precondition(outputs.allSatisfy { $0.index < nodes.count }, "outputs are nodes of this builder")
    return Linker(self, outputs: outputs).program
  }
}

/// Turns the nodes that outputs depend on into instructions.
private struct Linker {
  let builder: ProgramBuilder
  var program = Program()
  // Of each node: where it lies, and the last node that reads it (the outputs read at the end).
  private var places: [Operand]
  private var lastUses: [Int]
  private var registers = Registers()

  init(_ builder: ProgramBuilder, outputs: [NodeID]) {
    self.builder = builder
    let size = (outputs.map(\.index).max() ?? -1) + 1
    places = [Operand](repeating: Operand(offset: 0, isExact: true), count: size)
    lastUses = [Int](repeating: -1, count: size)
    for output in outputs { lastUses[owner(output.index)] = .max }
    // A node that only renames in order is a view: its readers read what it renames.
    for index in stride(from: size - 1, through: 0, by: -1) where lastUses[index] >= 0 {
      let operands = builder.nodes[index].operands
      for operand in [operands.0, operands.1] {
        guard let operand else { continue }
        let owner = owner(operand.index)
        lastUses[owner] = max(lastUses[owner], index)
      }
    }
    program.inputCount = builder.inputCount
    program.instructions.reserveCapacity(size)
    program.isTooLarge = (0..<size).contains {
      lastUses[$0] >= 0 && builder.nodes[$0].entries > ProgramBuilder.largestBlock
    }
    // Sizes beyond the limit are not counted, so that nothing overflows.
    if program.isTooLarge { return }
    for index in 0..<size where lastUses[index] >= 0 { emit(index) }
    program.workspaceSize = registers.size
    if registers.size > 4 * ProgramBuilder.largestBlock { program.isTooLarge = true }
    program.outputs = outputs.map { output in
      let axes = builder.nodes[output.index].axes
      return Program.Output(
        axes: axes, counts: axes.map { builder.counts[$0.index] },
        count: builder.nodes[output.index].entries, place: places[owner(output.index)])
    }
  }

  private func owner(_ index: Int) -> Int {
    var index = index
    while case .rename(let a, let from, let to) = builder.nodes[index].kind,
      keepsOrder(from, to)
    {
      index = a.index
    }
    return index
  }

  // The first axes are sorted; the renaming is a view if the second are, too.
  private func keepsOrder(_ from: [Axis], _ to: [Axis]) -> Bool {
    zip(to, to.dropFirst()).allSatisfy { $0 < $1 }
  }

  private func count(_ axis: Axis) -> Int { builder.counts[axis.index] }

  private func product(_ axes: some Sequence<Axis>) -> Int {
    axes.reduce(1) { $0.multipliedReportingOverflow(by: count($1)).partialValue }
  }

  private func place(_ node: NodeID) -> Operand { places[owner(node.index)] }

  private mutating func emit(_ index: Int) {
    let node = builder.nodes[index]
    switch node.kind {
    case .constant(let constant):
      places[index] = known(constant)
      return
    case .table(let table):
      let table = builder.tables[table]
      places[index] = known(table.values, lows: table.lows, errors: table.errors)
      return
    default: break
    }
    let result = Operand(offset: registers.take(node.entries), isExact: node.isExact)
    places[index] = result
    switch node.kind {
    case .constant, .table: break
    case .input(let slot):
      program.instructions.append(.load(slot: slot, result: result.offset, count: node.entries))
    case .unary(let operation, let a):
      program.instructions.append(
        .unary(operation, place(a), result: result, count: node.entries))
    case .binary(let operation, let a, let b):
      let nest = broadcast(node.axes, builder.nodes[a.index].axes, builder.nodes[b.index].axes)
      program.instructions.append(.binary(operation, place(a), place(b), result: result, nest))
    case .reduce(let operation, let a, let axis):
      let (outer, inner) = sides(a, axis)
      program.instructions.append(
        .reduce(
          operation, place(a), result: result, outer: outer, count: count(axis), inner: inner))
    case .integral(let a, let axis):
      let (outer, inner) = sides(a, axis)
      program.instructions.append(
        .integral(place(a), result: result, outer: outer, count: count(axis), inner: inner))
    case .rename(let a, let from, let to):
      let source = steps(a)
      var renamed: [Axis: Int] = [:]
      for (old, new) in zip(from, to) { renamed[new] = source[old] }
      program.instructions.append(
        .move(place(a), result: result, nest(node.axes, renamed, [:]), positions: nil))
    case .gather(let a, let axes, let selection, let along):
      emitGather(node, a, axes, selection, along, result)
    case .inverse(let a, let rows, let columns):
      program.instructions.append(
        .inverse(place(a), result: result, shape(a, rows, columns, result: steps(a))))
    case .determinant(let a, let rows, let columns):
      program.instructions.append(
        .determinant(
          place(a), result: result, shape(a, rows, columns, result: steps(node.axes))))
    }
    // Two operands may lie in one region, as the same node or as views of it: it is given back once.
    let first = node.operands.0.map { owner($0.index) }
    let second = node.operands.1.map { owner($0.index) }
    if let first { release(first, after: index) }
    if let second, second != first { release(second, after: index) }
  }

  private mutating func release(_ owner: Int, after index: Int) {
    if lastUses[owner] == index, places[owner].offset >= 0 {
      registers.give(places[owner].offset, builder.nodes[owner].entries)
    }
  }

  private mutating func known(_ values: [Double], lows: [Double], errors: [Double]) -> Operand {
    let offset = program.values.count
    program.values.append(contentsOf: values)
    for i in values.indices {
      let low = lows.isEmpty ? 0 : lows[i]
      let error = errors.isEmpty ? 0 : errors[i]
      program.lows.append(low)
      program.errors.append(error)
      program.errorsOfDoubles.append(error + low.magnitude)
    }
    return Operand(offset: ~offset, isExact: lows.isEmpty && errors.isEmpty)
  }

  private mutating func known(_ constant: Constant) -> Operand {
    let offset = program.values.count
    let value = constant.value
    program.values.append(value.high)
    program.lows.append(value.low)
    program.errors.append(constant.error)
    program.errorsOfDoubles.append(constant.error + value.low.magnitude)
    return Operand(offset: ~offset, isExact: constant.isExact)
  }

  private func steps(_ node: NodeID) -> [Axis: Int] { steps(builder.nodes[node.index].axes) }

  private func steps(_ axes: [Axis]) -> [Axis: Int] {
    var steps: [Axis: Int] = [:]
    var step = 1
    for axis in axes.reversed() {
      steps[axis] = step
      step *= count(axis)
    }
    return steps
  }

  private func sides(_ node: NodeID, _ axis: Axis) -> (outer: Int, inner: Int) {
    let axes = builder.nodes[node.index].axes
    return (product(axes.lazy.filter { $0 < axis }), product(axes.lazy.filter { $0 > axis }))
  }

  private mutating func nest(_ axes: [Axis], _ a: [Axis: Int], _ b: [Axis: Int]) -> Nest {
    nest(axes) { (a[$0, default: 0], b[$0, default: 0]) }
  }

  // Both operands are dense over sorted axes, so that their steps are known on the way outwards.
  private mutating func broadcast(_ axes: [Axis], _ aAxes: [Axis], _ bAxes: [Axis]) -> Nest {
    var (aRest, bRest) = (aAxes.count, bAxes.count)
    var (aStep, bStep) = (1, 1)
    let counts = builder.counts
    return nest(axes) { axis in
      var steps = (0, 0)
      if aRest > 0, aAxes[aRest - 1] == axis {
        steps.0 = aStep
        aStep *= counts[axis.index]
        aRest -= 1
      }
      if bRest > 0, bAxes[bRest - 1] == axis {
        steps.1 = bStep
        bStep *= counts[axis.index]
        bRest -= 1
      }
      return steps
    }
  }

  // The loops over sorted axes, neighbours made one where both operands step through them evenly.
  private mutating func nest(_ axes: [Axis], steps: (Axis) -> (Int, Int)) -> Nest {
    let start = program.loops.count
    var inner: Loop?
    for axis in axes.reversed() {
      let (aStep, bStep) = steps(axis)
      let next = Loop(count: count(axis), aStep: aStep, bStep: bStep)
      if next.count == 1 { continue }
      guard let last = program.loops.count > start ? program.loops.last : inner else {
        inner = next
        continue
      }
      let isEven =
        next.aStep == last.aStep * last.count && next.bStep == last.bStep * last.count
      if !isEven {
        program.loops.append(next)
      } else if program.loops.count > start {
        program.loops[program.loops.count - 1].count *= next.count
      } else {
        inner?.count *= next.count
      }
    }
    return Nest(
      inner: inner ?? Loop(count: 1, aStep: 0, bStep: 0), outer: start..<program.loops.count)
  }

  private mutating func emitGather(
    _ node: Node, _ a: NodeID, _ axes: [Axis], _ selection: Int, _ along: [Axis], _ result: Operand
  ) {
    var source = steps(a)
    let start = program.positions.count
    let lists = builder.selections[selection]
    var offsets = [Int](repeating: 0, count: product(along))
    for (axis, list) in zip(axes, lists) {
      let step = source[axis, default: 0]
      for i in offsets.indices { offsets[i] += list[i] * step }
    }
    program.positions += offsets
    for axis in axes where !along.contains(axis) { source[axis] = nil }
    for axis in axes where along.contains(axis) { source[axis] = 0 }
    let nest = nest(node.axes, source, steps(along))
    program.instructions.append(.move(place(a), result: result, nest, positions: start))
  }

  private mutating func shape(
    _ a: NodeID, _ rows: Axis, _ columns: Axis, result: [Axis: Int]
  ) -> MatrixShape {
    let source = steps(a)
    let start = program.loops.count
    for axis in builder.nodes[a.index].axes.reversed() where axis != rows && axis != columns {
      program.loops.append(
        Loop(
          count: count(axis), aStep: source[axis, default: 0], bStep: result[axis, default: 0]))
    }
    return MatrixShape(
      size: count(rows), rowStep: source[rows, default: 0],
      columnStep: source[columns, default: 0], batch: start..<program.loops.count)
  }
}
