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
    let examples = augmenter.settings.rounds * augmenter.examplesInRound
    summary = AugmentationSummary()
    summary.sentences = sentences.count
    summary.rounds = sentences.count * examples
    variants.removeAll(keepingCapacity: true)
    variants.reserveCapacity(sentences.count * (examples + 1))
    let capacity = tokens.count * (examples + 1)
    if words.count < capacity { words = [Int32](repeating: 0, count: capacity) }
    words.withUnsafeMutableBufferPointer { words in
      var end = 0
      for sentence in sentences {
        if augmenter.settings.withOriginal { appendOriginal(sentence, of: corpus, to: words, &end) }
        var random = RandomStream(
          seed: augmenter.seed, purpose: .augmentation, index: UInt64(sentence))
        for _ in 0..<augmenter.settings.rounds {
          drawRound(sentence, with: augmenter, &random, to: words, &end)
        }
      }
    }
  }

  /// One round: an example of a text; of a pair one with the first text perturbed, one with the second, and one with both.
  private func drawRound(
    _ sentence: Int, with augmenter: Augmenter, _ random: inout RandomStream,
    to words: UnsafeMutableBufferPointer<Int32>, _ end: inout Int
  ) {
    let texts = augmenter.corpus.texts(of: sentence)
    guard let second = texts.second else {
      let text = drawText(texts.first, with: augmenter, &random, to: words, &end)
      return append(text, nil, of: sentence, with: augmenter, words)
    }
    for (perturbsFirst, perturbsSecond) in [(true, false), (false, true), (true, true)] {
      let one =
        perturbsFirst
        ? drawText(texts.first, with: augmenter, &random, to: words, &end)
        : copyText(texts.first, of: augmenter.corpus, to: words, &end)
      let other =
        perturbsSecond
        ? drawText(second, with: augmenter, &random, to: words, &end)
        : copyText(second, of: augmenter.corpus, to: words, &end)
      append(one, other, of: sentence, with: augmenter, words)
    }
  }

  private func appendOriginal(
    _ sentence: Int, of corpus: InternedCorpus, to words: UnsafeMutableBufferPointer<Int32>,
    _ end: inout Int
  ) {
    let texts = corpus.texts(of: sentence)
    let first = copyText(texts.first, of: corpus, to: words, &end)
    let second = texts.second.map { copyText($0, of: corpus, to: words, &end) }
    variants.append(
      Variant(
        first: first, second: second, sentence: sentence, hash: 0, isAllMasked: false,
        isOriginal: true))
  }

  private func append(
    _ first: VariantText, _ second: VariantText?, of sentence: Int, with augmenter: Augmenter,
    _ words: UnsafeMutableBufferPointer<Int32>
  ) {
    func row(_ text: VariantText) -> UnsafeBufferPointer<Int32> {
      UnsafeBufferPointer(rebasing: words[text.start..<(text.start + text.count)])
    }
    let masking = augmenter.masking
    variants.append(
      Variant(
        first: first, second: second, sentence: sentence,
        hash: SeenRows.hash(row(first), second.map(row)),
        isAllMasked: masking.hidesAll(row(first))
          || second.map { masking.hidesAll(row($0)) } == true,
        isOriginal: false))
  }

  /// Writes the words of a text at `end` as they are.
  private func copyText(
    _ tokens: Range<Int>, of corpus: InternedCorpus,
    to words: UnsafeMutableBufferPointer<Int32>, _ end: inout Int
  ) -> VariantText {
    let start = end
    for (offset, token) in tokens.enumerated() { words[start + offset] = corpus.wordNumbers[token] }
    end += tokens.count
    return VariantText(start: start, count: tokens.count, firstToken: tokens.lowerBound)
  }

  /// Draws the words of a text at `end`, then cuts it to a window.
  private func drawText(
    _ tokens: Range<Int>, with augmenter: Augmenter, _ random: inout RandomStream,
    to words: UnsafeMutableBufferPointer<Int32>, _ end: inout Int
  ) -> VariantText {
    drawWords(
      tokens, with: augmenter, &random, to: UnsafeMutableBufferPointer(rebasing: words[end...]))
    summary.words += tokens.count
    let window = augmenter.sampling.window(ofLength: tokens.count, using: &random)
    summary.cut += window == nil ? 0 : 1
    let kept = window ?? 0..<tokens.count
    defer { end += tokens.count }
    return VariantText(
      start: end + kept.lowerBound, count: kept.count,
      firstToken: tokens.lowerBound + kept.lowerBound)
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
      for variant in variants { renderer.append(variant, words: words, of: corpus, to: &output) }
    }
  }

  /// The examples.
  func examples(of corpus: InternedCorpus) -> [Example] {
    words.withUnsafeBufferPointer { words in variants.map { corpus.example($0, words: words) } }
  }
}
