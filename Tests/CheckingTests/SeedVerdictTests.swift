import Checking
import Homework
import Testing

/// What the four answers of the seed and the model answer get, criterion by criterion.
struct SeedVerdictTests {
  /// What one criterion must come to.
  struct Expected: Sendable {
    var criterion: String
    var verdict: Verdict
    var credit: Double?
    var mistake: String?

    init(_ criterion: String, _ verdict: Verdict, _ credit: Double?, _ mistake: String? = nil) {
      self.criterion = criterion
      self.verdict = verdict
      self.credit = credit
      self.mistake = mistake
    }
  }

  @Test(arguments: [
    (
      "bing-ai",
      [
        Expected("q1.a.framework", .review, nil),
        Expected("q1.b.elbo", .correct, 1),
        Expected("q1.b.reparameterisation", .correct, 1),
        Expected("q1.c.kl", .correct, 1),
        Expected("q1.c.loss", .review, nil),
        Expected("q2.theorem", .missing, 0),
        Expected("q2.derivation", .missing, 0),
      ]
    ),
    (
      "chatgpt",
      [
        Expected("q1.a.framework", .correct, 1),
        Expected("q1.b.elbo", .correct, 1),
        Expected("q1.b.reparameterisation", .correct, 1),
        Expected("q1.c.loss", .incorrect, 0),
        Expected("q2.theorem", .missing, 0),
        Expected("q2.derivation", .missing, 0),
      ]
    ),
    (
      "bard",
      [
        Expected("q1.a.framework", .review, nil, "picture"),
        Expected("q1.b.elbo", .correct, 1),
        Expected("q1.b.reparameterisation", .missing, 0),
        Expected("q1.b.derivation", .missing, 0),
        Expected("q1.c.kl", .missing, 0),
        Expected("q1.c.loss", .incorrect, 0, "different"),
        Expected("q2.theorem", .missing, 0),
        Expected("q2.derivation", .missing, 0),
      ]
    ),
    (
      "free-ai",
      [
        Expected("q1.a.framework", .correct, 1),
        Expected("q1.b.elbo", .correct, 1),
        Expected("q1.b.reparameterisation", .correct, 1),
        Expected("q1.b.derivation", .missing, 0),
        Expected("q1.c.kl", .partial, 0.5, "special-case.standard-normal-prior"),
        Expected("q1.c.loss", .partial, 0.5, "special-case.standard-normal-prior"),
        Expected("q2.theorem", .missing, 0),
        Expected("q2.derivation", .missing, 0),
      ]
    ),
    (
      "model-answer",
      [
        Expected("q1.a.framework", .correct, 1),
        Expected("q1.b.elbo", .correct, 1),
        Expected("q1.b.reparameterisation", .correct, 1),
        Expected("q1.b.derivation", .correct, 1),
        Expected("q1.c.kl", .correct, 1),
        Expected("q1.c.loss", .correct, 1),
        Expected("q2.theorem", .correct, 1),
        Expected("q2.derivation", .correct, 1),
      ]
    ),
  ])
  func `Each answer gets its verdict`(student: String, expected: [Expected]) throws {
    let card = try Project.scorecard(of: student)
    for row in expected {
      let found = try #require(card.assessments.first { $0.criterion == row.criterion })
      #expect(found.verdict == row.verdict, "\(row.criterion): \(found.reason)")
      #expect(found.credit == row.credit, "\(row.criterion): \(found.reason)")
      if let mistake = row.mistake {
        #expect(found.mistakes.first == mistake, "\(row.criterion): \(found.reason)")
      }
    }
  }

  @Test func `A quotation without a derivation is missing or for a person`() throws {
    let bing = try Project.scorecard(of: "bing-ai")
    let derivation = try #require(bing.assessments.first { $0.criterion == "q1.b.derivation" })
    #expect([.missing, .review].contains(derivation.verdict))
    let chatGPT = try Project.scorecard(of: "chatgpt")
    let kl = try #require(chatGPT.assessments.first { $0.criterion == "q1.c.kl" })
    #expect([.missing, .review].contains(kl.verdict))
  }

  @Test func `The first answer has eleven points, and the pending ones are a person's`() throws {
    let card = try Project.scorecard(of: "bing-ai")
    #expect(card.score == Points(hundredths: 1100))
    #expect(card.possible == Points(hundredths: 3000))
  }

  @Test func `The damaged argument is reported with its place, and the rest is read`() throws {
    let card = try Project.scorecard(of: "bing-ai")
    let loss = try #require(card.assessments.first { $0.criterion == "q1.c.loss" })
    #expect(loss.reason.contains(" Line 30, column 89: "), "\(loss.reason)")
    let reading = try #require(loss.read.first)
    #expect(reading.place.file == "answers.md")
    #expect(reading.place.line == 30)
    // The forgotten backslash of `mu_p` is understood.
    #expect(reading.understood.contains(#"\mu_{q} - \mu_{p}"#), "\(reading.understood)")
  }

  @Test func `The truncated chain fails where it is wrong and not where it ends`() throws {
    let card = try Project.scorecard(of: "chatgpt")
    let derivation = try #require(card.assessments.first { $0.criterion == "q1.b.derivation" })
    #expect(derivation.steps.map(\.relation) == [">=", "=", "=", "="])
    #expect(derivation.steps.map(\.holds) == [true, true, false, nil])
  }

  @Test func `A wrong loss has a witness`() throws {
    let card = try Project.scorecard(of: "bard")
    let loss = try #require(card.assessments.first { $0.criterion == "q1.c.loss" })
    let witness = try #require(loss.witness)
    #expect(witness.point.contains { $0.name == "mu_q" })
    #expect(abs(witness.student - witness.reference) > 1e-6 * abs(witness.reference))
  }
}
