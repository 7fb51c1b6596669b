import Submissions
import Testing

struct AuthorSplitterTests {
  private let document = """
    # Homework
    ## Question 1. First
    The question.
    # SOLUTION:
    ### **BING AI:**
    a) one
    # ChatGPT:
    ```
    # Bard
    ```
    two
    **Bard**
    three
    # Question 2. Second
    The question.
    #### bing-ai
    four
    """

  @Test func `Sections are joined below the headings of their questions`() {
    let sections = AuthorSplitter.split(document, authors: ["bing-ai", "Bard", "chatgpt", "none"])
    #expect(sections.map(\.author) == ["bing-ai", "Bard", "chatgpt"])
    #expect(
      sections.map(\.text) == [
        "## Question 1. First\n\na) one\n\n# Question 2. Second\n\nfour\n",
        "## Question 1. First\n\nthree\n",
        "## Question 1. First\n\n```\n# Bard\n```\ntwo\n",
      ])
  }

  @Test func `A document without authors has no sections`() {
    #expect(AuthorSplitter.split("", authors: ["a"]).isEmpty)
    #expect(AuthorSplitter.split("text", authors: []).isEmpty)
  }
}
