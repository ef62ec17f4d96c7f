import Glibc

/// Owned, zeroed float32 memory, aligned to 64 bytes.
///
/// Shared between threads by pointer: whoever writes does so to a range of its own.
public final class FloatBuffer: @unchecked Sendable {
  /// The first element.
  public let base: UnsafeMutablePointer<Float>
  /// The number of elements.
  public let count: Int
  /// The pages of a large buffer; nil where the memory is the allocator's.
  private let pages: MappedPages?

  /// Allocates `count` zeros; where the system has no memory for them, the process ends with a message.
  ///
  /// - Parameters:
  ///   - count: The number of elements; a large buffer takes memory only where it is touched.
  ///   - hugePages: Whether a large buffer is to take it in huge pages, for what is used from end to end.
  public init(count: Int, hugePages: Bool = false) {
    precondition(count >= 0, "count \(count) must not be negative")
    self.count = count
    let size = max(count, 1) * MemoryLayout<Float>.stride
    let isLarge = size >= MappedPages.hugePage
    pages = isLarge ? MappedPages(size: size, hugePages: hugePages) : nil
    guard let raw = isLarge ? pages?.start : aligned_alloc(64, (size + 63) & ~63) else {
      MemoryExhaustion.end(needing: size)
    }
    base = raw.bindMemory(to: Float.self, capacity: max(count, 1))
    if pages == nil { base.initialize(repeating: 0, count: count) }
  }

  deinit {
    if let pages { pages.unmap() } else { free(base) }
  }

  /// Sets every element to zero.
  public func clear() { base.update(repeating: 0, count: count) }

  /// The elements as a buffer pointer.
  public var elements: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: base, count: count)
  }

  /// A copy of the elements, which outlives the buffer.
  public var values: [Float] { withExtendedLifetime(self) { Array(elements) } }
}
