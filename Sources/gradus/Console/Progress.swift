/// Tells a person on a terminal how far a long run has come.
struct Progress {
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var shown: ContinuousClock.Instant?
  private let isVisible = Console.isTerminal

  init() {
    start = clock.now
  }

  /// Shows how many are done; not in the first second, then ten times a second at most.
  mutating func show(_ done: Int, of all: Int) {
    guard isVisible else { return }
    let now = clock.now
    guard now - start > .seconds(1), shown.map({ now - $0 > .milliseconds(100) }) ?? true else {
      return
    }
    shown = now
    let seconds = (now - start) / .seconds(1)
    Console.write("\r\(done) of \(all) graded, \(Int(Double(done) / seconds)) a second")
  }

  /// Writes lines without harm to the progress, which appears again later.
  mutating func report(_ lines: String) {
    clear()
    Console.report(lines)
  }

  /// Removes the progress from the terminal.
  mutating func clear() {
    guard shown != nil else { return }
    Console.write("\r\u{1B}[K")
    shown = nil
  }
}
