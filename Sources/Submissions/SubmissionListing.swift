import Glibc
import Homework

/// The entries of a folder of submissions, one a student.
struct SubmissionListing {
  private let folder: String
  private(set) var sources: [SubmissionSource] = []
  /// The number of the source of each key.
  private var numbers: [String: Int] = [:]

  init(folder: String) throws(SubmissionFolderError) {
    self.folder = folder
    // A link to the folder is the user's own and is followed: the slash makes it so.
    guard let descriptor = Descriptor(folder + "/", flags: O_DIRECTORY) else {
      let reason =
        switch errno {
        case ENOENT: "no such folder; give the folder that holds the submissions"
        case ENOTDIR: "not a folder; give the folder that holds the submissions"
        case EACCES: "no permission to list it"
        default: String(cString: strerror(errno)).lowercased()
        }
      throw SubmissionFolderError(path: folder, reason: reason)
    }
    var unnamed = 0
    for name in descriptor.names(limit: .max) {
      guard let name else {
        unnamed += 1
        addUnnamed(number: unnamed)
        continue
      }
      guard !FileKind.isHidden(name), let entry = Entry(name, in: descriptor.number) else {
        continue
      }
      add(name, entry)
    }
    markCaseDuplicates()
    sources.sort { $0.student.utf8.lexicographicallyPrecedes($1.student.utf8) }
  }

  private func path(_ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  private mutating func addUnnamed(number: Int) {
    let key = "unnamed-\(number)"
    let fault = Fault(
      at: Place(file: folder, line: 1, column: 1),
      "a name that is not UTF-8 or holds control characters; rename the entry")
    sources.append(
      SubmissionSource(student: key, path: path(key), faults: [fault], isReadable: false))
  }

  private mutating func add(_ name: String, _ entry: Entry) {
    var key = name
    if entry.kind != .folder {
      let isLarge = entry.size > SubmissionReader.largestFile
      if entry.kind == .file, !isLarge, FileKind(name: name) == .companion { return }
      key = FileKind.stem(of: name)
    }
    let start = Place(file: path(name), line: 1, column: 1)
    if let number = numbers[key] {
      let fault = Fault(
        at: start,
        "a second submission beside '\(sources[number].name)', which alone is read; keep one")
      sources[number] = sources[number].adding(fault)
      return
    }
    numbers[key] = sources.count
    let faults = entry.refusal.map { [Fault(at: start, $0)] } ?? []
    sources.append(
      SubmissionSource(
        student: key, path: path(name), faults: faults, isReadable: faults.isEmpty))
  }

  private mutating func markCaseDuplicates() {
    var groups: [String: [Int]] = [:]
    for (index, source) in sources.enumerated() {
      groups[source.student.lowercased(), default: []].append(index)
    }
    for index in sources.indices {
      let group = groups[sources[index].student.lowercased()] ?? []
      guard let other = group.first(where: { $0 != index }) else { continue }
      let fault = Fault(
        at: Place(file: sources[index].path, line: 1, column: 1),
        "differs from '\(sources[other].student)' in case only; keep one if they are the same")
      sources[index] = sources[index].adding(fault)
    }
  }
}
