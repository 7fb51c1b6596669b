import Foundation
import Homework
import Testing

/// The verdicts that the submissions of this package must get, whatever else changes.
struct SeedVerdictTests {
  /// The criterion with the verdicts on `bing-ai`, `chatgpt`, `bard` and `free-ai`; several where
  /// each will do.
  private static let expected: [(criterion: String, verdicts: [Set<String>])] = [
    ("q1.a.framework", [["review"], ["correct"], ["review"], ["correct"]]),
    ("q1.b.elbo", [["correct"], ["correct"], ["correct"], ["correct"]]),
    ("q1.b.reparameterisation", [["correct"], ["correct"], ["missing"], ["correct"]]),
    (
      "q1.b.derivation",
      [["missing", "review"], ["review", "incorrect"], ["missing"], ["missing"]]
    ),
    ("q1.c.kl", [["correct"], ["missing", "review"], ["missing"], ["partial"]]),
    ("q1.c.loss", [["review"], ["incorrect"], ["incorrect"], ["partial"]]),
    ("q2.theorem", [["missing"], ["missing"], ["missing"], ["missing"]]),
    ("q2.derivation", [["missing"], ["missing"], ["missing"], ["missing"]]),
  ]
  private static let students = ["bing-ai", "chatgpt", "bard", "free-ai"]

  /// Returns the results of a dry run by student and criterion.
  private func results() throws -> [String: [String: JSONValue]] {
    let folder = try TemporaryFolder()
    let said = try Command.run(
      "grade", "submissions", "--rubric", "rubrics/homework-1.xml", "--dry-run", "--json",
      folder.path("results.json"))
    #expect(said.status == 0, "\(said.errors)")
    var results: [String: [String: JSONValue]] = [:]
    for card in try JSONValue(json: folder.text("results.json")).array ?? [] {
      for criterion in card["criteria"]?.array ?? [] {
        let id = criterion["id"]?.string ?? ""
        results[card["student"]?.string ?? "", default: [:]][id] = criterion
      }
    }
    return results
  }

  @Test func `The seed's answers get their verdicts`() throws {
    let results = try results()
    for (criterion, verdicts) in Self.expected {
      for (student, wanted) in zip(Self.students, verdicts) {
        let verdict = results[student]?[criterion]?["verdict"]?.string ?? "none"
        let reason = results[student]?[criterion]?["reason"]?.string ?? ""
        #expect(wanted.contains(verdict), "\(student), \(criterion): \(verdict), \(reason)")
      }
    }
  }

  @Test func `A special case and a wrong loss are named`() throws {
    let results = try results()
    let kl = results["free-ai"]?["q1.c.kl"]
    #expect(kl?["mistake"]?.string == "special-case.standard-normal-prior")
    #expect(kl?["credit"]?.number == 0.5)
    #expect(results["free-ai"]?["q1.c.loss"]?["credit"]?.number == 0.5)
    #expect(results["bard"]?["q1.c.loss"]?["witness"]?["student"]?.number != nil)
  }

  @Test func `The model answer has no wrong mark`() throws {
    let results = try results()
    for (id, criterion) in results["model-answer"] ?? [:] {
      let verdict = criterion["verdict"]?.string ?? "none"
      #expect(["correct", "review"].contains(verdict), "\(id): \(verdict)")
    }
    #expect(results["model-answer"]?["q1.c.kl"]?["verdict"]?.string == "correct")
  }
}
