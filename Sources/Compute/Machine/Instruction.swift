/// Where an operand lies: in the workspace or, as a complement, among the program's known values.
struct Operand: Sendable {
  var offset: Int
  var isExact: Bool
}

/// One of the nested loops around an innermost one; steps are those of the two operands.
struct Loop: Sendable {
  var count: Int
  var aStep: Int
  var bStep: Int
}

/// A loop nest whose result is dense: collapsed as far as the operands allow.
struct Nest: Sendable {
  /// The innermost loop; its steps are 0 or 1 for a broadcast.
  var inner: Loop
  /// The other loops from the innermost to the outermost, a range of the program's loops.
  var outer: Range<Int>
}

/// One step of a program over whole blocks.
enum Instruction: Sendable {
  case load(slot: Int, result: Int, count: Int)
  case unary(UnaryOperation, Operand, result: Operand, count: Int)
  case binary(BinaryOperation, Operand, Operand, result: Operand, Nest)
  case reduce(ReduceOperation, Operand, result: Operand, outer: Int, count: Int, inner: Int)
  case integral(Operand, result: Operand, outer: Int, count: Int, inner: Int)
  /// Copies; the steps are those in the source and in the list of positions, which starts at `positions`.
  case move(Operand, result: Operand, Nest, positions: Int?)
  case inverse(Operand, result: Operand, MatrixShape)
  case determinant(Operand, result: Operand, MatrixShape)
}

/// How square matrices lie in a block.
struct MatrixShape: Sendable {
  var size: Int
  var rowStep: Int
  var columnStep: Int
  /// The loops over the matrices, steps in the source and in the result, a range of the program's loops.
  var batch: Range<Int>
}
