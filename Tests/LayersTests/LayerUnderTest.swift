import Kernels
import Layers

/// A layer run forward and backward in one go, whichever it is.
struct LayerUnderTest {
  /// The memory that a run may use beside its input and output.
  struct Memory {
    let rows: PackedRows
    let parameters: UnsafeMutablePointer<Float>
    let gradients: UnsafeMutablePointer<Float>
    let workspace: Workspace
  }

  let layout: ParameterLayout
  /// The width of X; 0 for a layer without one.
  let inputs: Int
  /// The width of Y.
  let outputs: Int
  /// Computes Y from X and, from dY, dX, which holds zeros before.
  let run: (_ x: Matrix, _ y: Matrix, _ dY: Matrix, _ dX: Matrix, _ memory: Memory) -> Void

  static func linear(inputs: Int, outputs: Int) -> LayerUnderTest {
    var layout = ParameterLayout()
    let layer = Linear(into: &layout, name: "layer", inputs: inputs, outputs: outputs)
    return LayerUnderTest(layout: layout, inputs: inputs, outputs: outputs) {
      x, y, dY, dX, memory in
      layer.forward(x, into: y, parameters: memory.parameters)
      layer.backward(
        x, dY: dY, into: dX, parameters: memory.parameters, gradients: memory.gradients)
    }
  }

  static func layerNorm(size: Int) -> LayerUnderTest {
    var layout = ParameterLayout()
    let layer = LayerNorm(into: &layout, name: "layer", size: size, epsilon: 1e-5)
    return LayerUnderTest(layout: layout, inputs: size, outputs: size) { x, y, dY, dX, memory in
      let statistics = LayerNorm.Statistics(rows: x.rows, workspace: memory.workspace)
      layer.forward(x, into: y, statistics: statistics, parameters: memory.parameters)
      dX.copy(from: dY)
      layer.backward(
        x, dY: dX, into: dX, statistics: statistics, parameters: memory.parameters,
        gradients: memory.gradients)
    }
  }

  static func embedding(ids: [Int32], size: Int, dimension: Int) -> LayerUnderTest {
    var layout = ParameterLayout()
    let layer = Embedding(into: &layout, name: "layer", size: size, dimension: dimension)
    return LayerUnderTest(layout: layout, inputs: 0, outputs: dimension) { _, y, dY, _, memory in
      ids.withUnsafeBufferPointer {
        y.clear()
        layer.addRows($0, to: y, parameters: memory.parameters)
        layer.backward($0, dY: dY, gradients: memory.gradients)
      }
    }
  }

  static func attention(
    hidden: Int, heads: Int, dropout: Float = 0, hasBias: Bool = false
  ) -> LayerUnderTest {
    var layout = ParameterLayout()
    let relativeBias =
      hasBias ? RelativePositionBias(into: &layout, name: "bias", heads: heads) : nil
    let layer = SelfAttention(into: &layout, name: "layer", hidden: hidden, heads: heads)
    let mask: (Float, UInt64) = (dropout, 0x1234_5678_9ABC_DEF0)
    return LayerUnderTest(layout: layout, inputs: hidden, outputs: hidden) { x, y, dY, dX, memory in
      let bias = relativeBias?.spread(
        longest: memory.rows.longest, training: true, parameters: memory.parameters,
        workspace: memory.workspace)
      let activations = layer.activations(
        for: memory.rows, bias: bias, workspace: memory.workspace)
      layer.forward(
        x, into: y, rows: memory.rows, activations: activations, dropout: mask,
        parameters: memory.parameters, workspace: memory.workspace)
      layer.backward(
        x, dY: dY, accumulatingInto: dX, rows: memory.rows, activations: activations,
        dropout: mask, parameters: memory.parameters, gradients: memory.gradients,
        workspace: memory.workspace)
      if let bias { relativeBias?.backward(bias, gradients: memory.gradients) }
    }
  }

  static func feedForward(
    hidden: Int, intermediate: Int, activation: Activation = .gelu
  ) -> LayerUnderTest {
    var layout = ParameterLayout()
    let layer = FeedForward(
      into: &layout, name: "layer", hidden: hidden, intermediate: intermediate,
      activation: activation)
    return LayerUnderTest(layout: layout, inputs: hidden, outputs: hidden) { x, y, dY, dX, memory in
      let activations = layer.activations(
        rows: x.rows, training: true, workspace: memory.workspace)
      layer.forward(x, into: y, activations: activations, parameters: memory.parameters)
      layer.backward(
        x, dY: dY, accumulatingInto: dX, activations: activations, parameters: memory.parameters,
        gradients: memory.gradients, workspace: memory.workspace)
    }
  }

  static func pooler(size: Int, activation: Activation) -> LayerUnderTest {
    var layout = ParameterLayout()
    let layer = Pooler(into: &layout, name: "layer", size: size, activation: activation)
    return LayerUnderTest(layout: layout, inputs: size, outputs: size) { x, y, dY, dX, memory in
      let activations = layer.activations(
        rows: x.rows, training: true, workspace: memory.workspace)
      layer.forward(x, activations: activations, parameters: memory.parameters)
      y.copy(from: activations.output)
      layer.backward(
        x, dY: dY, into: dX, activations: activations, parameters: memory.parameters,
        gradients: memory.gradients)
    }
  }

  static func transformer(
    hidden: Int, heads: Int, intermediate: Int, dropout: (hidden: Float, attention: Float)? = nil
  ) -> LayerUnderTest {
    var layout = ParameterLayout()
    let layer = TransformerLayer(
      into: &layout, name: "layer", hidden: hidden, heads: heads, intermediate: intermediate,
      epsilon: 1e-5)
    let mask =
      dropout.map {
        TransformerLayer.Dropout(
          hidden: $0.hidden, attention: $0.attention,
          context: DropoutContext(seed: 3, step: 41, shard: 2), layer: 1)
      } ?? .none
    return LayerUnderTest(layout: layout, inputs: hidden, outputs: hidden) { x, y, dY, dX, memory in
      let activations = layer.activations(
        for: memory.rows, training: true, workspace: memory.workspace)
      layer.forward(
        x, into: y, rows: memory.rows, activations: activations, dropout: mask,
        parameters: memory.parameters, workspace: memory.workspace)
      dX.copy(from: dY)
      layer.backward(
        x, gradient: dX, rows: memory.rows, activations: activations, dropout: mask,
        parameters: memory.parameters, gradients: memory.gradients, workspace: memory.workspace)
    }
  }
}
