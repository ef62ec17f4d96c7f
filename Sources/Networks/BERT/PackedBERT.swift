import Kernels
import Layers
import ModelFiles

/// A finished BERT at work: its linear layers' weights are packed once, in a precision of choice, for many batches.
///
/// The embeddings, attention's own products, the normalisations and the head stay in float32.
public struct PackedBERT: Sendable {
  /// The numbers in which the linear layers multiply.
  public let precision: Precision
  private let network: BERTNetwork
  private let parameters: FloatBuffer
  private let layers: [PackedTransformerLayer]

  /// Packs a network's weights, which must not change any more.
  public init(_ network: BERTNetwork, parameters: FloatBuffer, precision: Precision) {
    self.precision = precision
    self.network = network
    self.parameters = parameters
    layers = network.layers.map {
      PackedTransformerLayer($0, parameters: parameters.base, precision: precision)
    }
  }

  /// The logits of all words or texts, [R, L], in the workspace.
  public func logits(_ inputs: [BERTInput], workspace: Workspace) -> Matrix {
    let base = parameters.base
    let state = network.begin(inputs, parameters: base, training: false, workspace: workspace)
    let x = workspace.matrix(state.rows.rows, network.configuration.hiddenSize)
    network.embed(inputs, state: state, into: x, parameters: base, dropout: nil)
    if let scratch = layers.first?.scratch(for: state.rows, workspace: workspace) {
      for layer in layers {
        layer.forward(
          x, rows: state.rows, bias: state.relativeBias, scratch: scratch, parameters: base)
      }
    }
    return network.classify(x, state: state, parameters: base, dropout: nil, workspace: workspace)
  }
}
