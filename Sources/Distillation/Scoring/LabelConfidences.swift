import Corpora
import Evaluation
import Files
import Glibc
import Kernels
import Networks
import Runtime
import Synchronization
import Training

extension ClassifierModel {
  /// The label that the model gives each text or pair, with its probability, and whether it is right.
  ///
  ///     probability of label j = exp(z_j / T) / sum over k of exp(z_k / T)
  ///
  /// - Parameters:
  ///   - examples: Examples with gold labels.
  ///   - temperature: T, above 0.
  ///   - workers: The threads.
  /// - Returns: What `Calibration` is made of, in the order of the examples.
  func labelConfidences(
    on examples: [Example], temperature: Float, workers: Workers
  ) -> [Calibration.Prediction] {
    let gold = examples.map { ByteString($0.label ?? "") }
    let names = labels.map { ByteString($0) }
    let empty = Calibration.Prediction(confidence: 0, isCorrect: false)
    let results = Mutex([Calibration.Prediction](repeating: empty, count: examples.count))
    prediction(nil, workers: workers).forEach(inputs(for: examples, workers: workers)) {
      example, logits in
      let best = logits.largestColumn(ofRow: 0)
      let sum = (0..<logits.columns).reduce(0.0) {
        $0 + exp(Double((logits[0, $1] - logits[0, best]) / temperature))
      }
      let prediction = Calibration.Prediction(
        confidence: 1 / sum, isCorrect: names[best] == gold[example])
      results.withLock { $0[example] = prediction }
    }
    return results.withLock { $0 }
  }
}
