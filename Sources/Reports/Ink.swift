import Homework

/// The colours of a terminal, or none.
struct Ink {
  /// Whether to write colours.
  var isOn: Bool

  /// Returns the text in the colour of a verdict.
  func verdict(_ verdict: Verdict, _ text: String) -> String {
    switch verdict {
    case .correct: paint(text, 32)
    case .partial: paint(text, 33)
    case .incorrect, .missing: paint(text, 31)
    case .review: paint(text, 36)
    }
  }

  /// Returns the text in bold.
  func bold(_ text: String) -> String { paint(text, 1) }

  private func paint(_ text: String, _ code: Int) -> String {
    isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
