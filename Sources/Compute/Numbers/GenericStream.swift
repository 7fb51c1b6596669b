import CElementary

/// Generic numbers for test points, the same for a key on every machine.
///
/// Generic means away from the values at which a wrong formula may be right: no mean near zero, no scale near
/// one, no short fractions (mantissas have 52 random bits). Logarithms and exponentials are those of this
/// package, so that no library's last bit shows.
public struct GenericStream: Sendable {
  private let generator: Philox4x32
  private var counter: UInt64 = 0
  // The second number of the last block.
  private var spare: UInt64?

  /// A stream for any text, which is hashed to 64 bits (FNV-1a and the finalizer of SplitMix).
  public init(key: String) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
    hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
    hash ^= hash >> 31
    generator = Philox4x32(
      key: (UInt32(truncatingIfNeeded: hash), UInt32(truncatingIfNeeded: hash >> 32)))
  }

  /// Returns 64 random bits.
  public mutating func next() -> UInt64 {
    if let bits = spare {
      spare = nil
      return bits
    }
    let words = generator.block(
      (UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32), 0, 0))
    counter += 1
    spare = UInt64(words.3) << 32 | UInt64(words.2)
    return UInt64(words.1) << 32 | UInt64(words.0)
  }

  /// Returns a number between 0 and 1, neither included: an odd multiple of 2^-53.
  public mutating func uniform() -> Double { (Double(next() >> 12) + 0.5) * 0x1p-52 }

  /// Returns a number between two others.
  public mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * uniform()
  }

  /// Returns a whole number from zero to below a count, which is positive.
  public mutating func index(below count: Int) -> Int { Int(uniform() * Double(count)) }

  /// Returns a mean: between -2 and 2, at least 0.15 from zero.
  public mutating func mean() -> Double {
    let x = uniform(-1.85, 1.85)
    return x < 0 ? x - 0.15 : x + 0.15
  }

  /// Returns a scale: its logarithm is uniform between those of 0.3 and 3, at least 0.1 from zero.
  public mutating func scale() -> Double {
    // log 0.3 + 0.1 and log 3 - 0.1
    let x = uniform(-1.1039728043259361, 0.9986122886681098)
    return Self.exp(x < 0 ? x - 0.1 : x + 0.1)
  }

  /// Returns a probability between 0.05 and 0.95.
  public mutating func probability() -> Double { uniform(0.05, 0.95) }

  /// Returns a standard normal number.
  public mutating func normal() -> Double { Self.normalQuantile(uniform()) }

  static func exp(_ x: Double) -> Double {
    var result = 0.0
    elementary_exp(1, [x], &result)
    return result
  }

  static func log(_ x: Double) -> Double {
    var result = 0.0
    elementary_log(1, [x], &result)
    return result
  }
}
