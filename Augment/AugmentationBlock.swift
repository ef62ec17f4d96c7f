import Corpora
import Runtime

/// A run of sentences that one worker augments; its buffers serve one block after another.
///
/// Unchecked: each block is in the hands of one thread at a time, which `Augmenter.run` sees to.
final class AugmentationBlock: @unchecked Sendable {
  /// The examples in the order of sentences and rounds; after `drop`, those that are written.
  private(set) var variants: [Variant] = []
  /// The numbers of all words of the examples.
  private(set) var words: [Int32] = []
  /// What was done since the block was filled.
  private(set) var summary = AugmentationSummary()
  /// The examples as they go into the file.
  var output = ByteBuffer()

  /// Fills the block with all examples of some sentences.
  func draw(_ sentences: Range<Int>, with augmenter: Augmenter) {
    let corpus = augmenter.corpus
    let tokens = corpus.starts[sentences.lowerBound]..<corpus.starts[sentences.upperBound]
    let rounds = augmenter.settings.rounds
    summary = AugmentationSummary()
    summary.sentences = sentences.count
    summary.rounds = sentences.count * rounds
    summary.words = tokens.count * rounds
    variants.removeAll(keepingCapacity: true)
    variants.reserveCapacity(sentences.count * (rounds + 1))
    let capacity = tokens.count * (rounds + 1)
    if words.count < capacity { words = [Int32](repeating: 0, count: capacity) }
    words.withUnsafeMutableBufferPointer { words in
      var end = 0
      for sentence in sentences {
        if augmenter.settings.withOriginal { appendOriginal(sentence, of: corpus, to: words, &end) }
        var random = RandomStream(
          seed: augmenter.seed, purpose: .augmentation, index: UInt64(sentence))
        for _ in 0..<rounds {
          drawRound(corpus.tokens(of: sentence), with: augmenter, &random, to: words, &end)
        }
      }
    }
  }

  private func appendOriginal(
    _ sentence: Int, of corpus: InternedCorpus, to words: UnsafeMutableBufferPointer<Int32>,
    _ end: inout Int
  ) {
    let tokens = corpus.tokens(of: sentence)
    for (offset, token) in tokens.enumerated() { words[end + offset] = corpus.wordNumbers[token] }
    variants.append(
      Variant(
        start: end, count: tokens.count, firstToken: tokens.lowerBound, hash: 0,
        isAllMasked: false, isOriginal: true))
    end += tokens.count
  }

  /// One round over a sentence's tokens: its words are drawn at `end`, then cut to a window.
  private func drawRound(
    _ tokens: Range<Int>, with augmenter: Augmenter, _ random: inout RandomStream,
    to words: UnsafeMutableBufferPointer<Int32>, _ end: inout Int
  ) {
    drawWords(
      tokens, with: augmenter, &random, to: UnsafeMutableBufferPointer(rebasing: words[end...]))
    let window = augmenter.sampling.window(ofLength: tokens.count, using: &random)
    summary.cut += window == nil ? 0 : 1
    let kept = window ?? 0..<tokens.count
    let start = end + kept.lowerBound
    let row = UnsafeBufferPointer(rebasing: words[start..<(start + kept.count)])
    variants.append(
      Variant(
        start: start, count: kept.count, firstToken: tokens.lowerBound + kept.lowerBound,
        hash: SeenRows.hash(row), isAllMasked: augmenter.masking.hidesAll(row), isOriginal: false))
    end += tokens.count
  }

  private func drawWords(
    _ tokens: Range<Int>, with augmenter: Augmenter, _ random: inout RandomStream,
    to words: UnsafeMutableBufferPointer<Int32>
  ) {
    let corpus = augmenter.corpus
    let (masking, replacement) = (augmenter.masking, augmenter.replacement)
    let changes = replacement.draws.upperBound > 0
    for (offset, token) in tokens.enumerated() {
      var word = corpus.wordNumbers[token]
      if changes {
        let draw = random.uniform()
        if masking.draws.contains(draw) {
          word = InternedCorpus.maskNumber
          summary.masked += 1
        } else if replacement.draws.contains(draw) {
          let annotation = corpus.annotations.annotations[Int(corpus.annotationNumbers[token])]
          word = replacement.replacement(
            for: word, partOfSpeech: annotation.partOfSpeech, using: &random)
          summary.replaced += 1
        }
      }
      words[offset] = word
    }
  }

  /// Drops and counts the all-masked examples and those whose words were seen before.
  func drop(_ rows: inout RowFilter) {
    variants.removeAll { variant in
      if variant.isOriginal {
        summary.originals += 1
        return false
      }
      if variant.isAllMasked {
        summary.allMasked += 1
        return true
      }
      guard rows.isNew(variant.hash) else {
        summary.duplicates += 1
        return true
      }
      return false
    }
    summary.written += variants.count
  }

  /// Writes the examples into `output`.
  func render(_ renderer: RowRenderer, _ corpus: InternedCorpus) {
    output.removeAll()
    words.withUnsafeBufferPointer { words in
      for variant in variants {
        renderer.append(
          UnsafeBufferPointer(rebasing: words[variant.start..<(variant.start + variant.count)]),
          firstToken: variant.firstToken, of: corpus, to: &output)
      }
    }
  }

  /// An example as a sentence.
  func sentence(_ variant: Variant, of corpus: InternedCorpus) -> Example {
    corpus.sentence(
      words: words[variant.start..<(variant.start + variant.count)], firstToken: variant.firstToken)
  }
}
