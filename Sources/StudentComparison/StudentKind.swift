import Networks

/// A way to make a small tagger out of a teacher.
public enum StudentKind: Sendable, Equatable, CustomStringConvertible {
  /// A BERT with some of the teacher's layers.
  case truncated(LayerSelection)
  /// A BERT of k narrow layers with random weights.
  case random(Int)
  /// The BiLSTM, on the original sentences alone.
  case bilstm
  /// The BiLSTM, on original and augmented sentences.
  case bilstmAugmented

  /// The kinds as they are named in help texts.
  public static let syntax =
    "bert-first-K, bert-alternate-K, bert-last-K, bert-random-K, bilstm, bilstm+aug"

  /// Reads a name such as `bert-first-3`; nil for one that is not known.
  public init?(_ name: String) {
    switch name {
    case "bilstm": self = .bilstm
    case "bilstm+aug": self = .bilstmAugmented
    default:
      guard let dash = name.lastIndex(of: "-"), let k = Int(name[name.index(after: dash)...]),
        (1...1000).contains(k)
      else { return nil }
      switch name[..<dash] {
      case "bert-first": self = .truncated(.first(k))
      case "bert-alternate": self = .truncated(.alternate(k))
      case "bert-last": self = .truncated(.last(k))
      case "bert-random": self = .random(k)
      default: return nil
      }
    }
  }

  /// The name.
  public var description: String {
    switch self {
    case .truncated(let selection): "bert-\(selection)"
    case .random(let k): "bert-random-\(k)"
    case .bilstm: "bilstm"
    case .bilstmAugmented: "bilstm+aug"
    }
  }
}
