/// The word sequences that a run has already written, each as a 64-bit hash.
///
/// 11 to 23 bytes a sequence, whatever its length. Two different sequences share a hash with probability 2^-64, so that among
/// n rows about n^2 / 2^65 are dropped wrongly: three in a million runs of ten million rows.
struct SeenRows {
  /// The number of different sequences.
  private(set) var count = 0
  /// Open addressing; 0 is a free slot.
  private var slots = [UInt64](repeating: 0, count: 1 << 12)

  /// Enters a hash; false if it was there already.
  mutating func insert(_ hash: UInt64) -> Bool {
    if count * 10 >= slots.count * 7 { grow() }
    guard Self.enter(hash == 0 ? 1 : hash, into: &slots) else { return false }
    count += 1
    return true
  }

  private mutating func grow() {
    var larger = [UInt64](repeating: 0, count: slots.count * 2)
    for hash in slots where hash != 0 { _ = Self.enter(hash, into: &larger) }
    slots = larger
  }

  @inline(__always)
  private static func enter(_ hash: UInt64, into slots: inout [UInt64]) -> Bool {
    let mask = slots.count - 1
    return slots.withUnsafeMutableBufferPointer { slots in
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 {
        if slots[slot] == hash { return false }
        slot = (slot + 1) & mask
      }
      slots[slot] = hash
      return true
    }
  }

  /// The hash of a text's words, or of those of both texts of a pair in their order.
  ///
  /// A multiplication to 128 bits a word is folded to 64, and so is each text's length, so that a pair differs from one whose
  /// border is elsewhere.
  static func hash(
    _ words: UnsafeBufferPointer<Int32>, _ others: UnsafeBufferPointer<Int32>? = nil
  ) -> UInt64 {
    func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
      let product = a.multipliedFullWidth(by: b)
      return product.high ^ product.low
    }
    func hash(_ words: UnsafeBufferPointer<Int32>, from start: UInt64) -> UInt64 {
      var hash = start
      for word in words {
        let mixed = (UInt64(UInt32(bitPattern: word)) &+ 1) &* 0xA076_1D64_78BD_642F
        hash = fold(hash ^ mixed, 0xE703_7ED1_A0B4_28DB) &+ 0x8EBC_6AF0_9C88_C6E3
      }
      return fold(hash ^ UInt64(words.count), 0x5899_65CC_7537_4CC3)
    }
    let first = hash(words, from: 0x9E37_79B9_7F4A_7C15)
    return others.map { hash($0, from: first) } ?? first
  }
}
