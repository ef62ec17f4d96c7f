import Kernels

/// The gradient of an embedding table as a list of rows: row n of `rows` belongs to table row `ids[n]`.
///
/// A table row may occur several times; the trainer adds the rows up in order, so that the sum is reproducible.
public struct SparseGradient: @unchecked Sendable {
  /// The table.
  public let slice: ParameterSlice
  /// The table row of each gradient row, valid as long as the workspace that `rows` lies in is not reset.
  public let ids: [Int32]
  /// The gradient rows, [n, D].
  public let rows: Matrix

  /// Pairs table rows with gradient rows.
  public init(slice: ParameterSlice, ids: [Int32], rows: Matrix) {
    precondition(ids.count == rows.rows, "\(ids.count) ids for \(rows.rows) rows")
    self.slice = slice
    self.ids = ids
    self.rows = rows
  }
}
