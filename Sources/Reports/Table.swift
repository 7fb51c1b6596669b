/// Rows of cells in aligned columns for a terminal.
package struct Table {
  /// On which side the cells of a column stand.
  package enum Alignment {
    case left
    case right
  }

  /// The heading and the alignment of each column.
  var columns: [(title: String, alignment: Alignment)]
  /// The cells; a row has as many as there are columns.
  private(set) var rows: [[String]] = []

  /// A table without rows yet.
  package init(_ columns: (title: String, alignment: Alignment)...) {
    self.columns = columns
  }

  /// Adds a row; hidden characters of its cells are written out.
  package mutating func append(_ cells: [String]) {
    rows.append(cells.map(\.visible))
  }

  /// The heading and the rows, a line each.
  package var text: String {
    let lines = [columns.map { $0.title.visible }] + rows
    let widths = columns.indices.map { column in
      lines.reduce(0) { max($0, column < $1.count ? $1[column].width : 0) }
    }
    return lines.map { line(of: $0, widths) + "\n" }.joined()
  }

  private func line(of cells: [String], _ widths: [Int]) -> String {
    var line = ""
    for (index, cell) in cells.enumerated() where index < columns.count {
      if index > 0 { line += "  " }
      let blanks = String(repeating: " ", count: widths[index] - cell.width)
      line += columns[index].alignment == .left ? cell + blanks : blanks + cell
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
