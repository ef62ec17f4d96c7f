import Networks
import Runtime

/// A way to make a small model out of a teacher.
public enum StudentKind: Sendable, Equatable, CustomStringConvertible {
  /// A BERT with some of the teacher's layers.
  case truncated(LayerSelection)
  /// A small BERT with random weights.
  case random(RandomBERT)
  /// A smaller pre-trained BERT: its directory, or its name in the register.
  case small(String)
  /// The BiLSTM, on the original examples alone.
  case bilstm
  /// The BiLSTM, on original and augmented examples.
  case bilstmAugmented

  /// The sizes of a BERT that starts from random weights; its feed-forward layers are four times as wide as the others.
  public struct RandomBERT: Sendable, Equatable {
    /// How many layers it has, 1 to 1000.
    public var layers: Int
    /// The width of its hidden states, 1 to 8192, a multiple of the heads.
    public var width = defaultWidth
    /// The attention heads of a layer.
    public var heads = defaultHeads

    static let defaultWidth = 128
    static let defaultHeads = 4

    /// Reads `K` or `K-WIDTH-HEADS`, such as `3-256-8`; nil for anything else.
    init?(_ text: some StringProtocol) {
      let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      let numbers = parts.compactMap { Int($0) }
      guard numbers.count == parts.count, numbers.count == 1 || numbers.count == 3,
        (1...1000).contains(numbers[0])
      else { return nil }
      layers = numbers[0]
      guard numbers.count == 3 else { return }
      (width, heads) = (numbers[1], numbers[2])
      guard (1...8192).contains(width), heads > 0, width % heads == 0 else { return nil }
    }

    /// As it is read.
    var text: String {
      (width, heads) == (Self.defaultWidth, Self.defaultHeads)
        ? "\(layers)" : "\(layers)-\(width)-\(heads)"
    }
  }

  /// The kinds as they are named in help texts.
  public static let syntax =
    "bert-first-K, bert-alternate-K, bert-last-K, bert-layers=N,N,..., bert-random-K, "
    + "bert-random-K-WIDTH-HEADS, bert-small=DIR, bilstm, bilstm+aug"

  /// Reads a name such as `bert-first-3`; nil for one that is not known.
  public init?(_ name: String) {
    func rest(after prefix: String) -> Substring? {
      name.hasPrefix(prefix) ? name.dropFirst(prefix.count) : nil
    }
    func count(after prefix: String) -> Int? {
      rest(after: prefix).flatMap { Int($0) }.flatMap { (1...1000).contains($0) ? $0 : nil }
    }
    if name == "bilstm" {
      self = .bilstm
    } else if name == "bilstm+aug" {
      self = .bilstmAugmented
    } else if let directory = rest(after: "bert-small="), !directory.isEmpty {
      self = .small(String(directory))
    } else if let list = rest(after: "bert-layers="), let layers = LayerSelection(list: list) {
      self = .truncated(layers)
    } else if let random = rest(after: "bert-random-").flatMap({ RandomBERT($0) }) {
      self = .random(random)
    } else if let k = count(after: "bert-first-") {
      self = .truncated(.first(k))
    } else if let k = count(after: "bert-alternate-") {
      self = .truncated(.alternate(k))
    } else if let k = count(after: "bert-last-") {
      self = .truncated(.last(k))
    } else {
      return nil
    }
  }

  /// The name.
  public var description: String {
    switch self {
    case .truncated(let selection): "bert-\(selection)"
    case .random(let sizes): "bert-random-\(sizes.text)"
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
