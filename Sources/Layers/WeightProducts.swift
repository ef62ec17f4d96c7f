import BLAS
import Kernels

/// The products dW = dY^T X of a shard's backward pass, put off until all shards of a batch are through.
///
/// Then a weight's gradient is one sum over the shards, written once, in place of a buffer for each shard that is cleared,
/// filled and added up; and its rows can be dealt out to all workers alike. What a product reads must stay as it is until
/// then.
public final class WeightProducts {
  /// One product: of a weight [O, I], from dY [N, O] and X [N, I].
  public struct Product: Sendable {
    /// Where the weight's gradient lies.
    public let weight: ParameterSlice
    let dY: Matrix
    let x: Matrix

    /// dW[rows] = dY^T X, or += where the gradient holds something already.
    public func write(
      _ rows: Range<Int>, adding: Bool, to gradients: UnsafeMutablePointer<Float>
    ) {
      gemm(
        dY.columns(rows), .transposed, x, .none, into: weight.matrix(in: gradients).rows(rows),
        beta: adding ? 1 : 0)
    }
  }

  /// The products in the order of the backward pass.
  public private(set) var products: [Product] = []

  /// No products.
  public init() {}

  /// Forgets all products.
  public func removeAll() { products.removeAll(keepingCapacity: true) }

  /// dW += dY^T X, now, or later where there is a list for that.
  static func add(
    _ dY: Matrix, _ x: Matrix, of weight: ParameterSlice, to gradients: UnsafeMutablePointer<Float>,
    deferred: WeightProducts?
  ) {
    let product = Product(weight: weight, dY: dY, x: x)
    if let deferred {
      deferred.products.append(product)
    } else {
      product.write(0..<dY.columns, adding: true, to: gradients)
    }
  }
}
