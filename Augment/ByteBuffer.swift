/// Bytes that are appended piece by piece, with less to do a piece than an array has.
struct ByteBuffer {
  private var storage = [UInt8](repeating: 0, count: 1 << 12)
  private(set) var count = 0

  /// Empties the buffer and keeps its memory.
  mutating func removeAll() { count = 0 }

  /// Appends bytes.
  @inline(__always)
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    if storage.count - count < bytes.count { grow(by: bytes.count) }
    storage.withUnsafeMutableBufferPointer { storage in
      guard let source = bytes.baseAddress, let target = storage.baseAddress else { return }
      target.advanced(by: count).update(from: source, count: bytes.count)
    }
    count += bytes.count
  }

  /// The bytes appended so far.
  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result
  {
    try storage.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
  }

  private mutating func grow(by extra: Int) {
    let larger = max(storage.count * 2, count + extra)
    storage.append(contentsOf: repeatElement(0, count: larger - storage.count))
  }
}
