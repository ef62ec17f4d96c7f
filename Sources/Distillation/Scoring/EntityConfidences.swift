import Corpora
import Evaluation
import Kernels
import Labels
import Layers
import Networks
import Runtime
import StudentFormat
import Synchronization
import Training

extension StudentModel {
  /// The entities that a tagger finds, each with its probability and whether it is right.
  ///
  /// - Parameters:
  ///   - sentences: Sentences with gold tags.
  ///   - workers: The threads.
  /// - Returns: What `Calibration` is made of, in the order of the sentences.
  func entityConfidences(
    on sentences: [Example], workers: Workers
  ) -> [Calibration.Prediction] {
    let chain = chain(temperature: network.configuration.temperature)
    let spans = Mutex(
      [[(span: EntitySpan, probability: Double)]](repeating: [], count: sentences.count))
    Prediction(network, parameters: parameters, workers: workers)
      .forEach(inputs(for: sentences, workers: workers)) { sentence, logits in
        let labels =
          network.crf == nil
          ? (0..<logits.rows).map { logits.largestColumn(ofRow: $0) }
          : chain.bestLabels(logits.base, words: logits.rows)
        let found = chain.spans(of: labels, logits.base)
        spans.withLock { $0[sentence] = found }
      }
    return zip(sentences, spans.withLock { $0 }).flatMap { sentence, found in
      let gold = Set(EntitySpan.spans(of: sentence.tags))
      return found.map {
        Calibration.Prediction(confidence: $0.probability, isCorrect: gold.contains($0.span))
      }
    }
  }
}
