import Homework
import Testing

/// `gradus estimators`: what known estimators are worth.
struct EstimatorsTests {
  @Test func `Right estimators are unbiased and mistakes far from it`() throws {
    for process in 1...4 {
      let said = try Command.run("estimators", "--process", "\(process)", "--format", "json")
      #expect(said.status == 0, "\(said.errors)")
      let table = try JSONValue(json: said.output)
      let rows = table["estimators"]?.array ?? []
      #expect(rows.count == 25)
      for row in rows {
        let name = row["estimator"]?.string ?? ""
        let bias = try #require(row["relative_bias"]?.number)
        let standardized = try #require(row["standardized_bias"]?.number)
        if name.hasPrefix("estimator.") {
          #expect(standardized >= 0.1 && row["verdict"]?.string != "unbiased", "\(name)")
        } else {
          #expect(bias < 1e-12 && row["verdict"]?.string == "unbiased", "\(name)")
        }
      }
    }
  }

  @Test func `The table has a line an estimator and says which share a mean`() throws {
    let said = try Command.run("estimators")
    #expect(said.status == 0)
    let lines = said.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0].hasPrefix("process 1, discount 0.9: 254 trajectories, J = "))
    #expect(
      lines[2].split(separator: " ").map(String.init) == [
        "estimator", "bias", "bias/sd", "c", "across", "variance", "verdict", "formula",
      ])
    let sign = lines.first { $0.hasPrefix("estimator.sign ") }
    #expect(sign?.contains("proportional  -sum g^t G_t psi_t") == true)
    #expect(
      said.output.contains(
        "estimator.immediate-reward and estimator.past-rewards have the same mean; on"
          + " trajectories they differ by up to "))
  }

  @Test func `Over Gaussian noise every mistake is decided`() throws {
    let said = try Command.run("estimators", "--noise", "--format", "json")
    #expect(said.status == 0, "\(said.errors)")
    let rows = try JSONValue(json: said.output)["estimators"]?.array ?? []
    #expect(rows.count == 29)
    for row in rows {
      let name = row["estimator"]?.string ?? ""
      let bias = try #require(row["relative_bias"]?.number)
      #expect(name.hasPrefix("estimator.") ? bias > 1e-3 : bias < 1e-12, "\(name)")
    }
    let text = try Command.run("estimators", "--noise").output
    #expect(
      text.hasPrefix("z = 0.3 + 0.7 e: lower bound -2.79686, its gradient (1.44219, -1.05953)"))
  }
}
