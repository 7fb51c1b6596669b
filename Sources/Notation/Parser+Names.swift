extension Parser {
  // named := name script* [arguments] | divergence | expectation | ...
  mutating func named() -> Expression {
    let start = position
    guard let name = plainName() else { return missingOperand() }
    position += 1
    return named(name, from: start)
  }

  /// The name at the next token, without scripts.
  private func plainName() -> Name? {
    switch kind {
    case .name(let base, let font): return Name(base, font: font)
    case .capital(let base, _): return Name(base)
    case .text(let text): return Name(text, font: "rm")
    default: return nil
    }
  }

  /// The scripts of a name and what it is applied to; the letters have been read.
  mutating func named(_ bare: Name, from start: Int) -> Expression {
    var name = withDelta(bare)
    if let special = special(name, from: start) { return special }
    var pending: [Exponent] = []
    var damaged: String?
    var count = 0
    while count < 16, readsScript(&name, &pending, &damaged) { count += 1 }
    // An index that cannot be read makes the name unknown.
    if let damaged { return Expression(.unread(damaged), range(from: start)) }
    name.placePrimes()
    return scripted(applied(name, from: start), pending, from: start)
  }

  /// `\Delta\theta` is one name, and so is `d\theta` where it is updated.
  private mutating func withDelta(_ name: Name) -> Name {
    guard name.base == "Delta" && joinsDelta || name.base == "d" && joinsAccumulated,
      case .name(let base, let font) = kind
    else { return name }
    position += 1
    return Name(base, accents: name.accents + [name.base], font: font)
  }

  /// Reads one script of a name; returns whether there was one.
  private mutating func readsScript(
    _ name: inout Name, _ pending: inout [Exponent], _ damaged: inout String?
  ) -> Bool {
    switch kind {
    case .prime(let count):
      position += 1
      name.primes += count
      if name.subscripts.isEmpty { name.leadingPrimes += count }
    case .underscore:
      position += 1
      let indices = index()
      if damaged == nil { damaged = indices.lazy.compactMap(\.firstUnread).first }
      name.subscripts += indices
    case .caret:
      position += 1
      add(exponent(), to: &name, &pending)
    default: return false
    }
    return true
  }

  private func add(_ exponent: Exponent, to name: inout Name, _ pending: inout [Exponent]) {
    switch exponent {
    case .primes(let count): name.primes += count
    case .star(let upper), .index(let upper), .mark(let upper): name.superscripts.append(upper)
    case .power(let upper) where belongsAbove(upper, of: name): name.superscripts.append(upper)
    default: pending.append(exponent)
    }
  }

  /// Whether `\Delta` makes one name with the letter behind it.
  private var joinsDelta: Bool {
    guard !names.words.contains("Delta"), position < limit, case .name = tokens[position].kind
    else { return false }
    return tokens[position].space == .none
  }

  /// Whether `d` makes one name with the letter behind it.
  private var joinsAccumulated: Bool {
    guard position < limit, case .name(let base, _) = tokens[position].kind else { return false }
    return accumulated.contains(base) && tokens[position].space == .none
  }

  /// Puts the powers that stood at a name on what the name has become.
  private mutating func scripted(
    _ base: Expression, _ exponents: [Exponent], from start: Int
  ) -> Expression {
    var result = base
    for exponent in exponents {
      switch exponent {
      case .power(let upper):
        if case .name(let name) = result.node, isEuler(name) {
          result = Expression(.call(.exp, [upper]), range(from: start))
        } else {
          result = Expression(.binary(.power, result, upper), range(from: start))
        }
      case .letterT(let upper):
        let transposes = isVector(result) && (startsFactor || isLastFactor)
        result = Expression(
          transposes ? .transpose(result) : .binary(.power, result, upper), range(from: start))
      case .transpose: result = Expression(.transpose(result), range(from: start))
      case .inverseTranspose(let upper):
        let inverse = Expression(.binary(.power, result, upper), range(from: start))
        result = Expression(.transpose(inverse), range(from: start))
      case .degrees:
        let unit = Expression(.number(Double.pi / 180, digits: 0), range(position - 1))
        result = Expression(.binary(.multiply, result, unit), range(from: start))
      case .primes, .star, .index, .mark: break
      }
    }
    return result
  }

  private func isEuler(_ name: Name) -> Bool {
    name.base == "e" && name.subscripts.isEmpty && name.accents.isEmpty && name.primes == 0
      && !names.words.contains("e")
  }

  /// Whether `^T` transposes a name; a scalar such as `\gamma` has a power.
  private func isVector(_ expression: Expression) -> Bool {
    guard case .name(let name) = expression.node else { return false }
    return !["gamma", "alpha", "beta", "lambda", "e", "pi", "rho", "delta"].contains(name.base)
      || name.font == "bf"
  }

  /// Whether `)` follows a transposed vector, as in `(x x^T)`.
  private var isLastFactor: Bool {
    guard position >= limit, position < tokens.count else { return false }
    if case .close = tokens[position].kind { return startsWithProduct }
    return false
  }

  private var startsWithProduct: Bool { true }

  /// Whether what stands above is part of a name and no power: `Q^\pi`, `r^{(i)}`, `\pi^*`.
  private func belongsAbove(_ upper: Expression, of name: Name) -> Bool {
    if case .name(let above) = upper.node {
      if above.base == "pi", name.base != "e", name.base != "gamma" { return true }
      if above.base == "*" || (above.font == "rm" && above.base.utf8.count > 1) { return true }
      guard names.functions.contains(name.base) else { return false }
      return opensArguments
    }
    return false
  }

  /// Whether arguments follow directly.
  private var opensArguments: Bool {
    if case .open(.parenthesis) = kind { return true }
    return false
  }

  // index := "{" entries "}" | one sign; `_` has been read.
  mutating func index() -> [Expression] {
    guard position < limit else { return [missingOperand()] }
    if let simple = simpleIndex() { return simple }
    let content = inside { $0.entries() }
    if case .tuple(let entries) = content.node { return entries.flatMap { split($0) } }
    return split(content)
  }

  /// An index that holds no expression in braces.
  private mutating func simpleIndex() -> [Expression]? {
    let start = position
    guard case .open(.group) = tokens[position].kind else {
      if case .minus = tokens[position].kind {
        position += 1
        let inner = argument()
        return [Expression(.negate(inner), range(from: start))]
      }
      if let word = wordIndex(position) {
        position += 1
        return [Expression(.name(word), range(from: start))]
      }
      return [argument()]
    }
    let close = tokens[start].partner
    if close == start + 2, let word = wordIndex(start + 1) {
      position = close + 1
      return [Expression(.name(word), range(start + 1))]
    }
    if close == start + 1 {
      position = close + 1
      return [fail("an index is missing between '{' and '}'", range(from: start))]
    }
    return rangeIndex(start, close).map { [$0] }
  }

  /// A word as an index, even if it means something elsewhere: `\mu_{\max}`.
  private func wordIndex(_ index: Int) -> Name? {
    switch tokens[index].kind {
    case .function(let function, _): return Name(function.rawValue)
    case .reduction(let kind, _):
      switch kind {
      case .maximum: return Name("max")
      case .minimum: return Name("min")
      default: return nil
      }
    case .text(let text): return Name(text)
    case .times, .star: return Name("*")
    case .plus: return Name("+")
    case .dot: return Name("cdot")
    case .prime: return Name("'")
    case .capital(let name, _): return Name(name)
    default: return nil
    }
  }

  /// `x_{1:T}`, `a_{<t}`: kept as written.
  private mutating func rangeIndex(_ open: Int, _ close: Int) -> Expression? {
    guard close > open + 1 else { return nil }
    var text = ""
    var isRange = false
    for index in open + 1..<close {
      switch tokens[index].kind {
      case .colon: isRange = true
      case .relation where index == open + 1: isRange = true
      case .text where close > open + 2: isRange = true
      case .name, .number, .plus, .minus, .relation, .underscore, .prime: break
      default: return nil
      }
      text += spelling(index)
    }
    guard isRange else { return nil }
    position = close + 1
    return Expression(.name(Name(text)), range(from: open))
  }

  /// Letters side by side are several indices: `x_{ij}`; `a_{2n}` has one.
  private func split(_ index: Expression) -> [Expression] {
    var factors: [Expression] = []
    var rest = index.withoutGroups
    while case .binary(.multiply, let left, let right) = rest.node {
      factors.append(right)
      rest = left
    }
    factors.append(rest)
    guard case .name = factors.last?.node else { return [index.withoutGroups] }
    for factor in factors {
      switch factor.node {
      case .name, .number: break
      default: return [index.withoutGroups]
      }
    }
    return factors.reversed()
  }

  // decorated := accent argument | font argument | box argument
  mutating func decorated() -> Expression {
    guard depth < Parser.depthLimit else { return tooDeep() }
    depth += 1
    defer { depth -= 1 }
    let start = position
    let decoration = tokens[position].kind
    position += 1
    if case .box = decoration {
      let inner = argument()
      return Expression(.group(.braces, inner), range(from: start))
    }
    if case .nabla = kind { return gradient() }
    let inner = argument()
    guard case .name(var name) = inner.withoutGroups.node else {
      if case .accent = decoration {
        guard case .derivative = inner.withoutGroups.node else {
          return inner.hasUnread
            ? inner : fail("an accent is read over a name only", range(from: start))
        }
      }
      return inner
    }
    switch decoration {
    case .accent(let accent): name.accents.append(accent)
    case .font(let font): name.font = font
    default: break
    }
    return named(name, from: start)
  }
}

extension Expression {
  /// The reason of the first stretch inside that could not be read.
  var firstUnread: String? {
    var found: String?
    walk { part in
      if found == nil, case .unread(let message) = part.node { found = message }
    }
    return found
  }
}

extension Name {
  /// Moves primes before a number behind it: `y''_1` is `y_1''`.
  mutating func placePrimes() {
    if subscripts.allSatisfy(\.isNumber) { leadingPrimes = 0 }
  }
}
