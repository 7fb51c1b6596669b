import Notation
import Testing

struct PassageContinuationTests {
  @Test(arguments: [
    ("$$K = a$$\n$$+ b$$", ["display 1:3 K = a\n  + b"]),
    ("$$K = a,$$\n\n\\[\\quad {} - b\\]", ["display 1:3 K = a\n\n           - b"]),
    ("$K = a$\n$+b$\n$-c$", ["inline 1:2 K = a\n +b\n -c"]),
    ("$K = a$ $+b$", ["inline 1:2 K = a   +b"]),
    ("$$K = a +$$ $$b$$", ["display 1:3 K = a +     b"]),
    (
      "$$\\begin{aligned}K &= a\\end{aligned}$$\n$$\\begin{aligned}&+ b\\end{aligned}$$",
      [
        "display 1:3 \\begin{aligned}K &= a\\end{aligned}\n  \\begin{aligned}&+ b\\end{aligned}"
      ]
    ),
    ("$$K = a$$\n$$-L = b$$", ["display 1:3 K = a", "display 2:3 -L = b"]),
    ("$$K = a$$ and $$+ b$$", ["display 1:3 K = a", "prose 1:11 and", "display 1:17 + b"]),
    (
      "$K = a$, $-b$ is new",
      ["inline 1:2 K = a", "prose 1:8 ,", "inline 1:11 -b", "prose 1:15 is new"]
    ),
    ("- $K = a$\n- $+b$", ["inline 1:4 K = a", "inline 2:4 +b"]),
  ])
  func `A formula that begins with a sign goes on with the one before it`(
    text: String, expected: [String]
  ) {
    #expect(pieces(of: text) == expected)
  }

  @Test(arguments: [
    ("K = f(a)\n    - f(b)", ["plain 1:1 K = f(a)\n    - f(b)"]),
    ("K = f(a)\n- f(b)", ["plain 1:1 K = f(a)\n- f(b)"]),
    ("K(q‖p)\n= ln a\n+ b²\n− ½", ["plain 1:1 K(q‖p)", "plain 2:1 = ln a\n+ b²\n− ½"]),
    ("K = f(a)\n  + f(b) = c", ["plain 1:1 K = f(a)\n  + f(b) = c"]),
    ("- K = f(a)\n- L = f(b)", ["plain 1:3 K = f(a)", "plain 2:3 L = f(b)"]),
    ("- K = f(a)\n- f(b) - c", ["plain 1:3 K = f(a)", "plain 2:3 f(b) - c"]),
    ("K = f(a)\n- L = f(b)", ["plain 1:1 K = f(a)", "plain 2:3 L = f(b)"]),
    ("K = f(a)\n- a is new", ["plain 1:1 K = f(a)", "prose 2:3 a is new"]),
    (
      "K = f(a) where:\n- f(a) - b",
      ["plain 1:1 K = f(a)", "prose 1:10 where:", "plain 2:3 f(a) - b"]
    ),
  ])
  func `A line that begins with a sign continues a formula unless it is an item of a list`(
    text: String, expected: [String]
  ) {
    #expect(pieces(of: text) == expected)
  }

  @Test(arguments: [
    ("K = f(a)\n- f(b) - c", true), ("K = f(a)\n+ f(b) - c", true),
    ("K = f(a)\n  + f(b) - c", false), ("K = f(a)\n− f(b) - c", false), ("$K = a$\n$-b$", true),
    ("$K = a$\n$+b$", false),
    ("- K = f(a)\n- f(b) - c", false),
  ])
  func `What may as well stand alone is joined in doubt`(text: String, isDoubtful: Bool) {
    #expect(Passage(scanning: text).hasDoubtfulJoins == isDoubtful)
    let joined = Passage(scanning: text).pieces.count { $0.kind != .prose }
    let apart = Passage(scanning: text, joinsInDoubt: false).pieces.count { $0.kind != .prose }
    #expect((apart > joined) == isDoubtful)
  }

  @Test(arguments: [
    ("$K = a$ and then $+ \\frac{a}{b}$", true), ("$K = a$ up to $+1$", false),
    ("K = f(a)  (fit)\n  + f(b) + c   (rest)", true), ("K = f(a)\n- a is new", false),
    ("K = f(a)\n  - f(b) = c", true), ("K = f(a)\n- f(b) = c", false),
  ])
  func `A formula that begins with a sign behind words is loose`(text: String, isLoose: Bool) {
    #expect(Passage(scanning: text).hasLooseSigns == isLoose)
  }
}
