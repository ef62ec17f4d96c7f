import Labels

/// What of a text a model with a classifier labels: each of its pieces, or the text (or pair of texts) as a whole.
public enum ClassifierHead: String, Sendable, CaseIterable {
  /// A linear layer on each piece's last hidden state; `...ForTokenClassification`.
  case token = "ForTokenClassification"
  /// Two linear layers on the first piece's last hidden state; `...ForSequenceClassification`.
  case sequence = "ForSequenceClassification"

  /// The head that a task needs.
  public init(_ task: TaskKind) { self = task.labelsWords ? .token : .sequence }
}

extension Architecture {
  /// The two layers that label a text from the last hidden state x of its first piece.
  ///
  ///     y = f(dropout(x) W1^T + b1)        logits = dropout(y) W2^T + b2
  ///
  /// The first dropout is MPNet's alone.
  public struct SequenceHead: Sendable {
    /// The function f.
    public enum Activation: Sendable {
      case tanh
      case relu
    }

    /// The name of W1 and b1, for example `bert.pooler.dense`.
    public let dense: String
    /// f.
    public let activation: Activation
    /// The name of W2 and b2, for example `classifier`.
    public let output: String
    /// Whether x has dropout.
    public let dropsInput: Bool
    /// The key of the dropout rates in config.json, and their default; nil where they are those of a tagger.
    let dropout: (key: String, rate: Double)?

    init(
      dense: String, activation: Activation, output: String = "classifier",
      dropsInput: Bool = false, dropout: (key: String, rate: Double)? = nil
    ) {
      self.dense = dense
      self.activation = activation
      self.output = output
      self.dropsInput = dropsInput
      self.dropout = dropout
    }
  }

  /// The name of transformers' class for a head, for example `BertForTokenClassification`.
  public func className(_ head: ClassifierHead) -> String { classPrefix + head.rawValue }
}
