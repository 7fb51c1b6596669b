internal import Compute

/// The densities of a latent-variable model as nodes of a world.
struct ModelNodes: Sendable {
  func logDensity(
    _ kind: ModelDensity, at point: NodeID?, state: Axis?, in builder: inout ProgramBuilder
  ) -> NodeID {
    builder.constant(0)
  }
}
