import Files
import JSON

/// A tensor in a mapped safetensors file; keeps the file mapped.
public struct TensorView: Sendable {
  /// The tensor's name.
  public let name: String
  /// The type of its elements.
  public let dtype: TensorType
  /// Its dimensions, outermost first; empty for a scalar.
  public let shape: [Int]
  /// Where its bytes stand in the file.
  let range: Range<Int>
  let file: MappedFile

  /// The number of elements.
  public var count: Int { range.count / dtype.size }

  /// The elements as they stand in the file: little-endian, row-major, at any alignment.
  ///
  /// Valid for as long as this view or its file lives.
  public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: file.bytes[range]) }

  /// Copies the elements of a F32, F16, BF16 or F64 tensor, converted to `Float`.
  ///
  /// - Precondition: `target.count == count`.
  /// - Throws: `DataError` if the tensor holds another type.
  public func copyFloats(into target: UnsafeMutableBufferPointer<Float>) throws(DataError) {
    precondition(
      target.count == count, "\(count) elements of \(name) copied into \(target.count) floats")
    switch dtype {
    case .float32: UnsafeMutableRawBufferPointer(target).copyMemory(from: bytes)
    case .float16: convert(into: target) { (bits: UInt16) in Float(Float16(bitPattern: bits)) }
    case .bfloat16:
      convert(into: target) { (bits: UInt16) in Float(bitPattern: UInt32(bits) << 16) }
    case .float64: convert(into: target) { (bits: UInt64) in Float(Double(bitPattern: bits)) }
    default: throw wrongType("F32, F16, BF16 or F64")
    }
  }

  /// The elements of a F32, F16, BF16 or F64 tensor, converted to `Float`.
  ///
  /// - Throws: `DataError` if the tensor holds another type.
  public func floats() throws(DataError) -> [Float] {
    var floats = [Float](repeating: 0, count: count)
    try floats.withUnsafeMutableBufferPointer { target in
      Result { () throws(DataError) in try copyFloats(into: target) }
    }.get()
    return floats
  }

  /// Checks that the floats of this tensor are numbers.
  ///
  /// - Throws: `DataError` if one is infinite or NaN.
  public func checkFinite(_ floats: UnsafeBufferPointer<Float>) throws(DataError) {
    // The largest magnitude, as bits, tells it for all at once; a test of each would not run in vectors.
    var largest: UInt32 = 0
    for float in floats { largest = max(largest, float.magnitude.bitPattern) }
    guard largest < Float.infinity.bitPattern else {
      throw DataError(
        file: file.path, found: "a number that is not finite in \(name)",
        expected: "finite weights", remedy: "fetch or train the model again")
    }
  }

  /// The elements of an integer tensor.
  ///
  /// - Throws: `DataError` if the tensor holds another type, or a value over `Int.max`.
  public func integers() throws(DataError) -> [Int] {
    switch dtype {
    case .uint8: return try integers(of: UInt8.self)
    case .int8: return try integers(of: Int8.self)
    case .uint16: return try integers(of: UInt16.self)
    case .int16: return try integers(of: Int16.self)
    case .uint32: return try integers(of: UInt32.self)
    case .int32: return try integers(of: Int32.self)
    case .uint64: return try integers(of: UInt64.self)
    case .int64: return try integers(of: Int64.self)
    default: throw wrongType("an integer type")
    }
  }

  /// Reads each element's bits and converts them.
  @inline(__always)
  private func convert<Bits: FixedWidthInteger>(
    into target: UnsafeMutableBufferPointer<Float>, _ transform: (Bits) -> Float
  ) {
    let bytes = bytes
    for index in target.indices {
      let bits = bytes.loadUnaligned(
        fromByteOffset: index &* MemoryLayout<Bits>.size, as: Bits.self)
      target[index] = transform(Bits(littleEndian: bits))
    }
  }

  private func integers<Element: FixedWidthInteger>(
    of: Element.Type
  ) throws(DataError) -> [Int] {
    var integers: [Int] = []
    integers.reserveCapacity(count)
    for offset in stride(from: 0, to: bytes.count, by: MemoryLayout<Element>.size) {
      let element = Element(
        littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Element.self))
      guard let integer = Int(exactly: element) else {
        throw DataError(
          file: file.path, found: "\(quotedTensor(name)) holds \(element)",
          expected: "integers up to \(Int.max)")
      }
      integers.append(integer)
    }
    return integers
  }

  private func wrongType(_ expected: String) -> DataError {
    DataError(
      file: file.path, found: "\(quotedTensor(name)) has the dtype \(dtype.rawValue)",
      expected: expected)
  }
}

/// A tensor's name for a message, with control characters escaped.
func quotedTensor(_ name: String) -> String { "tensor \(JSONValue.string(name).text())" }
