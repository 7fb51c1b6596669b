/// How tokens are called in messages.
enum Spelling {
  /// Returns what stands for a token in a message.
  static func of(_ kind: Token.Kind) -> String {
    switch kind {
    case .number(let value, _): Expression.numberText(value)
    case .name(let name, _): name
    case .function(let function, _): function.rawValue
    case .reduction(let kind, _): word(kind)
    case .capital(let name, _): name
    case .nabla: "nabla"
    case .partial: "partial"
    case .relation(let relation, _): relation.rawValue
    case .plus: "+"
    case .minus: "-"
    case .plusMinus: "+-"
    case .times, .star: "*"
    case .dot: "\\cdot"
    case .elementwise: "\\odot"
    case .at: "@"
    case .slash: "/"
    case .caret: "^"
    case .underscore: "_"
    case .prime: "'"
    case .transpose: "^T"
    case .open(let bracket): pair(bracket).open
    case .close(let bracket): pair(bracket).close
    case .bar, .mid, .evaluation: "|"
    case .doubleBar, .doubleMid: "||"
    case .comma: ","
    case .semicolon: ";"
    case .colon: ":"
    case .period: "."
    case .alignment: "&"
    case .row: "\\\\"
    case .fraction: "\\frac"
    case .binomial: "\\binom"
    case .over: "\\over"
    case .root: "sqrt"
    case .accent(let accent): accent
    case .font: "font"
    case .box: "box"
    case .text(let text): text
    case .factorial: "!"
    case .ellipsis: "..."
    case .infinity: "infinity"
    case .degree: "degree"
    case .percent: "%"
    case .unknown: "this"
    }
  }

  /// Returns the word of a reduction.
  static func word(_ kind: Reduction.Kind) -> String {
    switch kind {
    case .sum: "sum"
    case .product: "prod"
    case .integral: "int"
    case .maximum: "max"
    case .minimum: "min"
    case .limit: "lim"
    case .argmax: "argmax"
    }
  }

  /// Returns both brackets of a pair.
  static func pair(_ bracket: Token.Bracket) -> (open: String, close: String) {
    switch bracket {
    case .parenthesis: ("(", ")")
    case .square: ("[", "]")
    case .brace: ("\\{", "\\}")
    case .group: ("{", "}")
    case .floor: ("\\lfloor", "\\rfloor")
    case .ceiling: ("\\lceil", "\\rceil")
    case .angle: ("\\langle", "\\rangle")
    case .bars: ("|", "|")
    case .doubleBars: ("\\|", "\\|")
    case .invisible: ("\\left.", "\\right.")
    case .matrix: ("\\begin{matrix}", "\\end{matrix}")
    case .cases: ("\\begin{cases}", "\\end{cases}")
    }
  }
}
