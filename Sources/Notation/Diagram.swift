/// A drawing as a graph: boxes and arrows.
public struct Diagram: Hashable, Sendable {
  /// A box.
  public struct Node: Hashable, Sendable {
    /// How the source names it.
    public var id: String
    /// What is written in it; the name if nothing is.
    public var label: String

    /// Creates a box.
    public init(id: String, label: String) {
      self.id = id
      self.label = label
    }
  }

  /// An arrow between two boxes.
  public struct Edge: Hashable, Sendable {
    /// The name of the box where it begins.
    public var from: String
    /// The name of the box where it ends.
    public var to: String
    /// What is written on it.
    public var label: String

    /// Creates an arrow.
    public init(from: String, to: String, label: String = "") {
      self.from = from
      self.to = to
      self.label = label
    }
  }

  /// The boxes in the order in which they occur.
  public var nodes: [Node]
  /// The arrows in the order in which they occur.
  public var edges: [Edge]

  /// Creates a drawing.
  public init(nodes: [Node], edges: [Edge]) {
    self.nodes = nodes
    self.edges = edges
  }
}

/// Collects boxes and arrows, each box once, up to a bound.
struct DiagramBuilder {
  static let mostNodes = 2000
  static let mostEdges = 10_000

  private(set) var diagram = Diagram(nodes: [], edges: [])
  private var places: [String: Int] = [:]

  mutating func node(_ id: String, label: String?) {
    guard !id.isEmpty else { return }
    if let place = places[id] {
      if let label { diagram.nodes[place].label = label }
    } else if diagram.nodes.count < Self.mostNodes {
      places[id] = diagram.nodes.count
      diagram.nodes.append(Diagram.Node(id: id, label: label ?? id))
    }
  }

  mutating func edges(from sources: [String], to targets: [String], label: String) {
    for source in sources where places[source] != nil {
      for target in targets where places[target] != nil {
        guard diagram.edges.count < Self.mostEdges else { return }
        diagram.edges.append(Diagram.Edge(from: source, to: target, label: label))
      }
    }
  }
}
