/// Numbers words in the order of their first appearance; words are equal when their UTF-8 bytes are.
///
/// A hash table with open addressing over one buffer of bytes, so that looking a word up allocates nothing.
public struct WordIndex: Sendable {
  private var bytes: [UInt8] = []
  /// Word n has the bytes starts[n] ..< starts[n + 1].
  private var starts = [0]
  /// The number of the word in each slot, or -1; a power of two of slots, at most half of them taken.
  private var slots: [Int32]

  /// Makes an empty index with room for `capacity` words before it grows.
  public init(capacity: Int = 512) {
    var size = 16
    while size < 2 * capacity { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
  }

  /// The number of different words.
  public var count: Int { starts.count - 1 }

  /// The number of a word, a new one if it was not there yet.
  public mutating func intern(_ word: String) -> (number: Int, isNew: Bool) {
    var word = word
    return word.withUTF8 { intern($0) }
  }

  /// The number of a word; nil if it is not there.
  public func number(of word: String) -> Int? {
    var word = word
    let number = word.withUTF8 { slots[slot(of: $0)] }
    return number < 0 ? nil : Int(number)
  }

  /// The word of a number below `count`.
  public func word(_ number: Int) -> String {
    String(decoding: bytes[starts[number]..<starts[number + 1]], as: UTF8.self)
  }

  /// Forgets all words, keeping the memory.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    starts.append(0)
    for slot in slots.indices { slots[slot] = -1 }
  }

  private mutating func intern(_ word: UnsafeBufferPointer<UInt8>) -> (number: Int, isNew: Bool) {
    let slot = slot(of: word)
    if slots[slot] >= 0 { return (Int(slots[slot]), false) }
    let number = count
    slots[slot] = Int32(truncatingIfNeeded: number)
    bytes.append(contentsOf: word)
    starts.append(bytes.count)
    if 2 * count > slots.count { grow() }
    return (number, true)
  }

  /// The slot that holds a word, or the free one where it belongs.
  private func slot(of word: UnsafeBufferPointer<UInt8>) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: Self.hash(word)) & mask
    while slots[slot] >= 0, !holds(Int(slots[slot]), word) { slot = (slot + 1) & mask }
    return slot
  }

  private func holds(_ number: Int, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = starts[number]
    guard starts[number + 1] - start == word.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      for index in 0..<word.count where bytes[start + index] != word[index] { return false }
      return true
    }
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: 2 * slots.count)
    bytes.withUnsafeBufferPointer { bytes in
      for number in 0..<count {
        let word = UnsafeBufferPointer(rebasing: bytes[starts[number]..<starts[number + 1]])
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: Self.hash(word)) & mask
        while slots[slot] >= 0 { slot = (slot + 1) & mask }
        slots[slot] = Int32(truncatingIfNeeded: number)
      }
    }
  }

  /// FNV-1a with 64 bits, its upper half folded onto the lower.
  private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash ^ (hash >> 32)
  }
}
