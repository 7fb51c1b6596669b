public import Homework

/// Reads what students handed in; everything in it is hostile until shown otherwise.
///
/// Nothing that a student can place in a folder makes a function here fail, wait or leave the
/// folder: each oddity becomes a fault on that submission, and the rest is read.
public enum SubmissionReader {
  /// The largest file that is read, in bytes.
  public static let largestFile = 5_000_000
  /// The most bytes that are read of one submission.
  public static let largestSubmission = 20_000_000
  /// The most entries that are looked at in one submission.
  public static let mostEntries = 1_000
  /// The deepest folder inside a submission that is looked into.
  public static let deepestFolder = 8

  /// Lists the submissions in a folder: one folder or one file a student.
  ///
  /// Hidden files, backups (`~`) and files that hold no answers, such as pictures, are passed over.
  ///
  /// - Parameter folder: The path of the folder.
  /// - Returns: The submissions in order of the bytes of their keys. A student with two entries has
  ///   one submission with a fault; students whose keys differ in case only have one each, with a
  ///   fault.
  /// - Throws: `SubmissionFolderError` if the folder cannot be listed.
  public static func keys(in folder: String) throws -> [SubmissionSource] {
    try SubmissionListing(folder: folder).sources
  }

  /// Reads the files of a submission, in order of their names.
  ///
  /// - Parameter source: What `keys(in:)` found.
  /// - Returns: The files that could be decoded, and a fault for all else.
  public static func submission(_ source: SubmissionSource) -> Submission {
    guard source.isReadable else {
      return Submission(student: source.student, files: [], faults: source.faults)
    }
    var walk = SubmissionWalk(path: source.path)
    walk.read()
    return Submission(
      student: source.student, files: walk.files, faults: source.faults + walk.faults)
  }
}
