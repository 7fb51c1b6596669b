/// The counter-based generator Philox-4x32 with ten rounds: a block of random bits for each counter and key.
///
/// No state: any block can be had at any time, on any machine, in any order.
///
/// - SeeAlso: Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as 1, 2, 3, SC11.
public struct Philox4x32: Sendable {
  /// The two words of the key.
  public let key: (UInt32, UInt32)

  /// A generator for a key.
  public init(key: (UInt32, UInt32)) {
    self.key = key
  }

  /// Returns the four words for a counter.
  public func block(_ counter: (UInt32, UInt32, UInt32, UInt32))
    -> (UInt32, UInt32, UInt32, UInt32)
  {
    var (a, b, c, d) = counter
    var (k, l) = key
    for _ in 0..<10 {
      let first = a.multipliedFullWidth(by: 0xD251_1F53)
      let second = c.multipliedFullWidth(by: 0xCD9E_8D57)
      (a, b, c, d) = (second.high ^ b ^ k, second.low, first.high ^ d ^ l, first.low)
      k &+= 0x9E37_79B9
      l &+= 0xBB67_AE85
    }
    return (a, b, c, d)
  }
}
