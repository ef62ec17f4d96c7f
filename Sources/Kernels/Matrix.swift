/// A row-major view of float32 memory that someone else owns: element (r, c) lies at `base[r * stride + c]`.
public struct Matrix: @unchecked Sendable {
  /// The first element.
  public let base: UnsafeMutablePointer<Float>
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The distance of two rows in elements, at least `columns`.
  public let stride: Int

  /// Views `rows` x `columns` elements; rows stand one after another unless a stride is given.
  @inlinable
  public init(_ base: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int? = nil) {
    let stride = stride ?? columns
    precondition(
      rows >= 0 && columns >= 0 && stride >= columns, "\(rows) x \(columns), stride \(stride)")
    self.base = base
    self.rows = rows
    self.columns = columns
    self.stride = stride
  }

  /// One element.
  @inlinable
  public subscript(row: Int, column: Int) -> Float {
    get { base[row * stride + column] }
    nonmutating set { base[row * stride + column] = newValue }
  }

  /// The first element of a row.
  @inlinable
  public func row(_ index: Int) -> UnsafeMutablePointer<Float> { base + index * stride }

  /// A view of some of the rows.
  @inlinable
  public func rows(_ range: Range<Int>) -> Matrix {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    return Matrix(row(range.lowerBound), rows: range.count, columns: columns, stride: stride)
  }

  /// A view of some of the columns.
  @inlinable
  public func columns(_ range: Range<Int>) -> Matrix {
    precondition(range.lowerBound >= 0 && range.upperBound <= columns, "\(range) of \(columns)")
    return Matrix(base + range.lowerBound, rows: rows, columns: range.count, stride: stride)
  }

  /// Whether rows follow one another without a gap.
  @inlinable
  public var isContiguous: Bool { stride == columns || rows <= 1 }

  /// The number of elements.
  @inlinable
  public var count: Int { rows * columns }

  /// Sets every element to zero.
  public func clear() {
    if isContiguous {
      base.update(repeating: 0, count: count)
    } else {
      for r in 0..<rows { row(r).update(repeating: 0, count: columns) }
    }
  }

  /// Copies the elements of a matrix of the same shape.
  public func copy(from other: Matrix) {
    precondition(rows == other.rows && columns == other.columns, "shapes differ")
    for r in 0..<rows { row(r).update(from: other.row(r), count: columns) }
  }
}

/// Whether a matrix enters a product as it stands or transposed.
public enum Transposition: Sendable {
  case none
  case transposed
}
