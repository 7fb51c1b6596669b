import Notation
import Testing

/// What cannot be read is reported with its place, and the rest is read.
struct DamageTests {
  @Test(arguments: [
    (
      #"a + (b - c"#,
      #"(a + ((b - c) * <'(' is never closed>))"#,
      [
        #"4-5 '(' is never closed"#
      ]
    ),
    (
      #"\log\left( a"#,
      #"log((a * <'(' is never closed>))"#,
      [
        #"9-10 '(' is never closed"#
      ]
    ),
    (
      #"\left( a ) + b"#,
      #"(a + b)"#,
      []
    ),
    (
      #"a) + b"#,
      #"((a * <')' closes nothing>) + b)"#,
      [
        #"1-2 ')' closes nothing"#
      ]
    ),
    (
      #"\frac{a}{b"#,
      #"(a / (b * <'{' is never closed>))"#,
      [
        #"8-9 '{' is never closed"#
      ]
    ),
    (
      #"a +"#,
      #"(a + <an operand is missing after '+'>)"#,
      [
        #"3-3 an operand is missing after '+'"#
      ]
    ),
    (
      #"a \cdot \cdot b"#,
      #"((a * <two operators in a row: '\cdot' and '\cdot'>) * b)"#,
      [
        #"2-13 two operators in a row: '\cdot' and '\cdot'"#
      ]
    ),
    (
      #"- "#,
      #"(-<an operand is missing after '-'>)"#,
      [
        #"1-1 an operand is missing after '-'"#
      ]
    ),
    (
      #"()"#,
      #"<nothing stands between '(' and ')'>"#,
      [
        #"1-1 nothing stands between '(' and ')'"#
      ]
    ),
    (
      #"\sqrt{} + a"#,
      #"(sqrt(<nothing stands below the root>) + a)"#,
      [
        #"5-7 nothing stands below the root"#
      ]
    ),
    (
      #"\frac{2}{}"#,
      #"(2 / <nothing stands below the line of a fraction>)"#,
      [
        #"8-10 nothing stands below the line of a fraction"#
      ]
    ),
    (
      #"\foo + a"#,
      #"(<unknown command '\foo'> + a)"#,
      [
        #"0-4 unknown command '\foo'"#
      ]
    ),
    (
      #"\lgo x"#,
      #"(<unknown command '\lgo'; did you mean '\lg'?> * x)"#,
      [
        #"0-4 unknown command '\lgo'; did you mean '\lg'?"#
      ]
    ),
    (
      #"\cos^2"#,
      #"<'cos' needs an argument>"#,
      [
        #"0-6 'cos' needs an argument"#
      ]
    ),
    (
      #"\int"#,
      #"integral[](<an operand is missing after 'int'>)"#,
      [
        #"0-4 an operand is missing after 'int'"#
      ]
    ),
    (
      #"\nabla_\theta"#,
      #"grad[theta](<an operand is missing after 'theta'>)"#,
      [
        #"13-13 an operand is missing after 'theta'"#
      ]
    ),
    (
      #"\begin{aligned} a &= b + c"#,
      #"a = (b + (c * <'\begin{aligned}' is never closed>))"#,
      [
        #"0-26 '\begin{aligned}' is never closed"#
      ]
    ),
    (
      #"\begin{aligned} a &= \frac{b"#,
      #"a = (((b * <'\begin{aligned}' is never closed>) * <'{' is never closed>) / <nothing stands below the line of a fraction>)"#,
      [
        #"26-27 '{' is never closed"#,
        #"0-28 '\begin{aligned}' is never closed"#,
        #"28-28 nothing stands below the line of a fraction"#,
      ]
    ),
    (
      #"a \end{align}"#,
      #"a"#,
      [
        #"2-13 '\end{align}' has no '\begin{align}'"#
      ]
    ),
    (
      #"1.1.1"#,
      #"(1.1 * <two numbers in a row>)"#,
      [
        #"3-5 two numbers in a row"#
      ]
    ),
    (
      #"\operatorname{floor}(1, 2)"#,
      #"floor(<'floor' takes one argument, not 2>)"#,
      [
        #"20-26 'floor' takes one argument, not 2"#
      ]
    ),
    (
      #"|a + b"#,
      #"((<'|' is never closed> * a) + b)"#,
      [
        #"0-1 '|' is never closed"#
      ]
    ),
    (
      #"\|a + b"#,
      #"((<'||' is never closed> * a) + b)"#,
      [
        #"0-2 '||' is never closed"#
      ]
    ),
    (
      #"p(x|"#,
      #"(p(x | <an operand is missing after '|'>) * <'(' is never closed>)"#,
      [
        #"1-2 '(' is never closed"#,
        #"4-4 an operand is missing after '|'"#,
      ]
    ),
    (
      #"KL(q\|"#,
      #"KL(q || (<an operand is missing after '||'> * (. * <'(' is never closed>)))"#,
      [
        #"2-3 '(' is never closed"#,
        #"6-6 an operand is missing after '||'"#,
      ]
    ),
    (
      #"x_{\langle A \rangle} + b"#,
      #"(<angle brackets are read as the product of two vectors, divided by a comma> + b)"#,
      [
        #"3-20 angle brackets are read as the product of two vectors, divided by a comma"#
      ]
    ),
    (
      #"p(x \mid g_{\langle A \rangle - \langle A \rangle})] - b"#,
      #"((p(x | <angle brackets are read as the product of two vectors, divided by a comma>) * <']' closes nothing>) - b)"#,
      [
        #"12-29 angle brackets are read as the product of two vectors, divided by a comma"#,
        #"32-49 angle brackets are read as the product of two vectors, divided by a comma"#,
        #"51-52 ']' closes nothing"#,
      ]
    ),
    (
      #"\begin{cases} a & b \end{cases} + c"#,
      #"(<definitions by cases are not read> + c)"#,
      [
        #"0-31 definitions by cases are not read"#
      ]
    ),
    (
      #"a \pm b"#,
      #"((a + <a sign with two meanings is not read>) + b)"#,
      [
        #"2-5 a sign with two meanings is not read"#
      ]
    ),
    (
      #"^2 + a"#,
      #"((<'^' has nothing before it> * 2) + a)"#,
      [
        #"0-1 '^' has nothing before it"#
      ]
    ),
    (
      #"a = "#,
      #"a = <an operand is missing after '='>"#,
      [
        #"3-3 an operand is missing after '='"#
      ]
    ),
    (
      #"\begin{foo} a \end{foo}"#,
      #"a"#,
      [
        #"0-11 unknown environment 'foo'"#
      ]
    ),
    (
      #"E_{}[x]"#,
      #"E[<a measure is missing between '{' and '}'>](x)"#,
      [
        #"2-3 a measure is missing between '{' and '}'"#
      ]
    ),
    (
      #"\hat{x + y}"#,
      #"<an accent is read over a name only>"#,
      [
        #"0-11 an accent is read over a name only"#
      ]
    ),
    (
      #"a ? b"#,
      #"((a * <'?' has no meaning in a formula>) * b)"#,
      [
        #"2-3 '?' has no meaning in a formula"#
      ]
    ),
    (
      #"[0, 1) + (a]"#,
      #"((0, 1) + a)"#,
      [
        #"11-12 '(' is closed by ']'"#
      ]
    ),
  ])
  func `Damage stays where it is`(text: String, tree: String, messages: [String]) {
    let formula = Reading.usual.formula(text)
    #expect(Reading.text(of: formula) == tree)
    #expect(Reading.messages(of: formula) == messages)
  }

  @Test(arguments: [
    String(repeating: "(", count: 100_000), String(repeating: "{", count: 10_000_000),
    String(repeating: "a+", count: 50_000), String(repeating: "x^{", count: 3_000),
    String(repeating: "\\frac{", count: 900), String(repeating: "-", count: 3_000),
    String(repeating: "|", count: 3_000), String(repeating: "\\log ", count: 600),
    String(repeating: "E_q[", count: 900), String(repeating: "\\begin{aligned}", count: 900),
    String(repeating: "a a ", count: 1_500), String(repeating: "\\underbrace{", count: 900),
    String(repeating: "x_", count: 1_900), String(repeating: "f(", count: 1_900),
  ])
  func `Deep and long text is refused with a message`(text: String) {
    #expect(!Reading.usual.formula(text).diagnostics.isEmpty)
  }

  @Test func `A formula has at most 200000 bytes`() {
    let formula = Reading.usual.formula(String(repeating: " ", count: 200_001))
    let message = "the formula has 200001 bytes; at most 200000 are read"
    #expect(formula.diagnostics.map(\.message) == [message])
  }

  @Test func `A formula has at most 4000 signs`() {
    let formula = Reading.usual.formula(String(repeating: "a+", count: 3_000))
    let message = "the formula is too long; at most 4000 signs are read"
    #expect(formula.diagnostics.map(\.message) == [message])
  }

  @Test(arguments: ["", "   ", "&", "\\quad"])
  func `A formula without signs is reported`(text: String) {
    let formula = Reading.usual.formula(text)
    #expect(formula.diagnostics.map(\.message) == ["the formula is empty"])
    #expect(formula.statements.isEmpty)
  }
}
