import Files
import Kernels
import ModelFiles

/// The read-only floats of a tensor: those of the mapped file where they can be used as they lie, else a copy.
final class TensorFloats: @unchecked Sendable {
  let base: UnsafePointer<Float>
  /// The tensor's name and shape.
  let slice: ParameterSlice
  /// Keeps the mapping alive; nil where the floats are a copy.
  private let view: TensorView?
  /// The copy; nil where the floats are the file's.
  private let copy: FloatBuffer?

  /// Takes the floats of a file's tensor, in place if they are F32 and aligned.
  ///
  /// - Throws: `DataError` if the tensor is missing, has another shape or type, or holds a number that is not finite.
  init(_ slice: ParameterSlice, in file: SafetensorsFile) throws {
    self.slice = slice
    let view = try file.tensor(named: slice.name, shape: slice.shape)
    if view.dtype == .float32, let start = view.bytes.baseAddress,
      UInt(bitPattern: start) % UInt(MemoryLayout<Float>.alignment) == 0
    {
      base = UnsafePointer(start.bindMemory(to: Float.self, capacity: view.count))
      (self.view, copy) = (view, nil)
      try view.checkFinite(UnsafeBufferPointer(start: base, count: view.count))
    } else {
      let copy = FloatBuffer(count: view.count)
      base = UnsafePointer(copy.base)
      (self.view, self.copy) = (nil, copy)
      try file.copyFloats(of: view, into: copy.elements)
    }
  }

  /// The floats as a matrix, which is only read and lives no longer than they do.
  var matrix: Matrix {
    ParameterSlice(name: slice.name, shape: slice.shape, offset: 0)
      .matrix(in: UnsafeMutablePointer(mutating: base))
  }

  /// A copy of the floats.
  var values: [Float] {
    withExtendedLifetime(self) { Array(UnsafeBufferPointer(start: base, count: slice.count)) }
  }
}
