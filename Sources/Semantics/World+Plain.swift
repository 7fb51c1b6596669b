internal import Compute
internal import Notation

extension World {
  /// How many members the families of a world have.
  public struct Sizes: Hashable, Sendable {
    /// Points of the data set.
    public var data: Int
    /// Dimensions of the latent space.
    public var latent: Int
    /// Dimensions of an observation.
    public var observed: Int

    /// Sizes that tell apart a sum, a mean and a factor: all different, none 1 or 2.
    public static let generic = Sizes(data: 5, latent: 3, observed: 4)
    /// One dimension and one data point.
    public static let single = Sizes(data: 1, latent: 1, observed: 1)

    /// Creates sizes.
    public init(data: Int, latent: Int, observed: Int) {
      self.data = data
      self.latent = latent
      self.observed = observed
    }
  }

  /// A condition under which the points are drawn.
  public enum Condition: Hashable, Sendable {
    /// A variable has one value, for matrices that times the identity.
    case value(variable: String, Double)
    /// Two variables have the same values.
    case equal(String, String)
    /// A variable has one and the same generic value at all points.
    case held(String)

    /// Whether the condition says something of a variable.
    func concerns(_ variable: String) -> Bool {
      switch self {
      case .value(let name, _), .held(let name): name == variable
      case .equal(let first, let second): first == variable || second == variable
      }
    }
  }

  /// Creates a world of a vocabulary's variables alone, at generic points.
  ///
  /// - Parameters:
  ///   - vocabulary: The names.
  ///   - sizes: How many members each kind of family has.
  ///   - conditions: What holds at all points.
  ///   - key: The text from which the points follow.
  ///   - samples: How many points.
  ///   - name: What the world is called in messages.
  public init(
    vocabulary: Vocabulary, sizes: Sizes, conditions: [Condition] = [], key: String,
    samples: Int, name: String
  ) {
    self.name = name
    sampleCount = samples
    builder = ProgramBuilder()
    sample = builder.axis(count: samples)
    let data = builder.axis(count: sizes.data)
    let latent = builder.axis(count: sizes.latent)
    let column = builder.axis(count: sizes.latent)
    let observed = builder.axis(count: sizes.observed)
    axes = [.data: data, .latent: latent, .observed: observed]
    values = []
    inputNames = []
    inputs = []
    for variable in vocabulary.variables {
      let isMatrix = variable.kind == .covariance
      // A family of one member is a number.
      var family = (isMatrix ? [latent, column] : variable.axes.compactMap { axes[$0] })
      family.removeAll { builder.count(of: $0) == 1 }
      let node = builder.input(axes: [sample] + family)
      values.append(
        Quantity(node, axes: isMatrix ? family : family.filter { $0 != data }))
      inputNames.append(variable.name)
      let counts = ([sample] + family.sorted()).map { builder.count(of: $0) }
      inputs.append(
        Self.draw(
          variable, counts: counts, conditions: conditions, key: "\(key) \(variable.name)"))
    }
    let decoderKinds: Set<VariableKind> = [
      .decoderWeight, .decoderBias, .decoderDeviation, .modelObservation,
    ]
    for (index, variable) in vocabulary.variables.enumerated()
    where decoderKinds.contains(variable.kind) { unavailable.insert(index) }
    for case .equal(let first, let second) in conditions {
      guard let one = inputNames.firstIndex(of: first),
        let other = inputNames.firstIndex(of: second), inputs[one].count == inputs[other].count
      else { continue }
      inputs[one] = inputs[other]
    }
  }

  /// Draws the values of a variable, row-major over its axes.
  private static func draw(
    _ variable: Vocabulary.Variable, counts: [Int], conditions: [Condition], key: String
  ) -> [Double] {
    let total = counts.reduce(1, *)
    var fixed: Double?
    var isHeld = false
    for condition in conditions {
      if case .value(let name, let value) = condition, name == variable.name { fixed = value }
      if case .held(let name) = condition, name == variable.name { isHeld = true }
    }
    if variable.kind == .covariance {
      return covariances(
        count: counts[0], size: counts.count > 1 ? counts[1] : 1, fixed: fixed, key: key)
    }
    if let fixed { return [Double](repeating: fixed, count: total) }
    var stream = GenericStream(key: key)
    let drawn = isHeld ? total / counts[0] : total
    var values = (0..<drawn).map { _ in
      switch variable.kind {
      case .deviation, .variance, .positive, .precision: stream.scale()
      default: stream.mean()
      }
    }
    if isHeld { values = (0..<counts[0]).flatMap { _ in values } }
    return values
  }

  /// Draws symmetric positive definite matrices as L L^T with a generic triangular L.
  private static func covariances(
    count: Int, size: Int, fixed: Double?, key: String
  ) -> [Double] {
    var stream = GenericStream(key: key)
    var values: [Double] = []
    for _ in 0..<count {
      var factor = [Double](repeating: 0, count: size * size)
      for row in 0..<size {
        for column in 0..<row { factor[row * size + column] = 0.4 * stream.mean() }
        factor[row * size + row] = stream.scale()
      }
      for row in 0..<size {
        for column in 0..<size {
          if let fixed {
            values.append(row == column ? fixed : 0)
          } else {
            var sum = 0.0
            for inner in 0...min(row, column) {
              sum += factor[row * size + inner] * factor[column * size + inner]
            }
            values.append(sum)
          }
        }
      }
    }
    return values
  }
}
