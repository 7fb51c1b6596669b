import Checking
import Homework
import Testing

/// Every rubric's own sample answers.
struct RubricSampleTests {
  @Test(arguments: ["homework-1", "formula-sheet", "gradient-estimators"])
  func `Sample answers get the verdict and the mistake of their rubric`(name: String) throws {
    let grader = try Project.grader(of: name)
    for criterion in grader.rubric.criteria {
      for sample in criterion.tests {
        let answer = sample.text.value
        let found = try #require(
          grader.assessment(criterion: criterion.id, answer: answer, file: "answer.md"))
        let place = "\(sample.text.place): \(criterion.id): \(found.reason)"
        #expect(found.verdict == sample.verdict, "\(place)")
        if let mistake = sample.mistake {
          #expect(found.mistakes.first == mistake, "\(place)")
        }
      }
    }
  }

  @Test(arguments: ["homework-1", "formula-sheet", "gradient-estimators"])
  func `A rubric's right answers are right and its mistakes are found`(name: String) throws {
    let grader = try Project.grader(of: name)
    for criterion in grader.rubric.criteria
    where criterion.check == .formula && !criterion.isMap {
      guard let target = criterion.targetNames.first?.value, !target.hasPrefix("-"),
        !target.hasPrefix(#"\pm"#)
      else { continue }
      for alternative in criterion.alternatives {
        let answer = "$$\(target) = \(alternative.formula.value)$$"
        let found = try #require(
          grader.assessment(criterion: criterion.id, answer: answer, file: "answer.md"))
        let reason = "\(criterion.id), \(alternative.id): \(found.reason)"
        switch alternative.credit {
        case 1: #expect(found.verdict == .correct, "\(reason)")
        case 0: #expect(found.credit ?? 0 <= 0.5, "\(reason)")
        default: #expect(found.credit == alternative.credit, "\(reason)")
        }
      }
    }
  }
}
