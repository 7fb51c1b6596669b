import Foundation

/// Measures the release build; run by `scripts/bench` from the root of the package.
@main
enum Main {
  static func main() {
    do {
      try measure()
    } catch {
      FileHandle.standardError.write(Data("bench: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func measure() throws {
    let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 2_000
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "gradus-bench-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let gradus = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "gradus").path
    try CourseBench(gradus: gradus, folder: folder, count: count).run()
    try DerivationBench(gradus: gradus, folder: folder).run()
    try AnswerBench(gradus: gradus, folder: folder).run()
    try EstimatorAnswerBench(gradus: gradus, folder: folder).run()
    EvaluatorBench.run()
    EstimatorBench.run()
    try StartUpBench(gradus: gradus, folder: folder).run()
  }
}

/// Lines of results in two columns.
enum Line {
  static func print(_ name: String, _ result: String) {
    Swift.print(name.padding(toLength: 20, withPad: " ", startingAt: 0) + result)
    fflush(nil)
  }

  /// Returns a number with three significant digits.
  static func figure(_ value: Double) -> String {
    guard value > 0 else { return "0" }
    let places = max(0, 2 - Int(log10(value).rounded(.down)))
    return String(format: "%.\(places)f", value)
  }
}

extension Duration {
  /// The time in seconds.
  var seconds: Double { self / .seconds(1) }
}
