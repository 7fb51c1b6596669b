public import Notation
extension Expression { public var latex: String { description } }
extension Statement { public var latex: String { "" } }
