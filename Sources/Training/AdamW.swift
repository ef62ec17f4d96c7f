import CKernels
import Glibc
import Kernels
import Runtime

/// AdamW with decoupled weight decay over a parameter layout (Loshchilov and Hutter 2019).
///
/// Dense parameters are stepped in fixed pieces by all workers. Of a sparse table, a row is stepped as long as its last
/// gradient is at most `horizon` steps old; then its momentum has run out (0.9^50 < 0.6 %) and it sleeps until it is touched
/// again, when its moments have decayed by the steps it slept. With an endless horizon this is AdamW to the letter.
public final class AdamW {
  /// The settings that hold for a whole run.
  public struct Settings: Sendable, Equatable {
    /// The decay of the gradient's running mean.
    public var beta1: Float = 0.9
    /// The decay of the squared gradient's running mean.
    public var beta2: Float = 0.999
    /// Added to the root of the second moment.
    public var epsilon: Float = 1e-8
    /// The share of a weight that one step at rate 1 removes.
    public var weightDecay: Float = 0.01
    /// How many steps a table row goes on after its last gradient.
    public var horizon = 50

    /// PyTorch's defaults.
    public init() {}

    /// All settings as lines `name=value`.
    public var keyLines: [String] {
      [
        "beta1=\(beta1)", "beta2=\(beta2)", "epsilon=\(epsilon)", "weight_decay=\(weightDecay)",
        "horizon=\(horizon)",
      ]
    }
  }

  private let settings: Settings
  private let layout: ParameterLayout
  private let mean: FloatBuffer
  private let square: FloatBuffer
  private let pieces: [(range: Range<Int>, decays: Bool)]
  private var tables: [TableState]
  private var stepCount = 0
  private static let pieceSize = 1 << 15

  /// Makes an optimiser with zero moments.
  ///
  /// - Parameters:
  ///   - layout: The model's layout.
  ///   - sparseTables: The tables with sparse gradients, at the start of the layout.
  ///   - settings: The run's settings.
  public init(layout: ParameterLayout, sparseTables: [ParameterSlice], settings: Settings) {
    self.settings = settings
    self.layout = layout
    mean = FloatBuffer(count: layout.count)
    square = FloatBuffer(count: layout.count)
    tables = sparseTables.map { TableState(slice: $0) }
    let dense = sparseTables.last?.range.upperBound ?? 0
    pieces = layout.slices.filter { $0.offset >= dense }.flatMap { slice in
      let decays = AdamW.decays(slice.name)
      return stride(from: slice.offset, to: slice.range.upperBound, by: Self.pieceSize).map {
        ($0..<min($0 + Self.pieceSize, slice.range.upperBound), decays)
      }
    }
  }

  /// Whether a parameter decays: all but biases and layer normalisation.
  public static func decays(_ name: String) -> Bool {
    !name.hasSuffix(".bias") && !name.contains("LayerNorm") && !name.contains("layer_norm")
      && !name.contains(".bias_")
  }

  /// One step.
  ///
  /// - Parameters:
  ///   - parameters: The model's parameters, updated.
  ///   - gradients: dL/dparameters in the same layout; of sparse tables only the touched rows are read.
  ///   - touched: For each sparse table the rows that have a gradient, each once, in a reproducible order.
  ///   - gradientScale: A factor of all gradients, from clipping.
  ///   - learningRate: The step's rate.
  ///   - workers: The threads.
  public func step(
    _ parameters: FloatBuffer, gradients: FloatBuffer, touched: [[Int32]], gradientScale: Float,
    learningRate: Float, workers: Workers
  ) {
    precondition(touched.count == tables.count, "\(touched.count) lists, \(tables.count) tables")
    stepCount += 1
    let update = Update(
      w: parameters.base, g: gradients.base, m: mean.base, v: square.base, settings: settings,
      scale: gradientScale, rate: learningRate,
      correction1: 1 - powf(settings.beta1, Float(stepCount)),
      correction2: 1 - powf(settings.beta2, Float(stepCount)))
    workers.run(pieces.count) { [pieces] in
      update.apply(pieces[$0].range, decays: pieces[$0].decays)
    }
    for index in tables.indices {
      let active = tables[index].wake(
        touched[index], step: stepCount, settings: settings, mean: mean.base, square: square.base)
      let slice = tables[index].slice
      workers.runRanges(active.count, grain: 256) { range in
        active[range].withUnsafeBufferPointer {
          update.apply($0, width: slice.shape[1], at: slice.offset)
        }
      }
    }
  }

  /// The numbers of one step, and the step itself on a range.
  private struct Update: @unchecked Sendable {
    let w: UnsafeMutablePointer<Float>
    let g: UnsafeMutablePointer<Float>
    let m: UnsafeMutablePointer<Float>
    let v: UnsafeMutablePointer<Float>
    let settings: Settings
    let scale: Float
    let rate: Float
    let correction1: Float
    let correction2: Float

    func apply(_ range: Range<Int>, decays: Bool) {
      let start = range.lowerBound
      ck_adamw(
        w + start, g + start, m + start, v + start, range.count, scale, rate, settings.beta1,
        settings.beta2, settings.epsilon, decays ? settings.weightDecay : 0, correction1,
        correction2)
    }

    /// Rows of a table that begins at `start`.
    func apply(_ rows: UnsafeBufferPointer<Int32>, width: Int, at start: Int) {
      ck_adamw_rows(
        w + start, g + start, m + start, v + start, rows.baseAddress, rows.count, width, scale,
        rate, settings.beta1, settings.beta2, settings.epsilon, settings.weightDecay, correction1,
        correction2)
    }
  }

  /// Which rows of a sparse table are awake.
  private struct TableState {
    let slice: ParameterSlice
    /// The step of each row's last gradient; 0 for none.
    private(set) var lastTouched: [Int32]
    /// The step at which each row was stepped last; 0 for never.
    private(set) var lastStepped: [Int32]
    private var awake: [Int32] = []

    init(slice: ParameterSlice) {
      self.slice = slice
      lastTouched = [Int32](repeating: 0, count: slice.shape[0])
      lastStepped = lastTouched
    }

    /// The rows that were stepped in the last step are awake.
    mutating func resume(at step: Int, lastTouched: [Int32], lastStepped: [Int32]) {
      self.lastTouched = lastTouched
      self.lastStepped = lastStepped
      awake = lastStepped.indices.filter { step > 0 && lastStepped[$0] == step }.map { Int32($0) }
    }

    /// The rows to be stepped now; the moments of those that slept are decayed by the steps they missed.
    mutating func wake(
      _ touched: [Int32], step: Int, settings: Settings, mean: UnsafeMutablePointer<Float>,
      square: UnsafeMutablePointer<Float>
    ) -> [Int32] {
      let width = slice.shape[1]
      for row in touched {
        let index = Int(row)
        lastTouched[index] = Int32(step)
        let missed = step - 1 - Int(lastStepped[index])
        if lastStepped[index] == 0 {
          awake.append(row)
        } else if missed > 0 {
          let start = slice.offset + index * width
          scale(mean + start, by: powf(settings.beta1, Float(missed)), count: width)
          scale(square + start, by: powf(settings.beta2, Float(missed)), count: width)
          awake.append(row)
        }
      }
      awake.removeAll { step - Int(lastTouched[Int($0)]) > settings.horizon }
      for row in awake { lastStepped[Int(row)] = Int32(step) }
      return awake
    }
  }
}

extension AdamW: Optimizer {
  var moments: [(name: String, values: FloatBuffer)] {
    [("adamw.mean", mean), ("adamw.square", square)]
  }

  var rowSteps: [(name: String, steps: [Int32])] {
    tables.enumerated().flatMap { index, table in
      [
        ("adamw.touched.\(index)", table.lastTouched),
        ("adamw.stepped.\(index)", table.lastStepped),
      ]
    }
  }

  func resume(at step: Int, rowSteps: [[Int32]]) {
    stepCount = step
    for index in tables.indices {
      tables[index].resume(
        at: step, lastTouched: rowSteps[2 * index], lastStepped: rowSteps[2 * index + 1])
    }
  }
}
