import Kernels

/// A table of row vectors looked up by number, as `torch.nn.Embedding`: y[n] = table[ids[n]].
public struct Embedding: Sendable {
  /// The table, [V, D].
  public let weight: ParameterSlice
  /// V, the number of rows.
  public var size: Int { weight.shape[0] }
  /// D, the width.
  public var dimension: Int { weight.shape[1] }

  /// Takes a table, [V, D], of a layout.
  public init(_ weight: ParameterSlice) {
    precondition(weight.shape.count == 2, "\(weight.shape)")
    self.weight = weight
  }

  /// Adds `NAME.weight` to a layout.
  public init(into layout: inout ParameterLayout, name: String, size: Int, dimension: Int) {
    weight = layout.add("\(name).weight", size, dimension)
  }

  /// y[n] += table[ids[n]] for each row; ids must lie in 0 ..< V.
  public func addRows(
    _ ids: UnsafeBufferPointer<Int32>, to y: Matrix, parameters: UnsafeMutablePointer<Float>
  ) {
    precondition(ids.count == y.rows && y.columns == dimension, "\(ids.count) ids, \(y.rows) rows")
    let table = weight.pointer(in: parameters)
    for n in 0..<ids.count {
      let id = Int(ids[n])
      precondition(id >= 0 && id < size, "id \(id) of \(size)")
      add(table + id * dimension, to: y.row(n), count: dimension)
    }
  }

  /// dtable[ids[n]] += dY[n], into a dense gradient buffer.
  public func backward(
    _ ids: UnsafeBufferPointer<Int32>, dY: Matrix, gradients: UnsafeMutablePointer<Float>
  ) {
    precondition(ids.count == dY.rows && dY.columns == dimension, "\(ids.count) ids")
    let dTable = weight.pointer(in: gradients)
    for n in 0..<ids.count {
      add(dY.row(n), to: dTable + Int(ids[n]) * dimension, count: dimension)
    }
  }
}
