import Glibc

/// Owned, zeroed float32 memory, aligned to 64 bytes.
///
/// Shared between threads by pointer: whoever writes does so to a range of its own.
public final class FloatBuffer: @unchecked Sendable {
  /// The first element.
  public let base: UnsafeMutablePointer<Float>
  /// The number of elements.
  public let count: Int

  /// Allocates `count` zeros.
  public init(count: Int) {
    precondition(count >= 0, "count \(count) must not be negative")
    self.count = count
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
    base = raw.bindMemory(to: Float.self, capacity: max(count, 1))
    base.initialize(repeating: 0, count: count)
  }

  deinit { base.deallocate() }

  /// Sets every element to zero.
  public func clear() { base.update(repeating: 0, count: count) }

  /// The elements as a buffer pointer.
  public var elements: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: base, count: count)
  }

  /// A copy of the elements, which outlives the buffer.
  public var values: [Float] { withExtendedLifetime(self) { Array(elements) } }
}
