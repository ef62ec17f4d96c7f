/// The place of one named tensor in a model's parameter buffer.
public struct ParameterSlice: Sendable, Equatable {
  /// The tensor's name in the model file.
  public let name: String
  /// The tensor's shape; its last dimension is contiguous.
  public let shape: [Int]
  /// The index of its first element in the buffer.
  public let offset: Int

  /// Names a place in a buffer.
  public init(name: String, shape: [Int], offset: Int) {
    self.name = name
    self.shape = shape
    self.offset = offset
  }

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// The elements' range in the buffer.
  public var range: Range<Int> { offset..<offset + count }

  /// The tensor as a matrix in a buffer of the layout: the last dimension makes the columns, the others the rows.
  @inlinable
  public func matrix(in base: UnsafeMutablePointer<Float>) -> Matrix {
    let columns = shape.last ?? 1
    return Matrix(base + offset, rows: columns == 0 ? 0 : count / columns, columns: columns)
  }

  /// The tensor's first element in a buffer of the layout.
  @inlinable
  public func pointer(in base: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Float> {
    base + offset
  }
}

/// How a model's tensors lie one behind another in one buffer: values, gradients and moments all use the same layout.
public struct ParameterLayout: Sendable {
  /// The tensors in the order of the buffer.
  public private(set) var slices: [ParameterSlice] = []
  /// The number of elements of all tensors.
  public private(set) var count = 0

  /// An empty layout.
  public init() {}

  /// Appends a tensor and gives its place.
  public mutating func add(_ name: String, _ shape: Int...) -> ParameterSlice {
    let slice = ParameterSlice(name: name, shape: shape, offset: count)
    slices.append(slice)
    count += slice.count
    return slice
  }

  /// The place of a named tensor; nil if there is none.
  public func slice(named name: String) -> ParameterSlice? {
    slices.first { $0.name == name }
  }
}
