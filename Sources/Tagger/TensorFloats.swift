import Files
import ModelFiles

/// Read-only floats: those of a mapped tensor where they can be used as they lie, else a copy of its own.
final class TensorFloats: @unchecked Sendable {
  let base: UnsafePointer<Float>
  let count: Int
  /// Keeps the mapping alive; nil where the floats are a copy.
  private let view: TensorView?

  /// Takes the floats of a file's tensor, in place if they are F32 and aligned.
  ///
  /// - Throws: `DataError` if the tensor is missing, has another shape or type, or holds a number that is not finite.
  init(_ name: String, shape: [Int], in file: SafetensorsFile) throws {
    let view = try file.tensor(named: name, shape: shape)
    count = view.count
    if view.dtype == .float32, let start = view.bytes.baseAddress,
      UInt(bitPattern: start) % UInt(MemoryLayout<Float>.alignment) == 0
    {
      base = start.bindMemory(to: Float.self, capacity: view.count)
      self.view = view
      try view.checkFinite(UnsafeBufferPointer(start: base, count: count))
    } else {
      let copy = Self.allocate(view.count)
      base = UnsafePointer(copy)
      self.view = nil
      try file.copyFloats(
        of: view, into: UnsafeMutableBufferPointer(start: copy, count: view.count))
    }
  }

  /// Makes `count` floats, zero at first, which `fill` may set.
  init(count: Int, fill: (UnsafeMutablePointer<Float>) -> Void) {
    self.count = count
    let floats = Self.allocate(count)
    base = UnsafePointer(floats)
    view = nil
    fill(floats)
  }

  /// Calls `body` with the floats, which live at least as long.
  func withFloats<Result>(_ body: (UnsafePointer<Float>) -> Result) -> Result {
    withExtendedLifetime(self) { body(base) }
  }

  deinit {
    if view == nil { UnsafeMutablePointer(mutating: base).deallocate() }
  }

  private static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
    let floats = raw.bindMemory(to: Float.self, capacity: max(count, 1))
    floats.initialize(repeating: 0, count: max(count, 1))
    return floats
  }
}
