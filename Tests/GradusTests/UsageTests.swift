import Testing

/// What the command says to wrong arguments and missing files, and with which status.
struct UsageTests {
  @Test(arguments: [[], ["--help"], ["help", "grade"], ["grade", "--help"], ["--version"]])
  func `Help is a result`(arguments: [String]) throws {
    let said = try Command.run(arguments)
    #expect(said.status == 0)
    #expect(!said.output.isEmpty)
    #expect(said.errors == "")
  }

  @Test(arguments: [
    (["nope"], "Error: Unexpected argument 'nope'"),
    (["grade"], "Error: Missing expected argument '<submissions>'"),
    (["grade", "submissions"], "Error: Missing expected argument '--rubric <rubric>'"),
    (
      ["grade", "submissions", "--rubric", "r.xml", "--jobs", "0"],
      "Error: '--jobs' must be at least 1, found 0."
    ),
    (["scores", "--formt", "csv"], "Error: Unknown option '--formt'. Did you mean '--format'?"),
    (
      ["override", "bard", "q1.c.kl", "--points", "2.555", "--by", "me", "--reason", "so"],
      "Error: Expected points with at most two decimals, found '2.555'."
    ),
    (
      ["override", "bard", "q1.c.kl", "--points", "2"],
      "Error: Give '--points', '--by' and '--reason', or '--remove'."
    ),
    (
      ["read", "x", "--vocabulary", "algebra"],
      "Error: There is no vocabulary 'algebra'; there are 'general', 'gaussian', 'latent-variable', 'episodic-mdp'."
    ),
    (
      ["estimators", "--discount", "1.5"],
      "Error: '--discount' must be above 0 and at most 1, found 1.5."
    ),
    (
      ["estimators", "--noise", "--discount", "1"],
      "Error: With '--noise' there is no process and no discount."
    ),
    (["estimators", "--process", "5"], "Error: '--process' must be 1 to 4, found 5."),
    (
      ["read", "x", "--at", "x"],
      "Error: The value 'x' is invalid for '--at <at>': expected a name and its value, such as x=1, found 'x'"
    ),
    (
      ["read", "x", "--at", "x=abc"],
      "Error: The value 'x=abc' is invalid for '--at <at>': the value of 'x' is 'abc', expected a number"
    ),
    (
      ["grade", "submissions", "--rubric", "r.xml", "--jobs", "-3"],
      "Error: '--jobs' must be at least 1, found -3."
    ),
    (
      ["override", "bard", "q1.c.kl", "--points", "-1", "--by", "me", "--reason", "so"],
      "Error: Expected points with at most two decimals, found '-1'."
    ),
    (
      ["read", "x", "--json-lines"],
      "Error: With '--json-lines' formulas and points come from standard input."
    ),
  ])
  func `Wrong arguments end with status 2`(arguments: [String], message: String) throws {
    let said = try Command.run(arguments)
    #expect(said.status == 2)
    #expect(said.output == "")
    #expect(said.errors.split(separator: "\n").first.map { String($0) } == message)
  }

  @Test(arguments: [
    (
      ["grade", "submissions", "--rubric", "nope.xml"],
      "nope.xml: error: no such file; give the path of a rubric\n"
    ),
    (
      ["grade", "nope", "--rubric", "rubrics/homework-1.xml", "--dry-run"],
      "nope: error: no such folder; give the folder that holds the submissions\n"
    ),
    (
      ["grade", "Sources/Homework/Place.swift", "--rubric", "rubrics/homework-1.xml", "--dry-run"],
      """
      Sources/Homework/Place.swift: error: not a folder; \
      give the folder that holds the submissions\n
      """
    ),
    (
      ["scores", "--database", "nope.sqlite"],
      "nope.sqlite: error: there is no gradebook here; 'gradus grade' makes one\n"
    ),
    (
      ["grade", "submissions", "--rubric", "rubrics/homework-1.xml", "--database", "Makefile"],
      """
      Makefile: error: expected a gradebook, found a file that is not a SQLite database or is \
      damaged; restore it from a copy, or name another file with --database\n
      """
    ),
    (
      ["split", "nope.md", "--author", "A", "--into", "nope"],
      "nope.md: error: the document cannot be read\n"
    ),
    (
      [
        "grade", "submissions", "--rubric", "rubrics/homework-1.xml", "--dry-run", "--json",
        "nope/results.json",
      ],
      """
      nope/results.json: error: the file cannot be written; is the folder there, and writable?\n
      """
    ),
  ])
  func `Files that fail end with status 1`(arguments: [String], message: String) throws {
    let said = try Command.run(arguments)
    #expect(said.status == 1)
    #expect(said.output == "")
    #expect(said.errors == message)
  }

  @Test func `A rubric needs its schema`() throws {
    let folder = try TemporaryFolder()
    let rubric = try folder.write("rubric.xml", "<assignment/>")
    let said = try Command.run("rubric", "check", rubric)
    // The schema of the working directory is found.
    #expect(said.status == 2)
    #expect(said.errors.hasPrefix("\(rubric):1:1: error: "))
  }

  @Test func `Full output devices are reported`() throws {
    let said = try Command.run("--version", outputPath: "/dev/full")
    #expect(said.status == 1)
    #expect(said.errors == "error: standard output cannot be written: no space left on device\n")
  }
}
