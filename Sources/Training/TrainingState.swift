import Kernels

/// All of a training run that changes from step to step; with the settings and the data it decides everything that follows.
///
/// Random numbers have no state of their own: shuffling follows from seed and epoch, dropout from seed and step.
final class TrainingState {
  /// The weights that are trained.
  let parameters: FloatBuffer
  /// The optimiser with its moments.
  let optimizer: any Optimizer
  /// The average of the weights; nil where none is kept.
  let average: WeightAverage?
  /// The weights with the best dev score so far; nil before the first.
  private(set) var best: FloatBuffer?
  /// The epochs that have been trained and judged.
  var finishedEpochs = 0
  /// The figures so far.
  var outcome = TrainingOutcome()

  init(parameters: FloatBuffer, optimizer: any Optimizer, averagesWeights: Bool) {
    self.parameters = parameters
    self.optimizer = optimizer
    average = averagesWeights ? WeightAverage(of: parameters) : nil
  }

  /// The steps done.
  var step: Int { outcome.losses.count }

  /// The weights that are judged and kept: the average where there is one.
  var judged: FloatBuffer { average?.values ?? parameters }

  /// Whether the weights that are trained, and those that are judged, are all finite.
  var isFinite: Bool {
    [parameters, judged].allSatisfy { values in
      withExtendedLifetime(values) { values.elements.allSatisfy(\.isFinite) }
    }
  }

  /// Notes a dev score of the judged weights, and keeps them if it is the best.
  func note(devScore: Double) {
    if devScore > outcome.devScores.max() ?? -1 { keepAsBest(judged.base) }
    outcome.devScores.append(devScore)
  }

  /// The epoch with the best dev score, the first of equals; without a dev set the last one.
  var bestEpoch: Int {
    guard let best = outcome.devScores.max() else { return finishedEpochs }
    return 1 + (outcome.devScores.firstIndex(of: best) ?? 0)
  }

  /// Takes weights as the best so far.
  func keepAsBest(_ weights: UnsafePointer<Float>) {
    let target = best ?? FloatBuffer(count: parameters.count)
    target.base.update(from: weights, count: target.count)
    best = target
  }

  /// Puts the weights to be kept in the place of those that were trained.
  func finish() {
    outcome.bestEpoch = bestEpoch
    let kept = best ?? judged
    guard kept !== parameters else { return }
    parameters.base.update(from: kept.base, count: parameters.count)
  }
}
