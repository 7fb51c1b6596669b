internal import Homework
internal import Notation

/// Judges a variational auto-encoder that is drawn: arrows, sampling statements, Mermaid or DOT.
///
/// A drawing is right if the input goes through an encoder to a latent variable that is drawn from
/// what the encoder gives, and from there through a decoder back. Words and pictures alone go to a
/// person.
struct FrameworkJudge {
  let criterion: PreparedCriterion
  let answer: AnswerText

  /// Nodes in the order of the arrows, with what stands on the arrows between them.
  private struct Path {
    var stations: [Set<FrameworkRole>] = []

    func has(_ role: FrameworkRole) -> Bool { stations.contains { $0.contains(role) } }

    func hasOne(of roles: Set<FrameworkRole>) -> Bool {
      stations.contains { !$0.isDisjoint(with: roles) }
    }
  }

  /// Returns the assessment.
  func assessment() -> Assessment {
    if let diagram = answer.diagrams.first { return judged(diagram) }
    let statements = answer.items.enumerated().flatMap { index, item in
      item.formula.statements.map { (index, $0) }
    }
    let drawings = ArrowText.drawings(in: answer.text)
    if !drawings.isEmpty { return judged(drawings, statements) }
    return judgedByStatements(statements)
  }

  // MARK: - Arrows

  private func judged(
    _ drawings: [ArrowText.Drawing], _ statements: [(Int, Statement)]
  ) -> Assessment {
    let paths = drawings.map { drawing in
      Path(stations: drawing.stations.map { FrameworkRole.roles(in: String($0)) })
    }
    var verdict = verdict(of: paths.map(\.stations))
    // Densities on arrows or nodes say what is drawn only if it ends in what is reconstructed.
    if verdict.mistake == "missing-sampling", paths.contains(where: { $0.has(.encoderDensity) }) {
      let isWhole = zip(drawings, paths).contains { drawing, path in
        drawing.labels.contains { path.stations[$0].contains(.encoderDensity) }
          && path.has(.decoderDensity) && path.has(.reconstruction)
      }
      verdict =
        isWhole
        ? Judgement.right : Judgement(.review, nil, "how z is drawn from q(z|x) is not said")
    }
    let isJoined = paths.contains { path in
      path.hasOne(of: [.encoder, .encoderDensity, .mean])
        && path.hasOne(of: [.decoder, .decoderDensity])
    }
    if verdict.verdict == .correct, !isJoined {
      verdict = Judgement(.review, nil, "encoder and decoder stand in drawings apart")
    }
    let arrows = statements.first { pair in pair.1.links.contains { $0.relation == .arrow } }
    return assessment(verdict, place: arrows?.1.range, item: arrows?.0)
  }

  // MARK: - Diagrams

  private func judged(_ piece: Passage.Piece) -> Assessment {
    if piece.text.contains("sequenceDiagram") {
      return assessment(
        Judgement(.review, nil, "messages between participants are drawn; a person decides"))
    }
    let isDOT = piece.isDOT
    guard
      let diagram = isDOT ? Diagram(dot: piece.text) : Diagram(mermaid: piece.text)
    else {
      return assessment(Judgement(.review, nil, "the diagram could not be read"))
    }
    var labels: [String: String] = [:]
    for node in diagram.nodes { labels[node.id] = "\(node.label)" }
    func text(_ id: String) -> String { labels[id].flatMap { $0.isEmpty ? nil : $0 } ?? id }
    // Every way through the graph from a node without arrows into it; bounded.
    let targets = Set(diagram.edges.map(\.to))
    let starts = diagram.nodes.map(\.id).filter { !targets.contains($0) }
    var paths: [[Set<FrameworkRole>]] = []
    var open: [(String, [Set<FrameworkRole>], Set<String>)] = starts.map {
      ($0, [FrameworkRole.roles(in: text($0))], [$0])
    }
    while let (node, stations, seen) = open.popLast(), paths.count < 200, open.count < 1000 {
      let edges = diagram.edges.filter { $0.from == node && !seen.contains($0.to) }
      if edges.isEmpty { paths.append(stations) }
      for edge in edges {
        var next = stations
        if !edge.label.isEmpty { next.append(FrameworkRole.roles(in: edge.label)) }
        next.append(FrameworkRole.roles(in: text(edge.to)))
        open.append((edge.to, next, seen.union([edge.to])))
      }
    }
    return assessment(verdict(of: paths))
  }

  // MARK: - The verdict on paths

  private struct Judgement {
    var verdict: Verdict
    var mistake: String?
    var reason: String

    init(_ verdict: Verdict, _ mistake: String?, _ reason: String) {
      self.verdict = verdict
      self.mistake = mistake
      self.reason = reason
    }

    static let right = Judgement(
      .correct, nil, "encoder, draw of the latent variable and decoder are there")
  }

  private func verdict(of paths: [[Set<FrameworkRole>]]) -> Judgement {
    let judgement = strictVerdict(of: paths)
    let isKnown = paths.joined().allSatisfy { !$0.isEmpty }
    if judgement.verdict == .incorrect, !isKnown {
      return Judgement(.review, judgement.mistake, "a station of the drawing was not recognised")
    }
    return judgement
  }

  private func strictVerdict(of paths: [[Set<FrameworkRole>]]) -> Judgement {
    let all = paths.joined().reduce(into: Set<FrameworkRole>()) { $0.formUnion($1) }
    let main = paths.filter { $0.first?.isDisjoint(with: [.noise]) ?? false }
    let encoding: Set<FrameworkRole> = [.encoder, .encoderDensity, .mean, .spread]
    let decoding: Set<FrameworkRole> = [.decoder, .decoderDensity]
    for path in main {
      let encoder = path.firstIndex { !$0.isDisjoint(with: [.encoder, .encoderDensity]) }
      let decoder = path.firstIndex { !$0.isDisjoint(with: decoding) }
      if let encoder, let decoder, decoder < encoder {
        return Judgement(.incorrect, "reversed-arrows", "encoder and decoder are exchanged")
      }
    }
    guard !all.isDisjoint(with: encoding) else {
      return Judgement(.review, nil, "no encoder was recognised")
    }
    let hasDecoder = main.contains { path in
      path.contains { !$0.isDisjoint(with: decoding) }
    }
    guard hasDecoder else {
      return Judgement(
        .incorrect, "missing-decoder", "there is no decoder behind the latent variable")
    }
    let isDrawn = all.contains(.sampling) || all.contains(.noise)
    guard isDrawn else {
      if all.contains(.encoderDensity) || all.contains(.mean) {
        return Judgement(
          all.contains(.encoderDensity) ? .review : .incorrect, "missing-sampling",
          "it is not said that the latent variable is drawn")
      }
      return Judgement(
        .incorrect, "missing-sampling",
        "the latent variable is the encoder's output: nothing is drawn")
    }
    let hasParameters =
      all.contains(.encoderDensity) || all.contains(.mean) && all.contains(.spread)
    guard hasParameters else {
      return Judgement(
        .incorrect, all.contains(.mean) ? "missing-sigma" : "missing-parameters",
        "the encoder does not give the mean and the spread of the latent variable")
    }
    return .right
  }

  // MARK: - Sampling statements

  /// Judges `z \sim q(z \mid x)`, `x \sim p(x \mid z)` and maps with noise, wherever they stand.
  private func judgedByStatements(_ statements: [(Int, Statement)]) -> Assessment {
    let draws = FrameworkRole.draws(in: answer.text)
    if draws.contains(.latentFromDecoder), draws.contains(.observationFromEncoder) {
      return assessment(
        Judgement(.incorrect, "reversed-arrows", "encoder and decoder are exchanged"))
    }
    var isLatentDrawn = draws.contains(.latentFromEncoder)
    let isObservationDrawn = draws.contains(.observationFromDecoder)
    var hasDecoder = false
    for (index, statement) in statements {
      let item = answer.items[index]
      let source = answer.source(of: statement.range, in: item)
      let roles = FrameworkRole.roles(in: source)
      if roles.contains(.noise), roles.contains(.mean), roles.contains(.spread) {
        isLatentDrawn = true
      }
      if roles.contains(.decoderDensity) || roles.contains(.reconstruction) { hasDecoder = true }
    }
    if isLatentDrawn && (isObservationDrawn || hasDecoder) {
      return assessment(.right, place: nil, item: nil)
    }
    if answer.hasPicture {
      return assessment(Judgement(.review, "picture", "the model is a picture; a person decides"))
    }
    if answer.text.allSatisfy(\.isWhitespace) {
      return Assessment(
        criterion: criterion.criterion.id, verdict: .missing, credit: 0,
        possible: criterion.criterion.points, reason: "The part is empty.")
    }
    return assessment(
      Judgement(.review, "prose", "the model is described in words; a person decides"))
  }

  private func assessment(
    _ judgement: Judgement, place range: SourceRange? = nil, item index: Int? = nil
  ) -> Assessment {
    let credit: Double? = judgement.verdict == .review ? nil : judgement.verdict == .correct ? 1 : 0
    var assessment = Assessment(
      criterion: criterion.criterion.id, verdict: judgement.verdict, credit: credit,
      possible: criterion.criterion.points,
      mistakes: judgement.mistake.map { [$0] } ?? [],
      reason: judgement.reason.capitalisedFirst + ".")
    if let range, let index {
      let item = answer.items[index]
      let text = answer.source(of: range, in: item)
      assessment.read = [
        Reading(place: answer.place(of: range.lower, in: item), text: text, understood: text)
      ]
    }
    return assessment
  }
}

extension Passage.Piece {
  /// Whether a drawing is in DOT: `digraph { ... }`, and not `graph LR` of Mermaid.
  fileprivate var isDOT: Bool {
    let words = text.split { $0.isWhitespace || "{;".contains($0) }
    guard let graph = words.firstIndex(where: { $0.hasSuffix("graph") && !$0.hasPrefix("sub") })
    else { return false }
    if words[graph] == "digraph" || words[graph] == "strict" { return true }
    let next = words.dropFirst(graph + 1).first.map(String.init) ?? ""
    return text.contains("{") && !["TD", "TB", "LR", "RL", "BT"].contains(next)
  }
}
