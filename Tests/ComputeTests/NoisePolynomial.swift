/// A polynomial in independent standard normal numbers, whose expectation is a sum of products of moments.
struct NoisePolynomial {
  /// The coefficient of each product of powers, sorted by the exponents.
  private(set) var terms: [(exponents: [Int], factor: Double)]

  init(_ constant: Double, variables: Int) {
    terms = [([Int](repeating: 0, count: variables), constant)]
  }

  /// One of the numbers.
  static func variable(_ k: Int, of count: Int) -> NoisePolynomial {
    var result = NoisePolynomial(1, variables: count)
    result.terms[0].exponents[k] = 1
    return result
  }

  // E e^k = (k - 1) E e^(k - 2).
  private static func moment(_ k: Int) -> Double {
    k == 0 ? 1 : k.isMultiple(of: 2) ? Double(k - 1) * moment(k - 2) : 0
  }

  /// The expectation over all numbers.
  var expectation: Double {
    terms.reduce(0) { $0 + $1.exponents.reduce($1.factor) { $0 * Self.moment($1) } }
  }

  /// The expectation over one of the numbers alone.
  func averaged(over k: Int) -> NoisePolynomial {
    var result = self
    for index in terms.indices {
      result.terms[index].factor *= Self.moment(terms[index].exponents[k])
      result.terms[index].exponents[k] = 0
    }
    result.collect()
    return result
  }

  /// The polynomial with another in the place of one of the numbers.
  func replacing(_ k: Int, by other: NoisePolynomial) -> NoisePolynomial {
    var result = NoisePolynomial(0, variables: terms[0].exponents.count)
    for term in terms {
      var product = NoisePolynomial(term.factor, variables: term.exponents.count)
      product.terms[0].exponents = term.exponents
      product.terms[0].exponents[k] = 0
      for _ in 0..<term.exponents[k] { product = product * other }
      result = result + product
    }
    return result
  }

  private mutating func collect() {
    terms.sort { $0.exponents.lexicographicallyPrecedes($1.exponents) }
    var sums: [(exponents: [Int], factor: Double)] = []
    for term in terms {
      if let last = sums.last, last.exponents == term.exponents {
        sums[sums.count - 1].factor += term.factor
      } else {
        sums.append(term)
      }
    }
    terms = sums
  }

  static func + (a: NoisePolynomial, b: NoisePolynomial) -> NoisePolynomial {
    var result = a
    result.terms += b.terms
    result.collect()
    return result
  }

  static func * (a: NoisePolynomial, b: NoisePolynomial) -> NoisePolynomial {
    var result = a
    result.terms = a.terms.flatMap { x in
      b.terms.map { y in
        (zip(x.exponents, y.exponents).map { $0 + $1 }, x.factor * y.factor)
      }
    }
    result.collect()
    return result
  }

  static func * (a: Double, b: NoisePolynomial) -> NoisePolynomial {
    var result = b
    for k in result.terms.indices { result.terms[k].factor *= a }
    return result
  }

  static func + (a: NoisePolynomial, b: Double) -> NoisePolynomial {
    a + NoisePolynomial(b, variables: a.terms[0].exponents.count)
  }

  static func - (a: NoisePolynomial, b: NoisePolynomial) -> NoisePolynomial { a + (-1) * b }
}
