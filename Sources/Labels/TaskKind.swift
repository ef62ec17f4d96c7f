/// What a model is asked about an example: the tags of its words, or the label of a text or of a pair of texts.
public enum TaskKind: String, CaseIterable, Sendable {
  /// A sentence, a tag for each word.
  case tag
  /// One text, a label.
  case sentence
  /// Two texts, a label.
  case pair

  /// The number of texts of an example.
  public var textCount: Int { self == .pair ? 2 : 1 }
  /// Whether each word has a label of its own.
  public var labelsWords: Bool { self == .tag }
}
