import Compute
import Testing

struct GenericStreamTests {
  // The known answers of Random123 1.14, kat_vectors, philox4x32 10.
  @Test func `Philox gives its authors' known answers`() {
    let cases:
      [(
        counter: (UInt32, UInt32, UInt32, UInt32), key: (UInt32, UInt32),
        block: (UInt32, UInt32, UInt32, UInt32)
      )] = [
        ((0, 0, 0, 0), (0, 0), (0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)),
        (
          (.max, .max, .max, .max), (.max, .max),
          (0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
        ),
        (
          (0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), (0xa409_3822, 0x299f_31d0),
          (0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
        ),
      ]
    for (counter, key, block) in cases {
      #expect(Philox4x32(key: key).block(counter) == block)
    }
  }

  // mpmath 1.3, mp.dps = 30
  @Test(arguments: [
    (1e-300, -37.047096299361199237), (1e-10, -6.3613409024040561991),
    (0.01, -2.3263478740408410931), (0.07, -1.4757910281791706856),
    (0.3, -0.52440051270804081597), (0.5, 0), (0.8, 0.8416212335729143638),
    (0.975, 1.9599639845400538556),
  ])
  func `Normal quantiles are known`(probability: Double, quantile: Double) {
    expectClose(GenericStream.normalQuantile(probability), quantile)
  }

  @Test func `Numbers keep away from special values`() {
    var stream = GenericStream(key: "ranges")
    var (means, logScales) = (0.0, 0.0)
    for _ in 0..<4000 {
      let mean = stream.mean()
      #expect(abs(mean) >= 0.15 && abs(mean) <= 2)
      let scale = stream.scale()
      #expect(scale >= 0.3 && scale <= 3 && !(0.905...1.105).contains(scale))
      let probability = stream.probability()
      #expect((0.05...0.95).contains(probability))
      means += mean
      logScales += stream.normal()
    }
    // Five standard errors: 1.2 and 1 over the root of 4000.
    #expect(abs(means) / 4000 < 0.1)
    #expect(abs(logScales) / 4000 < 0.08)
  }

  // The values are those of an implementation in Python by the papers alone.
  @Test func `A key gives the same numbers always`() {
    var first = GenericStream(key: "homework-1 q1.c")
    var second = GenericStream(key: "homework-1 q1.d")
    let numbers = (0..<3).map { _ in first.uniform() }
    #expect(numbers == [0.6302073392418194, 0.7323143522435372, 0.3614922083721016])
    #expect(numbers != (0..<3).map { _ in second.uniform() })
  }
}
