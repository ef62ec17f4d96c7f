/// The normalized bytes of the word that is being read, and where each came from.
///
/// In a plain word (ASCII with nothing dropped) byte `i` stands at `start + i` in the source; in others
/// `starts` and `ends` give, for every byte, the range of the source scalar that its scalar came from.
struct WordBuffer {
  /// The normalized word, UTF-8.
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  /// The length of the word in bytes.
  private(set) var count = 0
  /// The length of the word in scalars.
  private(set) var scalarCount = 0
  /// How many bytes fit.
  private(set) var capacity: Int

  private var starts: UnsafeMutablePointer<Int32>
  private var ends: UnsafeMutablePointer<Int32>
  private var isPlain = false
  private var start: Int32 = 0

  init(capacity: Int = 256) {
    self.capacity = capacity
    bytes = .allocate(capacity: capacity)
    starts = .allocate(capacity: capacity)
    ends = .allocate(capacity: capacity)
  }

  func deallocate() {
    bytes.deallocate()
    starts.deallocate()
    ends.deallocate()
  }

  /// Where the scalar that begins at byte `index` stands in the source.
  @inline(__always)
  func sourceStart(_ index: Int) -> Int32 {
    isPlain ? start &+ Int32(truncatingIfNeeded: index) : starts[index]
  }

  /// Where the scalar that ends before byte `index` ends in the source.
  @inline(__always)
  func sourceEnd(_ index: Int) -> Int32 {
    isPlain ? start &+ Int32(truncatingIfNeeded: index) : ends[index &- 1]
  }

  /// Declares the first `count` of `bytes` to be a plain word.
  @inline(__always)
  mutating func setPlain(count: Int, start: Int) {
    self.count = count
    scalarCount = count
    self.start = Int32(truncatingIfNeeded: start)
    isPlain = true
  }

  /// Empties the buffer for a word that is not plain.
  @inline(__always)
  mutating func clear() {
    count = 0
    scalarCount = 0
    isPlain = false
  }

  /// Appends a scalar that came from a range of the source.
  @inline(__always)
  mutating func append(_ scalar: UInt32, from source: SourceRange) {
    if count &+ 4 > capacity { grow() }
    if scalar < 0x80 {
      put(scalar, source)
    } else if scalar < 0x800 {
      put(0xC0 | scalar >> 6, source)
      put(0x80 | scalar & 0x3F, source)
    } else if scalar < 0x10000 {
      put(0xE0 | scalar >> 12, source)
      put(0x80 | scalar >> 6 & 0x3F, source)
      put(0x80 | scalar & 0x3F, source)
    } else {
      put(0xF0 | scalar >> 18, source)
      put(0x80 | scalar >> 12 & 0x3F, source)
      put(0x80 | scalar >> 6 & 0x3F, source)
      put(0x80 | scalar & 0x3F, source)
    }
    scalarCount &+= 1
  }

  @inline(__always)
  private mutating func put(_ byte: UInt32, _ source: SourceRange) {
    bytes[count] = UInt8(truncatingIfNeeded: byte)
    starts[count] = source.start
    ends[count] = source.end
    count &+= 1
  }

  private mutating func grow() {
    var larger = WordBuffer(capacity: 2 * capacity)
    larger.bytes.update(from: bytes, count: count)
    larger.starts.update(from: starts, count: count)
    larger.ends.update(from: ends, count: count)
    larger.count = count
    larger.scalarCount = scalarCount
    deallocate()
    self = larger
  }
}

/// A range of bytes of the source text.
struct SourceRange {
  var start: Int32
  var end: Int32
}
