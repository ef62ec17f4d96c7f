import Glibc

/// A reproducible stream of random numbers, one per (seed, purpose, index).
///
/// xoshiro256** (Blackman and Vigna 2018), seeded by SplitMix64 over the three coordinates, so that what is drawn for one
/// sentence does not depend on the order or on the thread in which sentences are worked on. The sequence is part of the
/// package's contract: same seed, same bytes, on every platform and version.
public struct RandomStream: Sendable {
  /// What the numbers are for; two purposes never share a stream.
  public enum Purpose: UInt64, Sendable {
    case initialization = 1
    case shuffling = 2
    case dropout = 3
    case augmentation = 4
    case bootstrap = 5
    case testing = 6
  }

  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// Opens the stream of a coordinate triple.
  public init(seed: UInt64, purpose: Purpose, index: UInt64 = 0) {
    var mixer = seed
    _ = RandomStream.splitMix(&mixer)
    mixer ^= purpose.rawValue &* 0xD134_2543_DE82_EF95
    _ = RandomStream.splitMix(&mixer)
    mixer ^= index &* 0xAEF1_7502_108E_F2D9
    state = (
      RandomStream.splitMix(&mixer), RandomStream.splitMix(&mixer),
      RandomStream.splitMix(&mixer), RandomStream.splitMix(&mixer)
    )
  }

  /// The next 64 random bits.
  @inlinable
  public mutating func next() -> UInt64 { advance() }

  /// A uniform number in [0, 1) with 53 random bits.
  @inlinable
  public mutating func uniform() -> Double {
    Double(advance() >> 11) * 0x1p-53
  }

  /// A uniform integer in 0 ..< bound, without bias (Lemire 2019); the bound must be positive.
  @inlinable
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "bound \(bound) must be positive")
    let range = UInt64(bound)
    var product = advance().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = advance().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// A number from the standard normal distribution (Box and Muller 1958).
  public mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * Double.pi * uniform())
  }

  /// Shuffles in place (Fisher and Yates).
  @inlinable
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, integer(below: last + 1))
    }
  }

  @usableFromInline
  mutating func advance() -> UInt64 {
    func rotate(_ x: UInt64, _ k: UInt64) -> UInt64 { (x << k) | (x >> (64 - k)) }
    let result = rotate(state.1 &* 5, 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotate(state.3, 45)
    return result
  }

  private static func splitMix(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
