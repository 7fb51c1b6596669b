import GRDB

/// The tables of the gradebook as named migrations.
///
/// A migration that has been released is never edited; a change is a new migration after it.
enum Schema {
  /// The application id of SQLite files that are gradebooks: `GRAD` in ASCII.
  static let applicationID = 0x4752_4144

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for (name, sql) in migrations {
      migrator.registerMigration(name) { try $0.execute(sql: sql) }
    }
    return migrator
  }

  private static let migrations = [("create the gradebook", gradebook)]

  /// The tables of the first version.
  ///
  /// Points are whole hundredths. A criterion that has left the rubric has no position: its marks
  /// stay, and do not count.
  private static let gradebook = """
    PRAGMA application_id = \(applicationID);

    CREATE TABLE students (
      id TEXT PRIMARY KEY NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE assignments (
      id TEXT PRIMARY KEY NOT NULL,
      title TEXT NOT NULL,
      rubric_hash TEXT NOT NULL,
      attempts TEXT NOT NULL CHECK (attempts IN ('latest', 'best')),
      possible INTEGER NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE criteria (
      id INTEGER PRIMARY KEY,
      assignment TEXT NOT NULL REFERENCES assignments,
      key TEXT NOT NULL,
      position INTEGER,
      title TEXT NOT NULL,
      possible INTEGER NOT NULL CHECK (possible BETWEEN 0 AND 100000000),
      UNIQUE (assignment, key)
    );

    CREATE TABLE runs (
      id INTEGER PRIMARY KEY,
      assignment TEXT NOT NULL REFERENCES assignments,
      grader_version TEXT NOT NULL,
      rubric_hash TEXT NOT NULL,
      started TEXT NOT NULL
    );

    CREATE TABLE submissions (
      id INTEGER PRIMARY KEY,
      assignment TEXT NOT NULL REFERENCES assignments,
      student TEXT NOT NULL REFERENCES students,
      attempt INTEGER NOT NULL CHECK (attempt > 0),
      content_hash TEXT NOT NULL,
      run INTEGER NOT NULL REFERENCES runs,
      UNIQUE (assignment, student, attempt)
    );
    CREATE INDEX submissions_by_student ON submissions (student);

    CREATE TABLE results (
      submission INTEGER NOT NULL REFERENCES submissions ON DELETE CASCADE,
      criterion INTEGER NOT NULL REFERENCES criteria,
      verdict TEXT NOT NULL
        CHECK (verdict IN ('correct', 'partial', 'incorrect', 'missing', 'review')),
      credit REAL CHECK (credit BETWEEN 0 AND 1),
      points INTEGER NOT NULL CHECK (points BETWEEN 0 AND possible),
      possible INTEGER NOT NULL CHECK (possible BETWEEN 0 AND 100000000),
      mistakes TEXT NOT NULL,
      reason TEXT NOT NULL,
      detail TEXT NOT NULL,
      PRIMARY KEY (submission, criterion)
    ) WITHOUT ROWID;

    CREATE TABLE overrides (
      student TEXT NOT NULL REFERENCES students,
      criterion INTEGER NOT NULL REFERENCES criteria,
      points INTEGER NOT NULL CHECK (points BETWEEN -100000000 AND 100000000),
      who TEXT NOT NULL,
      made TEXT NOT NULL,
      why TEXT NOT NULL,
      PRIMARY KEY (student, criterion)
    ) WITHOUT ROWID;

    CREATE TABLE failures (
      run INTEGER NOT NULL REFERENCES runs,
      student TEXT NOT NULL REFERENCES students,
      message TEXT NOT NULL,
      PRIMARY KEY (run, student)
    ) WITHOUT ROWID;
    CREATE INDEX failures_by_student ON failures (student);
    """
}

extension String {
  /// The text as SQLite can give it back: U+2400 stands for NUL, at which C strings end.
  var stored: String {
    utf8.contains(0) ? String(map { $0 == "\0" ? "\u{2400}" : $0 }) : self
  }
}
