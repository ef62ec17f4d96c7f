import CKernels
import Kernels

/// A `TransformerLayer` whose weights are packed once for many batches, without a backward pass.
///
/// All but attention runs on blocks of a few rows, whose intermediate results stay in the cache.
public struct PackedTransformerLayer: Sendable {
  private let layer: TransformerLayer
  private let queryKeyValue: PackedProduct
  private let attentionOutput: PackedProduct
  private let intermediate: PackedProduct
  private let output: PackedProduct
  /// The rows of a block, a multiple of the kernels' 8 and 12.
  private static let blockSize = 48

  /// What the layers of a network use one after another for one batch.
  public struct Scratch {
    /// Q, K, V side by side, [N, 3H].
    let queryKeyValue: Matrix
    /// The attention's contexts, [N, H].
    let context: Matrix
    /// The attention part's sum with its input, then the feed-forward part's, [block, H].
    let sum: Matrix
    /// The attention part's normalised output, [block, H].
    let middle: Matrix
    /// The feed-forward part's inner rows, [block, F].
    let wide: Matrix
    let statistics: LayerNorm.Statistics
    let attention: UnsafeMutablePointer<Float>
    let product: UnsafeMutablePointer<Float>
  }

  /// Packs a layer's weights.
  public init(
    _ layer: TransformerLayer, parameters: UnsafeMutablePointer<Float>, precision: Precision
  ) {
    self.layer = layer
    func packed(_ weight: ParameterSlice, _ bias: ParameterSlice) -> PackedProduct {
      PackedProduct(
        weight: weight.matrix(in: parameters), bias: bias.pointer(in: parameters),
        precision: precision)
    }
    func packed(_ linear: Linear) -> PackedProduct { packed(linear.weight, linear.bias) }
    queryKeyValue = packed(layer.attention.queryKeyValueWeight, layer.attention.queryKeyValueBias)
    attentionOutput = packed(layer.attention.output)
    intermediate = packed(layer.feedForward.intermediate)
    output = packed(layer.feedForward.output)
  }

  /// Takes room for one batch; layers of the same sizes may share it.
  public func scratch(for rows: PackedRows, workspace: Workspace) -> Scratch {
    let hidden = layer.attention.hidden
    let block = Self.blockSize
    let products = [queryKeyValue, attentionOutput, intermediate, output]
    return Scratch(
      queryKeyValue: workspace.matrix(rows.rows, 3 * hidden),
      context: workspace.matrix(rows.rows, hidden), sum: workspace.matrix(block, hidden),
      middle: workspace.matrix(block, hidden),
      wide: workspace.matrix(block, intermediate.outputs),
      statistics: LayerNorm.Statistics(rows: block, workspace: workspace),
      attention: workspace.floats(
        ck_attend_scratch(rows.longest, hidden / layer.attention.heads)),
      product: workspace.floats(products.reduce(0) { max($0, $1.scratchSize(rows: block)) }))
  }

  /// Turns X, [N, H], into Y in place.
  ///
  /// - Parameters:
  ///   - x: X, then Y.
  ///   - rows: The sentences of the batch.
  ///   - bias: The relative position bias, where the model has one.
  ///   - scratch: Room for this batch.
  ///   - parameters: The model's parameters, of which the normalisations' are read.
  public func forward(
    _ x: Matrix, rows: PackedRows, bias: RelativePositionBias.Spread?, scratch: Scratch,
    parameters: UnsafeMutablePointer<Float>
  ) {
    forEachBlock(of: x.rows) { block in
      queryKeyValue.multiply(
        x.rows(block), into: scratch.queryKeyValue.rows(block), scratch: scratch.product)
    }
    layer.attention.attend(
      scratch.queryKeyValue, into: scratch.context, rows: rows, bias: bias,
      scratch: scratch.attention)
    forEachBlock(of: x.rows) { block in
      let x = x.rows(block)
      let first = 0..<block.count
      let (sum, middle, wide) = (
        scratch.sum.rows(first), scratch.middle.rows(first), scratch.wide.rows(first)
      )
      attentionOutput.multiply(scratch.context.rows(block), into: sum, scratch: scratch.product)
      add(x.base, to: sum.base, count: sum.count)
      layer.attentionNorm.forward(
        sum, into: middle, statistics: scratch.statistics, parameters: parameters)
      intermediate.multiply(middle, into: wide, scratch: scratch.product)
      layer.feedForward.activation.forward(wide, into: wide)
      output.multiply(wide, into: sum, scratch: scratch.product)
      add(middle.base, to: sum.base, count: sum.count)
      layer.outputNorm.forward(
        sum, into: x, statistics: scratch.statistics, parameters: parameters)
    }
  }

  private func forEachBlock(of rows: Int, _ body: (Range<Int>) -> Void) {
    for start in stride(from: 0, to: rows, by: Self.blockSize) {
      body(start..<min(rows, start + Self.blockSize))
    }
  }
}
