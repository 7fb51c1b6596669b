/// Hands out regions of a workspace, those given back first.
///
/// Sizes are rounded up to four steps between powers of two, so that a region fits what comes later.
struct Registers {
  private(set) var size = 0
  private var free: [[Int]] = []

  mutating func take(_ count: Int) -> Int {
    let (index, rounded) = Self.sizeClass(count)
    if index < free.count, let offset = free[index].popLast() { return offset }
    let (end, overflow) = size.addingReportingOverflow(rounded)
    guard !overflow else { return 0 }
    defer { size = end }
    return size
  }

  mutating func give(_ offset: Int, _ count: Int) {
    let (index, _) = Self.sizeClass(count)
    while free.count <= index { free.append([]) }
    free[index].append(offset)
  }

  private static func sizeClass(_ count: Int) -> (index: Int, size: Int) {
    if count <= 4 { return (0, 4) }
    let exponent = Int.bitWidth - 1 - (count - 1).leadingZeroBitCount
    let step = 1 << (exponent - 2)
    let steps = (count - 1) / step + 1
    return (4 * (exponent - 2) + steps - 3, steps * step)
  }
}
