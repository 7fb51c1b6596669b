import Checking
import Homework
import Testing

/// From the parts of a submission to a scorecard.
struct GraderTests {
  private static let divergence =
    #"\sum_{j=1}^{J} \left[ \log \frac{\sigma_{p_j}}{\sigma_{q_j}} + \frac{\sigma_{q_j}^2 + (\mu_{q_j} - \mu_{p_j})^2}{2 \sigma_{p_j}^2} - \frac{1}{2} \right]"#
  private static let loss =
    #"$$L = -\frac{1}{2} \sum_{d=1}^{D} \left[ \log(2\pi\sigma_{x_d}^2) + \frac{(x_d - \hat{x}_d)^2}{\sigma_{x_d}^2} \right] - \#(divergence)$$"#
  private static let kl = "$$KL = \(divergence)$$"

  private func part(_ label: String?, _ text: String, question: String? = "1", line: Int = 1)
    -> Part
  {
    Part(
      question: question, label: label, text: text,
      place: Place(file: "answers.md", line: line, column: 1))
  }

  private func assessment(
    of criterion: String, in parts: [Part], faults: [Fault] = []
  ) throws -> Assessment {
    let card = try Project.grader(of: "homework-1").scorecard(
      student: "s", parts: parts, faults: faults)
    return try #require(card.assessments.first { $0.criterion == criterion })
  }

  @Test func `A scorecard has one assessment a criterion in the order of the rubric`() throws {
    let grader = try Project.grader(of: "homework-1")
    let card = grader.scorecard(student: "s", parts: [], faults: [])
    #expect(card.assignment == "homework-1")
    #expect(card.student == "s")
    #expect(card.assessments.map(\.criterion) == grader.rubric.criteria.map(\.id))
    #expect(card.assessments.allSatisfy { $0.verdict == .missing })
    #expect(card.assessments.allSatisfy { $0.reason == "The submission has no such part." })
    #expect(card.score == .zero && card.pending == .zero)
  }

  @Test func `A right loss earns the divergence in it`() throws {
    let loss = try assessment(of: "q1.c.loss", in: [part("c", Self.loss)])
    #expect(loss.verdict == .correct, "\(loss.reason)")
    let kl = try assessment(of: "q1.c.kl", in: [part("c", Self.loss)])
    #expect(kl.verdict == .correct)
    #expect(kl.credit == 1)
    #expect(kl.reason == "Implied by the right answer to q1.c.loss.")
  }

  @Test func `A wrong loss earns no divergence`() throws {
    let wrong = "$$L = \(Self.divergence)$$"
    let kl = try assessment(of: "q1.c.kl", in: [part("c", wrong)])
    #expect(kl.verdict != .correct)
  }

  @Test func `A divergence that is stated counts before one that is implied`() throws {
    let text = "$$KL = 0$$\n\n" + Self.loss
    let kl = try assessment(of: "q1.c.kl", in: [part("c", text)])
    #expect(kl.verdict == .incorrect)
  }

  @Test func `Text that belongs to no part is no missing answer`() throws {
    let kl = try assessment(of: "q1.c.kl", in: [part(nil, Self.kl, question: nil, line: 4)])
    #expect(kl.verdict == .review)
    #expect(kl.mistakes == ["unassigned"])
    #expect(
      kl.reason
        == "The part was not found, and the text from line 4 on belongs to no part; "
        + "write 'Question 1' and 'c)' above the answer.")
    let theorem = try assessment(of: "q2.theorem", in: [part(nil, Self.kl, question: nil)])
    #expect(
      theorem.reason
        == "The part was not found, and the text from line 1 on belongs to no part; "
        + "write 'Question 2' above the answer.")
  }

  @Test func `Text of the question without the label of a part is no missing answer`() throws {
    let kl = try assessment(of: "q1.c.kl", in: [part(nil, Self.kl, line: 2)])
    #expect(kl.verdict == .review)
    #expect(
      kl.reason
        == "The part was not found, and the text from line 2 on belongs to no part; "
        + "write 'Question 1' and 'c)' above the answer.")
    let other = try assessment(of: "q2.theorem", in: [part(nil, Self.kl, line: 2)])
    #expect(other.verdict == .missing)
    for drawing in ["![all of it](scan.png)", "```mermaid\ngraph LR\nx --> z\n```"] {
      let framework = try assessment(of: "q1.a.framework", in: [part(nil, drawing)])
      #expect(framework.verdict == .review, "\(drawing)")
    }
    let empty = try assessment(of: "q1.c.kl", in: [part(nil, "The Gaussian is normal.")])
    #expect(empty.verdict == .missing)
  }

  @Test func `A picture above all labels is no answer`() throws {
    let logo = part(nil, "![logo](university.png)", question: nil)
    let theorem = try assessment(of: "q2.theorem", in: [logo, part("a", "x -> z -> y", line: 3)])
    #expect(theorem.verdict == .missing)
    #expect(try assessment(of: "q2.theorem", in: [logo]).verdict == .review)
  }

  @Test func `The question above labelled parts is no answer`() throws {
    let given = part(nil, #"Given $p(x|y) = \frac{p(y|x)p(x)}{p(y)}$, answer all parts."#)
    let kl = try assessment(of: "q1.c.kl", in: [given, part("a", "x -> z -> y", line: 3)])
    #expect(kl.verdict == .missing)
    let answer = try assessment(
      of: "q1.c.kl", in: [part(nil, Self.kl), part("a", "x -> z -> y", line: 3)])
    #expect(answer.verdict == .review)
  }

  @Test func `A right answer under another label goes to a person`() throws {
    let kl = try assessment(of: "q1.c.kl", in: [part("b", Self.kl, line: 7)])
    #expect(kl.verdict == .review)
    #expect(
      kl.reason
        == "The part was not found, and a right answer stands in part b, line 7; "
        + "write 'Question 1' and 'c)' above the answer.")
  }

  @Test func `A file that was not read is no missing answer`() throws {
    let fault = Fault(
      at: Place(file: "scan.pdf", line: 1, column: 1), "this kind of file is not read")
    let kl = try assessment(of: "q1.c.kl", in: [], faults: [fault])
    #expect(kl.verdict == .review)
    #expect(
      kl.reason
        == "The part was not found, and a file could not be read: scan.pdf: this kind of file is not read."
    )
    let answered = try assessment(of: "q1.c.kl", in: [part("c", Self.kl)], faults: [fault])
    #expect(answered.verdict == .correct)
  }

  @Test func `Another question's part does not answer`() throws {
    let kl = try assessment(of: "q1.c.kl", in: [part("c", Self.kl, question: "2")])
    #expect(kl.verdict != .correct)
  }

  @Test func `Parts that come to different marks go to a person`() throws {
    let parts = [part("c", Self.kl), part("c", "$$KL = 0$$", line: 20)]
    let kl = try assessment(of: "q1.c.kl", in: parts)
    #expect(kl.verdict == .review)
    #expect(kl.credit == nil)
    #expect(
      kl.reason == "Two parts of the submission answer this and come to different marks.")
  }

  @Test func `An empty part beside an answer takes nothing away`() throws {
    let parts = [part("c", Self.kl), part("c", "See above.", line: 20)]
    #expect(try assessment(of: "q1.c.kl", in: parts).verdict == .correct)
  }

  @Test func `Places are those of the file`() throws {
    let kl = try assessment(of: "q1.c.kl", in: [part("c", "As follows:\n\n" + Self.kl, line: 11)])
    let reading = try #require(kl.read.first)
    #expect(reading.place == Place(file: "answers.md", line: 13, column: 8))
  }

  @Test func `The same text gets the same assessment twice`() throws {
    let first = try Project.scorecard(of: "bard")
    let second = try Project.scorecard(of: "bard")
    #expect(first == second)
  }

  @Test func `There is no assessment of an unknown criterion`() throws {
    let grader = try Project.grader(of: "homework-1")
    #expect(grader.assessment(criterion: "q9", answer: "1", file: "a") == nil)
  }

  @Test(arguments: [
    (
      [#"\newcommand{\qz}{q(z|x)}"#],
      #"$$ELBO = \mathbb{E}_{\qz}[\log p(x|z)] - D_{KL}(\qz\|p(z))$$"#
    ),
    (
      [#"\documentclass{article}\DeclareMathOperator{\Kul}{KL}"#, #"\def\qz{q(z|x)}"#],
      #"$$ELBO = \mathbb{E}_{\qz}[\log p(x|z)] - \Kul(\qz\|p(z))$$"#
    ),
    // A later definition stands for an earlier one.
    (
      [#"\newcommand{\qz}{q}"#, #"\renewcommand{\qz}{q(z|x)}"#],
      #"$$ELBO = \mathbb{E}_{\qz}[\log p(x|z)] - D_{KL}(\qz\|p(z))$$"#
    ),
    (
      [#"\newcommand{\qz}{p(z)}"#],
      #"\newcommand{\qz}{q(z|x)}$$ELBO = \mathbb{E}_{\qz}[\log p(x|z)] - D_{KL}(\qz\|p(z))$$"#
    ),
  ])
  func `Macros of earlier text hold in later parts`(before: [String], answer: String) throws {
    let earlier = before.enumerated().map { index, text in
      part(index == 0 ? nil : "a", text, question: index == 0 ? nil : "1", line: index + 1)
    }
    let elbo = try assessment(of: "q1.b.elbo", in: earlier + [part("b", answer, line: 9)])
    #expect(elbo.verdict == .correct, "\(elbo.reason)")
  }

  @Test func `Macros of later text do not hold`() throws {
    let answer = #"$$ELBO = \mathbb{E}_{\qz}[\log p(x|z)] - D_{KL}(\qz\|p(z))$$"#
    let later = part("c", #"\newcommand{\qz}{q(z|x)}"#, line: 9)
    let elbo = try assessment(of: "q1.b.elbo", in: [part("b", answer), later])
    #expect(elbo.verdict == .review)
  }

  @Test(arguments: [
    #"$\nabla J(\theta) \propto \mathbb{E}_{\pi} \left[ \sum_{a} q_{\pi}(s, a) \nabla \pi(a \mid s) \right]$"#,
    #"$$\nabla J(\theta) \propto \mathbb{E}_{\pi} \left[ \sum_{a} q_{\pi}(s, a) \nabla \pi(a \mid s) \right]$$"#,
  ])
  func `A theorem that the question prints is no derivation`(copy: String) throws {
    for criterion in ["q2.theorem", "q2.derivation"] {
      let assessment = try Project.homework(criterion, copy)
      #expect(assessment.verdict == .missing)
      #expect(assessment.reason == "The question gives this; its derivation is asked.")
    }
    let words = try Project.homework("q2.derivation", "It follows from $x = 1$.")
    #expect(words.reason == "Every formula of the part was read, and none is a derivation.")
  }
}
