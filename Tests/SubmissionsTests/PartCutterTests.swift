import Homework
import Submissions
import Testing

struct PartCutterTests {
  private let homework = PartCutter(questions: [
    .init(label: "1", title: "Variational Auto-Encoder", parts: ["a", "b", "c"]),
    .init(label: "2", title: "Policy Gradient", parts: []),
  ])

  /// The parts of a text, each as `question label @line:column text`.
  private func parts(_ text: String, with cutter: PartCutter? = nil) -> [String] {
    let file = SubmissionFile(name: "answers.md", text: text)
    let submission = Submission(student: "anton", files: [file])
    return (cutter ?? homework).parts(of: submission).map(words)
  }

  private func words(_ part: Part) -> String {
    "\(part.question ?? "-") \(part.label ?? "-") @\(part.place.line):\(part.place.column) "
      + part.text.replacing("\n", with: "⏎")
  }

  @Test(arguments: [
    "a) x\nb) y", "- a) x\n- b) y", "* a) x\n* b) y", "**a)** x\n**b)** y", "(a) x\n(b) y",
    "a. x\nb. y", "a: x\nb: y", "Part a: x\nPart b: y", "Part (a) x\nPart (b) y",
    "## a\nx\n## b\ny",
    "### 1a\nx\n### 1b\ny", "Q1 a) x\nQ1 b) y", "1.a x\n1.b y", "1a) x\n1b) y", "1(a) x\n1(b) y",
    #"\section*{a)} x"# + "\n" + #"\section*{b)} y"#, #"\item[(a)] x"# + "\n" + #"\item[(b)] y"#,
    #"\*\*a)\*\* x"# + "\n" + #"\*\*b)\*\* y"#, "A) x\nB) y", "> a) x\n> b) y",
    "**a**\nx\n**b**\ny",
    "# Question 1\na) x\nb) y", "Question 1\n(a) x\n(b) y",
    "# Question 1. Title\n## a)\nx\n## b)\ny",
    "# Homework Q1\na) x\nb) y", "## 1. Variational Auto-Encoder\na) x\nb) y",
    "# Variational auto-encoder\na) x\nb) y", #"\textbf{a)} x"# + "\n" + #"\textbf{b)} y"#,
    "# Question 1, part a\nx\n# Question 1, part b\ny", "## Part a\nx\n## Part b\ny",
    "**Question 1**\n\na. x\n\nb. y", "（a） x\n（b） y",
    "a） x\nb） y", "a、x\nb、y", "(1a) x\n(1b) y", "(1.a) x\n(1.b) y",
    "## Answer (a)\nx\n## Answer (b)\ny", "Answer (a): x\nAnswer (b): y",
    "# Answer to question 1\n**Solution to a.** x\n**Solution to b.** y",
    "## Solution 1\n### Solution a\nx\n### Solution b\ny",
  ])
  func `Labels are found as people write them`(text: String) {
    let found = parts(text).map { part in
      part.split(separator: " ").filter { !$0.hasPrefix("@") }.joined(separator: " ")
    }
    #expect(found == ["1 a x", "1 b y"])
  }

  @Test(arguments: [
    ("x\n\na) first", ["- - @1:1 x", "1 a @3:4 first"]),
    ("# Question 2\n\n  $J$ und é $K$", ["2 - @3:3 $J$ und é $K$"]),
    ("é a\nb) x\n\nc)", ["- - @1:1 é a", "1 b @2:4 x", "1 c @4:3 "]),
    ("just text", ["- - @1:1 just text"]),
    ("", []),
  ])
  func `Every part has its place`(text: String, expected: [String]) {
    #expect(parts(text) == expected)
  }

  @Test(arguments: [
    "a) x\n```\nb) y\n```", "a) x\n$$\nb) + 1\n$$", "a) x\n\\[\nb) + 1\n\\]",
    "a) x\n\\begin{align}\nb) + 1\n\\end{align}", "a) x f(a,\nb) = 1", "a) x\nb + 1",
    "a) x\nPart b of it", "a) x\nb.c", "a) x\nd) y", "a) x\n1. b", "a) x\n2. y",
    "a) x\nbut (b) there", "a) x\n\\begin{verbatim}\nb) y\n\\end{verbatim}",
    "a) x = z *\nb) + 1", "a) x\n|b| = 2 |c|", "a) x\nAnswer b is wrong", "a) x\n1.5 of them",
    "a) x\nii) of a list", "a) x\n### 1.2\ny",
    "a) x\nb_1 = 2", "a) x\nb*c = 2", "a) x\n2D Gaussians", "a) x\nQuestion 2 asks for it",
  ])
  func `What only looks like a label is text`(text: String) {
    let found = parts(text)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("1 a @1:4 x") == true)
  }

  @Test(arguments: [
    // A list inside the last part.
    ("a) x\nb) y\nc) z\na) i\nb) ii", ["1 a @1:4 x", "1 b @2:4 y", "1 c @3:4 z⏎a) i⏎b) ii"]),
    // A list inside the first part: the labels say nothing, so none counts.
    ("a) x\na) i\nb) ii\nb) y", ["- - @1:1 a) x⏎a) i⏎b) ii⏎b) y"]),
    // A list that is indented, or weaker than headings.
    ("a) x\n  a) i\n  b) ii\nb) y", ["1 a @1:4 x⏎  a) i⏎  b) ii", "1 b @4:4 y"]),
    ("## a\nx\na) i\nb) ii\n## b\ny", ["1 a @2:1 x⏎a) i⏎b) ii", "1 b @6:1 y"]),
    // A label in plain text between headings that lack it.
    ("## a\nx\nb) y\n## c\nz", ["1 a @2:1 x", "1 b @3:4 y", "1 c @5:1 z"]),
    // Headings in any order, and twice.
    ("## c\nz\n## a\nx\n## c\nw", ["1 c @2:1 z", "1 a @4:1 x", "1 c @6:1 w"]),
    // Every label once, in any order.
    ("c) $z$\n\na) x\n\nb) y", ["1 c @1:4 $z$", "1 a @3:4 x", "1 b @5:4 y"]),
    ("b) y = 1\n\na) x", ["1 b @1:4 y = 1", "1 a @3:4 x"]),
    // A list in a part that speaks of it.
    ("c) Two $z$:\na) x\nb) y", ["- - @1:1 c) Two $z$:⏎a) x⏎b) y"]),
    ("c) By steps\na) x\nb) y", ["- - @1:1 c) By steps⏎a) x⏎b) y"]),
    // A table inside an answer.
    (
      "a) x\nb) y\n|-|-|\n| a | 1 |\n| b | 2 |\n| Q2 | 3 |\nc) z",
      ["1 a @1:4 x", "1 b @2:4 y⏎|-|-|⏎| a | 1 |⏎| b | 2 |⏎| Q2 | 3 |", "1 c @7:4 z"]
    ),
    // The number of an equation beside labels.
    (
      "a) x\nb) y\n(1a) v\nc) z", ["1 a @1:4 x", "1 b @2:4 y⏎(1a) v", "1 c @4:4 z"]
    ),
    // The answers once in short and once at length.
    ("a) x\nb) y\nc) z\na) x\nb) y\nc) z", ["- - @1:1 a) x⏎b) y⏎c) z⏎a) x⏎b) y⏎c) z"]),
  ])
  func `Labels count in an order that makes sense`(text: String, expected: [String]) {
    #expect(parts(text) == expected)
  }

  @Test(arguments: [
    "# Question 1\ni) x\nii) y\niii) z", "# Question 1\n\n(i) x\n\n(ii) y\n\n(iii) z",
    "1.1 x\n1.2 y\n1.3 z", "## 1.1\nx\n## 1.2\ny\n## 1.3 The end\nz",
    "# Question 1\n## 1.1.\nx\n## 1.2.\ny\n## 1.3.\nz", "1.1) x\n1.2) y\n1.3) z",
    "Question 1.1: x\nQuestion 1.2: y\nQuestion 1.3: z",
    "# Question 1: here:\nI) x\nII) y\nIII) z",
  ])
  func `Numbers stand for the letters of parts if there is one for each`(text: String) {
    let found = parts(text).map { part in
      part.split(separator: " ").filter { !$0.hasPrefix("@") }.joined(separator: " ")
    }
    #expect(found == ["1 a x", "1 b y", "1 c z"])
  }

  @Test(arguments: [
    "Task 1\n-----\n(a): x\n(b): y", "# 1\n## (a)\nx\n## (b)\ny",
    "# Question 1\n| part | answer |\n|--|--|\n| a | x |\n| (b) | y |",
    "|---|:-:|\n| 1a | x |\n| **1b** | y |", "|-|-|\n|Part a | x|\n|Part b | y|",
  ])
  func `Rules and the heads of tables are no labels`(text: String) {
    let found = parts(text).map { part in
      part.split(separator: " ").filter { !$0.hasPrefix("@") }.joined(separator: " ")
    }
    #expect(found.filter { !$0.contains(" - ") } == ["1 a x", "1 b y"])
  }

  @Test(arguments: [
    // Too few, too many, out of order, or a list in an answer.
    "# Question 1\ni) x\nii) y", "# Question 1\ni) x\nii) y\niii) z\niv) w",
    "# Question 1\nii) x\ni) y\niii) z", "# Question 1\nKL = 0\ni) x\nii) y\niii) z",
    "# Question 1\ni) x\nii) so:\niii) z", "1.1 x\n1.2 y\n1.4 z",
  ])
  func `Numbers that may be a list do not cut`(text: String) {
    #expect(parts(text).count == 1)
  }

  @Test func `Labels that start again belong to the next question`() {
    let cutter = PartCutter(questions: [
      .init(label: "1", parts: ["a", "b"]), .init(label: "2", parts: ["a", "b", "c"]),
    ])
    #expect(
      parts("a) v\nb) w\na) x\nb) y\nc) z", with: cutter) == [
        "1 a @1:4 v", "1 b @2:4 w", "2 a @3:4 x", "2 b @4:4 y", "2 c @5:4 z",
      ])
    #expect(parts("b) w\nc) z", with: cutter) == ["- - @1:1 b) w⏎c) z"])
    #expect(
      parts("# Question 2\nb) w\nc) z", with: cutter) == ["2 b @2:4 w", "2 c @3:4 z"])
  }

  @Test(arguments: [
    (
      "# Question 1\na) Draw\nb) Derive\nc) Show\n# SOLUTION:\na) x\nb) y",
      ["1 - @2:1 a) Draw⏎b) Derive⏎c) Show⏎# SOLUTION:", "1 a @6:4 x", "1 b @7:4 y"]
    ),
    (
      "# Question 1\na) Draw\nb) Derive\nc) Show\n# Answers\nx",
      ["1 - @2:1 a) Draw⏎b) Derive⏎c) Show⏎# Answers⏎x"]
    ),
    (
      "# Question 1\na) Draw\n# Solution\nx\nb) Derive\n# Solution\ny",
      ["1 a @2:4 Draw⏎# Solution⏎x", "1 b @5:4 Derive⏎# Solution⏎y"]
    ),
  ])
  func `The question above the heading of the solution is no answer`(
    text: String, expected: [String]
  ) {
    #expect(parts(text) == expected)
  }

  @Test func `A question that the rubric does not have stays outside`() {
    #expect(
      parts("# Question 1\na) x\n# Question 3\na) y\n# Question 2\nz") == [
        "1 a @2:4 x", "- - @4:1 a) y", "2 - @6:1 z",
      ])
  }

  @Test func `Numbered headings inside a question are not questions`() {
    #expect(
      parts("# Question 1\na) x\n## 2. Step\ny") == ["1 a @2:4 x⏎## 2. Step⏎y"])
  }

  @Test func `With one question all text is its answer`() {
    let cutter = PartCutter(questions: [.init(label: "1", parts: ["a"])])
    #expect(parts("x\na) y", with: cutter) == ["1 - @1:1 x", "1 a @2:4 y"])
  }

  @Test func `Headings of several letters name the part`() {
    let cutter = PartCutter(questions: [
      .init(label: "1", parts: ["kl-univariate"]), .init(label: "2", parts: ["elbo"]),
    ])
    #expect(
      parts("# elbo\nx\n## KL univariate:\ny\nELBO: z", with: cutter) == [
        "2 elbo @2:1 x", "1 kl-univariate @4:1 y⏎ELBO: z",
      ])
  }

  @Test func `The id of a criterion names its part`() {
    let start = Place(file: "r.xml", line: 1, column: 1)
    let criterion = Criterion(
      id: "q1.b.elbo", place: start, title: "ELBO", points: .zero, check: .formula,
      vocabulary: Located("gaussian", at: start), questionLabel: "1", partLabel: "b")
    let question = Question(
      id: "q1", label: "1", title: "VAE", given: [], criteria: [criterion])
    let rubric = Rubric(id: "h", title: "H", questions: [question])
    #expect(parts("## q1.b.elbo\nx", with: PartCutter(rubric)) == ["1 b @2:1 x"])
  }

  @Test func `Files are cut one by one and their names count`() {
    let files = [
      SubmissionFile(name: "q1.md", text: "a) x\nb) y"), SubmissionFile(name: "q2.md", text: "z"),
    ]
    let submission = Submission(student: "anton", files: files)
    #expect(
      homework.parts(of: submission).map(words) == ["1 a @1:4 x", "1 b @2:4 y", "2 - @1:1 z"])
    #expect(homework.parts(of: submission).map(\.place.file) == ["q1.md", "q1.md", "q2.md"])
  }

  @Test func `Labels of a program stand in its comments`() {
    let file = SubmissionFile(name: "x.py", text: "# a)\nkl = 1\n# b)\nb: float = 2")
    let submission = Submission(student: "anton", files: [file])
    #expect(
      homework.parts(of: submission).map(words) == ["1 a @2:1 kl = 1", "1 b @4:1 b: float = 2"])
  }

  @Test(arguments: ["a) x\n", "(", "```\n", "$$", "# ", "**", "- ", "\\begin{verbatim}\n"])
  func `Long repetitions are read in time`(piece: String) {
    let text = String(repeating: piece, count: 30_000 / piece.utf8.count)
    #expect(parts(text).count <= 3)
  }
}
