import Corpora
import Files
import Kernels
import Labels

/// Makes a corpus larger by the three operators of arXiv 1903.12136, section 3.2.
///
/// For each sentence, `n_iter` rounds:
/// 1. one uniform draw X a word: X < p_mask masks it, p_mask <= X < p_mask + p_pos replaces it by a word of its part of speech,
///    any other X leaves it;
/// 2. with probability p_ng the whole example is cut to a random n-gram.
///
/// A round of a pair makes three examples: with the first text perturbed, with the second, and with both, each perturbed text cut
/// on its own. The label stays with the example.
///
/// Part of speech and entity tag stay with their place; an entity whose start was cut off begins with `B-` again. What a
/// sentence gives depends on the seed and its place in the corpus alone, for it has a random stream of its own.
public struct Augmenter: Sendable {
  /// What is done.
  public let settings: AugmentationSettings
  /// The corpus that is augmented.
  public let corpus: InternedCorpus
  /// The seed of all draws.
  public let seed: UInt64

  /// The rows whose hashes are held in memory to find duplicates.
  ///
  /// More of them are made twice: once to find the duplicates with the hashes on disk, once to be written.
  public var rowsInMemory = 1 << 19

  let masking: Masking
  let replacement: PartOfSpeechReplacement
  let sampling: NGramSampling

  /// Counts the corpus' words under their parts of speech and gets ready to draw.
  ///
  /// - Throws: `DataError` if parts of speech are to be used and the corpus has none, or what it has cannot be any.
  public init(settings: AugmentationSettings, corpus: InternedCorpus, seed: UInt64) throws {
    if let problem = settings.problem { preconditionFailure(problem) }
    try Self.check(
      settings, hasPartsOfSpeech: corpus.hasPartsOfSpeech || corpus.hasTaggedPartsOfSpeech,
      name: corpus.name)
    let replacementProbability = settings.probability(of: .pos)
    if settings.usesPartsOfSpeech, let problem = corpus.partOfSpeechProblem {
      throw DataError(
        file: corpus.name, found: problem,
        expected:
          "parts of speech such as NOUN and VERB for the operation pos, which swaps words of "
          + "the same one",
        remedy: "name their column with --columns, or leave the operation out with "
          + "--operations mask,ngram")
    }
    self.settings = settings
    self.corpus = corpus
    self.seed = seed
    masking = Masking(probability: settings.probability(of: .mask))
    replacement = PartOfSpeechReplacement(
      probability: replacementProbability, after: masking,
      distribution: settings.usesPartsOfSpeech ? PartOfSpeechDistribution(corpus) : nil)
    sampling = NGramSampling(
      probability: settings.probability(of: .ngram), lengths: settings.nGramLengths)
  }

  /// Gets ready to augment a corpus in memory.
  ///
  /// - Parameters:
  ///   - settings: What is done.
  ///   - corpus: The corpus.
  ///   - tagger: What gives its words their parts of speech, where they are to be used and it has none.
  ///   - seed: The seed of all draws.
  /// - Throws: `DataError` if parts of speech are to be used and neither the corpus nor a tagger has any.
  public init(
    settings: AugmentationSettings, corpus: Corpus, tagger: (any PartOfSpeechTagger)? = nil,
    seed: UInt64
  ) throws {
    let tagger = settings.usesPartsOfSpeech ? tagger : nil
    try self.init(settings: settings, corpus: InternedCorpus(corpus, tagger: tagger), seed: seed)
  }

  /// Makes sure that a corpus has what the operations need.
  ///
  /// - Throws: `DataError` if parts of speech are to be used and the corpus has none.
  public static func check(_ settings: AugmentationSettings, on corpus: Corpus) throws {
    try check(settings, hasPartsOfSpeech: corpus.hasPartsOfSpeech, name: corpus.name)
  }

  private static func check(
    _ settings: AugmentationSettings, hasPartsOfSpeech: Bool, name: String
  ) throws {
    guard settings.usesPartsOfSpeech, !hasPartsOfSpeech else { return }
    throw DataError(
      file: name, found: "no part-of-speech column",
      expected: "three columns (word, part of speech, tag) for the operation pos",
      remedy: "add the column with a part-of-speech tagger, or leave the operation out with "
        + "--operations mask,ngram")
  }

  /// All that the rounds make of a sentence, duplicates and all-masked examples included.
  public func variants(of index: Int) -> [Example] {
    let block = AugmentationBlock()
    block.draw(index..<(index + 1), with: self)
    return block.examples(of: corpus)
  }

  /// The examples that a round makes of each sentence, text or pair.
  var examplesInRound: Int { corpus.task == .pair ? 3 : 1 }
}

/// One text of an example: a run of words in its block's buffer, made from a run of tokens of the corpus.
struct VariantText {
  /// The first word in the block's buffer.
  let start: Int
  /// The number of words.
  let count: Int
  /// The token of the corpus at whose place the first word stands.
  let firstToken: Int
}

/// One example: a text, or both of a pair.
struct Variant {
  let first: VariantText
  let second: VariantText?
  /// The sentence, text or pair of the corpus that it was made from.
  let sentence: Int
  /// The hash of the words.
  let hash: UInt64
  /// Whether nothing but `[MASK]` is left of a text; of a pair either, which then says nothing of how its texts relate.
  let isAllMasked: Bool
  /// Whether this is the sentence itself.
  let isOriginal: Bool

  /// The texts in their order.
  var texts: [VariantText] { [first] + [second].compactMap(\.self) }
}
