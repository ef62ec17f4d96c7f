/// A token that a tokenizer has been given besides the five special ones: it is found in the text as a whole, before words are
/// split.
public struct AddedToken: Sendable, Equatable {
  /// The text of the token.
  public let content: String
  /// Its id, in the vocabulary or after its end.
  public let id: Int32
  /// Whether token and text are normalised before it is looked for, so that, where text is lower-cased, capitals do not matter.
  public let isNormalized: Bool

  /// Describes a token.
  public init(content: String, id: Int32, isNormalized: Bool) {
    self.content = content
    self.id = id
    self.isNormalized = isNormalized
  }
}
