import Glibc

/// An open file or folder, closed with the value.
struct Descriptor: ~Copyable {
  let number: Int32

  /// Opens an entry of a folder without following a link, waiting for a pipe or leaking the
  /// descriptor to other programs.
  init?(_ name: String, in folder: Int32 = AT_FDCWD, flags: Int32 = 0) {
    let number = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | flags)
    guard number >= 0 else { return nil }
    self.number = number
  }

  deinit { close(number) }

  /// What is open.
  var entry: Entry {
    var status = stat()
    guard fstat(number, &status) == 0 else { return Entry(kind: .other, size: 0) }
    return Entry(status)
  }

  /// Reads to the end, but at most `limit + 1` bytes; `nil` if reading fails.
  func bytes(limit: Int) -> [UInt8]? {
    var all: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while all.count <= limit {
      let count = Glibc.read(number, &block, min(block.count, limit + 1 - all.count))
      if count < 0 {
        if errno == EINTR { continue }
        return nil
      }
      if count == 0 { break }
      all.append(contentsOf: block[..<count])
    }
    return all
  }

  /// The names in this folder in order of their bytes, at most `limit` of them; `nil` for a name
  /// that is not UTF-8 or holds control characters.
  func names(limit: Int) -> [String?] {
    let copy = fcntl(number, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { return [] }
    guard let listing = fdopendir(copy), let offset = MemoryLayout<dirent>.offset(of: \.d_name)
    else {
      close(copy)
      return []
    }
    defer { closedir(listing) }
    var names: [[UInt8]] = []
    while names.count < limit, let entry = readdir(listing) {
      let name = (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
      let bytes = Array(UnsafeRawBufferPointer(start: name, count: Int(strlen(name))))
      if bytes != [0x2E], bytes != [0x2E, 0x2E] { names.append(bytes) }
    }
    names.sort { $0.lexicographicallyPrecedes($1) }
    return names.map { bytes in
      let isPlain = bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
      return isPlain ? String(validating: bytes, as: UTF8.self) : nil
    }
  }
}

/// What stands behind a name.
struct Entry {
  enum Kind {
    case file, folder, link, other
  }

  var kind: Kind
  var size: Int

  init(kind: Kind, size: Int) {
    self.kind = kind
    self.size = size
  }

  fileprivate init(_ status: stat) {
    size = Int(status.st_size)
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .other
      }
  }

  /// Looks at a name in a folder without opening it; `nil` if it is gone.
  init?(_ name: String, in folder: Int32 = AT_FDCWD) {
    var status = stat()
    guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
    self.init(status)
  }

  /// Why the entry is not read, if it is neither a file nor a folder.
  var refusal: String? {
    switch kind {
    case .file, .folder: nil
    case .link: "symbolic links are not followed; hand in the file itself"
    case .other: "devices, pipes and sockets are not read; hand in a file"
    }
  }
}
