import Foundation
import Testing

/// The built command, run in the root of the package.
struct Command {
  /// What a run left behind.
  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  /// The root of the package.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Runs `gradus` with arguments and returns its status and what it wrote.
  ///
  /// Standard output goes to `outputPath` instead of the result if that is given.
  static func run(
    _ arguments: String..., input: String = "", outputPath: String? = nil
  ) throws -> Result {
    try run(arguments, input: input, outputPath: outputPath)
  }

  /// Runs `gradus` with arguments and returns its status and what it wrote.
  static func run(
    _ arguments: [String], input: String = "", outputPath: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Result {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = root
    let output = outputPath.map { URL(filePath: $0) } ?? folder.url.appending(path: "output")
    let errors = folder.url.appending(path: "errors")
    process.standardInput = try folder.handle("input", input)
    if outputPath == nil { _ = try folder.write("output", "") }
    process.standardOutput = try FileHandle(forWritingTo: output)
    _ = try folder.write("errors", "")
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationReason == .exit ? process.terminationStatus : -1,
      output: outputPath == nil ? try String(contentsOf: output, encoding: .utf8) : "",
      errors: try String(contentsOf: errors, encoding: .utf8))
  }

  /// The command beside the test bundle, or inside of which the bundle lies.
  private static var executable: URL {
    var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
      folder = bundle.bundleURL.deletingLastPathComponent()
    }
    let built = folder.appending(path: "gradus")
    return FileManager.default.isExecutableFile(atPath: built.path)
      ? built : root.appending(path: ".build/debug/gradus")
  }
}

/// A new folder that is gone with its last use.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appending(path: "gradus-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// The path of something in the folder.
  func path(_ name: String) -> String { url.appending(path: name).path }

  /// Writes a file, with the folders on the way to it, and returns its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, bytes: Array(text.utf8))
  }

  /// Writes a file, with the folders on the way to it, and returns its path.
  @discardableResult
  func write(_ name: String, bytes: [UInt8]) throws -> String {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  /// Returns the text of a file.
  func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  fileprivate func handle(_ name: String, _ text: String) throws -> FileHandle {
    try FileHandle(forReadingFrom: URL(filePath: write(name, text)))
  }
}
