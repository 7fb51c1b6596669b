import Glibc

/// The bytes of a rubric or schema file, read with care.
enum RubricFile {
  /// The largest file that is read, in bytes.
  static let largest = 4_000_000

  /// Reads the whole file at a path; devices and pipes are refused.
  static func bytes(at path: String) throws(RubricFileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      let reason =
        switch errno {
        case ENOENT: "no such file; give the path of a rubric"
        case EACCES: "no permission to read it"
        default: String(cString: strerror(errno)).lowercased()
        }
      throw RubricFileError(path: path, reason: reason)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw RubricFileError(path: path, reason: "not a regular file; give the path of a rubric")
    }
    guard status.st_size <= largest else {
      throw RubricFileError(
        path: path, reason: "\(status.st_size) bytes, but a rubric has at most \(largest)")
    }
    return try bytes(from: descriptor, path: path)
  }

  private static func bytes(
    from descriptor: Int32, path: String
  ) throws(RubricFileError) -> [UInt8] {
    var all: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while all.count <= largest {
      let count = read(descriptor, &block, block.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw RubricFileError(path: path, reason: String(cString: strerror(errno)).lowercased())
      }
      if count == 0 { break }
      all.append(contentsOf: block[..<count])
    }
    return all
  }
}
