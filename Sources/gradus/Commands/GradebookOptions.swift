import ArgumentParser
import Gradebook

/// Which gradebook a command reads.
struct GradebookOptions: ParsableArguments {
  @Option(help: "The SQLite file of the scores.")
  var database = "grades.sqlite"

  /// Opens the gradebook, which must be there.
  func open() throws -> Gradebook {
    try Gradebook(path: database, creating: false)
  }
}
