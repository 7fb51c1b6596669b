import Homework
import Rubrics
import Testing

struct RubricReaderTests {
  private func complete() throws -> Rubric {
    try RubricReader.rubric(at: fixture("complete.xml"), schema: schemaPath)
  }

  @Test func `The frame is read`() throws {
    let rubric = try complete()
    #expect(rubric.id == "week-3")
    #expect(rubric.title == "Third week")
    #expect(rubric.attempts == .best)
    #expect(rubric.questions.map(\.id) == ["q1", "q2"])
    #expect(rubric.questions.map(\.label) == ["1", "2"])
    #expect(rubric.questions.map(\.title) == ["Divergences", "Drawing"])
    #expect(rubric.criteria.map(\.id) == ["q1.kl", "q1.map", "q2.drawing"])
    #expect(rubric.criteria.map(\.points.description) == ["4", "3.5", "1"])
    #expect(rubric.criteria.map(\.check) == [.formula, .formula, .framework])
    #expect(rubric.criteria.map(\.partLabel) == ["a", nil, nil])
    #expect(rubric.criteria.map(\.questionLabel) == ["1", "1", "2"])
    #expect(rubric.criteria.map(\.vocabulary.value) == ["latent-variable", "gaussian", "gaussian"])
  }

  @Test func `The parts of a criterion are read`() throws {
    let criterion = try #require(try complete().criteria.first)
    #expect(criterion.target?.value == #"KL(q \| p)"#)
    #expect(criterion.targetNames.map(\.value) == ["KL"])
    #expect(!criterion.isMap)
    #expect(criterion.allowed == ["expectation", "likelihood"])
    #expect(criterion.alternatives.map(\.id) == ["reference", "no-half", "kl.reversed"])
    #expect(criterion.alternatives.map(\.credit) == [1, 0.75, 0])
    #expect(
      criterion.alternatives.map(\.formula.value)
        == [#"\log\frac{\sigma_p}{\sigma_q}"#, "a < b", "a & b < c"])
    #expect(criterion.alternatives[2].reason == "This is KL(p || q).")
    #expect(criterion.cases.map(\.id) == ["standard-normal-prior"])
    #expect(criterion.cases[0].credit == 0.5)
    #expect(criterion.cases[0].conditions.map(\.value) == [#"\mu_p = 0"#, #"\sigma_p = 1"#])
    #expect(criterion.given.map(\.value) == [#"p(x) = N(x; \mu_p, \sigma_p^2)"#, "KL = KL"])
    #expect(criterion.conventions["sign"]?.value == "either")
    #expect(criterion.credits == ["up-to-constant": 0.25])
    #expect(criterion.impliedBy.map(\.value) == ["q1.map"])
    #expect(criterion.feedback == ["sign": "Look at the sign."])
    #expect(criterion.notes == "Seen in 2023.")
    #expect(criterion.tests.map(\.text.value) == ["$KL = 1$", "KL = 2", ""])
    #expect(criterion.tests.map(\.verdict) == [.correct, .incorrect, .missing])
    #expect(criterion.tests.map(\.mistake) == [nil, "kl.reversed", nil])
  }

  @Test func `Declarations of the question come before those of the criterion`() throws {
    let criteria = try complete().criteria
    #expect(
      criteria[1].declarations.map(words) == [
        #"variable \mu_q over data, latent: mean, also \mu_z, m_q"#,
        #"distribution q: N(\mu_q, \sigma_q^2), also 1, a"#,
        #"definition \ell: \log\sigma^2"#,
        "function f of 1",
        #"variable \epsilon over : number, also "#,
      ])
    #expect(criteria[0].declarations.count == 4)
    #expect(criteria[2].declarations.isEmpty)
  }

  @Test func `A map has a name and no target`() throws {
    let map = try complete().criteria[1]
    #expect(map.isMap)
    #expect(map.target == nil)
    #expect(map.targetNames.map(\.value) == ["z"])
    #expect(map.alternatives.map(\.id) == ["plus"])
  }

  @Test func `Every value has the place of its first character`() throws {
    let criterion = try #require(try complete().criteria.first)
    let places = [
      criterion.place, criterion.vocabulary.place, criterion.target?.place,
      criterion.alternatives[1].formula.place, criterion.alternatives[2].formula.place,
      criterion.cases[0].conditions[1].place, criterion.conventions["sign"]?.place,
      criterion.impliedBy[0].place, criterion.tests[1].text.place,
    ]
    #expect(
      places.map { $0.map { "\($0.line):\($0.column)" } }
        == [
          "12:5", "6:23", "13:15", "18:9", "21:9", "24:20", "27:38", "29:30", "35:11",
        ])
    #expect(criterion.place.file == fixture("complete.xml"))
  }

  private func words(_ declaration: Declaration) -> String {
    switch declaration {
    case .variable(let name, let axes, let kind, let aliases):
      "variable \(name.value) over \(axes.joined(separator: ", ")): \(kind), also "
        + aliases.joined(separator: ", ")
    case .distribution(let name, let formula, let aliases):
      "distribution \(name.value): \(formula.value), also " + aliases.joined(separator: ", ")
    case .definition(let name, let formula):
      "definition \(name.value): \(formula.value)"
    case .function(let name, let arity, let aliases):
      "function \(name.value) of \(arity)" + aliases.map { ", also \($0)" }.joined()
    }
  }
}
