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

  /// A string and its id.
  private struct Slot {
    var tag: UInt32
    var id: Int32
    var start: UInt32
    var count: UInt32
  }

  private let slots: UnsafeMutablePointer<Slot>
  /// A byte a slot: 0 where it is free, else seven bits of the tag and a one.
  ///
  /// Most prefixes of a word are no piece. These bytes tell, and a core's cache holds them, but not the slots.
  private let marks: UnsafeMutablePointer<UInt8>
  private let shift: UInt64

  /// Makes room for `count` strings, at most half of the slots.
  init(count: Int) {
    var bits = 4
    while 1 << bits < 2 * count { bits += 1 }
    shift = UInt64(64 - bits)
    slots = .allocate(capacity: 1 << bits)
    slots.initialize(repeating: Slot(tag: 0, id: -1, start: 0, count: 0), count: 1 << bits)
    marks = .allocate(capacity: 1 << bits)
    marks.initialize(repeating: 0, count: 1 << bits)
  }

  func deallocate() {
    slots.deallocate()
    marks.deallocate()
  }

  /// Enters a string of the arena; one that is there already gets the new id.
  mutating func insert(arena: UnsafePointer<UInt8>, start: Int, count: Int, id: Int32) {
    var hash = Self.emptyHash
    for i in 0..<count { hash = Self.hash(hash, adding: arena[start + i]) }
    let (index, _) = slot(of: arena + start, count: count, hash: hash, arena: arena)
    let tag = Self.spread(hash).tag
    slots[index] = Slot(tag: tag, id: id, start: UInt32(start), count: UInt32(count))
    marks[index] = Self.mark(tag)
    longest = max(longest, count)
  }

  /// The id of a string whose hash is known; -1 if it is not there.
  @inline(__always)
  func find(
    _ bytes: UnsafePointer<UInt8>, count: Int, hash: UInt64, arena: UnsafePointer<UInt8>
  ) -> Int32 {
    let (index, isThere) = slot(of: bytes, count: count, hash: hash, arena: arena)
    return isThere ? slots[index].id : -1
  }

  /// The slot that holds a string, or the free one where it would go.
  @inline(__always)
  private func slot(
    of bytes: UnsafePointer<UInt8>, count: Int, hash: UInt64, arena: UnsafePointer<UInt8>
  ) -> (index: Int, isThere: Bool) {
    let (position, tag) = Self.spread(hash)
    let wanted = Self.mark(tag)
    let mask = (1 << (64 &- Int(shift))) &- 1
    var index = Int(truncatingIfNeeded: position >> shift)
    while true {
      let mark = marks[index]
      if mark == 0 { return (index, false) }
      if mark == wanted {
        let slot = slots[index]
        if slot.tag == tag, Int(slot.count) == count,
          memcmp(arena + Int(slot.start), bytes, count) == 0
        {
          return (index, true)
        }
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

  @inline(__always)
  private static func mark(_ tag: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: tag) | 0x80 }
}
