import Evaluation
import Networks
import Training

extension Trainer.DevSet {
  /// Sentences with gold tags, scored by their entities' F1.
  init(inputs: [Network.Input], gold: [[String]], labels: [String]) {
    precondition(inputs.count == gold.count, "\(inputs.count) and \(gold.count) sentences")
    self.init(inputs: inputs) { predicted in
      EntityScore(gold: gold, predicted: predicted.map { $0.map { labels[$0] } }).overall.f1
    }
  }
}
