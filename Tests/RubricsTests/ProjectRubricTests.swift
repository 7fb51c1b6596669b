import Homework
import Rubrics
import Testing

struct ProjectRubricTests {
  @Test(arguments: [
    (
      "homework-1",
      [
        "q1.a.framework 3", "q1.b.elbo 4", "q1.b.reparameterisation 3", "q1.b.derivation 3",
        "q1.c.kl 4", "q1.c.loss 3", "q2.theorem 3", "q2.derivation 7",
      ]
    ),
    (
      "formula-sheet",
      [
        "kl-univariate 2", "kl-standard-normal 2", "kl-multivariate 2", "elbo 2", "vae-loss 2",
        "policy-gradient 2", "reparameterisation 2", "score-function 2", "reinforce 2",
      ]
    ),
    (
      "gradient-estimators",
      [
        "q1.elbo 4", "q2.a.score 2", "q2.b.baseline 3", "q3.a.total-return 2",
        "q3.b.reward-to-go 3", "q4.a.estimator 2", "q4.b.zero 3", "q5.actor-critic 3", "q6.bias 3",
      ]
    ),
  ])
  func `The rubrics of the project have their criteria and no fault`(
    name: String, criteria: [String]
  ) throws {
    let folder = schemaPath.dropLast("rubric.xsd".count)
    let rubric = try RubricReader.rubric(at: folder + "\(name).xml", schema: schemaPath)
    #expect(rubric.id == name)
    #expect(rubric.criteria.map { "\($0.id) \($0.points)" } == criteria)
  }

  @Test func `The example of the documentation has no fault`() throws {
    let page = try bytes(
      of: schemaPath.dropLast("rubrics/rubric.xsd".count) + "docs/rubric-format.md")
    let text = String(decoding: page, as: UTF8.self)
    let example = try #require(text.split(separator: "```").first { $0.hasPrefix("xml\n") })
    let found = try faults(of: String(example.dropFirst(4)))
    #expect(found == [])
  }
}
