import Homework
import Reports
import Testing

struct ScoresTests {
  private let rows = [
    ScoreRow(
      assignment: "hw", student: "alice", score: Points(hundredths: 1100),
      pending: Points(hundredths: 600), possible: Points(hundredths: 3000)),
    ScoreRow(
      assignment: "hw", student: "\u{738B}\u{5C0F}\u{660E}", attempt: 2,
      score: Points(hundredths: 2950), pending: .zero, possible: Points(hundredths: 3000),
      manualMarks: 1),
    ScoreRow(
      assignment: "hw", student: "=cmd|' /C calc'!A0,\"x\"", attempt: 0, score: .zero,
      pending: Points(hundredths: 3000), possible: Points(hundredths: 3000), manualMarks: 2,
      failure: "out of\nmemory\u{1B}[2J"),
  ]

  @Test func `The table has aligned columns and scores as ranges`() {
    #expect(
      ScoresTable.text(rows)
        == """
        assignment  student                 score           notes
        hw          alice                   11 to 17 of 30
        hw          \u{738B}\u{5C0F}\u{660E}                  29.5 of 30      \
        attempt 2; 1 mark by hand
        hw          =cmd|' /C calc'!A0,"x"  0 to 30 of 30   \
        2 marks by hand; the grader failed: out of\\nmemory\\u{1B}[2J

        """)
    #expect(ScoresTable.text([]) == "no scores\n")
  }

  @Test func `CSV is quoted and free of formulas`() {
    #expect(
      ScoresCSV.text(rows) == """
        assignment,student,attempt,score,pending,possible,manual_marks,failure\r
        hw,alice,1,11,6,30,0,\r
        hw,\u{738B}\u{5C0F}\u{660E},2,29.5,0,30,1,\r
        hw,"'=cmd|' /C calc'!A0,""x\""",0,0,30,30,2,"out of\\nmemory\\u{1B}[2J"\r

        """)
  }

  @Test(arguments: [
    ("a", "a"), ("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\t=1", "\\t=1"),
    ("\r=1", "\\r=1"), (" =1", "\"' =1\""), ("a=1", "a=1"), ("a\"b", "\"a\"\"b\""),
    ("a;b", "\"a;b\""), ("\u{FF1D}1", "'\u{FF1D}1"), ("", ""),
  ])
  func `A cell is text and nothing else`(student: String, cell: String) {
    let row = ScoreRow(
      assignment: "hw", student: student, score: .zero, pending: .zero, possible: .zero)
    #expect(ScoresCSV.text([row]).split(separator: "\r\n")[1] == "hw,\(cell),1,0,0,0,0,")
  }

  @Test func `Canvas gets no score that is pending`() {
    #expect(
      CanvasCSV.text(rows, title: "Homework 1 (4711)") == """
        Student,ID,SIS User ID,SIS Login ID,Section,"Homework 1 (4711)"\r
            Points Possible,,,,,30\r
        alice,,,alice,,\r
        \u{738B}\u{5C0F}\u{660E},,,\u{738B}\u{5C0F}\u{660E},,29.5\r
        "'=cmd|' /C calc'!A0,""x\""",,,"'=cmd|' /C calc'!A0,""x\""",,\r

        """)
  }

  @Test func `JSON has an object a score`() throws {
    let text = ScoresJSON.text(rows)
    let objects = try #require(try JSONValue(json: text).array)
    #expect(
      objects[0].description == """
        {"assignment": "hw", "student": "alice", "attempt": 1, "score": 11, "pending": 6, \
        "possible": 30, "manual_marks": 0, "failure": null}
        """)
    #expect(objects.map { $0["student"]?.string } == rows.map(\.student))
    #expect(objects[2]["failure"]?.string == "out of\nmemory\u{1B}[2J")
    #expect(ScoresJSON.text([]) == "[]\n")
  }
}
