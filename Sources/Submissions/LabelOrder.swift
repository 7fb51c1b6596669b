/// Decides which of the labels found are meant as labels, from their order and their marks.
struct LabelOrder {
  private typealias Mark = LabelledFile.Mark
  private typealias Cut = LabelledFile.Cut

  /// A stretch under one question heading, or before any.
  private struct Region {
    var question: FoundLabel.Question
    /// The labels of parts, with the number of their file.
    var marks: [(file: Int, mark: Mark)] = []
    /// Numbers that may stand for the letters of parts.
    var ordinals: [(file: Int, mark: Mark)] = []
    /// How many labels stand before each heading that says no more than `Solution`.
    var beginnings: [Int] = []
  }

  /// Where the parts begin, for each file.
  private(set) var cuts: [[LabelledFile.Cut]]
  private let table: LabelTable

  init(table: LabelTable, files: [LabelledFile]) {
    self.table = table
    cuts = files.map { _ in [] }
    let regions = regions(files).map(withoutQuestionText)
    var headed: Set<Int> = []
    for case .known(let question) in regions.map(\.question) { headed.insert(question) }
    for region in regions {
      if case .known(let question) = region.question { cut(region.marks, among: [question]) }
    }
    let unheaded = regions.filter { $0.question == .none }.flatMap(\.marks)
    cut(unheaded, among: table.questions.indices.filter { !headed.contains($0) })
    cutAtOrdinals(regions, files)
    for file in cuts.indices { cuts[file].sort { $0.mark.start < $1.mark.start } }
  }

  // MARK: - Questions

  /// Splits the labels at the headings of questions and makes the cuts there.
  private mutating func regions(_ files: [LabelledFile]) -> [Region] {
    let labels = files.flatMap(\.marks).map(\.label)
    let hasWords = labels.contains { $0.question != .none && !$0.isBare }
    let hasParts = files.flatMap(\.marks).contains {
      $0.label.part != nil && !$0.label.isInBrackets && !$0.isInTable
    }
    var strongest: [String: LabelScanner.Rank] = [:]
    for label in labels {
      if let part = label.part { strongest[part] = max(strongest[part] ?? .indented, label.rank) }
    }
    var regions: [Region] = []
    for (number, file) in files.enumerated() {
      regions.append(Region(question: .none))
      for mark in file.marks {
        var label = mark.label
        if hasWords, label.isBare { continue }
        // The number of an equation, and a table inside an answer.
        if hasParts, label.isInBrackets || mark.isInTable { continue }
        if label.isBeginning {
          regions[regions.count - 1].beginnings.append(regions[regions.count - 1].marks.count)
          continue
        }
        if label.ordinal != nil {
          regions[regions.count - 1].ordinals.append((number, mark))
          continue
        }
        if let part = label.part, label.question == .none, label.rank >= .marked,
          label.rank == strongest[part], table.questions.count > 1,
          let question = table.onlyQuestion(withPart: part), part.count > 1
        {
          label.question = .known(question)
        }
        var found = mark
        found.label = label
        guard label.question != .none else {
          regions[regions.count - 1].marks.append((number, found))
          continue
        }
        if regions.last?.question != label.question || label.part == nil {
          regions.append(Region(question: label.question))
        }
        if label.part == nil {
          add(found, to: number, question: label.question.index)
        } else {
          regions[regions.count - 1].marks.append((number, found))
        }
      }
    }
    if table.questions.count == 1 {
      for index in regions.indices where regions[index].question == .none {
        regions[index].question = .known(0)
      }
    }
    return regions
  }

  /// Leaves out the labels of the question's own text, if it is copied whole above the one heading
  /// `Solution`.
  private func withoutQuestionText(_ region: Region) -> Region {
    guard case .known(let question) = region.question, region.beginnings.count == 1,
      table.questions[question].parts.count > 1
    else { return region }
    let before = region.marks.prefix(region.beginnings[0]).map(\.mark.label.part)
    guard before == table.questions[question].parts else { return region }
    var rest = region
    rest.marks.removeFirst(before.count)
    return rest
  }

  private mutating func add(_ mark: Mark, to file: Int, question: Int?) {
    cuts[file].append(Cut(mark: mark, question: question, part: mark.label.part))
  }

  // MARK: - Parts

  private mutating func cut(_ all: [(file: Int, mark: Mark)], among questions: [Int]) {
    let marks = withoutWeaker(
      all.filter { found in
        questions.contains { table.questions[$0].parts.contains(found.mark.label.part ?? "") }
      }, among: questions)
    let answers = assignment(marks.map(\.mark), among: questions)
    for (index, found) in marks.enumerated() {
      if let answers {
        guard index < answers.count else { return }
        add(found.mark, to: found.file, question: answers[index])
      } else if let question = found.mark.label.question.index {
        add(found.mark, to: found.file, question: question)
      }
    }
  }

  /// Cuts at numbers in the place of letters: `i)`, `ii)`, `iii)` or `1.1`, `1.2`, `1.3`.
  ///
  /// Only in a question without other labels, if there is one number for each part, in order, and
  /// no formula before the first: anything else may be a list in an answer without labels.
  private mutating func cutAtOrdinals(_ regions: [Region], _ files: [LabelledFile]) {
    let answered = Set(cuts.joined().filter { $0.part != nil }.map(\.question))
    for (question, parts) in table.questions.map(\.parts).enumerated()
    where !answered.contains(question) && parts.count > 1 && parts.allSatisfy({ $0.count == 1 }) {
      let marks = regions.flatMap { region in
        region.ordinals.filter { found in
          let named = found.mark.label.question
          return named == .known(question) || named == .none && region.question == .known(question)
        }
      }
      guard marks.map(\.mark.label.ordinal) == (1...parts.count).map({ $0 }),
        marks.allSatisfy({
          $0.mark.label.rank == marks[0].mark.label.rank && $0.mark.label.rank >= .plain
            && !$0.mark.isAnnounced
        })
      else { continue }
      let file = marks[0].file
      let start = marks[0].mark.start
      let heading = cuts[file].map(\.mark).filter { $0.start < start }.map(\.label.end).max() ?? 0
      guard !files[file].lines.hasFormula(min(heading, start)..<start) else { continue }
      for (found, part) in zip(marks, parts) {
        cuts[found.file].append(Cut(mark: found.mark, question: question, part: part))
      }
    }
  }

  /// Leaves out labels that are set off less than others that say the same, or out of their order.
  private func withoutWeaker(
    _ marks: [(file: Int, mark: Mark)], among questions: [Int]
  ) -> [(file: Int, mark: Mark)] {
    guard let top = marks.map(\.mark.label.strength).max() else { return [] }
    let strong = Set(marks.filter { $0.mark.label.strength == top }.compactMap(\.mark.label.part))
    func index(_ found: (file: Int, mark: Mark)) -> Int? {
      let part = found.mark.label.part ?? ""
      return questions.lazy.compactMap { table.questions[$0].parts.firstIndex(of: part) }.first
    }
    // The order in which the next strong label comes, from the end backwards.
    var next = [Int](repeating: .max, count: marks.count)
    var coming = Int.max
    for number in marks.indices.reversed() {
      next[number] = coming
      if marks[number].mark.label.strength == top { coming = index(marks[number]) ?? coming }
    }
    var kept: [(file: Int, mark: Mark)] = []
    for (number, found) in marks.enumerated() {
      if found.mark.label.strength < top {
        guard let order = index(found), !strong.contains(found.mark.label.part ?? ""),
          order < next[number], kept.last.flatMap(index).map({ $0 < order }) ?? true
        else { continue }
      }
      kept.append(found)
    }
    return kept
  }

  /// Returns the question of each label, or of the first labels if the rest is a list inside the
  /// last part; `nil` if the order can mean two things.
  private func assignment(_ marks: [Mark], among questions: [Int]) -> [Int]? {
    let labels = marks.map(\.label)
    guard let first = labels.first?.part else { return [] }
    guard var question = questions.first(where: { table.questions[$0].parts.contains(first) })
    else { return nil }
    let isHeadings = labels.allSatisfy { $0.rank == .heading }
    let isDistinct = Set(labels.map(\.part)).count == labels.count
    let isMarked = labels.allSatisfy { $0.rank >= .marked }
    // Labels in any order, unless those that go back may be a list inside a part.
    let order = labels.map { table.questions[question].parts.firstIndex(of: $0.part ?? "") ?? -1 }
    let isUnannounced = marks.indices.allSatisfy { number in
      let goesBack = number > 0 && order[number] < order[number - 1]
      return !marks[number].isAnnounced && labels[number].rank == labels[0].rank
        && (!goesBack || marks[number].followsFormula)
    }
    if questions.count(where: { !table.questions[$0].parts.isEmpty }) == 1,
      isHeadings || isDistinct && (isMarked || isUnannounced)
    {
      return labels.map { _ in question }
    }
    var answers: [Int] = []
    var run: [Int] = []
    for (number, label) in labels.enumerated() {
      let parts = table.questions[question].parts
      let index = parts.firstIndex(of: label.part ?? "")
      if let index, index > run.last ?? -1 {
        run.append(index)
      } else if let next = following(question, run, label.part, among: questions) {
        question = next
        run = [0]
      } else if run.count == parts.count, parts.count > 1,
        !parts.allSatisfy({ part in labels[number...].contains { $0.part == part } })
      {
        return answers
      } else {
        return nil
      }
      answers.append(question)
    }
    return answers
  }

  /// The question that a label begins when it starts again with the first part.
  private func following(
    _ question: Int, _ run: [Int], _ part: String?, among questions: [Int]
  ) -> Int? {
    let isFinished = run.count > 1 || run.last == table.questions[question].parts.count - 1
    guard isFinished, let next = questions.first(where: { $0 > question }) else { return nil }
    return table.questions[next].parts.first == part ? next : nil
  }
}

extension FoundLabel.Question {
  /// The number of the question, if the rubric has it.
  var index: Int? {
    if case .known(let index) = self { index } else { nil }
  }
}

extension FoundLabel {
  /// How strongly the label is set off; one with its question cannot be part of a list.
  fileprivate var strength: Int {
    question == .none ? rank.rawValue : LabelScanner.Rank.heading.rawValue
  }
}
