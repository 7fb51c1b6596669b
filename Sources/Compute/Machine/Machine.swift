/// The loop that runs a program: one dispatch an instruction, whatever the size of its block.
///
/// Generic over the scalar within this module only, where it is specialised.
struct Machine<Scalar: BlockScalar> {
  let values: UnsafeMutablePointer<Scalar>
  let errors: UnsafeMutablePointer<Double>
  let known: UnsafePointer<Scalar>
  let knownErrors: UnsafePointer<Double>
  let loops: UnsafePointer<Loop>
  let positions: UnsafePointer<Int>

  func run(_ program: Program, inputs: [[Double]]) {
    for instruction in program.instructions {
      switch instruction {
      case .load(let slot, let result, let count):
        precondition(inputs[slot].count == count, "an input fills its axes")
        Scalar.load(count, inputs[slot], values + result)
      case .unary(let operation, let a, let result, let count):
        unary(operation, a, result, count)
      case .binary(let operation, let a, let b, let result, let nest):
        binary(operation, a, b, result, nest)
      case .reduce(let operation, let a, let result, let outer, let count, let inner):
        reduce(operation, a, result, outer, count, inner)
      case .integral(let a, let result, let outer, let count, let inner):
        sum(a, result, outer, count, inner, isIntegral: true)
      case .move(let a, let result, let nest, let start):
        move(a, result, nest, start)
      case .inverse(let a, let result, let shape):
        matrices(a, result, shape, invert)
      case .determinant(let a, let result, let shape):
        matrices(a, result, shape, determinant)
      }
    }
  }

  func value(_ operand: Operand) -> UnsafePointer<Scalar> {
    operand.offset >= 0 ? UnsafePointer(values + operand.offset) : known + ~operand.offset
  }

  /// The bounds of an operand; nil if it is exact.
  func error(_ operand: Operand) -> UnsafePointer<Double>? {
    if operand.isExact { return nil }
    return operand.offset >= 0
      ? UnsafePointer(errors + operand.offset) : knownErrors + ~operand.offset
  }

  /// Visits the innermost loops of a nest in the order of the result.
  @inline(__always)
  func visit(_ outer: Range<Int>, _ body: (_ aOffset: Int, _ bOffset: Int) -> Void) {
    if outer.isEmpty {
      body(0, 0)
    } else {
      visit(outer, 0, 0, body)
    }
  }

  private func visit(
    _ outer: Range<Int>, _ aOffset: Int, _ bOffset: Int, _ body: (Int, Int) -> Void
  ) {
    guard let last = outer.last else { return body(aOffset, bOffset) }
    let loop = loops[last]
    if outer.count == 1 {
      for i in 0..<loop.count { body(aOffset + i * loop.aStep, bOffset + i * loop.bStep) }
    } else {
      for i in 0..<loop.count {
        visit(
          outer.dropLast(), aOffset + i * loop.aStep, bOffset + i * loop.bStep, body)
      }
    }
  }

  /// Copies values, and bounds if there are any, from where the nest or the positions say.
  private func move(_ a: Operand, _ result: Operand, _ nest: Nest, _ start: Int?) {
    copy(value(a), values + result.offset, nest, start)
    if let bounds = error(a) { copy(bounds, errors + result.offset, nest, start) }
  }

  private func copy<Value>(
    _ source: UnsafePointer<Value>, _ target: UnsafeMutablePointer<Value>, _ nest: Nest,
    _ start: Int?
  ) {
    var next = target
    let (count, step, positionStep) = (nest.inner.count, nest.inner.aStep, nest.inner.bStep)
    visit(nest.outer) { aOffset, bOffset in
      let from = source + aOffset
      if let start {
        let list = positions + (start + bOffset)
        for i in 0..<count { next[i] = from[i * step + list[i * positionStep]] }
      } else {
        for i in 0..<count { next[i] = from[i * step] }
      }
      next += count
    }
  }
}
