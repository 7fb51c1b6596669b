extension ProgramBuilder {
  /// Makes the seeds of a gradient: the axis of its components, and a tangent for each parameter.
  ///
  /// The components are those of the parameters one after the other, each row-major over its axes but one, along
  /// which the derivative is taken at every position by itself: the sample points.
  ///
  /// - Parameters:
  ///   - parameters: Nodes to differentiate by, usually inputs.
  ///   - sample: The axis that is not differentiated along.
  /// - Returns: A new axis, and seeds for `tangent`, which is then a gradient along it.
  public mutating func gradientSeeds(of parameters: [NodeID], along sample: Axis) -> (
    axis: Axis, seeds: [NodeID: NodeID]
  ) {
    let shapes = parameters.map { axes(of: $0).filter { $0 != sample } }
    let sizes = shapes.map { $0.reduce(1) { $0 * count(of: $1) } }
    let total = sizes.reduce(0, +)
    let gradient = axis(count: total)
    var seeds: [NodeID: NodeID] = [:]
    var start = 0
    for (k, parameter) in parameters.enumerated() {
      var values = [Double](repeating: 0, count: sizes[k] * total)
      for i in 0..<sizes[k] { values[i * total + start + i] = 1 }
      seeds[parameter] = table(values, axes: shapes[k] + [gradient])
      start += sizes[k]
    }
    return (gradient, seeds)
  }
}
