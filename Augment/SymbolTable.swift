/// Different strings, numbered from 0 in the order in which they first came.
///
/// Strings are told apart by their UTF-8 bytes: Swift's `==` takes composed and decomposed letters for equal, which would
/// change the bytes of a corpus.
struct SymbolTable: Sendable {
  /// The bytes of all strings, one after another.
  private(set) var bytes: [UInt8] = []
  /// Where each string starts in `bytes`; one more at the end.
  private(set) var starts: [Int] = [0]
  /// Open addressing: a number in `0 ..< count`, or -1.
  private var slots = [Int32](repeating: -1, count: 64)

  /// The number of strings.
  var count: Int { starts.count - 1 }

  /// The string of a number.
  subscript(number: Int32) -> String {
    String(decoding: bytes[range(number)], as: UTF8.self)
  }

  /// The place of a string in `bytes`.
  func range(_ number: Int32) -> Range<Int> {
    starts[Int(number)]..<starts[Int(number) + 1]
  }

  /// The number of a string, a new one if it has none yet.
  mutating func intern(_ string: String) -> Int32 {
    var string = string
    return string.withUTF8 { intern($0) }
  }

  private mutating func intern(_ symbol: UnsafeBufferPointer<UInt8>) -> Int32 {
    var slot = Int(truncatingIfNeeded: Self.hash(symbol)) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = slots[slot]
      if bytes[range(number)].elementsEqual(symbol) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = Int32(count)
    bytes.append(contentsOf: symbol)
    starts.append(bytes.count)
    slots[slot] = number
    if count * 2 > slots.count { grow() }
    return number
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for number in 0..<Int32(count) {
      let hash = bytes[range(number)].withUnsafeBufferPointer { Self.hash($0) }
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = number
    }
  }

  /// FNV-1a with a final mix, since the slot is taken from the low bits.
  private static func hash(_ symbol: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in symbol { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash ^ (hash >> 29)
  }
}
