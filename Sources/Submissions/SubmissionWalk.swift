import Glibc
import Homework

/// Reads one submission, from its folder or its single file.
struct SubmissionWalk {
  private let path: String
  private(set) var files: [SubmissionFile] = []
  private(set) var faults: [Fault] = []
  /// Files that only a person can read; they matter if there is nothing else.
  private var documents: [Fault] = []
  private var bytesLeft = SubmissionReader.largestSubmission
  private var entriesLeft = SubmissionReader.mostEntries

  init(path: String) {
    self.path = path
  }

  mutating func read() {
    let name = String(path.split(separator: "/").last ?? "")
    guard let entry = Entry(path) else {
      add("no such file or folder", at: path)
      return
    }
    switch entry.kind {
    case .folder:
      guard let folder = Descriptor(path, flags: O_DIRECTORY) else {
        add("no permission to look into the folder", at: path)
        return
      }
      readFolder(folder, prefix: "", depth: 0)
    case .file, .link, .other:
      readFile(path, name: name, in: AT_FDCWD, entry: entry)
    }
    if files.isEmpty { faults += documents }
    if files.isEmpty, faults.isEmpty {
      add("nothing to grade; hand in a .md, .tex, .txt or .py file", at: path)
    }
  }

  private mutating func add(_ message: String, at file: String) {
    faults.append(Fault(at: Place(file: file, line: 1, column: 1), message))
  }

  private mutating func readFolder(_ folder: borrowing Descriptor, prefix: String, depth: Int) {
    for name in folder.names(limit: SubmissionReader.mostEntries + 1) {
      guard let name else {
        add("a name that is not UTF-8 or holds control characters; rename the file", at: path)
        continue
      }
      if FileKind.isHidden(name) { continue }
      entriesLeft -= 1
      if entriesLeft == -1 {
        add("more than \(SubmissionReader.mostEntries) entries; the rest is not read", at: path)
      }
      guard entriesLeft >= 0, let entry = Entry(name, in: folder.number) else { continue }
      guard entry.kind == .folder else {
        readFile(name, name: prefix + name, in: folder.number, entry: entry)
        continue
      }
      let place = "\(path)/\(prefix)\(name)"
      if depth == SubmissionReader.deepestFolder {
        add("folders are nested too deep; this one is not read", at: place)
      } else if let inner = Descriptor(name, in: folder.number, flags: O_DIRECTORY) {
        readFolder(inner, prefix: prefix + name + "/", depth: depth + 1)
      } else {
        add("no permission to look into the folder", at: place)
      }
    }
  }

  private mutating func readFile(_ file: String, name: String, in folder: Int32, entry: Entry) {
    let place = folder == AT_FDCWD ? path : "\(path)/\(name)"
    if let refusal = entry.refusal { return add(refusal, at: place) }
    let kind = FileKind(name: name)
    switch kind {
    case .answer: break
    case .notebook:
      return add("notebooks are not supported; \(Self.remedy)", at: place)
    case .document:
      let ending = FileKind.ending(of: name).lowercased()
      let start = Place(file: place, line: 1, column: 1)
      documents.append(Fault(at: start, "'.\(ending)' is not supported; \(Self.remedy)"))
      return
    case .companion:
      if entry.size > SubmissionReader.largestFile { add(tooLarge(entry.size), at: place) }
      return
    }
    if entry.size > SubmissionReader.largestFile { return add(tooLarge(entry.size), at: place) }
    guard let descriptor = Descriptor(file, in: folder) else {
      return add("no permission to read it", at: place)
    }
    // Between the look and the opening the entry may have been exchanged.
    if let refusal = descriptor.entry.refusal { return add(refusal, at: place) }
    guard let bytes = descriptor.bytes(limit: SubmissionReader.largestFile) else {
      return add("cannot be read", at: place)
    }
    if bytes.count > SubmissionReader.largestFile { return add(tooLarge(bytes.count), at: place) }
    if bytes.count > bytesLeft {
      return add(
        "more than \(SubmissionReader.largestSubmission) bytes in all; this file is not read",
        at: place)
    }
    bytesLeft -= bytes.count
    let decoded = DecodedText(bytes, file: place)
    faults += decoded.faults
    if let text = decoded.text { files.append(SubmissionFile(name: name, text: text)) }
  }

  private static let remedy = "hand in a .md, .tex, .txt or .py file"

  private func tooLarge(_ size: Int) -> String {
    "file has \(size) bytes, but at most \(SubmissionReader.largestFile) are read"
  }
}
