import Checking
import Homework
import Testing

/// What counts as a claim, of what form it must be, and when a person must decide.
struct ClaimRulesTests {
  private static let right =
    #"\log \frac{\sigma_p}{\sigma_q} + \frac{\sigma_q^2 + (\mu_q - \mu_p)^2}{2\sigma_p^2} - \frac{1}{2}"#
  private static let reversed =
    #"\log \frac{\sigma_q}{\sigma_p} + \frac{\sigma_p^2 + (\mu_q - \mu_p)^2}{2\sigma_q^2} - \frac{1}{2}"#

  private static let written = #"KL(q(z \mid x) \| p(z))"#

  // MARK: - Circles and copies

  @Test(arguments: [
    ("q1.c.kl", "$$KL = KL$$", "form.circular"),
    ("q1.c.kl", #"$$KL(q(z \mid x) \| p(z)) = D_{KL}(q(z \mid x) \| p(z))$$"#, "form.circular"),
    ("q1.c.loss", "$$L = L$$", "form.circular"),
    ("q1.c.loss", #"$$\mathcal{L} = -(-\mathcal{L})$$"#, "form.circular"),
    (
      "q1.c.kl",
      #"$$KL = \mathbb{E}_{q(z \mid x)}\left[\log \frac{q(z \mid x)}{p(z)}\right]$$"#,
      "form.not-closed"
    ),
    (
      "q1.c.kl", #"$$KL = \int q(z \mid x) \log \frac{q(z \mid x)}{p(z)} \, dz$$"#,
      "form.not-closed"
    ),
  ])
  func `Circles and operators earn nothing where a closed form is asked`(
    criterion: String, answer: String, mistake: String
  ) throws {
    let assessment = try Project.homework(criterion, answer)
    #expect(assessment.verdict == .incorrect)
    #expect(assessment.credit == 0)
    #expect(assessment.mistakes == [mistake])
  }

  @Test(arguments: [
    "q1.a.framework", "q1.b.elbo", "q1.c.kl", "q1.c.loss", "q2.theorem", "q2.derivation",
  ])
  func `The question's own formulas earn nothing`(criterion: String) throws {
    let grader = try Project.grader(of: "homework-1")
    let question = criterion.hasPrefix("q1") ? "q1" : "q2"
    let given = grader.rubric.questions.filter { $0.id == question }.flatMap(\.given)
    try #require(!given.isEmpty)
    let copies = given.map { "$$\($0.value)$$" }
    for copy in copies + [copies.joined(separator: "\n\n")] {
      let assessment = try Project.homework(criterion, copy)
      #expect(assessment.credit ?? 0 == 0, "\(copy): \(assessment.reason)")
      #expect(assessment.verdict != .correct && assessment.verdict != .partial)
    }
  }

  @Test func `The number of samples is no name of the target`() throws {
    let sum = #"\frac1L\sum_{l=1}^L\log p(x|z^{(l)})-KL(q(z|x)\|p(z))"#
    let assessment = try Project.formulaSheet(
      "elbo", #"$$\mathrm{ELBO}\approx\#(sum),\quad z^{(l)}\sim q(z|x)$$"#)
    #expect(assessment.mistakes != ["form.circular"])
  }

  // MARK: - Signs

  private static let signed: [(answer: String, verdict: Verdict)] = [
    ("$$-KL = \(right)$$", .incorrect),
    ("$$-\(written) = \(right)$$", .incorrect),
    ("$$KL = -\\left(\(right)\\right)$$", .incorrect),
    ("$$-KL = -\\left(\(right)\\right)$$", .correct),
    ("$$-\(written) = -\\left(\(right)\\right)$$", .correct),
    ("$$\(right) = KL$$", .correct),
    ("$$2 \(written) = 2\\left(\(right)\\right)$$", .correct),
  ]

  @Test(arguments: signed)
  func `A claim is right whatever side and sign the target has, if it is true`(
    answer: String, verdict: Verdict
  ) throws {
    let assessment = try Project.homework("q1.c.kl", answer)
    #expect(assessment.verdict == verdict, "\(assessment.reason)")
    if verdict == .incorrect { #expect(assessment.mistakes == ["sign"]) }
  }

  // MARK: - Several claims

  @Test func `Claims that contradict each other go to a person`() throws {
    let answer = "$$KL = \(Self.right)$$\n\nor rather\n\n$$KL = \(Self.reversed)$$"
    let assessment = try Project.homework("q1.c.kl", answer)
    #expect(assessment.verdict == .review)
    #expect(assessment.credit == nil)
    #expect(
      assessment.reason
        == "Two claims contradict each other: one is correct, one is incorrect.")
    #expect(assessment.read.map(\.place.line) == [1, 5])
  }

  @Test func `Claims that agree count once`() throws {
    let answer = "$$KL = \(Self.right)$$\n\n$$KL = \(Self.right)$$"
    #expect(try Project.homework("q1.c.kl", answer).verdict == .correct)
  }

  @Test func `A definition of the target steps back behind its closed form`() throws {
    let answer =
      #"$$KL = \mathbb{E}_{q(z \mid x)}[\log q(z \mid x) - \log p(z)]$$"#
      + "\n\n$$KL = \(Self.right)$$"
    #expect(try Project.homework("q1.c.kl", answer).verdict == .correct)
  }

  @Test func `The last member of a chain stands for it`() throws {
    let chain =
      #"$$KL = \mathbb{E}_q[\log q(z \mid x) - \log p(z)] = \#(Self.right)$$"#
    #expect(try Project.homework("q1.c.kl", chain).verdict == .correct)
  }

  // MARK: - Ambiguous and damaged texts

  @Test(arguments: [
    (
      "KL(q||p) = log(sigma_p/sigma_q) + (sigma_q^2 + (mu_q - mu_p)^2)/2sigma_p^2 - 1/2",
      "The text has two readings, one partial and one correct: 'a/2b' may be '(a/2) b' or 'a/(2b)'."
    ),
    (
      #"$$KL = \frac12\log(\frac{\sigma_p}{\sigma_q})^2 + \frac{\sigma_q^2 + (\mu_q - \mu_p)^2}{2\sigma_p^2} - \frac12$$"#,
      "The text has two readings, one incorrect and one correct: 'log(a)^2' may be '(log a)^2' or 'log(a^2)'."
    ),
  ])
  func `A text with two readings and two verdicts goes to a person with both`(
    answer: String, reason: String
  ) throws {
    let assessment = try Project.formulaSheet("kl-univariate", answer)
    #expect(assessment.verdict == .review)
    #expect(assessment.credit == nil)
    #expect(assessment.mistakes == ["ambiguous"])
    #expect(assessment.reason == reason)
    #expect(assessment.read.count == 2)
    #expect(assessment.read.first?.understood != assessment.read.last?.understood)
  }

  @Test func `Two readings with one verdict get it`() throws {
    let answer = "KL(q||p) = log(sigma_q/sigma_p) + (sigma_p^2 + (mu_q - mu_p)^2)/2sigma_q^2 + 5"
    #expect(try Project.formulaSheet("kl-univariate", answer).verdict == .incorrect)
  }

  @Test func `A damaged formula goes to a person with its place`() throws {
    let answer = "We find\n\n$$KL = \\log\\frac{\\sigma_p}{\\sigma_q} + (\\sigma_q^2 - \\frac12$$"
    let assessment = try Project.homework("q1.c.kl", answer)
    #expect(assessment.verdict == .review)
    #expect(assessment.credit == nil)
    #expect(
      assessment.reason
        == "A part of the formula could not be read. Line 3, column 40: '(' is never closed.",
      "\(assessment.reason)")
  }

  // MARK: - Nothing there

  @Test(arguments: ["", "I do not know.", #"The prior is $p(z)$."#, #"$$x = 3$$"#])
  func `What was read whole and holds no claim is missing`(answer: String) throws {
    let assessment = try Project.homework("q1.b.elbo", answer)
    #expect(assessment.verdict == .missing)
    #expect(assessment.credit == 0)
    #expect(assessment.reason == "Every formula of the part was read, and none states this.")
  }

  @Test func `What was not read whole is no missing answer`() throws {
    let assessment = try Project.homework("q1.b.derivation", #"With $x = 3$ and $(y$ it follows."#)
    #expect(assessment.verdict == .review)
    #expect(assessment.mistakes == ["unread"])
    #expect(
      assessment.reason
        == "No claim was found, and line 1, column 19 could not be read: '(' is never closed.")
  }
}
