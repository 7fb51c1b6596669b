import Homework
import Reports
import Testing

struct GradingSummaryTests {
  @Test func `A table of students and criteria with a legend and counts`() throws {
    try expectSnapshot(
      GradingSummary.text(Samples.graded, unchanged: 1, faults: 3), "summary.txt")
  }

  @Test func `Only the first students are in the table of a large course`() {
    let cards = (0..<100).map { number in
      GradedScorecard(
        scorecard: Scorecard(
          assignment: "hw", student: "s\(number)", assessments: [Samples.framework]))
    }
    let lines = GradingSummary.text(cards, mostRows: 2)
    #expect(
      lines == """
        student  1  score
        s0       ?  0 to 3 of 3
        s1       ?  0 to 3 of 3
        and 98 more; 'gradus scores' lists all

        1  q1.a  3

        \u{2713} correct  \u{BD} partial  \u{2717} incorrect  \u{2013} missing  ? review  \
        * by hand  ! the grader failed

        100 submissions, 100 answers to review

        """)
  }

  @Test func `Without submissions there is no table`() {
    #expect(GradingSummary.text([]) == "no submissions\n")
  }
}
