import Kernels
import Runtime

/// A running average of a model's weights, which is judged and kept in their place (Polyak and Juditsky 1992).
///
/// After step t, counted from 1, e = e + (1 - d) (w - e) with d = min(0.999, (1 + t) / (10 + t)), as TensorFlow's
/// `ExponentialMovingAverage` with `num_updates`: the average covers about the last tenth of the steps so far, and never
/// more than about the last thousand.
final class WeightAverage {
  /// The averaged weights.
  let values: FloatBuffer
  private static let slowest: Float = 0.999
  private static let pieceSize = 1 << 14

  /// Starts at the given weights.
  init(of parameters: FloatBuffer) {
    values = FloatBuffer(count: parameters.count)
    values.base.update(from: parameters.base, count: parameters.count)
  }

  /// Moves towards the weights after a step, counted from 1.
  func update(_ parameters: FloatBuffer, step: Int, workers: Workers) {
    let decay = min(Self.slowest, Float(1 + step) / Float(10 + step))
    workers.runRanges(values.count, grain: Self.pieceSize) { [values] piece in
      let target = values.base + piece.lowerBound
      scale(target, by: decay, count: piece.count)
      add(1 - decay, times: parameters.base + piece.lowerBound, to: target, count: piece.count)
    }
  }
}
