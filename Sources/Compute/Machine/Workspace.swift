/// The memory in which programs run; it is kept between runs and only grows.
///
/// A class because it owns memory that is reused; not to be shared by threads.
public final class Workspace {
  private var doubles = Arena<Double>()
  private var precise = Arena<DoubleDouble>()

  /// A workspace without memory yet.
  public init() {}

  /// Runs a program in doubles.
  ///
  /// - Parameters:
  ///   - program: A program that is not too large.
  ///   - inputs: For each slot its values, row-major over its sorted axes.
  /// - Returns: A block for each output.
  public func run(_ program: Program, inputs: [[Double]]) -> [Block] {
    doubles.reserve(program.workspaceSize)
    let results = doubles.run(
      program, inputs, program.values, program.errorsOfDoubles, program.loops, program.positions)
    return zip(program.outputs, results).map { output, result in
      Block(
        axes: output.axes, counts: output.counts, values: result.values, errors: result.errors)
    }
  }

  /// Runs a program in double-doubles, some twenty times slower.
  ///
  /// - Parameters:
  ///   - program: A program that is not too large.
  ///   - inputs: For each slot its values, row-major over its sorted axes.
  /// - Returns: A block for each output.
  public func runDoubleDouble(_ program: Program, inputs: [[Double]]) -> [PreciseBlock] {
    precise.reserve(program.workspaceSize)
    let known = zip(program.values, program.lows).map { DoubleDouble(high: $0, low: $1) }
    let results = precise.run(
      program, inputs, known, program.errors, program.loops, program.positions)
    return zip(program.outputs, results).map { output, result in
      PreciseBlock(
        axes: output.axes, counts: output.counts, values: result.values, errors: result.errors)
    }
  }
}

/// Memory for values and their bounds, side by side.
private struct Arena<Scalar: BlockScalar>: ~Copyable {
  private var values = UnsafeMutablePointer<Scalar>.allocate(capacity: 0)
  private var errors = UnsafeMutablePointer<Double>.allocate(capacity: 0)
  private var capacity = 0

  deinit {
    values.deallocate()
    errors.deallocate()
  }

  mutating func reserve(_ count: Int) {
    if count <= capacity { return }
    values.deallocate()
    errors.deallocate()
    capacity = Swift.max(count, 2 * Swift.min(capacity, 1 << 20))
    values = .allocate(capacity: capacity)
    errors = .allocate(capacity: capacity)
  }

  // Arrays are passed as pointers, which are valid for the call, for empty arrays as well.
  func run(
    _ program: Program, _ inputs: [[Double]], _ known: UnsafePointer<Scalar>,
    _ knownErrors: UnsafePointer<Double>, _ loops: UnsafePointer<Loop>,
    _ positions: UnsafePointer<Int>
  ) -> [(values: [Scalar], errors: [Double])] {
    precondition(!program.isTooLarge, "a program that is too large is not run")
    precondition(inputs.count == program.inputCount, "each slot has its values")
    let machine = Machine(
      values: values, errors: errors, known: known, knownErrors: knownErrors, loops: loops,
      positions: positions)
    machine.run(program, inputs: inputs)
    return program.outputs.map { output in
      let values = UnsafeBufferPointer(start: machine.value(output.place), count: output.count)
      let errors = machine.error(output.place).map {
        Array(UnsafeBufferPointer(start: $0, count: output.count))
      }
      return (Array(values), errors ?? [Double](repeating: 0, count: output.count))
    }
  }
}
