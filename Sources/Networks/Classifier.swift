import Kernels
import Layers

/// A network that gives an example rows of L logits, and that the trainer can train.
///
/// A tagger gives one row for each word, a classifier of texts or pairs one row in all. All work is on a shard: some
/// examples, a workspace and a gradient buffer of its own. Rows stand in the order of the examples, R in all.
public protocol Classifier: Sendable {
  /// One example, prepared for the network.
  associatedtype Input: Sendable

  /// Where each parameter lies; the tables with sparse gradients come first.
  var layout: ParameterLayout { get }
  /// The tables whose gradients come as `SparseGradient`, in layout order.
  var sparseTables: [ParameterSlice] { get }
  /// The label names, L of them; logit j belongs to label j.
  var labels: [String] { get }

  /// The words or pieces that an example costs, by which batches are formed.
  func cost(of input: Input) -> Int
  /// The rows of logits that an example gets: its words, or one.
  func rowCount(of input: Input) -> Int
  /// The memory that a training step needs for an example, in words or pieces of a short one.
  func trainingCost(of input: Input) -> Int
  /// The example in the windows that are read one at a time; itself, where it is not too long.
  func windows(of input: Input) -> [InputWindow<Input>]

  /// The logits of all rows, [R, L], in the workspace.
  func logits(
    _ inputs: [Input], parameters: UnsafeMutablePointer<Float>, workspace: Workspace
  ) -> Matrix

  /// One forward and backward pass.
  ///
  /// - Parameters:
  ///   - inputs: The shard's examples.
  ///   - parameters: The model's parameters.
  ///   - gradients: The shard's gradient buffer, accumulated into.
  ///   - workspace: Scratch, reset by the caller.
  ///   - dropout: The point of the run, from which dropout masks follow; nil for no dropout.
  ///   - deferred: Where gradients of weights are put off to; nil to compute them at once.
  ///   - loss: Gets the logits [R, L] and zeros [R, L], which it fills with dL/dlogits; gives the loss.
  /// - Returns: The loss and the gradients of the sparse tables.
  func step(
    _ inputs: [Input], parameters: UnsafeMutablePointer<Float>,
    gradients: UnsafeMutablePointer<Float>, workspace: Workspace, dropout: DropoutContext?,
    deferred: WeightProducts?, loss: (_ logits: Matrix, _ dLogits: Matrix) -> Double
  ) -> (loss: Double, sparse: [SparseGradient])

  /// What an example's logits are held to in training.
  ///
  /// - Parameters:
  ///   - objective: How the losses are weighed.
  ///   - parameters: The model's parameters.
  /// - Returns: The loss of a shard's examples, one after another.
  func loss(
    _ objective: LogitObjective, parameters: UnsafeMutablePointer<Float>
  ) -> any ExampleLoss

  /// What chooses the labels of an example's rows, made once for many examples.
  ///
  /// - Parameter parameters: The model's parameters.
  /// - Returns: Gives the most probable labels, one a row, for logits [rows, L].
  func decoder(
    _ parameters: UnsafeMutablePointer<Float>
  ) -> @Sendable (_ logits: Matrix) -> [Int]
}

extension Classifier {
  /// Each row judged by its own logits.
  public func loss(
    _ objective: LogitObjective, parameters: UnsafeMutablePointer<Float>
  ) -> any ExampleLoss { RowLoss(objective) }

  /// The largest logit of each row.
  public func decoder(
    _ parameters: UnsafeMutablePointer<Float>
  ) -> @Sendable (_ logits: Matrix) -> [Int] {
    { logits in (0..<logits.rows).map { logits.largestColumn(ofRow: $0) } }
  }

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

  /// The example's cost.
  public func trainingCost(of input: Input) -> Int { cost(of: input) }

  /// The example itself, for a network to which none is too long.
  public func windows(of input: Input) -> [InputWindow<Input>] {
    let rows = 0..<rowCount(of: input)
    return [InputWindow(input: input, read: rows, kept: rows)]
  }

  /// The range of the layout whose gradients are dense: all behind the sparse tables.
  public var denseRange: Range<Int> {
    (sparseTables.last?.range.upperBound ?? 0)..<layout.count
  }
}

extension Matrix {
  /// The column of a row's largest element, the first of equals.
  public func largestColumn(ofRow index: Int) -> Int {
    let values = row(index)
    var best = 0
    for column in 1..<max(columns, 1) where values[column] > values[best] { best = column }
    return best
  }
}
