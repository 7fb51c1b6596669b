internal import Compute

/// What an estimator over base noise has drawn while it is read, and the parameters of the law that is differentiated.
struct NoiseReading {
  /// One independent draw.
  struct Draw {
    /// What it is called: the name, or the place of a call that draws.
    var key: String
    /// The quadrature axis.
    var axis: Axis
    /// The weights of its points.
    var weights: NodeID
    /// The value.
    var point: NodeID
    /// Whether it is a sample of the law that does not move with the parameters, as `z \sim q`.
    var isHeld: Bool
    /// Whether it stands for one entry of an array of samples, which a sum adds up.
    var isArray = false
  }

  /// The draws in the order in which they were met.
  var draws: [Draw] = []
  /// Whether arbitrary functions are held: what goes through their slopes is zero.
  var holdsFunctions = false
  /// How many sums and means over arrays of samples stand around.
  var openReductions = 0
  /// Whether a latent variable without a definition is made of the noise that stands beside it.
  var noiseOfLatent: String?
}

/// The law whose parameters a gradient is taken by: location and scale of a normal distribution.
struct ParametricLaw: Sendable {
  /// The components of gradients: location, scale.
  let parameter: Axis
  /// The tangents of location and scale over `parameter`.
  let seeds: [NodeID: NodeID]
  let location: NodeID
  let scale: NodeID
}
