/// What a command of LaTeX does.
enum Command {
  /// Stands for one token.
  case token(Token.Kind)
  /// Stands for an expression of its own in letters: `\ell`.
  case space(Token.Space)
  /// Layout without arguments.
  case drop
  /// Layout with so many arguments, which are not read.
  case dropArguments(Int)
  /// Layout that makes the next bracket larger; what a bar becomes.
  case size(Side)
  /// Words.
  case words
  /// Letters that make one word: `\mathrm{old}`, `\operatorname{tr}`.
  case upright(String)
  /// Letters of another alphabet.
  case font(String)
  /// A switch of the alphabet up to the end of the group: `{\rm KL}`.
  case fontSwitch(String)
  /// `\stackrel`, `\overset`.
  case above
  /// `\underset`.
  case below
  /// `\underbrace`, `\overbrace`.
  case brace
  /// `\xrightarrow`.
  case longArrow(Relation)
  /// `\mathop` and others that show their argument.
  case transparent
  /// `\boxed`.
  case box
  /// `\begin`.
  case begin
  /// `\end`.
  case end
  /// `\substack`.
  case substack
  /// `\not`.
  case not
  /// `\arg`, before `\max`.
  case argument

  /// Which bracket of a pair a size stands before.
  enum Side {
    case left
    case right
    case middle
    case none
  }

  /// Returns what a command does, given without backslash.
  static func named(_ name: String) -> Command? { table[name] }

  /// The commands in order of the alphabet.
  static let names: [String] = table.keys.sorted()

  private static let table: [String: Command] = {
    var table: [String: Command] = [:]
    for (name, relation) in relations { table[name] = .token(.relation(relation, reason: "")) }
    for (name, kind) in symbols { table[name] = .token(kind) }
    for word in functions {
      guard let kind = WordTable.kind(of: word) else { continue }
      if case .reduction(let reduction, _) = kind {
        table[word] = .token(.reduction(reduction, count: 1))
      } else {
        table[word] = .token(kind)
      }
    }
    for word in WordTable.greek { table[word] = .token(.name(word, font: nil)) }
    for (word, merged) in WordTable.merged { table[word] = .token(.name(merged, font: nil)) }
    for name in spaces { table[name] = .space(.some) }
    for name in ["quad", "qquad"] { table[name] = .space(.wide) }
    for name in layout { table[name] = .drop }
    for (name, count) in layoutWithArguments { table[name] = .dropArguments(count) }
    for (name, side) in sizes { table[name] = .size(side) }
    for (name, accent) in accents { table[name] = .token(.accent(accent)) }
    for (name, font) in fonts { table[name] = .font(font) }
    for (name, font) in switches { table[name] = .fontSwitch(font) }
    for name in ["text", "mbox", "textrm", "textit", "textbf", "textnormal", "hbox", "intertext"] {
      table[name] = .words
    }
    for name in ["mathrm", "operatorname", "operatornamewithlimits", "mathsf", "mathtt", "mathit"] {
      table[name] = .upright("rm")
    }
    for name in ["mathop", "mathbin", "mathrel", "mathord", "mathclose", "mathopen", "mathstrut"] {
      table[name] = .transparent
    }
    for (name, command) in structures { table[name] = command }
    return table
  }()

  private static let structures: [(String, Command)] = [
    ("stackrel", .above), ("overset", .above), ("underset", .below), ("underbrace", .brace),
    ("overbrace", .brace), ("xrightarrow", .longArrow(.arrow)),
    ("xleftarrow", .longArrow(.update)), ("boxed", .box), ("fbox", .box), ("begin", .begin),
    ("end", .end), ("substack", .substack), ("not", .not), ("arg", .argument),
  ]

  private static let functions = [
    "exp", "log", "ln", "lg", "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos",
    "arctan", "sinh", "cosh", "tanh", "arsinh", "arcosh", "artanh", "arcsinh", "arccosh",
    "arctanh", "det", "tr", "Tr", "trace", "diag", "sigmoid", "softplus", "erf", "sign", "sgn",
    "sum", "prod", "int", "max", "min", "sup", "inf", "lim", "argmax", "nabla", "partial",
    "infty", "propto", "Pr", "ell",
  ]

  private static let relations: [(String, Relation)] = [
    ("ge", .greaterOrEqual), ("geq", .greaterOrEqual), ("geqslant", .greaterOrEqual),
    ("le", .lessOrEqual), ("leq", .lessOrEqual), ("leqslant", .lessOrEqual), ("gt", .greater),
    ("lt", .less), ("gg", .greater), ("ll", .less), ("ne", .notEqual), ("neq", .notEqual),
    ("approx", .approximate), ("simeq", .approximate), ("cong", .equal), ("doteq", .equal),
    ("equiv", .define), ("triangleq", .define), ("coloneqq", .define), ("coloneq", .define),
    ("defeq", .define), ("eqqcolon", .define), ("sim", .distributed), ("in", .member),
    ("propto", .proportional), ("to", .arrow), ("rightarrow", .arrow), ("longrightarrow", .arrow),
    ("mapsto", .arrow), ("longmapsto", .arrow), ("gets", .update), ("leftarrow", .update),
    ("longleftarrow", .update), ("Rightarrow", .implies), ("Longrightarrow", .implies),
    ("implies", .implies), ("iff", .implies), ("Leftrightarrow", .implies),
    ("Longleftrightarrow", .implies), ("leftrightarrow", .implies), ("eq", .equal),
    ("gtrsim", .greaterOrEqual), ("lesssim", .lessOrEqual), ("thicksim", .distributed),
  ]

  private static let symbols: [(String, Token.Kind)] = [
    ("frac", .fraction), ("dfrac", .fraction), ("tfrac", .fraction), ("cfrac", .fraction),
    ("nicefrac", .fraction), ("sfrac", .fraction), ("binom", .binomial), ("tbinom", .binomial),
    ("dbinom", .binomial), ("over", .over), ("sqrt", .root), ("cdot", .dot), ("bullet", .dot),
    ("times", .times), ("ast", .times), ("div", .slash), ("odot", .elementwise),
    ("circ", .elementwise), ("otimes", .elementwise), ("pm", .plusMinus), ("mp", .plusMinus),
    ("mid", .mid), ("vert", .bar), ("Vert", .doubleBar), ("parallel", .doubleBar),
    ("lvert", .open(.bars)), ("rvert", .close(.bars)), ("lVert", .open(.doubleBars)),
    ("rVert", .close(.doubleBars)), ("lfloor", .open(.floor)), ("rfloor", .close(.floor)),
    ("lceil", .open(.ceiling)), ("rceil", .close(.ceiling)), ("langle", .open(.angle)),
    ("rangle", .close(.angle)), ("lbrace", .open(.brace)), ("rbrace", .close(.brace)),
    ("lbrack", .open(.square)), ("rbrack", .close(.square)), ("lparen", .open(.parenthesis)),
    ("rparen", .close(.parenthesis)), ("dots", .ellipsis), ("ldots", .ellipsis),
    ("cdots", .ellipsis), ("vdots", .ellipsis), ("ddots", .ellipsis), ("dotsc", .ellipsis),
    ("dotsb", .ellipsis), ("dotsm", .ellipsis), ("dotsi", .ellipsis), ("hdots", .ellipsis),
    ("prime", .prime(1)), ("top", .transpose), ("intercal", .transpose), ("star", .star),
    ("iint", .reduction(.integral, count: 2)), ("iiint", .reduction(.integral, count: 3)),
    ("oint", .reduction(.integral, count: 1)), ("overline", .box), ("underline", .box),
    ("hbar", .name("hbar", font: nil)), ("imath", .name("i", font: nil)),
    ("jmath", .name("j", font: nil)), ("emptyset", .name("emptyset", font: nil)),
    ("dagger", .name("dagger", font: nil)), ("newline", .row), ("cr", .row),
    ("degree", .degree), ("lbrace", .open(.brace)), ("colon", .colon),
    ("eps", .name("epsilon", font: nil)), ("E", .name("E", font: "bb")),
    ("KL", .name("KL", font: nil)), ("Re", .name("Re", font: nil)),
    ("forall", .text("for all")), ("exists", .text("there is")), ("because", .text("because")),
    ("Leftarrow", .text("because")), ("Longleftarrow", .text("because")),
    ("impliedby", .text("because")),
    ("therefore", .text("therefore")), ("lor", .text("or")), ("land", .text("and")),
    ("R", .name("R", font: "bb")), ("argmin", .name("argmin", font: nil)),
  ]

  private static let spaces = [
    "thinspace", "medspace", "thickspace", "negthinspace", "negmedspace", "negthickspace",
    "enspace", "hfill", "hfil", "allowbreak", "nobreak", "linebreak", "space", "null",
  ]

  private static let layout = [
    "displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle", "limits", "nolimits",
    "nonumber", "notag", "noindent", "centering", "hline", "strut", "ensuremath", "relax",
    "mathstrut", "bgroup",
    "egroup", "protect", "tiny", "small", "large", "Large", "normalsize", "boldmath", "qedhere",
    "qed", "smash", "square", "blacksquare", "Box", "bigstar", "checkmark", "displaylimits", "par",
    "allowdisplaybreaks",
  ]

  private static let layoutWithArguments: [(String, Int)] = [
    ("color", 1), ("textcolor", 1), ("colorbox", 1), ("tag", 1), ("label", 1), ("hspace", 1),
    ("vspace", 1), ("phantom", 1), ("hphantom", 1), ("vphantom", 1), ("cite", 1), ("ref", 1),
    ("eqref", 1), ("footnote", 1), ("hskip", 0), ("kern", 0), ("mkern", 0), ("bigskip", 0),
    ("smallskip", 0), ("medskip", 0), ("class", 1), ("cssId", 1), ("href", 1), ("raisebox", 1),
    ("rlap", 0), ("llap", 0), ("mathrlap", 0), ("mathclap", 0), ("setlength", 2), ("fcolorbox", 2),
    ("definecolor", 3), ("fontsize", 2), ("style", 1),
  ]

  private static let sizes: [(String, Side)] = [
    ("left", .left), ("right", .right), ("middle", .middle), ("big", .none), ("Big", .none),
    ("bigg", .none), ("Bigg", .none), ("bigl", .left), ("Bigl", .left), ("biggl", .left),
    ("Biggl", .left), ("bigr", .right), ("Bigr", .right), ("biggr", .right), ("Biggr", .right),
    ("bigm", .middle), ("Bigm", .middle), ("biggm", .middle), ("Biggm", .middle),
  ]

  private static let accents = [
    ("hat", "hat"), ("widehat", "hat"), ("tilde", "tilde"), ("widetilde", "tilde"),
    ("bar", "bar"), ("dot", "dot"), ("ddot", "ddot"), ("check", "check"), ("breve", "breve"),
    ("acute", "acute"), ("grave", "grave"), ("mathring", "ring"),
  ]

  private static let fonts = [
    ("mathbf", "bf"), ("boldsymbol", "bf"), ("bm", "bf"), ("pmb", "bf"), ("symbf", "bf"),
    ("vec", "bf"), ("mathbb", "bb"), ("mathbbm", "bb"), ("mathds", "bb"), ("Bbb", "bb"),
    ("mathcal", "cal"), ("mathscr", "cal"), ("mathfrak", "frak"), ("mathnormal", "it"),
    ("overrightarrow", "bf"),
  ]

  private static let switches = [
    ("rm", "rm"), ("bf", "bf"), ("it", "it"), ("sf", "rm"), ("tt", "rm"), ("cal", "cal"),
    ("mit", "it"), ("bfseries", "bf"), ("itshape", "it"), ("rmfamily", "rm"),
  ]
}
