import Testing

struct StructureFaultTests {
  @Test func `Ids and labels are unique`() throws {
    let question = """
      <question id="q" label="1" title="Q"><vocabulary name="gaussian"/>
      <criterion id="b" points="1" check="framework" title="B"/></question>
      """
    let found = try faults(
      of: """
        <assignment xmlns="urn:gradus:rubric:1" id="h" title="H">
        \(question)
        \(question)
        </assignment>
        """)
    #expect(
      found == [
        "r.xml:4:15: error: question id 'q' is used twice; the first is in line 2",
        "r.xml:4:25: error: question label '1' is used twice; the first is in line 2",
        "r.xml:5:16: error: criterion id 'b' is used twice; the first is in line 3",
      ])
  }

  @Test(arguments: [
    (
      #"<implied-by criterion="c"/>"#,
      "r.xml:5:24: error: criterion 'b' is implied by 'c', but no criterion has that id"
    ),
    (
      #"<implied-by criterion="b"/>"#,
      "r.xml:5:24: error: criterion 'b' is implied by itself"
    ),
    (
      "<target>x</target><target>y</target>",
      "r.xml:5:19: error: criterion 'b' has two 'target' elements; keep one"
    ),
    (
      "<target>x</target><map>y</map>",
      "r.xml:5:19: error: criterion 'b' has both a target and a map; keep one"
    ),
    (
      #"<mistake id="m" reason="r">x</mistake><variant id="m" credit="1" reason="r">y</variant>"#,
      "r.xml:5:52: error: criterion 'b' has two alternatives 'm'; the first is in line 5"
    ),
    (
      #"<convention name="sign" value="stated"/><convention name="sign" value="either"/>"#,
      "r.xml:5:59: error: criterion 'b' has two conventions 'sign'; the first is in line 5"
    ),
    (
      #"<credit rung="sign" value="0"/><credit rung="sign" value="1"/>"#,
      "r.xml:5:46: error: criterion 'b' has two credits for 'sign'; the first is in line 5"
    ),
    (
      #"<feedback on="sign">a</feedback><feedback on="sign">b</feedback>"#,
      "r.xml:5:47: error: criterion 'b' has two feedbacks on 'sign'; the first is in line 5"
    ),
  ])
  func `A fault that the schema cannot see is named`(children: String, message: String) throws {
    let found = try faults(of: criterion(children))
    #expect(found == [message])
  }

  @Test(arguments: [
    (
      #"<convention name="sgn" value="either"/>"#,
      """
      r.xml:5:19: error: criterion 'b' has the convention 'sgn', expected 'bound', 'chain', 'default', \
      'dimensions', 'estimator', 'form', 'knowledge', 'map', 'reconstruction', 'relation' or 'sign'; \
      did you mean 'sign'?
      """
    ),
    (
      #"<convention name="sign" value="any"/>"#,
      """
      r.xml:5:32: error: criterion 'b' has the convention 'sign' with the value 'any', expected \
      'either' or 'stated'
      """
    ),
    (
      #"<credit rung="up-to-constnt" value="0.5"/>"#,
      """
      r.xml:5:15: error: criterion 'b' has a credit for 'up-to-constnt', expected 'not-arrived', \
      'other-estimator', 'sign', 'undiscounted', 'up-to-constant' or 'up-to-factor'; did you mean \
      'up-to-constant'?
      """
    ),
  ])
  func `Conventions and rungs are those that the grader knows`(
    children: String, message: String
  ) throws {
    #expect(try faults(of: criterion(children)) == [message])
  }

  @Test func `Feedback is on a mistake that the grader or the criterion names`() throws {
    let known = """
      <reference id="r">x</reference>
      <mistake id="m" reason="w">y</mistake>
      <case id="c" credit="1"><condition>z = 1</condition></case>
      <feedback on="m">1</feedback><feedback on="special-case.c">2</feedback>
      <feedback on="sign">3</feedback><feedback on="incorrect">4</feedback>
      <feedback on="estimator.biased">5</feedback>
      <credit rung="estimator.discount-power-dropped" value="0.5"/>
      """
    #expect(try faults(of: criterion(known)) == [])
    let found = try faults(of: criterion(#"<feedback on="nothing">x</feedback>"#))
    #expect(found.count == 1)
    #expect(
      found[0].hasPrefix(
        "r.xml:5:15: error: criterion 'b' has feedback on 'nothing', expected 'ambiguous', "))
  }

  @Test(arguments: [
    (
      "<reference>x</reference>",
      """
      r.xml:4:1: error: criterion 'b' has check 'formula', but neither a target nor a map; add \
      '<target>' or '<map>'
      """
    ),
    (
      "<target>x</target>",
      "r.xml:4:1: error: criterion 'b' has check 'formula', but no reference; add '<reference>'"
    ),
  ])
  func `A formula needs a target and a reference`(children: String, message: String) throws {
    let xml = #"<criterion id="b" points="1" check="formula" title="B">\#(children)</criterion>"#
    let found = try faults(of: rubric(xml))
    #expect(found == [message])
  }

  @Test func `A criterion needs a vocabulary`() throws {
    let found = try faults(
      of: """
        <assignment xmlns="urn:gradus:rubric:1" id="h" title="H">
        <question id="q1" label="1" title="Q">
        <criterion id="b" points="1" check="framework" title="B"/>
        </question>
        </assignment>
        """)
    #expect(
      found == [
        """
        r.xml:3:1: error: criterion 'b' has no vocabulary; add '<vocabulary name="...">' to its \
        question
        """
      ])
  }

  @Test(arguments: [
    ("11", []),
    ("10", ["r.xml:5:1: error: criterion 'b' has 7 points, but question 'q1' has 6 left"]),
    ("11.5", ["r.xml:2:47: error: question 'q1' has 11.5 points, but its criteria give 11"]),
    ("3", ["r.xml:4:1: error: criterion 'a' has 4 points, but question 'q1' has 3 left"]),
  ])
  func `The points of the criteria fit the question`(total: String, messages: [String]) throws {
    let criteria = """
      <criterion id="a" points="4" check="framework" title="A"/>
      <criterion id="b" points="7" check="framework" title="B"/>
      """
    let found = try faults(of: rubric(criteria, question: #"points="\#(total)""#))
    #expect(found == messages)
  }

  @Test func `A misspelt criterion is guessed`() throws {
    let criteria = """
      <criterion id="q1.loss" points="1" check="framework" title="A"/>
      <criterion id="q1.kl" points="1" check="framework" title="B">
      <implied-by criterion="q1.los"/></criterion>
      """
    let found = try faults(of: rubric(criteria))
    #expect(
      found == [
        """
        r.xml:6:24: error: criterion 'q1.kl' is implied by 'q1.los', but no criterion has that \
        id; did you mean 'q1.loss'?
        """
      ])
  }
}
