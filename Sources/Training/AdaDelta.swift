import CKernels
import Glibc
import Kernels
import Runtime

/// AdaDelta over a parameter layout (Zeiler 2012), without weight decay.
///
///     v = rho v + (1 - rho) g^2
///     d = sqrt(u + epsilon) / sqrt(v + epsilon) g
///     u = rho u + (1 - rho) d^2
///     w = w - rate d
///
/// Without a gradient a weight stays and its two means shrink by rho. So a sparse table's row is left alone until it is
/// touched, when its means have shrunk by the steps it missed: the same as stepping the whole table.
public final class AdaDelta {
  /// The settings that hold for a whole run.
  public struct Settings: Sendable, Equatable {
    /// The decay of the two running means.
    public var rho: Float = 0.95
    /// Added under both roots.
    public var epsilon: Float = 1e-6

    /// The values of Zeiler's and Tang et al.'s experiments.
    public init() {}

    /// All settings as lines `name=value`.
    public var keyLines: [String] { ["rho=\(rho)", "epsilon=\(epsilon)"] }

    /// The learning rate that goes with them.
    public static let defaultRate: Float = 1
  }

  private let settings: Settings
  private let square: FloatBuffer
  private let update: FloatBuffer
  private let dense: Range<Int>
  private let tables: [ParameterSlice]
  /// For each sparse table the step of each row's last gradient; 0 for none.
  private var lastTouched: [[Int32]]
  private var stepCount = 0
  private static let pieceSize = 1 << 15

  /// Makes an optimiser with zero means.
  ///
  /// - Parameters:
  ///   - layout: The model's layout.
  ///   - sparseTables: The tables with sparse gradients, at the start of the layout.
  ///   - settings: The run's settings.
  public init(layout: ParameterLayout, sparseTables: [ParameterSlice], settings: Settings) {
    self.settings = settings
    square = FloatBuffer(count: layout.count)
    update = FloatBuffer(count: layout.count)
    dense = (sparseTables.last?.range.upperBound ?? 0)..<layout.count
    tables = sparseTables
    lastTouched = sparseTables.map { [Int32](repeating: 0, count: $0.shape[0]) }
  }

  /// The addresses that the workers share, and the step on a range.
  private struct Step: @unchecked Sendable {
    let w: UnsafeMutablePointer<Float>
    let g: UnsafeMutablePointer<Float>
    let v: UnsafeMutablePointer<Float>
    let u: UnsafeMutablePointer<Float>
    let settings: Settings
    let scale: Float
    let rate: Float

    func apply(_ range: Range<Int>) {
      let start = range.lowerBound
      ck_adadelta(
        w + start, g + start, v + start, u + start, range.count, scale, rate, settings.rho,
        settings.epsilon)
    }

    /// Shrinks the means of a row that has missed steps.
    func decay(_ range: Range<Int>, missed: Int32) {
      let factor = powf(settings.rho, Float(missed))
      Kernels.scale(v + range.lowerBound, by: factor, count: range.count)
      Kernels.scale(u + range.lowerBound, by: factor, count: range.count)
    }
  }
}

extension AdaDelta: Optimizer {
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
    let step = Step(
      w: parameters.base, g: gradients.base, v: square.base, u: update.base, settings: settings,
      scale: gradientScale, rate: learningRate)
    workers.runRanges(dense.count, grain: Self.pieceSize) { [dense] piece in
      let start = dense.lowerBound
      step.apply(start + piece.lowerBound..<start + piece.upperBound)
    }
    for (index, slice) in tables.enumerated() {
      let width = slice.shape[1]
      let rows = touched[index].map { row -> (start: Int, missed: Int32) in
        let last = lastTouched[index][Int(row)]
        lastTouched[index][Int(row)] = Int32(stepCount)
        return (slice.offset + Int(row) * width, last == 0 ? 0 : Int32(stepCount) - 1 - last)
      }
      workers.runRanges(rows.count, grain: 256) { range in
        for (start, missed) in rows[range] {
          if missed > 0 { step.decay(start..<start + width, missed: missed) }
          step.apply(start..<start + width)
        }
      }
    }
  }

  var moments: [(name: String, values: FloatBuffer)] {
    [("adadelta.square", square), ("adadelta.update", update)]
  }

  var rowSteps: [(name: String, steps: [Int32])] {
    lastTouched.enumerated().map { ("adadelta.touched.\($0)", $1) }
  }

  func resume(at step: Int, rowSteps: [[Int32]]) {
    stepCount = step
    lastTouched = rowSteps
  }
}
