import Kernels
import Layers
import Runtime

/// The gradients of a batch's weights as sums of the shards' products, in the order of the shards.
struct WeightSums: Sendable {
  /// Each weight with its products.
  private let sums: [(weight: ParameterSlice, products: [WeightProducts.Product])]

  /// Collects what the shards have put off.
  init(_ shards: some Collection<WeightProducts>) {
    var sums: [Int: (weight: ParameterSlice, products: [WeightProducts.Product])] = [:]
    for product in shards.lazy.flatMap(\.products) {
      sums[product.weight.offset, default: (product.weight, [])].products.append(product)
    }
    self.sums = sums.values.sorted { $0.weight.offset < $1.weight.offset }
  }

  /// Writes all gradients, or adds them to what is there; a piece of work has some rows of one weight, and which ones does not depend on the workers.
  func write(to gradients: FloatBuffer, adding: Bool, workers: Workers) {
    // Small enough that all workers end together, large enough that a product is worth its preparation.
    let size = min(max(sums.reduce(0) { $0 + $1.weight.count } / 16, 1 << 14), 1 << 18)
    let pieces = sums.indices.flatMap { index in
      let (rows, columns) = (sums[index].weight.shape[0], sums[index].weight.shape[1])
      let count = max(1, (rows * columns + size / 2) / size)
      return (0..<count).map { (index, rows * $0 / count..<rows * ($0 + 1) / count) }
    }
    workers.run(pieces.count) { piece in
      let (index, rows) = pieces[piece]
      for (place, product) in sums[index].products.enumerated() {
        product.write(rows, adding: adding || place > 0, to: gradients.base)
      }
    }
  }

  /// The parts of a range of the layout in which none of the weights lies.
  func gaps(in range: Range<Int>) -> [Range<Int>] {
    let ends = [range.lowerBound] + sums.map(\.weight.range.upperBound)
    let starts = sums.map(\.weight.range.lowerBound) + [range.upperBound]
    return zip(ends, starts).compactMap { $0 < $1 ? $0..<$1 : nil }
  }
}
