/// Times of short pieces of work.
enum Rounds {
  /// Returns the least time of nine rounds, in seconds a repetition; the sum of the results keeps the work alive.
  static func leastSeconds(repetitions: Int, _ body: () -> Double) -> Double {
    var sink = 0.0
    var best = Double.infinity
    for _ in 0..<9 {
      let start = ContinuousClock.now
      for _ in 0..<repetitions { sink += body() }
      best = min(best, (ContinuousClock.now - start).seconds)
    }
    precondition(sink.isFinite, "the results are numbers")
    return best / Double(repetitions)
  }
}
