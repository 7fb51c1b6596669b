import Foundation
import Testing

/// Submissions that try to stop the run or to read what is not theirs.
struct HostileSubmissionTests {
  private let good = """
    # Question 1

    c) $$KL(q(z|x) \\| p(z)) = \\log \\frac{\\sigma_p}{\\sigma_q} + \\frac{\\sigma_q^2 + \
    (\\mu_q - \\mu_p)^2}{2\\sigma_p^2} - \\frac{1}{2}$$
    """

  /// Writes submissions of every evil kind and a good one behind them.
  private func submissions() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let files = FileManager.default
    try folder.write("in/a-link/answers.md", "")
    try files.removeItem(atPath: folder.path("in/a-link/answers.md"))
    try files.createSymbolicLink(
      atPath: folder.path("in/a-link/answers.md"), withDestinationPath: "/etc/passwd")
    try files.createSymbolicLink(
      atPath: folder.path("in/b-link"), withDestinationPath: "/etc")
    try folder.write(
      "in/c-large/answers.md", bytes: [UInt8](repeating: UInt8(ascii: "{"), count: 6_000_000))
    let deep = String(repeating: "(", count: 100_000)
    try folder.write("in/d-deep/answers.md", "# Question 1\n\nc)\n\n$$KL = \(deep)$$\n")
    let braces = String(repeating: "{", count: 2_000_000)
    try folder.write("in/e-braces/answers.md", "# Question 1\n\nc)\n\n$$KL = \(braces)$$\n")
    let powers = String(repeating: "x^{", count: 5_000) + String(repeating: "}", count: 5_000)
    try folder.write("in/f-powers/answers.md", "# Question 1\n\nc)\n\n$$KL = \(powers)$$\n")
    try folder.write("in/g-bytes/answers.md", bytes: [0xFF, 0xFE, 0x00, 0xD8, 0x24, 0x24, 0xC3])
    try folder.write("in/h-empty/answers.md", "")
    try folder.write("in/i-control/answers.md", "# Question 1\n\nc) \u{1B}[2J $x = \u{0}1$\n")
    let sums = String(repeating: "\\sum_{i=1}^{1000000} ", count: 50)
    try folder.write("in/j-sums/answers.md", "# Question 1\n\nc) $$KL = \(sums) 1$$\n")
    try folder.write("in/z-good/answers.md", good)
    return folder
  }

  @Test(.timeLimit(.minutes(2)))
  func `Hostile submissions stop nobody else`() throws {
    let folder = try submissions()
    let said = try Command.run(
      "grade", folder.path("in"), "--rubric", "rubrics/homework-1.xml", "--database",
      folder.path("grades.sqlite"), "--json", folder.path("all.json"))
    #expect(said.status == 0, "\(said.errors)")
    #expect(said.output.contains("11 submissions, "))
    let alone = try Command.run(
      "grade", folder.path("in"), "--rubric", "rubrics/homework-1.xml", "--database",
      folder.path("alone.sqlite"), "--json", folder.path("alone.json"), "--student", "z-good")
    #expect(alone.status == 0)
    let one = try folder.text("alone.json").split(separator: "\n").dropFirst().dropLast()
    #expect(try folder.text("all.json").contains(one.joined(separator: "\n")))
  }

  @Test(.timeLimit(.minutes(2)))
  func `Every oddity is reported with its place`() throws {
    let folder = try submissions()
    let said = try Command.run(
      "grade", folder.path("in"), "--rubric", "rubrics/homework-1.xml", "--dry-run")
    let lines = said.errors.split(separator: "\n")
    for student in ["a-link", "b-link", "c-large", "g-bytes"] {
      #expect(lines.contains { $0.hasPrefix("\(folder.path("in"))/\(student)") }, "\(student)")
    }
    #expect(!said.errors.contains("root:"))
    #expect(!said.errors.contains("\u{1B}"))
    #expect(!said.output.contains("\u{1B}"))
  }

  /// Texts that once broke the grader, and what is said of them now.
  @Test(arguments: [
    ("kl-univariate", "x$$", "missing"),
    ("kl-univariate", "$$x$$$$", "missing"),
    ("kl-multivariate", #"KL = \mu_q\Sigma_q^-9223372036854775808"#, "review"),
    ("policy-gradient", #"$$\nabla J(\theta) = \Pr()$$"#, "review"),
    (
      "kl-univariate", chain(of: 1000) { "x_{\($0)} = x_{\($0 - 1)} + 1" } + "\nKL = x_{1000}",
      "review"
    ),
    (
      "reinforce", chain(of: 40) { "x_{\($0)} = x_{\($0 - 1)} x_{\($0 - 1)}" } + "\ng = x_{40}",
      "review"
    ),
  ])
  func `Texts that once broke the grader are judged`(
    criterion: String, answer: String, verdict: String
  ) throws {
    let result = try Command.run(
      "try", "--rubric", "rubrics/formula-sheet.xml", "--criterion", criterion, input: answer)
    #expect(result.output.contains(": \(verdict), "), "\(result)")
  }

  private static func chain(of count: Int, _ line: (Int) -> String) -> String {
    (1...count).map(line).joined(separator: "\n")
  }

  /// Started anew with what a crash left behind: the second submission crashed alone, the first was under way.
  @Test func `A submission that breaks the grader is left to a person`() throws {
    let folder = try TemporaryFolder()
    for student in ["ada", "ben", "cleo"] { try folder.write("in/\(student)/answers.md", good) }
    func grade(_ notes: String) throws -> Command.Result {
      try Command.run(
        [
          "grade", folder.path("in"), "--rubric", "rubrics/homework-1.xml", "--database",
          folder.path("\(notes.count).sqlite"), "--json", folder.path("results.json"),
        ],
        environment: ["GRADUS_RESTART": notes])
    }
    let usual = try grade("")
    #expect(usual.status == 0)
    let result = try grade("00000001,;00000000,")
    #expect(result.status == 0)
    #expect(
      result.errors
        == "\(folder.path("in/ben")):1:1: error: the grader broke down on this submission; a person decides\n"
    )
    let lines = result.output.split(separator: "\n")
    let usualLines = usual.output.split(separator: "\n")
    #expect(lines[1] == usualLines[1] && lines[3] == usualLines[3])
    #expect(lines[2].contains("?  ?  ?  ?  ?  ?  ?  ?  0 to 30 of 30"), "\(lines[2])")
  }
}
