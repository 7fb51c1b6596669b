import Notation
import Semantics
import Testing

/// How answers number the steps of an episode.
struct EpisodeNumberingTests {
  private func numbering(_ formula: String) -> EpisodeNumbering {
    let reader = Reader(names: Vocabulary(field: .episodicMDP).names)
    let statements = reader.formula(formula).statements
    return EpisodeNumbering(
      of: statements.flatMap { [$0.first].compactMap { $0 } + $0.links.map(\.expression) })
  }

  @Test(arguments: [
    (#"\sum_t r_t \nabla\log\pi(a_t|s_t)"#, 0, 0, false),
    (#"\sum_t r_{t+1} \nabla\log\pi(a_t|s_t)"#, 0, 1, false),
    (#"\sum_{t=1}^T r_t \nabla\log\pi(a_t|s_t)"#, 1, 0, false),
    (#"\sum_{t=0}^{T-1} (\sum_{k=t}^{T} r_k) \nabla\log\pi(a_t|s_t)"#, 0, 0, false),
    (#"\sum_{t=0}^{T-1} (\sum_{k=t+1}^{T} r_k) \nabla\log\pi(a_t|s_t)"#, 0, 1, true),
    (
      #"\sum_{t=0}^{T-1} (\sum_{k=t+1}^{T} \gamma^{k-t-1} r_k) \nabla\log\pi(a_t|s_t)"#, 0, 1, false
    ),
    (#"\sum_{t} (\sum_{k=0}^{\infty} r_{t+k+1}) \nabla\log\pi(a_t|s_t)"#, 0, 1, false),
    (#"\sum_{t} (\sum_{k=1}^{\infty} r_{t+k}) \nabla\log\pi(a_t|s_t)"#, 0, 1, false),
    (#"\sum_{t} (r_t + \gamma r_{t+1}) \nabla\log\pi(a_t|s_t)"#, 0, 0, false),
  ])
  func `The first step and the lag of rewards are found`(
    formula: String, first: Int, lag: Int, isOpen: Bool
  ) {
    let found = numbering(formula)
    #expect(found.firstStep == first)
    #expect(found.rewardLag == lag)
    #expect(found.isLagOpen == isOpen)
  }

  @Test func `Sums that begin at different steps are not decided`() {
    let mixed =
      #"\sum_{t=0}^T G_t \nabla\log\pi(a_t|s_t) + \sum_{t=1}^T G_t \nabla\log\pi(a_t|s_t)"#
    #expect(numbering(mixed).isFirstStepOpen)
    #expect(!numbering(#"\sum_{t=0}^T G_t \nabla\log\pi(a_t|s_t)"#).isFirstStepOpen)
  }

  @Test func `A capital reward at the step of its action may be a return`() {
    #expect(numbering(#"\sum_t R_t \nabla\log\pi(a_t|s_t)"#).isReturnOpen)
    #expect(!numbering(#"\sum_t R_{t+1} \nabla\log\pi(a_t|s_t)"#).isReturnOpen)
    #expect(!numbering(#"\sum_t r_t \nabla\log\pi(a_t|s_t)"#).isReturnOpen)
  }
}
