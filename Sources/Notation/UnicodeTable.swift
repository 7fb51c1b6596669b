/// What the characters outside ASCII stand for.
enum UnicodeTable {
  /// Returns the token of a character, if it is one by itself.
  static func kind(of scalar: UInt32) -> Token.Kind? { kinds[scalar] ?? styled(scalar) }

  /// Returns the ASCII or Greek character that a raised character stands for.
  static func raised(_ scalar: UInt32) -> Unicode.Scalar? { raised[scalar] }

  /// Returns the ASCII or Greek character that a lowered character stands for.
  static func lowered(_ scalar: UInt32) -> Unicode.Scalar? { lowered[scalar] }

  /// Returns the accent that a combining character puts on the letter before it.
  static func accent(_ scalar: UInt32) -> String? {
    switch scalar {
    case 0x302: "hat"
    case 0x303: "tilde"
    case 0x304, 0x305: "bar"
    case 0x307: "dot"
    case 0x308: "ddot"
    case 0x20D7, 0x20D1: "vec"
    default: nil
    }
  }

  /// Returns the letter and the accent of a letter with an accent.
  static func accented(_ scalar: UInt32) -> (letter: String, accent: String)? { accented[scalar] }

  /// Whether a character is white space.
  static func isSpace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xA0, 0x2000...0x200D, 0x202F, 0x205F, 0x2060...0x2063, 0x3000, 0xFEFF, 0xFE00...0xFE0F:
      true
    default: false
    }
  }

  private static let kinds: [UInt32: Token.Kind] = {
    var table: [UInt32: Token.Kind] = [:]
    for (character, relation) in relations {
      table[character.value] = .relation(relation, reason: "")
    }
    for (character, kind) in symbols { table[character.value] = kind }
    for (character, value) in fractions { table[character.value] = .number(value, digits: 0) }
    let capitals = Array("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ ΣΤΥΦΧΨΩ".unicodeScalars)
    for (index, character) in capitals.enumerated() where character != " " {
      table[character.value] = .name(greek[index].capitalised, font: nil)
    }
    let small = Array("αβγδεζηθικλμνξοπρςστυφχψω".unicodeScalars)
    for (index, character) in small.enumerated() {
      table[character.value] = .name(greek[index].small, font: nil)
    }
    for (character, name) in variants { table[character.value] = .name(name, font: nil) }
    for (character, letter, font) in letters {
      table[character.value] = .name(letter, font: font)
    }
    table[0x3A3] = .capital("Sigma", .sum)
    table[0x3A0] = .capital("Pi", .product)
    return table
  }()

  /// The Greek letters in the order of Unicode; the final sigma is a sigma.
  private static let greek: [(small: String, capitalised: String)] = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
    "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi",
    "chi", "psi", "omega",
  ].map { ($0, $0.prefix(1).uppercased() + $0.dropFirst()) }

  private static let variants: [(Unicode.Scalar, String)] = [
    ("ϵ", "epsilon"), ("ϑ", "theta"), ("ϕ", "phi"), ("ϱ", "rho"), ("ϖ", "pi"), ("ϰ", "kappa"),
    ("µ", "mu"), ("∆", "Delta"), ("Ω", "Omega"), ("ɛ", "epsilon"),
  ]

  private static let letters: [(Unicode.Scalar, String, String?)] = [
    ("ℓ", "ell", nil), ("ℒ", "L", "cal"), ("ℋ", "H", "cal"), ("ℐ", "I", "cal"), ("ℱ", "F", "cal"),
    ("ℬ", "B", "cal"), ("ℰ", "E", "cal"), ("ℳ", "M", "cal"), ("ℛ", "R", "cal"), ("ℝ", "R", "bb"),
    ("ℕ", "N", "bb"), ("ℙ", "P", "bb"), ("ℤ", "Z", "bb"), ("ℚ", "Q", "bb"), ("ℂ", "C", "bb"),
    ("ℍ", "H", "bb"), ("ℎ", "h", nil), ("ℯ", "e", nil), ("ℊ", "g", "cal"), ("ℴ", "o", "cal"),
    ("ℜ", "R", "frak"), ("ℑ", "I", "frak"), ("ı", "i", nil), ("ȷ", "j", nil),
  ]

  private static let relations: [(Unicode.Scalar, Relation)] = [
    ("≥", .greaterOrEqual), ("≧", .greaterOrEqual), ("⩾", .greaterOrEqual), ("≤", .lessOrEqual),
    ("≦", .lessOrEqual), ("⩽", .lessOrEqual), ("≠", .notEqual), ("≈", .approximate),
    ("≃", .approximate), ("≅", .equal), ("≡", .define), ("≜", .define), ("≔", .define),
    ("≝", .define), ("≕", .define), ("∝", .proportional), ("∼", .distributed), ("∈", .member),
    ("→", .arrow), ("⟶", .arrow), ("↦", .arrow), ("←", .update), ("⟵", .update),
    ("⇒", .implies), ("⟹", .implies), ("⇔", .implies), ("⟺", .implies), ("≫", .greater),
    ("≪", .less), ("≐", .equal), ("＝", .equal), ("↔", .implies), ("⟸", .implies),
    ("～", .distributed), ("⩵", .equal), ("≳", .greaterOrEqual), ("≲", .lessOrEqual),
  ]

  private static let symbols: [(Unicode.Scalar, Token.Kind)] = [
    ("·", .dot), ("⋅", .dot), ("∙", .dot), ("•", .dot), ("×", .times), ("∗", .times), ("⁎", .times),
    ("÷", .slash), ("∕", .slash), ("⁄", .slash), ("−", .minus), ("–", .minus), ("—", .minus),
    ("‐", .minus), ("‑", .minus), ("‒", .minus), ("±", .plusMinus), ("∓", .plusMinus),
    ("⊙", .elementwise), ("∘", .elementwise), ("⊗", .elementwise), ("∣", .mid), ("❘", .mid),
    ("│", .bar), ("∥", .doubleBar), ("‖", .doubleBar), ("ǁ", .doubleBar), ("⟨", .open(.angle)),
    ("⟩", .close(.angle)), ("⌊", .open(.floor)), ("⌋", .close(.floor)), ("⌈", .open(.ceiling)),
    ("⌉", .close(.ceiling)), ("√", .root), ("∞", .infinity), ("…", .ellipsis), ("⋯", .ellipsis),
    ("⋮", .ellipsis), ("⋱", .ellipsis), ("′", .prime(1)), ("ʹ", .prime(1)), ("’", .prime(1)),
    ("″", .prime(2)), ("‴", .prime(3)), ("°", .degree), ("∂", .partial), ("∇", .nabla),
    ("∑", .reduction(.sum, count: 1)), ("∏", .reduction(.product, count: 1)),
    ("∫", .reduction(.integral, count: 1)), ("∬", .reduction(.integral, count: 2)),
    ("∭", .reduction(.integral, count: 3)), ("ᵀ", .transpose), ("⊤", .transpose),
    ("⊺", .transpose), ("⋆", .star), ("★", .star), ("∀", .text("for all")),
    ("∴", .text("therefore")), ("∵", .text("because")), ("，", .comma), ("；", .semicolon),
    ("。", .period), ("：", .colon), ("、", .comma), ("（", .open(.parenthesis)),
    ("）", .close(.parenthesis)), ("【", .open(.square)), ("】", .close(.square)),
    ("％", .percent), ("＋", .plus), ("－", .minus), ("‰", .unknown("'‰' is not read")),
    ("｜", .bar), ("￤", .bar),
  ]

  private static let fractions: [(Unicode.Scalar, Double)] = [
    ("½", 0.5), ("⅓", 1 / 3), ("⅔", 2 / 3), ("¼", 0.25), ("¾", 0.75), ("⅕", 0.2), ("⅖", 0.4),
    ("⅗", 0.6), ("⅘", 0.8), ("⅙", 1 / 6), ("⅚", 5 / 6), ("⅛", 0.125), ("⅜", 0.375),
    ("⅝", 0.625), ("⅞", 0.875), ("⅑", 1 / 9), ("⅒", 0.1),
  ]

  private static func pairs(_ from: String, _ to: String) -> [UInt32: Unicode.Scalar] {
    var table: [UInt32: Unicode.Scalar] = [:]
    for (source, target) in zip(from.unicodeScalars, to.unicodeScalars) {
      table[source.value] = target
    }
    return table
  }

  private static let raised = pairs(
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵁⱽᵂᵅᵝᵞᵟᵋᶿᵠᵡ",
    "0123456789+-=()niabcdefghjklmoprstuvwxyzABDEGHIJKLMNOPRUVWαβγδεθφχ")

  private static let lowered = pairs(
    "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₔₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥᵦᵧᵨᵩᵪ",
    "0123456789+-=()aeoxehklmnpstijruvβγρφχ")

  private static let accented: [UInt32: (letter: String, accent: String)] = {
    var table: [UInt32: (letter: String, accent: String)] = [:]
    for (characters, letters, accent) in [
      ("âĉêĝĥîĵôŝûŵŷẑÂÊĜĤÎĴÔŜÛŴŶẐ", "aceghijosuwyzAEGHIJOSUWYZ", "hat"),
      ("ãẽĩñõũṽỹÃẼÑÕŨỸ", "aeinouvyAENOUY", "tilde"), ("āēīōūȳḡĀĒŌŪḠ", "aeiouygAEOUG", "bar"),
      ("ȧċėḟġḣṁṅȯṗṙṡṫẇẋẏż", "acefghmnoprstwxyz", "dot"),
    ] {
      for (character, letter) in zip(characters.unicodeScalars, letters) {
        table[character.value] = (String(letter), accent)
      }
    }
    return table
  }()

  /// Letters and digits of the mathematical alphabets.
  private static func styled(_ scalar: UInt32) -> Token.Kind? {
    switch scalar {
    case 0x1D400...0x1D6A3:
      let fonts: [String?] = [
        "bf", nil, "bf", "cal", "cal", "frak", "bb", "frak", nil, "bf", nil, "bf", nil,
      ]
      let offset = Int(scalar - 0x1D400)
      let letter = UInt8(offset % 52)
      let code = letter < 26 ? UInt8(ascii: "A") + letter : UInt8(ascii: "a") + letter - 26
      return .name(String(Character(Unicode.Scalar(code))), font: fonts[offset / 52])
    case 0x1D6A8...0x1D7CB:
      let offset = Int(scalar - 0x1D6A8) % 58
      switch offset {
      case 0..<25: return .name(greek[offset == 17 ? 7 : offset].capitalised, font: nil)
      case 25: return .nabla
      case 26..<51: return .name(greek[offset - 26].small, font: nil)
      case 51: return .partial
      default:
        let names = ["epsilon", "theta", "kappa", "phi", "rho", "pi"]
        return .name(names[offset - 52], font: nil)
      }
    case 0x1D7CE...0x1D7FF:
      return .number(Double((scalar - 0x1D7CE) % 10), digits: 0)
    default: return nil
    }
  }
}
