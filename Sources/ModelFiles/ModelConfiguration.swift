import Files
import JSON
import Labels

/// The `config.json` of a Hugging Face directory with an encoder of a supported `Architecture`.
///
/// A fresh value has the defaults of transformers' `BertConfig`, which are those of BERT-base uncased.
public struct ModelConfiguration: Sendable, Equatable {
  /// The feed-forward activations, by their names in the file.
  public enum Activation: String, Sendable, CaseIterable {
    /// `x Phi(x)` with the exact normal distribution function.
    case gelu
    /// GELU by the tanh approximation.
    case geluNew = "gelu_new"
    /// `max(x, 0)`.
    case relu
  }

  /// The architecture.
  public var architecture = Architecture.bert
  /// The classes the weights were saved from, such as `BertForTokenClassification`.
  public var architectures: [String] = []
  /// V, the number of word pieces.
  public var vocabularySize = 30_522
  /// H, the width of a hidden state.
  public var hiddenSize = 768
  /// The number of encoder layers.
  public var layerCount = 12
  /// A, the number of attention heads, which divides `hiddenSize`.
  public var headCount = 12
  /// The width of the feed-forward layers.
  public var intermediateSize = 3072
  /// The activation of the feed-forward layers.
  public var activation = Activation.gelu
  /// The rows of the position table; see `longestInput`.
  public var maximumPositions = 512
  /// The number of token types; of no meaning for architectures without them.
  public var typeVocabularySize = 2
  /// Whether the token type of a piece is the shape of its word, which an uncased vocabulary does not tell; BERT alone.
  public var typesAreWordShapes = false
  /// What layer normalisation adds to the variance.
  public var layerNormEpsilon = 1e-12
  /// The dropout rate behind embeddings and linear layers.
  public var hiddenDropout = 0.1
  /// The dropout rate of the attention weights.
  public var attentionDropout = 0.1
  /// The dropout rate in front of the classifier, which BERT alone may set; nil for `hiddenDropout`.
  public var classifierDropout: Double?
  /// The dropout rate in front of the classifier of texts, where the architecture has one of its own (DistilBERT).
  public var sequenceDropout = 0.1
  /// The standard deviation of fresh weights.
  public var initializerRange = 0.02
  /// The id of the padding piece; nil if the file has none.
  public var paddingID: Int? = 0
  /// The names of the L labels in index order; empty for a model without a head.
  public var labels: [String] = []
  /// The file this was read from: keys that are not ours are written back as they were.
  var source: JSONObject = [:]

  /// The row of the position table for the first piece.
  public var firstPosition: Int { architecture.defaults.firstPosition }

  /// The longest input in pieces.
  public var longestInput: Int { maximumPositions - firstPosition }

  /// The head that the weights were saved with; nil where `architectures` names none of these.
  public var head: ClassifierHead? {
    ClassifierHead.allCases.first { head in
      architectures.contains { $0.hasSuffix(head.rawValue) }
    }
  }

  /// Whether the weights were saved from a token classifier.
  public var isTokenClassifier: Bool { head == .token }

  /// The dropout rate in front of the classifier.
  public var headDropout: Double {
    head == .sequence && architecture.sequenceHead.dropout != nil
      ? sequenceDropout : classifierDropout ?? hiddenDropout
  }

  /// What shows that the model does not choose one of several labels for a text: a regression, or several labels at once;
  /// nil for one that does.
  ///
  /// transformers takes a model of a single label for a regression, where `problem_type` does not say what it is.
  var otherProblem: String? {
    if let type = source[Self.problemTypeKey], !type.isNull, type != Self.oneOfMany {
      return "problem_type \(type.excerpt)"
    }
    return labels.count == 1 ? "a single label, which is a regression" : nil
  }

  static let problemTypeKey = "problem_type"
  /// The value of `problem_type` for a model that gives a text one of several labels.
  static let oneOfMany: JSONValue = "single_label_classification"

  /// Gives the model a classifier.
  public mutating func setClassifier(_ head: ClassifierHead, labels: [String]) {
    architectures = [architecture.className(head)]
    self.labels = labels
    if head == .sequence { source[Self.problemTypeKey] = Self.oneOfMany }
  }

  /// Whether the pieces of a task's examples have token types: a tagger's the shapes of their words, where it reads those, and
  /// those of a pair the number of their text, unless the model has only one type.
  public func hasTypes(for task: TaskKind) -> Bool {
    switch task {
    case .tag: typesAreWordShapes
    case .sentence: false
    case .pair: architecture.hasTokenTypes && typeVocabularySize > 1
    }
  }

  /// Makes BERT-base without a head, or another architecture's base model.
  public init(_ architecture: Architecture = .bert) {
    self.architecture = architecture
    vocabularySize = architecture.defaults.vocabularySize
    layerCount = architecture.defaults.layerCount
    paddingID = architecture.defaults.paddingID
    sequenceDropout = architecture.sequenceHead.dropout?.rate ?? hiddenDropout
  }

  /// Reads a file.
  ///
  /// - Throws: `FileError` if it cannot be read, `DataError` if it is no JSON object, describes a model that is
  ///   not supported, or holds a value out of range.
  public init(path: String) throws {
    try self.init(JSONValue.read(path: path), file: path)
  }

  /// Writes a file that transformers loads.
  ///
  /// - Throws: `FileError` when the system cannot write.
  public func write(to path: String) throws {
    try AtomicFileWriter.write(json.text(.pretty) + "\n", to: path)
  }
}
