internal import Glibc
internal import Synchronization

/// Starts the program anew where a submission makes it crash, so that the others are graded all the same.
///
/// What is being graded is noted. The signal of a crash replaces the program by itself, with the notes in its
/// environment: it then grades what was under way one by one, and a submission that crashes alone is left to a
/// person.
public struct Restart: Sendable {
  /// What earlier starts found out.
  public struct Notes: Equatable, Sendable {
    /// The submissions that crash, by their number.
    public private(set) var broken: [Int] = []
    /// The submissions that were under way at a crash.
    public private(set) var suspects: [Int] = []

    /// Reads `3,17;20,21`: the broken ones and the suspects.
    init(_ text: String) {
      let lists = text.split(separator: ";", omittingEmptySubsequences: false).map {
        $0.split(separator: ",").compactMap { Int($0) }
      }
      broken = lists.first ?? []
      suspects = lists.count > 1 ? lists[1].filter { !broken.contains($0) } : []
    }
  }

  /// The variable of the environment that carries the notes.
  static let variable = "GRADUS_RESTART"

  /// What earlier starts found out.
  public let notes: Notes

  /// Reads the notes of earlier starts and prepares for the next.
  ///
  /// - Parameter count: How many submissions there are.
  public init(count: Int) {
    notes = Notes(getenv(Self.variable).map { String(cString: $0) } ?? "")
    CrashHandler.install(count: count, notes: notes)
  }

  /// Notes that a submission is being graded while `body` runs.
  ///
  /// - Parameters:
  ///   - index: Its number.
  ///   - alone: Whether nothing else is graded at the same time, so that a crash is its own.
  ///   - body: Grades it.
  /// - Returns: The result of `body`.
  public func during<Result>(_ index: Int, alone: Bool, _ body: () -> Result) -> Result {
    CrashHandler.note(index, as: alone ? .alone : .underWay)
    defer { CrashHandler.note(index, as: .idle) }
    return CrashHandler.withStack(body)
  }
}

/// What happens at a crash; nothing in it may allocate once a signal has come.
private enum CrashHandler {
  /// What is known of a submission.
  enum State: UInt8 {
    case idle
    case underWay
    case alone
    case suspect
    case broken
  }

  private struct Memory: @unchecked Sendable {
    var states: UnsafeMutablePointer<UInt8>
    var count: Int
    /// Where the notes are written, behind `GRADUS_RESTART=`.
    var text: UnsafeMutablePointer<CChar>
    var start: Int
    var environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  }

  nonisolated(unsafe) private static var memory: Memory?
  private static let isHandled = Atomic<Bool>(false)

  static func install(count: Int, notes: Restart.Notes) {
    let states = UnsafeMutablePointer<UInt8>.allocate(capacity: max(count, 1))
    states.initialize(repeating: State.idle.rawValue, count: max(count, 1))
    for index in notes.suspects where index < count { states[index] = State.suspect.rawValue }
    for index in notes.broken where index < count { states[index] = State.broken.rawValue }
    let name = Restart.variable + "="
    // Eight digits and a comma each.
    let text = UnsafeMutablePointer<CChar>.allocate(capacity: name.utf8.count + 9 * count + 2)
    for (place, byte) in name.utf8.enumerated() { text[place] = CChar(bitPattern: byte) }
    var others: [UnsafeMutablePointer<CChar>?] = []
    var entry = environ
    while let own = entry.pointee {
      if strncmp(own, name, name.utf8.count) != 0 { others.append(strdup(own)) }
      entry += 1
    }
    let environment = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
      capacity: others.count + 2)
    for (place, entry) in others.enumerated() { environment[place] = entry }
    environment[others.count] = text
    environment[others.count + 1] = nil
    memory = Memory(
      states: states, count: count, text: text, start: name.utf8.count, environment: environment)
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { CrashHandler.handle($0) }
    action.sa_flags = Int32(SA_NODEFER | SA_ONSTACK)
    for signal in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE] { sigaction(signal, &action, nil) }
  }

  /// Calls `body` on a thread whose handler has a stack of its own, as when the usual one overflows.
  static func withStack<Result>(_ body: () -> Result) -> Result {
    let size = 1 << 16
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    var (own, old) = (stack_t(), stack_t())
    own.ss_sp = memory
    own.ss_size = size
    sigaltstack(&own, &old)
    defer {
      sigaltstack(&old, nil)
      memory.deallocate()
    }
    return body()
  }

  static func note(_ index: Int, as state: State) {
    guard let memory, index < memory.count else { return }
    memory.states[index] = state.rawValue
  }

  private static func handle(_ signal: Int32) {
    // Another thread that crashes meanwhile waits for its end.
    guard isHandled.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged
    else {
      while true { pause() }
    }
    if let memory, write(memory) {
      execve("/proc/self/exe", CommandLine.unsafeArgv, memory.environment)
    }
    var action = sigaction()
    action.__sigaction_handler.sa_handler = SIG_DFL
    sigaction(signal, &action, nil)
    raise(signal)
  }

  /// Writes the notes; returns whether a submission was being graded.
  private static func write(_ memory: Memory) -> Bool {
    var end = memory.start
    var isCause = false
    for list in [State.broken, State.suspect] {
      for index in 0..<memory.count {
        switch State(rawValue: memory.states[index]) ?? .idle {
        case .idle: continue
        case .alone:
          isCause = true
          if list != .broken { continue }
        case .underWay:
          isCause = true
          if list != .suspect { continue }
        case .suspect: if list != .suspect { continue }
        case .broken: if list != .broken { continue }
        }
        var digits = 10_000_000
        while digits > 0 {
          memory.text[end] = CChar(48 + index / digits % 10)
          end += 1
          digits /= 10
        }
        memory.text[end] = CChar(UInt8(ascii: ","))
        end += 1
      }
      if list == .broken {
        memory.text[end] = CChar(UInt8(ascii: ";"))
        end += 1
      }
    }
    memory.text[end] = 0
    return isCause
  }
}
