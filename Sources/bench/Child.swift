import Foundation

/// A process that runs to its end, with what it used.
struct Child {
  /// A process that could not be run or did not end well.
  struct Failure: Error, CustomStringConvertible {
    var command: String
    var status: Int32

    var description: String { "\(command): status \(status)" }
  }

  /// The wall-clock time from start to end.
  let seconds: Double
  /// The time of all cores that it worked.
  let workSeconds: Double
  /// The most memory that it had at a time, in bytes.
  let peakMemory: Int

  /// Runs a command with standard input and output in files.
  init(_ arguments: [String], input: String = "/dev/null", output: String = "/dev/null") throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(
      &actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    var texts = arguments.map { strdup($0) }
    defer { for text in texts { free(text) } }
    texts.append(nil)
    var process: pid_t = 0
    let start = ContinuousClock.now
    let failure = posix_spawn(&process, arguments[0], &actions, nil, texts, environ)
    guard failure == 0 else { throw Failure(command: arguments[0], status: failure) }
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
    seconds = (ContinuousClock.now - start).seconds
    workSeconds = usage.ru_utime.seconds + usage.ru_stime.seconds
    peakMemory = usage.ru_maxrss * 1024
    guard status == 0 else { throw Failure(command: arguments[0], status: status >> 8) }
  }
}

extension timeval {
  fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}
