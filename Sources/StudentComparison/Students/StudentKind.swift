import Networks
import Runtime

/// A way to make a small tagger out of a teacher.
public enum StudentKind: Sendable, Equatable, CustomStringConvertible {
  /// A BERT with some of the teacher's layers.
  case truncated(LayerSelection)
  /// A BERT of k narrow layers with random weights.
  case random(Int)
  /// A smaller pre-trained BERT: its directory, or its name in the register.
  case small(String)
  /// The BiLSTM, on the original sentences alone.
  case bilstm
  /// The BiLSTM, on original and augmented sentences.
  case bilstmAugmented

  /// The kinds as they are named in help texts.
  public static let syntax =
    "bert-first-K, bert-alternate-K, bert-last-K, bert-random-K, bert-small=DIR, bilstm, bilstm+aug"

  /// Reads a name such as `bert-first-3`; nil for one that is not known.
  public init?(_ name: String) {
    switch name {
    case "bilstm": self = .bilstm
    case "bilstm+aug": self = .bilstmAugmented
    case _ where name.hasPrefix("bert-small="):
      let directory = String(name.dropFirst("bert-small=".count))
      guard !directory.isEmpty else { return nil }
      self = .small(directory)
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
    case .small(let directory): "bert-small=\(directory)"
    case .bilstm: "bilstm"
    case .bilstmAugmented: "bilstm+aug"
    }
  }

  /// The name of its folder: the name, with a short hash in place of a directory's path.
  var folderName: String {
    guard case .small(let directory) = self else { return description }
    return "bert-small-\(ContentHash.sha256(directory).prefix(12))"
  }

  /// Whether it is a BERT; else it is a BiLSTM.
  var isBERT: Bool {
    switch self {
    case .truncated, .random, .small: true
    case .bilstm, .bilstmAugmented: false
    }
  }
}
