struct Diagram { struct Edge { var from: String; var to: String; var label: String }
 struct Vertex { var id: String; var label: String }
 var nodes: [Vertex]; var edges: [Edge]; init?(mermaid: String) { return nil }; init?(dot: String) { return nil } }
