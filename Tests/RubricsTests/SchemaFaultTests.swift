import Testing

struct SchemaFaultTests {
  @Test(arguments: [
    (
      #"<criterion id="b" points="1.234" check="framework" title="B"/>"#,
      """
      r.xml:4:27: error: attribute 'points' of criterion 'b' is '1.234', expected a number from 0 \
      to 9999 with at most two decimals, such as '1.5'
      """
    ),
    (
      #"<criterion id="b" points="1" check="formla" title="B"/>"#,
      """
      r.xml:4:37: error: attribute 'check' of criterion 'b' is 'formla', expected 'formula', \
      'derivation', 'estimator' or 'framework'; did you mean 'formula'?
      """
    ),
    (
      #"<criterion id="1b" points="1" check="framework" title="B"/>"#,
      """
      r.xml:4:16: error: attribute 'id' of 'criterion' is '1b', expected letters, digits, '.', \
      '-' and '_' behind a letter
      """
    ),
    (
      #"<criterion id="b" points="1" check="framework" title="B" part=" "/>"#,
      "r.xml:4:64: error: attribute 'part' of criterion 'b' is empty"
    ),
    (
      #"<criterion id="b" points="1" check="framework"/>"#,
      "r.xml:4:1: error: criterion 'b' has no attribute 'title'"
    ),
    (
      #"<criterion id="b" pionts="1" points="1" check="framework" title="B"/>"#,
      "r.xml:4:27: error: unknown attribute 'pionts' of criterion 'b'; did you mean 'points'?"
    ),
    (
      #"<criterio id="b"/>"#,
      """
      r.xml:4:1: error: unexpected 'criterio' in question 'q1', expected 'criterion'; \
      did you mean 'criterion'?
      """
    ),
    (
      "",
      "r.xml:2:1: error: question 'q1' ends too early, expected 'criterion'"
    ),
  ])
  func `A fault in the frame is named`(criteria: String, message: String) throws {
    let found = try faults(of: rubric(criteria))
    #expect(found == [message])
  }

  @Test(arguments: [
    (
      "<nmae>KL</nmae>",
      "r.xml:5:1: error: unexpected 'nmae' in criterion 'b'; did you mean 'name'?"
    ),
    ("<target> </target>", "r.xml:5:1: error: 'target' of criterion 'b' is empty"),
    (
      "<targt>KL</targt>",
      "r.xml:5:1: error: unexpected 'targt' in criterion 'b'; did you mean 'target'?"
    ),
    (
      "<target>KL <b>x</b></target>",
      """
      r.xml:5:1: error: 'target' of criterion 'b' holds an element, but only text may stand \
      there; write '<' as '&lt;'
      """
    ),
    (
      "formula",
      "r.xml:4:1: error: text in criterion 'b', where only elements may stand"
    ),
    (
      #"<form allow="density">x</form>"#,
      "r.xml:5:1: error: 'form' of criterion 'b' holds text or elements, but must be empty"
    ),
    (
      #"<variant id="v" credit="1.5" reason="r">x</variant>"#,
      """
      r.xml:5:25: error: attribute 'credit' of variant 'v' is '1.5', expected a number from 0 to \
      1 with at most four decimals, such as '0.5'
      """
    ),
    (
      #"<credit rung="sign" value="-0.5"/>"#,
      """
      r.xml:5:28: error: attribute 'value' of 'credit' of criterion 'b' is '-0.5', expected a \
      number from 0 to 1 with at most four decimals, such as '0.5'
      """
    ),
    (
      #"<function name="f" arity="0"/>"#,
      "r.xml:5:27: error: attribute 'arity' of function 'f' is '0', expected a whole number from 1 to 9"
    ),
    (
      #"<variable name="x" kind="a b"/>"#,
      """
      r.xml:5:26: error: attribute 'kind' of variable 'x' is 'a b', expected one word of letters, \
      digits, '-', '_' and '.'
      """
    ),
    (
      "<tests><answer>x</answer></tests>",
      "r.xml:5:8: error: 'answer' of 'tests' of criterion 'b' has no attribute 'verdict'"
    ),
    (
      #"<tests><answer verdict="right">x</answer></tests>"#,
      """
      r.xml:5:25: error: attribute 'verdict' of 'answer' of 'tests' of criterion 'b' is 'right', \
      expected 'correct', 'partial', 'incorrect', 'missing' or 'review'
      """
    ),
    ("<tests/>", "r.xml:5:1: error: 'tests' of criterion 'b' ends too early, expected 'answer'"),
    (
      #"<mistake id="m">x</mistake>"#,
      "r.xml:5:1: error: mistake 'm' has no attribute 'reason'"
    ),
  ])
  func `A fault in a criterion is named`(children: String, message: String) throws {
    let found = try faults(of: criterion(children))
    #expect(found == [message])
  }

  @Test func `All faults are listed in order, also those behind an unexpected element`() throws {
    let found = try faults(
      of: criterion(
        """
        <a/>
        <target/>
        <c/>
        <reference/>
        """))
    #expect(
      found == [
        "r.xml:5:1: error: unexpected 'a' in criterion 'b'",
        "r.xml:6:1: error: 'target' of criterion 'b' is empty",
        "r.xml:7:1: error: unexpected 'c' in criterion 'b'",
        "r.xml:8:1: error: 'reference' of criterion 'b' is empty",
      ])
  }

  @Test(arguments: [
    (
      #"<assignment id="h" title="H"/>"#,
      """
      r.xml:1:1: error: the root element is 'assignment', expected 'assignment' in the namespace \
      'urn:gradus:rubric:1'
      """
    ),
    (
      "<rubric/>",
      """
      r.xml:1:1: error: the root element is 'rubric', expected 'assignment' in the namespace \
      'urn:gradus:rubric:1'
      """
    ),
  ])
  func `Another root is refused`(xml: String, message: String) throws {
    let found = try faults(of: xml)
    #expect(found == [message])
  }
}
