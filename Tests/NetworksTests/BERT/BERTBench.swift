import Kernels
import Layers
import Networks

/// A network with memory to run it in; results come as lists, so that no view outlives its memory.
struct BERTBench {
  let network: BERTNetwork
  let parameters: FloatBuffer
  let gradients: FloatBuffer
  let workspace = Workspace()

  /// A network whose parameters follow the formula, or the given ones.
  init(_ network: BERTNetwork, parameters: FloatBuffer? = nil) {
    self.network = network
    self.parameters = parameters ?? FloatBuffer(count: network.layout.count)
    gradients = FloatBuffer(count: network.layout.count)
    if parameters == nil {
      for slice in network.layout.slices { BERTReference.fill(slice, in: self.parameters) }
    }
  }

  /// The logits of all words.
  func logits(_ inputs: [BERTInput]) -> [Double] {
    workspace.reset()
    return network.logits(inputs, parameters: parameters.base, workspace: workspace).elements
  }

  /// The last hidden states of all pieces.
  func hiddenStates(_ inputs: [BERTInput]) -> [Double] {
    workspace.reset()
    return network.hiddenStates(inputs, parameters: parameters.base, workspace: workspace).elements
  }

  /// Adds the gradient of the mean cross-entropy to `gradients`, the sparse one included, and gives the loss.
  func step(_ inputs: [BERTInput], gold: [Int], dropout: DropoutContext? = nil) -> Double {
    workspace.reset()
    let (loss, sparse) = network.step(
      inputs, parameters: parameters.base, gradients: gradients.base, workspace: workspace,
      dropout: dropout
    ) { crossEntropy($0, $1, gold: gold) }
    for gradient in sparse {
      let table = gradient.slice.matrix(in: gradients.base)
      for (row, id) in gradient.ids.enumerated() {
        add(gradient.rows.row(row), to: table.row(Int(id)), count: table.columns)
      }
    }
    return loss
  }

  /// The gradient of a named tensor.
  func gradient(_ slice: ParameterSlice) -> [Double] {
    slice.matrix(in: gradients.base).elements
  }

  private func crossEntropy(_ logits: Matrix, _ dLogits: Matrix, gold: [Int]) -> Double {
    precondition(logits.rows == gold.count, "\(logits.rows) words, \(gold.count) labels")
    var scratch = [Float](repeating: 0, count: 2 * logits.columns)
    return gold.indices.reduce(0) { sum, word in
      sum
        + LogitObjective.goldLabels.row(
          UnsafeBufferPointer(start: logits.row(word), count: logits.columns), teacher: nil,
          gold: gold[word], gradient: dLogits.row(word), scale: 1 / Float(gold.count),
          scratch: &scratch)
    }
  }
}
