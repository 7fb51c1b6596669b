import Reports
import Testing

struct FigureTests {
  private static let figures: [(Double, String)] = [
    (0, "0"), (-0.0, "0"), (1, "1"), (-2.5, "-2.5"), (0.300_000_000_000_000_04, "0.3"),
    (0.333_333_333_333, "0.333333"), (0.666_666_666, "0.666667"), (-0.666_666_666, "-0.666667"),
    (123_456, "123456"), (123_456.5, "123457"), (999_999.5, "1e6"), (1_234_567, "1.23457e6"),
    (0.0001, "0.0001"), (0.000099, "9.9e-5"), (1e-300, "1e-300"),
    (.leastNonzeroMagnitude, "5e-324"),
    (1.797_693_134_862_315_7e308, "1.79769e308"), (0.999_999_49, "0.999999"),
    (0.999_999_5, "1"), (100, "100"), (120_000, "120000"), (.nan, "undefined"),
    (.infinity, "infinity"), (-Double.infinity, "-infinity"),
  ]

  @Test(arguments: figures)
  func `A figure has six digits`(value: Double, text: String) {
    #expect(Figure.text(value) == text)
  }

  @Test func `Rounding twice changes nothing`() {
    for seed in 1...200 {
      let value = Double(seed) * 0.123_456_789 - 12.3
      let rounded = Figure.rounded(value)
      #expect(Figure.rounded(rounded) == rounded)
      #expect(abs(rounded - value) <= 0.6e-5 * abs(value))
    }
  }
}
