import Notation
import Testing

struct MathMLPrinterTests {
  @Test(arguments: [
    ("a + 2", "<mrow><mi>a</mi><mo>+</mo><mn>2</mn></mrow>"),
    ("a / b", "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>"),
    (
      "s_q**2", "<msup><msub><mi>s</mi><mrow><mi>q</mi></mrow></msub><mrow><mn>2</mn></mrow></msup>"
    ),
    ("sigma", "<mi>\u{3C3}</mi>"),
    (
      "(a + b) * c",
      "<mrow><mrow><mo>(</mo><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mo>)</mo></mrow><mo>\u{2299}</mo><mi>c</mi></mrow>"
    ),
    ("x // 2", "<mtext>?</mtext>"),
  ])
  func `Trees become elements`(code: String, mathML: String) {
    #expect(PythonReader().formula(code).statements.first?.first?.mathML == mathML)
  }

  @Test func `Characters of markup are escaped`() {
    let words = Expression(.words("a<b & \"c\"\u{1}"), SourceRange(0, 0))
    #expect(words.mathML == "<mtext>a&lt;b &amp; &quot;c&quot;\u{FFFD}</mtext>")
    let step = Expression(.name(Name("x", accents: ["d"])), SourceRange(0, 0))
    #expect(step.mathML == "<mrow><mi>d</mi><mi>x</mi></mrow>")
    let name = Expression(.name(Name("<script>")), SourceRange(0, 0))
    #expect(name.mathML == "<mi>&lt;script&gt;</mi>")
  }

  @Test func `Statements print their relations`() {
    let statement = PythonReader().formula("k = a").statements.first
    #expect(statement?.mathML == "<mrow><mi>k</mi><mo>=</mo><mi>a</mi></mrow>")
  }
}
