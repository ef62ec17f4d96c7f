import ArgumentParser

/// Whether an uncased teacher is shown what its pieces do not tell.
public struct WordShapeOptions: ParsableArguments {
  /// Whether an uncased BERT that is fine-tuned reads the shapes of words.
  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Let an uncased BERT that is fine-tuned see capitals and digits: the shape of each word is the token type of its pieces. Other programs then have to give it token_type_ids, which encode writes."
    ))
  public var wordShapes = true

  /// The defaults.
  public init() {}
}
