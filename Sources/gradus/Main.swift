import Foundation

/// Starts the command and leaves with its status.
@main
enum Main {
  static func main() async {
    // A reader that leaves early (`gradus scores | head`) is an error of `write`, not the end.
    signal(SIGPIPE, SIG_IGN)
    exit(await Gradus.status(of: Array(CommandLine.arguments.dropFirst())))
  }
}
