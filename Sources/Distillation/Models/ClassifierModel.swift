import Corpora
import Evaluation
import Files
import Kernels
import Labels
import Layers
import Networks
import Runtime
import StudentFormat
import Training

/// A model in memory, a BERT or a BiLSTM student: a network with its parameters, and what makes its inputs of examples.
public protocol ClassifierModel: Sendable {
  /// The network.
  associatedtype Network: Classifier

  /// The network.
  var network: Network { get }
  /// The parameters in the network's layout.
  var parameters: FloatBuffer { get }
  /// The directory of its tokenizer's files, which is the model's own once it is saved.
  var path: String { get }
  /// What the model is asked about an example.
  var task: TaskKind { get }
  /// The number of parameters outside the embedding tables.
  var encoderParameterCount: Int { get }

  /// The inputs of examples that come one after another, so that no more than the inputs stay in memory.
  ///
  /// - Parameter forEach: Calls what it is given with each example.
  /// - Returns: An input for each; only those of one call may meet in a batch.
  /// - Throws: What `forEach` throws.
  func inputs(ofEach forEach: (_ add: (Example) -> Void) throws -> Void) rethrows
    -> [Network.Input]
  /// The inputs of examples; only those of one call may meet in a batch.
  func inputs(for examples: [Example], workers: Workers) -> [Network.Input]

  /// What runs the network over many examples.
  ///
  /// - Parameters:
  ///   - precision: The numbers in which packed weights multiply; nil for the network as it is trained.
  ///   - workers: The threads.
  /// - Returns: The prediction.
  func prediction(_ precision: Precision?, workers: Workers) -> Prediction<Network>
  /// What turns an example's logits into the probabilities of its rows, [rows, L], that another model is taught; nil where
  /// it is taught the logits themselves.
  var taughtProbabilities: (@Sendable (_ logits: Matrix) -> [Double])? { get }
  /// The model's answers with their probabilities, and whether they are right; nil for one that gives no probabilities.
  ///
  /// - Parameters:
  ///   - examples: Examples with gold labels.
  ///   - workers: The threads.
  /// - Returns: What `Calibration` is made of, in the order of the examples.
  func confidences(on examples: [Example], workers: Workers) -> [Calibration.Prediction]?
}

extension ClassifierModel {
  /// The label names.
  public var labels: [String] { network.labels }
  /// The number of parameters.
  public var parameterCount: Int { network.layout.count }

  /// The most probable labels of each example, one a row.
  ///
  /// - Parameters:
  ///   - examples: The examples; what is too long for a BERT is read in windows.
  ///   - workers: The threads.
  /// - Returns: For a sentence the tags of its words in IOB2, for a text or a pair its one label.
  /// - Throws: `DataError` for logits that are not finite.
  public func answers(
    for examples: [Example], workers: Workers
  ) throws(DataError) -> [[String]] {
    let inputs = inputs(for: examples, workers: workers)
    let names = LabelSet(names: labels)
    do throws(OverflowedLogits) {
      return try prediction(nil, workers: workers).labels(inputs).map { labels in
        task.labelsWords ? names.tags(of: labels) : labels.map { names.names[$0] }
      }
    } catch {
      throw overflow
    }
  }

  /// The error for a model whose logits are not finite.
  var overflow: DataError {
    DataError(
      file: path, found: "a model with logits that are not finite", expected: "finite logits",
      remedy: "take a model whose training did not diverge")
  }

  /// The score on examples with gold labels.
  ///
  /// - Throws: `DataError` for logits that are not finite.
  public func score(on corpus: Corpus, workers: Workers) throws(DataError) -> any PooledScore {
    task.task.score(
      corpus.examples, answers: try answers(for: corpus.examples, workers: workers),
      labels: labels)
  }
}

extension BERTModel: ClassifierModel {
  /// The directory of its tokenizer's files.
  public var path: String { Folders.parent(of: vocabularyPath) }
  /// The number of parameters outside the embedding tables.
  public var encoderParameterCount: Int { network.encoderParameterCount }

  /// The inputs of examples.
  public func inputs(
    ofEach forEach: (_ add: (Example) -> Void) throws -> Void
  ) rethrows -> [BERTInput] {
    var inputs: [BERTInput] = []
    try forEach { inputs.append(input($0.words, firstLength: $0.firstLength)) }
    return inputs
  }

  /// The inputs of examples.
  public func inputs(for examples: [Example], workers: Workers) -> [BERTInput] {
    workers.map(examples.count) {
      self.input(examples[$0].words, firstLength: examples[$0].firstLength)
    }
  }

  /// What runs the network.
  public func prediction(_ precision: Precision?, workers: Workers) -> Prediction<BERTNetwork> {
    guard let precision else {
      return Prediction(network, parameters: parameters, workers: workers)
    }
    let packed = PackedBERT(network, parameters: parameters, precision: precision)
    return Prediction(self, packed: packed, workers: workers)
  }

  /// None: it teaches its logits.
  public var taughtProbabilities: (@Sendable (_ logits: Matrix) -> [Double])? { nil }

  /// Those of the labels of texts and pairs; nil for a tagger.
  public func confidences(
    on examples: [Example], workers: Workers
  ) -> [Calibration.Prediction]? {
    task.labelsWords ? nil : labelConfidences(on: examples, temperature: 1, workers: workers)
  }
}

extension StudentModel: ClassifierModel {
  /// The directory of its tokenizer's files.
  public var path: String { Folders.parent(of: vocabularyPath) }
  /// What it was trained for.
  public var task: TaskKind { network.configuration.task }
  /// The number of parameters outside the embedding tables.
  public var encoderParameterCount: Int { network.encoderParameterCount }

  /// The inputs of examples.
  public func inputs(
    ofEach forEach: (_ add: (Example) -> Void) throws -> Void
  ) rethrows -> [StudentInput] {
    var inputs = StudentInputs(vocabulary: vocabulary)
    try forEach { inputs.append($0.words, firstLength: $0.firstLength) }
    return inputs.finished()
  }

  /// The inputs of examples.
  public func inputs(for examples: [Example], workers: Workers) -> [StudentInput] {
    inputs { add in examples.forEach(add) }
  }

  /// A student's weights are not packed for training's network; see the product Tagger for its fast form.
  public func prediction(_ precision: Precision?, workers: Workers) -> Prediction<StudentNetwork> {
    Prediction(network, parameters: parameters, workers: workers)
  }

  /// Under a CRF the marginals, as its logits alone do not decide.
  public var taughtProbabilities: (@Sendable (_ logits: Matrix) -> [Double])? {
    guard network.crf != nil else { return nil }
    let chain = chain(temperature: network.configuration.temperature)
    return { chain.posterior($0.base, words: $0.rows).marginals }
  }

  /// Those of entities, or of the labels of texts and pairs.
  public func confidences(
    on examples: [Example], workers: Workers
  ) -> [Calibration.Prediction]? {
    task.labelsWords
      ? entityConfidences(on: examples, workers: workers)
      : labelConfidences(
        on: examples, temperature: network.configuration.temperature, workers: workers)
  }
}
