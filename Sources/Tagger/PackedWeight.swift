import CKernels

/// A weight matrix in the order in which `ck_packed_product` reads it.
struct PackedWeight: Sendable {
  /// K, the width of what is multiplied.
  let inputs: Int
  /// N, the width of the product.
  let outputs: Int
  private let panels: TensorFloats

  /// Packs W, [N, K], row after row.
  init(_ weight: TensorFloats, inputs: Int, outputs: Int) {
    precondition(weight.count == inputs * outputs, "\(weight.count) weights")
    self.inputs = inputs
    self.outputs = outputs
    panels = TensorFloats(count: ck_packed_size(inputs, outputs)) { panels in
      weight.withFloats { ck_pack_weight($0, inputs, outputs, panels) }
    }
  }

  /// out += x W^T for some rows.
  func multiply(
    _ x: UnsafePointer<Float>, stride: Int? = nil, rows: Int,
    addingTo out: UnsafeMutablePointer<Float>
  ) {
    ck_packed_product(x, stride ?? inputs, panels.base, inputs, outputs, out, outputs, rows)
  }
}
