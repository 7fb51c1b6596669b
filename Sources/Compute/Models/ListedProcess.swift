/// A process and all its trajectories as nodes of a program of their own.
struct ListedProcess {
  let list: TrajectoryList
  let model: TabularMDP
  var builder: ProgramBuilder
  let nodes: MDPNodes
  let along: TrajectoryNodes

  /// Lists the trajectories; nil if there are too many.
  init?(_ process: MDPTables, discount: Double) {
    model = TabularMDP(tables: [process], discount: discount)
    guard let list = TrajectoryList(of: model) else { return nil }
    self.list = list
    builder = ProgramBuilder()
    let sample = builder.axis(count: 1)
    nodes = model.declare(in: &builder, sample: sample)
    along = TrajectoryNodes(list, of: nodes, in: &builder)
  }

  /// Evaluates nodes of the program.
  func values(of outputs: [NodeID]) -> [[Double]] {
    Workspace().run(builder.program(outputs: outputs), inputs: model.inputs).map(\.values)
  }
}
