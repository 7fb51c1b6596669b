import Foundation
import Testing

/// `gradus split`: one document into submissions.
struct SplitTests {
  private static let document = """
    # Question 1

    a) Draw the model.

    ### **Ada Lovelace:**

    a) The answer of Ada.

    ### **BOB:**

    a) The answer of Bob.

    # Question 2

    ### **Ada Lovelace:**

    The second answer of Ada.
    """

  @Test func `Every author gets a folder`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("all.md", Self.document)
    let said = try Command.run(
      "split", file, "--author", "Ada Lovelace", "Bob", "--into", folder.path("out"))
    #expect(said.status == 0, "\(said.errors)")
    #expect(said.output.hasSuffix("out/bob/answers.md\n"))
    let ada = try folder.text("out/ada-lovelace/answers.md")
    #expect(ada.contains("The answer of Ada."))
    #expect(ada.contains("The second answer of Ada."))
    #expect(!ada.contains("Bob"))
    let again = try Command.run("split", file, "--author", "Bob", "--into", folder.path("out"))
    #expect(again.status == 1)
    #expect(again.errors.hasSuffix("error: the file is there already; nothing was written\n"))
  }

  @Test func `Authors without a section stop it before anything is written`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("all.md", Self.document)
    let said = try Command.run(
      "split", file, "--author", "Bob", "Carol", "../Dan", "--into", folder.path("out"))
    #expect(said.status == 2)
    #expect(
      said.errors
        == "\(file): error: there is no heading of 'Carol', '../Dan'; nothing was written\n")
    #expect(!FileManager.default.fileExists(atPath: folder.path("out")))
  }
}
