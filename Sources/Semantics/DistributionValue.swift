internal import Compute

/// A distribution of a world.
enum DistributionValue {
  /// Independent normal entries with their means and standard deviations.
  case normal(mean: Quantity, deviation: Quantity)
  /// A normal vector with a covariance matrix.
  case normalMatrix(mean: Quantity, covariance: Quantity)
  /// A density of the latent-variable model that is not normal, or not by name.
  case model(ModelDensity)
}

/// The densities of a latent-variable model.
enum ModelDensity {
  /// `p(z)`.
  case prior
  /// `q(z \mid x)`.
  case encoder
  /// `p(z \mid x)`.
  case posterior
  /// `p(x \mid z)`, of the observation.
  case likelihood
  /// `p(x, z)`.
  case joint
  /// `p(x)`.
  case evidence

  /// Whether it is the prior.
  var isPrior: Bool {
    if case .prior = self { return true }
    return false
  }
}

extension LatentNodes {
  /// Returns the logarithm of a density of the model, at a value of the latent variable if it depends on it.
  func logDensity(
    _ density: ModelDensity, at z: Latent, in builder: inout ProgramBuilder
  ) -> NodeID {
    switch density {
    case .prior: logPrior(z, in: &builder)
    case .encoder: logEncoder(z, in: &builder)
    case .posterior: logPosterior(z, in: &builder)
    case .likelihood: logLikelihood(z, in: &builder)
    case .joint: logJoint(z, in: &builder)
    case .evidence: logEvidence(in: &builder)
    }
  }
}
