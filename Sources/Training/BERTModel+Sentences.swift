import Corpora
import Networks

extension BERTModel {
  /// Sentences as the network reads them, an input for each.
  public func inputs(for sentences: [Sentence]) -> [BERTInput] {
    sentences.map { input($0.words) }
  }
}
