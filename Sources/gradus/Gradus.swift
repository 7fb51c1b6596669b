import ArgumentParser

/// The root of all commands.
struct Gradus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gradus",
    abstract: "Grades machine-learning homework by computing it.",
    discussion: """
      Every formula of an answer is read, evaluated in small models and compared with the \
      references of a rubric. What cannot be read or decided goes to a person, without a loss \
      of points.

      Exit status: 0 if it was graded, whatever the marks; 1 if a file or the database failed; \
      2 if the rubric, a formula given to 'read' or the arguments are at fault.
      """,
    version: Version.command,
    subcommands: [
      Grade.self, Scores.self, Explain.self, Override.self, Read.self, Try.self, Split.self,
      RubricCommand.self, Estimators.self,
    ])
}

/// The versions that results depend on.
enum Version {
  /// The version of the command.
  static let command = "0.1.0"

  /// The version of the grader; whenever a verdict, a credit or a reason changes, this does.
  ///
  /// Submissions that another version graded are graded again.
  static let grader = "4"
}

extension Gradus {
  /// Runs a command and returns its exit status, after printing what went wrong.
  static func status(of arguments: [String]) async -> Int32 {
    do {
      var command = try parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return ExitStatus.done
    } catch let error as any CommandError {
      return status(of: error)
    } catch {
      return status(ofParsing: error)
    }
  }

  private static func status(of error: any CommandError) -> Int32 {
    Console.report(error.description)
    return error.status
  }

  /// Prints help or a usage error and returns the status.
  private static func status(ofParsing error: any Error) -> Int32 {
    let text = fullMessage(for: error)
    let code = exitCode(for: error)
    guard code == .success else {
      Console.report(text)
      return code == .validationFailure ? ExitStatus.refused : code.rawValue
    }
    do throws(OutputError) {
      try Output().write(text + "\n")
      return ExitStatus.done
    } catch {
      return status(of: error)
    }
  }
}
