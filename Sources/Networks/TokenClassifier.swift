import Kernels
import Layers

/// A network that gives each word of a sentence L logits, and that the trainer can train.
///
/// All work is on a shard: some sentences, a workspace and a gradient buffer of its own. Word rows stand in the order of
/// the sentences, W in all.
public protocol TokenClassifier: Sendable {
  /// One sentence, prepared for the network.
  associatedtype Input: Sendable

  /// Where each parameter lies; the tables with sparse gradients come first.
  var layout: ParameterLayout { get }
  /// The tables whose gradients come as `SparseGradient`, in layout order.
  var sparseTables: [ParameterSlice] { get }
  /// The label names, L of them; logit j belongs to label j.
  var labels: [String] { get }
  /// The CRF on the logits; nil where each word's labels are judged by its own logits.
  var crf: CRF? { get }

  /// The number of rows that a sentence costs, by which batches are formed.
  func cost(of input: Input) -> Int
  /// The number of words of a sentence.
  func wordCount(of input: Input) -> Int
  /// The memory that a training step needs for a sentence, in rows of a short one.
  func trainingCost(of input: Input) -> Int
  /// The sentence in the windows that are read one at a time; itself, where it is not too long.
  func windows(of input: Input) -> [InputWindow<Input>]

  /// The logits of all words, [W, L], in the workspace.
  func logits(
    _ inputs: [Input], parameters: UnsafeMutablePointer<Float>, workspace: Workspace
  ) -> Matrix

  /// One forward and backward pass.
  ///
  /// - Parameters:
  ///   - inputs: The shard's sentences.
  ///   - parameters: The model's parameters.
  ///   - gradients: The shard's gradient buffer, accumulated into.
  ///   - workspace: Scratch, reset by the caller.
  ///   - dropout: The point of the run, from which dropout masks follow; nil for no dropout.
  ///   - deferred: Where gradients of weights are put off to; nil to compute them at once.
  ///   - loss: Gets the logits [W, L] and zeros [W, L], which it fills with dL/dlogits; gives the loss.
  /// - Returns: The loss and the gradients of the sparse tables.
  func step(
    _ inputs: [Input], parameters: UnsafeMutablePointer<Float>,
    gradients: UnsafeMutablePointer<Float>, workspace: Workspace, dropout: DropoutContext?,
    deferred: WeightProducts?, loss: (_ logits: Matrix, _ dLogits: Matrix) -> Double
  ) -> (loss: Double, sparse: [SparseGradient])
}

extension TokenClassifier {
  /// One forward and backward pass, with all gradients in the shard's buffer; see the requirement of the same name.
  public func step(
    _ inputs: [Input], parameters: UnsafeMutablePointer<Float>,
    gradients: UnsafeMutablePointer<Float>, workspace: Workspace, dropout: DropoutContext?,
    loss: (_ logits: Matrix, _ dLogits: Matrix) -> Double
  ) -> (loss: Double, sparse: [SparseGradient]) {
    step(
      inputs, parameters: parameters, gradients: gradients, workspace: workspace,
      dropout: dropout, deferred: nil, loss: loss)
  }

  /// None.
  public var crf: CRF? { nil }

  /// The sentence's rows.
  public func trainingCost(of input: Input) -> Int { cost(of: input) }

  /// The sentence itself, for a network to which no sentence is too long.
  public func windows(of input: Input) -> [InputWindow<Input>] {
    let words = 0..<wordCount(of: input)
    return [InputWindow(input: input, read: words, kept: words)]
  }

  /// The range of the layout whose gradients are dense: all behind the sparse tables.
  public var denseRange: Range<Int> {
    (sparseTables.last?.range.upperBound ?? 0)..<layout.count
  }
}
