import Homework

/// What is wrong with the arguments or the files of a command, as facts.
enum CommandFault: Error {
  /// Neither the rubric's folder nor the working directory has the schema.
  case noSchema(rubric: String)
  /// The rubric has no such criterion.
  case unknownCriterion(String, rubric: String, known: [String])
  /// The assignment has no such criterion.
  case noCriterion(String, assignment: String, known: [String])
  /// The student has no such assignment.
  case unknownAssignment(String, student: String, known: [String])
  /// More points are given by hand than a criterion has.
  case tooManyPoints(Points, criterion: String, possible: Points)
  /// A folder of submissions holds none.
  case noSubmissions(folder: String)
  /// There is no submission of a student who was asked for.
  case unknownStudent(String, folder: String)
  /// A document has no section of authors who were named.
  case noSections(file: String, authors: [String])
  /// A file that would be written is there already.
  case alreadyThere(path: String)
  /// The gradebook has several assignments and none was named.
  case severalAssignments(String, [String])
  /// A file cannot be read.
  case unreadable(path: String, reason: String)
  /// A file cannot be written.
  case unwritable(path: String)
  /// Lines of standard input are not requests; they have been answered with an error.
  case badLines(Int)
  /// Formulas could not be read; each has been reported.
  case badFormulas
  /// Sample answers of a rubric got another verdict; each has been reported.
  case failedSamples(Int, of: Int)
  /// The grader failed on submissions; each has been reported.
  case failedSubmissions(Int, of: Int)
}

extension CommandFault: CommandError {
  var status: Int32 {
    switch self {
    case .noSchema, .noSubmissions, .unreadable, .unwritable, .alreadyThere,
      .failedSubmissions:
      ExitStatus.failed
    case .unknownCriterion, .noCriterion, .unknownAssignment, .tooManyPoints, .unknownStudent,
      .noSections, .severalAssignments, .badLines,
      .badFormulas,
      .failedSamples:
      ExitStatus.refused
    }
  }

  var description: String {
    switch self {
    case .noSchema(let rubric):
      "\(rubric): error: there is no 'rubric.xsd' beside the rubric or in the folder 'rubrics';"
        + " copy the schema of the rubrics there"
    case .unknownCriterion(let id, let rubric, let known):
      "\(rubric): error: there is no criterion '\(id)'; it has "
        + known.map { "'\($0)'" }.joined(separator: ", ")
    case .noCriterion(let id, let assignment, let known):
      "error: there is no criterion '\(id)' in assignment '\(assignment)'; it has "
        + known.map { "'\($0)'" }.joined(separator: ", ")
    case .unknownAssignment(let id, let student, let known):
      "error: there is no assignment '\(id)' of '\(student)'; there is "
        + known.map { "'\($0)'" }.joined(separator: ", ")
    case .tooManyPoints(let points, let criterion, let possible):
      "error: '\(criterion)' has \(possible) points, found \(points); give at most \(possible)"
    case .noSubmissions(let folder):
      "\(folder): error: there are no submissions here; expected one folder or one file a student"
    case .unknownStudent(let student, let folder):
      "\(folder): error: there is no submission of '\(student)'"
    case .noSections(let file, let authors):
      "\(file): error: there is no heading of "
        + authors.map { "'\($0)'" }.joined(separator: ", ") + "; nothing was written"
    case .alreadyThere(let path):
      "\(path): error: the file is there already; nothing was written"
    case .severalAssignments(let student, let known):
      "error: '\(student)' has several assignments; name one with --assignment: "
        + known.joined(separator: ", ")
    case .unreadable(let path, let reason): "\(path): error: \(reason)"
    case .unwritable(let path):
      "\(path): error: the file cannot be written; is the folder there, and writable?"
    case .badLines(let count):
      "error: \(count) \(count == 1 ? "line is" : "lines are") no request; see the answers"
    case .badFormulas: ""
    case .failedSamples(let count, let all):
      "error: \(count) of \(all) sample answers got another verdict than the rubric expects"
    case .failedSubmissions(let count, let all):
      "error: the grader failed on \(count) of \(all) submissions; their earlier scores stay"
    }
  }
}
