import Files

/// Numbers that are appended one by one and then read at any place.
///
/// Up to a limit they are in memory; more of them go into a temporary file, which is mapped, so that memory need not grow
/// with their number: whoever has read a range releases it.
///
/// Unchecked: filled by one thread, and only read once it is finished.
final class NumberStore<Element: FixedWidthInteger & BitwiseCopyable>: @unchecked Sendable {
  /// How many numbers there are.
  private(set) var count = 0
  /// The numbers that are not in the file.
  private var buffer: UnsafeMutableBufferPointer<Element>
  private var buffered = 0
  private let limit: Int
  private var file: TemporaryFile?
  private var map: MappedFile?

  /// Makes an empty store that holds at most `limit` numbers in memory.
  init(limit: Int) {
    self.limit = max(limit, 1)
    buffer = .allocate(capacity: min(self.limit, 512))
  }

  deinit { buffer.deallocate() }

  /// Appends a number.
  ///
  /// - Throws: `FileError` when the system cannot write the temporary file.
  func append(_ element: Element) throws {
    precondition(map == nil, "a finished store")
    if buffered == buffer.count { try makeRoom() }
    buffer[buffered] = element
    buffered += 1
    count += 1
  }

  private func makeRoom() throws {
    if buffer.count < limit {
      let larger = UnsafeMutableBufferPointer<Element>.allocate(
        capacity: min(buffer.count * 2, limit))
      _ = larger.update(fromContentsOf: buffer)
      buffer.deallocate()
      buffer = larger
    } else {
      let file = try file ?? TemporaryFile()
      self.file = file
      try file.write(UnsafeRawBufferPointer(buffer))
      buffered = 0
    }
  }

  /// Ends the appending; from here on the numbers can be read.
  ///
  /// - Throws: `FileError` when the system cannot write or read the temporary file.
  func finish() throws {
    guard let file, map == nil else { return }
    let rest = UnsafeMutableBufferPointer(rebasing: buffer[..<buffered])
    try file.write(UnsafeRawBufferPointer(rest))
    map = try MappedFile(path: file.path)
    buffer.deallocate()
    buffer = .allocate(capacity: 0)
  }

  /// All numbers of a finished store; valid for as long as it lives.
  @inline(__always)
  var numbers: UnsafeBufferPointer<Element> {
    guard let map else { return UnsafeBufferPointer(rebasing: buffer[..<buffered]) }
    return map.bytes.bindMemory(to: Element.self)
  }

  /// The number at a place of a finished store.
  @inline(__always)
  subscript(index: Int) -> Element {
    precondition(index >= 0 && index < count, "number \(index) of \(count)")
    return numbers[index]
  }

  /// Gives back the memory of all numbers; they are read again from the file where they are wanted once more.
  func release() { map?.release() }
}
