import Foundation
import Homework
import Submissions

/// Varies a text with formulas as students' answers vary: other spellings, another order of terms,
/// other constants, and now and then a mistake.
struct Variation {
  private var dice: Dice

  init(seed: Int) {
    dice = Dice(seed: seed)
  }

  /// Returns the text varied; `$$` delimits the formulas.
  mutating func text(_ text: String) -> String {
    let pieces = respelled(text).components(separatedBy: "$$")
    let hasMistake = dice.happens(0.5)
    let chosen = dice.pick(Array(stride(from: 1, to: max(2, pieces.count), by: 2)))
    return pieces.enumerated().map { index, piece in
      guard index % 2 == 1 else { return piece }
      let varied = formula(piece)
      return hasMistake && index == chosen ? withMistake(varied) : varied
    }.joined(separator: "$$")
  }

  /// Returns a formula with its terms in another order and a constant that no other has.
  mutating func formula(_ formula: String) -> String {
    withConstant(dice.happens(0.5) ? reordered(formula) : formula)
  }

  /// Returns a formula in which a constant or a sign is wrong.
  mutating func withMistake(_ formula: String) -> String {
    let marks = ["2", "+", "-", "1"].filter { formula.contains($0) }
    guard !marks.isEmpty else { return formula }
    let mark = dice.pick(marks)
    let places = formula.ranges(of: mark)
    let number = "1.\(Int.random(in: 100...99_999, using: &dice))"
    let replacement = ["2": number, "1": number, "+": "-", "-": "+"][mark] ?? mark
    return formula.replacingCharacters(in: dice.pick(places), with: replacement)
  }

  /// Groups of spellings of the same thing; one of a group is taken for the whole text.
  private static let spellings: [[[String]]] = [
    [[#"\log"#], [#"\ln"#]],
    [[#"\epsilon"#], [#"\varepsilon"#]],
    [[#"\text{KL}"#], [#"\mathrm{KL}"#], [#"D_{KL}"#], [#"KL"#]],
    [[#"\mathcal{L}"#], [#"L"#], [#"\mathscr{L}"#]],
    [[#"\mid"#], [#"|"#]],
    [[#"\mathbb{E}"#], [#"E"#], [#"\mathrm{E}"#]],
    [[#"\mu_q"#, #"\sigma_q"#], [#"\mu_{q}"#, #"\sigma_{q}"#], [#"\mu_{1}"#, #"\sigma_{1}"#]],
    [[#"\mu_p"#, #"\sigma_p"#], [#"\mu_{p}"#, #"\sigma_{p}"#]],
    [[#"\odot"#], [#"\cdot"#], [#"*"#]],
  ]

  private mutating func respelled(_ text: String) -> String {
    var text = text
    for group in Self.spellings {
      let chosen = dice.pick(group)
      for (old, new) in zip(group[0], chosen) where old != new {
        text = text.replacingOccurrences(of: old, with: new)
      }
    }
    return text
  }

  /// Writes `1/2` as a fraction with other numbers, or adds and subtracts one.
  private mutating func withConstant(_ formula: String) -> String {
    let number = Int.random(in: 3...99_999, using: &dice)
    let half = #"\frac{1}{2}"#
    if let place = formula.ranges(of: half).randomElement(using: &dice) {
      return formula.replacingCharacters(in: place, with: #"\frac{\#(number)}{\#(2 * number)}"#)
    }
    guard formula.contains("="), !formula.contains(#"\begin"#), !formula.contains("rrow") else {
      return formula
    }
    return formula.trimmingCharacters(in: .whitespaces) + " + \(number) - \(number)"
  }

  /// Moves the last term behind the last `=` to the front.
  private func reordered(_ formula: String) -> String {
    guard !formula.contains(#"\begin"#), let sign = formula.lastIndex(of: "=") else {
      return formula
    }
    let side = formula[formula.index(after: sign)...]
    var depth = 0
    var cut: String.Index?
    var isTermBefore = false
    for index in side.indices {
      switch side[index] {
      case "{", "(", "[": depth += 1
      case "}", ")", "]": depth -= 1
      case "+",
        "-" where depth == 0 && isTermBefore:
        cut = index
      default: break
      }
      if !side[index].isWhitespace { isTermBefore = true }
    }
    guard depth == 0, let cut else { return formula }
    let last = side[cut...].drop { $0 == "+" }
    return formula[...sign] + " \(last) + \(side[..<cut])"
  }
}

extension Variation {
  /// Writes variations of the sample submissions, no two alike, each in a folder of its own.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - folder: Where they go.
  ///   - students: The samples; all if nothing is said.
  /// - Returns: Their size in bytes.
  /// - Throws: What keeps them from being written.
  static func write(_ count: Int, to folder: URL, of students: [String]? = nil) throws -> Int {
    let samples = try SubmissionReader.keys(in: "submissions")
      .filter { students?.contains($0.student) ?? true }
      .map { SubmissionReader.submission($0).files.map(\.text).joined(separator: "\n\n") }
    var written: Set<String> = []
    var bytes = 0
    var seed = 0
    while written.count < count {
      seed += 1
      var variation = Variation(seed: seed)
      let text = variation.text(samples[seed % samples.count])
      guard written.insert(text).inserted else { continue }
      let student = folder.appending(path: "student-\(100_000 + written.count)")
      try FileManager.default.createDirectory(at: student, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: student.appending(path: "answers.md"))
      bytes += text.utf8.count
    }
    return bytes
  }
}
