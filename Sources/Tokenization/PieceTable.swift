import Glibc

/// A hash table from byte strings to piece ids, by open addressing; the bytes stay in an arena outside.
///
/// The hash of a string is made byte by byte, so that one pass gives the hashes of all its prefixes.
struct PieceTable: @unchecked Sendable {
  /// The hash of the empty string.
  static let emptyHash: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The hash of a string that is one byte longer (FNV-1a).
  @inline(__always)
  static func hash(_ hash: UInt64, adding byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }

  /// The length of the longest string, in bytes.
  private(set) var longest = 0

  /// A string and its id; a slot is free where `id` is negative.
  private struct Slot {
    var tag: UInt32
    var id: Int32
    var start: UInt32
    var count: UInt32
  }

  private let slots: UnsafeMutablePointer<Slot>
  private let shift: UInt64

  /// Makes room for `count` strings, at most half of the slots.
  init(count: Int) {
    var bits = 4
    while 1 << bits < 2 * count { bits += 1 }
    shift = UInt64(64 - bits)
    slots = .allocate(capacity: 1 << bits)
    slots.initialize(repeating: Slot(tag: 0, id: -1, start: 0, count: 0), count: 1 << bits)
  }

  func deallocate() { slots.deallocate() }

  /// Enters a string of the arena; one that is there already gets the new id.
  mutating func insert(arena: UnsafePointer<UInt8>, start: Int, count: Int, id: Int32) {
    var hash = Self.emptyHash
    for i in 0..<count { hash = Self.hash(hash, adding: arena[start + i]) }
    let index = slot(of: arena + start, count: count, hash: hash, arena: arena)
    slots[index] = Slot(
      tag: Self.spread(hash).tag, id: id, start: UInt32(start), count: UInt32(count))
    longest = max(longest, count)
  }

  /// The id of a string whose hash is known; -1 if it is not there.
  @inline(__always)
  func find(
    _ bytes: UnsafePointer<UInt8>, count: Int, hash: UInt64, arena: UnsafePointer<UInt8>
  ) -> Int32 {
    slots[slot(of: bytes, count: count, hash: hash, arena: arena)].id
  }

  /// The slot that holds a string, or the free one where it would go.
  @inline(__always)
  private func slot(
    of bytes: UnsafePointer<UInt8>, count: Int, hash: UInt64, arena: UnsafePointer<UInt8>
  ) -> Int {
    let (position, tag) = Self.spread(hash)
    let mask = (1 << (64 &- Int(shift))) &- 1
    var index = Int(truncatingIfNeeded: position >> shift)
    while true {
      let slot = slots[index]
      if slot.id < 0 { return index }
      if slot.tag == tag, Int(slot.count) == count,
        memcmp(arena + Int(slot.start), bytes, count) == 0
      {
        return index
      }
      index = (index &+ 1) & mask
    }
  }

  /// Mixes a hash: the upper bits choose the slot, the lower ones tell strings in a slot apart.
  @inline(__always)
  private static func spread(_ hash: UInt64) -> (position: UInt64, tag: UInt32) {
    let mixed = (hash ^ hash >> 32) &* 0x9E37_79B9_7F4A_7C15
    return (mixed, UInt32(truncatingIfNeeded: mixed))
  }
}
