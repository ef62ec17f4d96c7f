/// What a run of the augmentation did, in numbers.
///
///     rounds = written - originals + duplicates + allMasked
public struct AugmentationSummary: Sendable, Equatable {
  /// Sentences, texts or pairs in the corpus.
  public var sentences = 0
  /// Rows written, the originals among them.
  public var written = 0
  /// Originals written.
  public var originals = 0
  /// Examples made: sentences times rounds, of pairs three times as many.
  public var rounds = 0
  /// Examples dropped because their words were those of an original or of an example before.
  public var duplicates = 0
  /// Examples dropped because no word but `[MASK]` was left in a text.
  public var allMasked = 0
  /// Words for which a draw was made, in all rounds and before any cut; none in a text that stays as it is.
  public var words = 0
  /// Of these, the words that were masked.
  public var masked = 0
  /// Of these, the words that were replaced by one of their part of speech, be it the same word.
  public var replaced = 0
  /// Texts that were cut to an n-gram.
  public var cut = 0

  /// Nothing done yet.
  public init() {}

  /// All figures under the names that a JSON summary gives them.
  public var figures: [(name: String, count: Int)] {
    [
      ("sentences", sentences), ("rows_written", written), ("originals_written", originals),
      ("examples_made", rounds), ("duplicates_dropped", duplicates),
      ("all_masked_dropped", allMasked), ("words_drawn", words), ("words_masked", masked),
      ("words_replaced", replaced), ("examples_cut", cut),
    ]
  }

  /// Adds what one block of sentences did.
  static func += (sum: inout AugmentationSummary, part: AugmentationSummary) {
    sum.sentences += part.sentences
    sum.written += part.written
    sum.originals += part.originals
    sum.rounds += part.rounds
    sum.duplicates += part.duplicates
    sum.allMasked += part.allMasked
    sum.words += part.words
    sum.masked += part.masked
    sum.replaced += part.replaced
    sum.cut += part.cut
  }
}
