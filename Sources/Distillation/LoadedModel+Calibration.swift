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

extension LoadedModel {
  /// The entities that a student finds, each with its probability and whether it is right; nil for a BERT.
  ///
  /// - Parameters:
  ///   - sentences: Sentences with gold tags.
  ///   - workers: The threads.
  /// - Returns: What `Calibration` is made of, in the order of the sentences.
  public func confidences(
    on sentences: [Example], workers: Workers
  ) -> [Calibration.Prediction]? {
    guard case .student(let model) = self else { return nil }
    let chain = model.chain(temperature: model.network.configuration.temperature)
    let spans = Mutex(
      [[(span: EntitySpan, probability: Double)]](repeating: [], count: sentences.count))
    Prediction(model.network, parameters: model.parameters, workers: workers)
      .forEach(model.inputs(for: sentences.map(\.words))) { sentence, logits in
        let labels =
          model.network.crf == nil
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
