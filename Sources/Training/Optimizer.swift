import Kernels
import Runtime

/// What turns a gradient into a step, and what it remembers from step to step.
protocol Optimizer: AnyObject {
  /// One step.
  ///
  /// - Parameters:
  ///   - parameters: The model's parameters, updated.
  ///   - gradients: dL/dparameters in the same layout; of sparse tables only the touched rows are read.
  ///   - touched: For each sparse table the rows that have a gradient, each once, in a reproducible order.
  ///   - gradientScale: A factor of all gradients, from clipping.
  ///   - learningRate: The step's rate.
  ///   - workers: The threads.
  func step(
    _ parameters: FloatBuffer, gradients: FloatBuffer, touched: [[Int32]], gradientScale: Float,
    learningRate: Float, workers: Workers)

  /// The running means, each in the layout of the parameters, by name.
  var moments: [(name: String, values: FloatBuffer)] { get }

  /// For each list that is kept of a sparse table's rows, its name and the number of a step for each row; 0 for none.
  var rowSteps: [(name: String, steps: [Int32])] { get }

  /// Takes up a run behind `step` steps; the moments have been put back.
  ///
  /// - Precondition: As many lists as `rowSteps` has, of as many rows, none above `step`.
  func resume(at step: Int, rowSteps: [[Int32]])
}

/// The choice of an optimiser with its settings.
public enum OptimizerSettings: Sendable, Equatable {
  /// AdamW (Loshchilov and Hutter 2019), the default.
  case adamW(AdamW.Settings)
  /// AdaDelta (Zeiler 2012), which Tang et al. 2019 train their BiLSTM with.
  case adaDelta(AdaDelta.Settings)

  /// AdamW with PyTorch's settings but for the weight decay.
  public static func adamW(weightDecay: Float) -> OptimizerSettings {
    var settings = AdamW.Settings()
    settings.weightDecay = weightDecay
    return .adamW(settings)
  }

  /// The choice and all settings as lines `name=value`.
  public var keyLines: [String] {
    switch self {
    case .adamW(let settings): ["optimizer=adamw"] + settings.keyLines
    case .adaDelta(let settings): ["optimizer=adadelta"] + settings.keyLines
    }
  }

  /// An optimiser with zero moments.
  func makeOptimizer(
    layout: ParameterLayout, sparseTables: [ParameterSlice]
  ) -> any Optimizer {
    switch self {
    case .adamW(let settings):
      AdamW(layout: layout, sparseTables: sparseTables, settings: settings)
    case .adaDelta(let settings):
      AdaDelta(layout: layout, sparseTables: sparseTables, settings: settings)
    }
  }
}
