/// A computation ready to run: a flat list of instructions over one workspace.
///
/// A program is a value without references to its builder, so one can be shared by threads that have a
/// `Workspace` each.
public struct Program: Sendable {
  /// The number of arrays that a run needs, those that no output depends on included.
  public internal(set) var inputCount = 0
  /// Whether the program needs more values than a block or a workspace may have; then it is not to be run.
  public internal(set) var isTooLarge = false
  /// The number of instructions.
  public var instructionCount: Int { instructions.count }

  /// A result and where it lies at the end.
  struct Output: Sendable {
    var axes: [Axis]
    var counts: [Int]
    var count: Int
    var place: Operand
  }

  var instructions: [Instruction] = []
  var loops: [Loop] = []
  var positions: [Int] = []
  // Values known when the program is built; never empty, so that they have an address.
  var values: [Double] = [0]
  var lows: [Double] = [0]
  // Bounds of the known values with and without their lower parts.
  var errors: [Double] = [0]
  var errorsOfDoubles: [Double] = [0]
  var workspaceSize = 0
  var outputs: [Output] = []

  init() {}
}

/// Values over axes with their error bounds.
public struct Block: Sendable {
  /// The axes from outer to inner.
  public var axes: [Axis]
  /// The number of positions along each axis.
  public var counts: [Int]
  /// The values, row-major.
  public var values: [Double]
  /// An absolute bound for each value; infinite or undefined where nothing is known.
  public var errors: [Double]
}

/// Values of twice the precision over axes with their error bounds.
public struct PreciseBlock: Sendable {
  /// The axes from outer to inner.
  public var axes: [Axis]
  /// The number of positions along each axis.
  public var counts: [Int]
  /// The values, row-major.
  public var values: [DoubleDouble]
  /// An absolute bound for each value; infinite or undefined where nothing is known.
  public var errors: [Double]
}
