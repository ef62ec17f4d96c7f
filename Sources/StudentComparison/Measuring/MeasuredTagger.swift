import Networks
import Runtime
import Tagger
import Training

/// A loaded model as an application would run it: a student by the Tagger library, a BERT by its network.
///
/// What it works with is kept from one call to the next, so that after the first call nothing is made anew.
struct MeasuredTagger {
  private enum Kind {
    /// A tagger for each thread.
    case taggers([Tagger])
    case bert(
      BERTModel, oneThread: Prediction<BERTNetwork>, allThreads: Prediction<BERTNetwork>)
  }

  private let kind: Kind
  private let workers: Workers

  /// Loads a model directory.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  init(path: String, workers: Workers, precision: TaggerPrecision) throws {
    self.workers = workers
    if StudentModel.isStudent(path) {
      let model = try TaggerModel(path: path, precision: precision)
      kind = .taggers((0..<workers.count).map { _ in Tagger(model: model) })
    } else {
      let model = try BERTModel(path: path)
      func prediction(_ workers: Workers) -> Prediction<BERTNetwork> {
        Prediction(model.network, parameters: model.parameters, workers: workers)
      }
      kind = .bert(model, oneThread: prediction(Workers(1)), allThreads: prediction(workers))
    }
  }

  /// Tags sentences on the calling thread.
  func tagOnOneThread(_ sentences: [[String]]) {
    switch kind {
    case .taggers(let taggers): _ = taggers[0].tag(sentences: sentences)
    case .bert(let model, let oneThread, _):
      _ = try? oneThread.labels(sentences.map { model.input($0) })
    }
  }

  /// Tags sentences on all threads; a BiLSTM's are dealt out by turns, so that every thread gets long and short ones.
  func tagOnAllThreads(_ sentences: [[String]]) {
    switch kind {
    case .taggers(let taggers):
      nonisolated(unsafe) let taggers = taggers
      workers.run(taggers.count) { thread in
        let share = stride(from: thread, to: sentences.count, by: taggers.count)
        // Each tagger belongs to the one piece of work that carries its number.
        _ = taggers[thread].tag(sentences: share.map { sentences[$0] })
      }
    case .bert(let model, _, let allThreads):
      _ = try? allThreads.labels(sentences.map { model.input($0) })
    }
  }
}
