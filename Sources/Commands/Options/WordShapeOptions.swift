import ArgumentParser

/// Whether an uncased teacher is shown what its pieces do not tell.
public struct WordShapeOptions: ParsableArguments {
  /// Whether an uncased BERT that is fine-tuned reads the shapes of words.
  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Show an uncased BERT capitals and digits during fine-tuning: each word's shape is fed in through the token-type embedding. Other programs must then pass it token_type_ids, which encode writes."
    ))
  public var wordShapes = true

  /// The defaults.
  public init() {}
}
