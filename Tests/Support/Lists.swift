import Kernels

/// Lengths around the vector widths of all instruction sets.
public let oddSizes = [0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 63, 64, 65, 100, 257, 1000]

/// Numbers between -scale and scale by a formula.
public func list(_ count: Int, _ phase: Double, scale: Double = 1) -> [Float] {
  chirp(count, phase: phase, scale: scale)
}

/// Memory that holds a list.
public func buffer(_ list: [Float]) -> FloatBuffer {
  let buffer = FloatBuffer(count: list.count)
  for (n, value) in list.enumerated() { buffer.base[n] = value }
  return buffer
}

/// The largest distance of two lists, relative where numbers are above 1; infinite if they differ in length or one of
/// them has a NaN.
public func distance(_ x: [Float], _ y: [Float]) -> Float {
  guard x.count == y.count else { return .infinity }
  return zip(x, y).reduce(0) {
    let error = abs($1.0 - $1.1) / max(1, abs($1.1))
    return error.isNaN ? .infinity : max($0, error)
  }
}
