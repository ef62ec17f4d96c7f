import Glibc

/// Zeroed pages straight from the system, which take memory where they are touched.
struct MappedPages {
  /// The size of a huge page in bytes, to which the start is aligned.
  static let hugePage = 1 << 21

  /// The first byte.
  let start: UnsafeMutableRawPointer
  private let mapping: UnsafeMutableRawPointer
  private let length: Int

  /// Maps at least `size` bytes; nil if the system has none.
  ///
  /// Huge pages spare what is used from end to end many page faults and look-ups of addresses, but take memory 2 MB at a
  /// time.
  init?(size: Int, hugePages: Bool) {
    length = size + Self.hugePage
    guard
      let mapping = mmap(
        nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      mapping != MAP_FAILED
    else { return nil }
    self.mapping = mapping
    start = mapping.alignedUp(toMultipleOf: Self.hugePage)
    // Advice only: a system without huge pages goes on with small ones.
    if hugePages { madvise(start, size, MADV_HUGEPAGE) }
  }

  /// Gives the pages back.
  func unmap() { munmap(mapping, length) }
}
