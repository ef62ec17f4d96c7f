import CKernels

/// A matrix that was put in order once for many products with few rows each, such as the time steps of a recurrence.
///
/// OpenBLAS puts its operands in order at each call, which for few rows takes as long as the product.
public struct PackedMatrix {
  private let panels: UnsafeMutablePointer<Float>
  private let inputs: Int
  private let outputs: Int

  /// Puts op(W), [K, N], in order.
  ///
  /// - Parameters:
  ///   - w: W, whose rows must follow one another.
  ///   - transposition: How W enters the products.
  ///   - workspace: Where the copy goes, which is valid until the workspace is reset.
  public init(_ w: Matrix, _ transposition: Transposition, workspace: Workspace) {
    precondition(w.isContiguous, "the rows of w must follow one another")
    (inputs, outputs) = transposition == .none ? (w.rows, w.columns) : (w.columns, w.rows)
    panels = workspace.floats(ck_packed_size(inputs, outputs))
    if transposition == .none {
      ck_pack_transposed_weight(w.base, inputs, outputs, panels)
    } else {
      ck_pack_weight(w.base, inputs, outputs, panels)
    }
  }

  /// Y += X op(W), with X [M, K] and Y [M, N].
  public func addProduct(_ x: Matrix, to y: Matrix) {
    precondition(
      x.rows == y.rows && x.columns == inputs && y.columns == outputs,
      "\(x.rows) x \(x.columns) times \(inputs) x \(outputs) into \(y.rows) x \(y.columns)")
    ck_packed_product(x.base, x.stride, panels, inputs, outputs, y.base, y.stride, x.rows)
  }
}
