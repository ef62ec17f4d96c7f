import Kernels
import Layers
import Testing

/// Weight gradients that are put off and then written a few rows at a time, against those computed at once.
@Suite struct WeightProductsTests {
  @Test(arguments: [1, 2, 5]) func laterIsAsGoodAsNow(_ pieces: Int) {
    var layout = ParameterLayout()
    let layer = Linear(into: &layout, name: "layer", inputs: 7, outputs: 10)
    let values = (0..<layout.count + 2 * 6 * 17).map { Float(($0 * 37) % 23) / 23 - 0.5 }
    let memory = FloatBuffer(count: values.count)
    for (n, value) in values.enumerated() { memory.base[n] = value }
    let (now, later) = (FloatBuffer(count: layout.count), FloatBuffer(count: layout.count))
    let products = WeightProducts()
    for shard in 0..<2 {
      let start = memory.base + layout.count + shard * 6 * 17
      let x = Matrix(start, rows: 6, columns: 7)
      let dY = Matrix(start + 42, rows: 6, columns: 10)
      layer.backward(x, dY: dY, into: nil, parameters: memory.base, gradients: now.base)
      layer.backward(
        x, dY: dY, into: nil, parameters: memory.base, gradients: later.base, deferred: products)
    }
    #expect(products.products.count == 2)
    #expect((0..<70).allSatisfy { later.base[$0] == 0 }, "the weight's gradient waits")
    for piece in 0..<pieces {
      let rows = 10 * piece / pieces..<10 * (piece + 1) / pieces
      for (place, product) in products.products.enumerated() {
        product.write(rows, adding: place > 0, to: later.base)
      }
    }
    for n in 0..<layout.count { #expect(abs(now.base[n] - later.base[n]) < 1e-5) }
    #expect(now.values.contains { abs($0) > 0.1 })
    products.removeAll()
    #expect(products.products.isEmpty)
    withExtendedLifetime(memory) {}
  }
}
