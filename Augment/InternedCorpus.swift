import Corpora
import Labels
import Text

/// A corpus as numbers: 8 bytes a word, and each different word once.
///
/// It is what the augmentation works on, and is filled from a stream without holding the corpus' text. The numbers of a large
/// corpus lie in temporary files, so that memory grows with the vocabulary alone.
public struct InternedCorpus: Sendable {
  /// The name that errors carry.
  public let name: String
  /// Whether every sentence has parts of speech in the corpus itself, which are written with what is made of it.
  public private(set) var hasPartsOfSpeech = true
  /// Whether a tagger gave words their parts of speech, which serve to swap words and are not written.
  public private(set) var hasTaggedPartsOfSpeech = false
  /// Whether every sentence has entity tags.
  public private(set) var hasTags = true
  /// Whether every text or pair has a label.
  public private(set) var hasLabels = true
  /// What the examples are for.
  public let task: TaskKind

  /// The number of `[MASK]` among the words.
  static let maskNumber: Int32 = 0

  private(set) var words = WordIndex()
  private(set) var annotations = AnnotationTable()
  /// The word of each token.
  let wordNumbers: NumberStore<Int32>
  /// The annotation of each token.
  let annotationNumbers: NumberStore<Int32>
  /// Where each sentence starts among the tokens; one more at the end.
  let starts: NumberStore<Int>
  /// The labels of texts and pairs.
  private(set) var labels = WordIndex(capacity: 32)
  /// The label of each text or pair.
  private let labelNumbers: NumberStore<Int32>
  /// The number of words of each pair's first text.
  private let firstLengths: NumberStore<Int32>

  /// The tokens, or sentences, that are held in memory; a larger corpus lies in temporary files.
  public static let tokensInMemory = 1 << 19

  /// Takes all sentences of a corpus.
  ///
  /// - Parameters:
  ///   - corpus: The corpus.
  ///   - tagger: What gives parts of speech to sentences that have none; nil to leave them without.
  ///   - tokensInMemory: The tokens, or sentences, that are held in memory.
  /// - Throws: `FileError` when the system cannot write a temporary file.
  public init(
    _ corpus: Corpus, tagger: (any PartOfSpeechTagger)? = nil, tokensInMemory: Int = tokensInMemory
  ) throws {
    var examples = corpus.examples.makeIterator()
    try self.init(
      name: corpus.name, task: corpus.task, tagger: tagger, tokensInMemory: tokensInMemory
    ) { examples.next() }
  }

  /// Takes all sentences that a reader still has.
  ///
  /// - Parameters:
  ///   - reader: The reader.
  ///   - tagger: What gives parts of speech to sentences that have none; nil to leave them without.
  ///   - tokensInMemory: The tokens, or sentences, that are held in memory.
  /// - Throws: `FileError` when reading fails or the system cannot write a temporary file; `DataError` for a malformed line or
  ///   if there is no sentence.
  public init(
    _ reader: CorpusReader, tagger: (any PartOfSpeechTagger)? = nil,
    tokensInMemory: Int = tokensInMemory
  ) throws {
    try self.init(
      name: reader.name, task: reader.task(), tagger: tagger, tokensInMemory: tokensInMemory,
      next: reader.next)
    guard count > 0 else { throw Corpus.noExamples(name: name) }
  }

  /// The words of the sentences that a tagger is given at once.
  private static let wordsTaggedAtOnce = 1 << 16

  private init(
    name: String, task: TaskKind, tagger: (any PartOfSpeechTagger)?, tokensInMemory: Int,
    next: () throws -> Example?
  ) throws {
    self.name = name
    self.task = task
    labelNumbers = NumberStore(limit: tokensInMemory)
    firstLengths = NumberStore(limit: tokensInMemory)
    wordNumbers = NumberStore(limit: tokensInMemory)
    annotationNumbers = NumberStore(limit: tokensInMemory)
    starts = NumberStore(limit: tokensInMemory)
    try starts.append(0)
    let mask = words.intern(Masking.word).number
    precondition(mask == Int(Self.maskNumber), "[MASK] has number \(mask)")
    if let tagger {
      try append(taggedBy: tagger, next)
    } else {
      while let sentence = try next() { try append(sentence) }
    }
    try finish()
  }

  /// Takes sentences, of which those without parts of speech are tagged, many at a time.
  private mutating func append(
    taggedBy tagger: any PartOfSpeechTagger, _ next: () throws -> Example?
  ) throws {
    var isAtEnd = false
    while !isAtEnd {
      var sentences: [Example] = []
      var words = 0
      while words < Self.wordsTaggedAtOnce, !isAtEnd {
        guard let sentence = try next() else {
          isAtEnd = true
          break
        }
        hasTaggedPartsOfSpeech = hasTaggedPartsOfSpeech || sentence.lacksPartsOfSpeech
        words += sentence.words.count
        sentences.append(sentence)
      }
      try tagger.fill(&sentences)
      for sentence in sentences { try append(sentence) }
    }
    if hasTaggedPartsOfSpeech { hasPartsOfSpeech = false }
  }

  /// The number of sentences.
  public var count: Int { starts.count - 1 }
  /// The number of words in all sentences.
  public var tokenCount: Int { wordNumbers.count }

  /// The tokens of a sentence.
  func tokens(of sentence: Int) -> Range<Int> { starts[sentence]..<starts[sentence + 1] }

  /// The tokens of each text of an example: one range, or two of a pair.
  @inline(__always)
  func texts(of sentence: Int) -> (first: Range<Int>, second: Range<Int>?) {
    let tokens = tokens(of: sentence)
    guard task == .pair else { return (tokens, nil) }
    let border = tokens.lowerBound + Int(firstLengths[sentence])
    return (tokens.lowerBound..<border, border..<tokens.upperBound)
  }

  /// The number of an example's label; nil where the corpus has none.
  func label(of sentence: Int) -> Int32? {
    task != .tag && hasLabels ? labelNumbers[sentence] : nil
  }

  /// The annotation of a token; where it opens a row, an `I-` becomes `B-`.
  @inline(__always)
  func annotation(ofToken token: Int, opensRow: Bool) -> Int32 {
    let number = annotationNumbers[token]
    return opensRow ? annotations.annotations[Int(number)].opening : number
  }

  /// Why what stands as parts of speech cannot be any, in words for the user: one for all words, or nearly one for each.
  var partOfSpeechProblem: String? {
    let (words, parts) = (words.count - 1, annotations.partsOfSpeech.count)
    // What a tagger said is no wrong column.
    if hasTaggedPartsOfSpeech { return nil }
    if parts == 1, words > 1 {
      return "the one part of speech \"\(annotations.partsOfSpeech.word(0))\" for all words"
    }
    if words >= 50, parts * 10 >= words * 6 {
      return "\(parts) parts of speech for \(words) different words"
    }
    return nil
  }

  private func finish() throws {
    try wordNumbers.finish()
    try annotationNumbers.finish()
    try starts.finish()
    try labelNumbers.finish()
    try firstLengths.finish()
  }

  /// Gives back the memory of numbers that lie in files.
  func release() {
    wordNumbers.release()
    annotationNumbers.release()
    starts.release()
    labelNumbers.release()
    firstLengths.release()
  }

  /// The hash of each example's words.
  var hashes: some Sequence<UInt64> {
    (0..<count).lazy.map { sentence in
      let texts = texts(of: sentence)
      let words = { range in UnsafeBufferPointer(rebasing: wordNumbers.numbers[range]) }
      return SeenRows.hash(words(texts.first), texts.second.map(words))
    }
  }

  private mutating func append(_ sentence: Example) throws {
    hasPartsOfSpeech = hasPartsOfSpeech && !sentence.lacksPartsOfSpeech
    hasTags = hasTags && task == .tag && sentence.tags.count == sentence.words.count
    for (index, word) in sentence.words.enumerated() {
      try wordNumbers.append(Int32(words.intern(word).number))
      try annotationNumbers.append(
        annotations.intern(
          partOfSpeech: hasPartsOfSpeech ? sentence.partsOfSpeech[index] : "",
          tag: hasTags ? sentence.tags[index] : ""))
    }
    try starts.append(wordNumbers.count)
    guard task != .tag else { return }
    hasLabels = hasLabels && sentence.label != nil
    try labelNumbers.append(Int32(labels.intern(sentence.label ?? "").number))
    guard task == .pair else { return }
    precondition(sentence.firstLength != nil, "\(name) has a single text among pairs")
    try firstLengths.append(Int32(sentence.firstLength ?? 0))
  }

  /// The words with their annotations as a sentence; an `I-` that opens it becomes `B-`.
  func example(_ variant: Variant, words numbers: UnsafeBufferPointer<Int32>) -> Example {
    var example = Example()
    for (place, text) in variant.texts.enumerated() {
      if place == 1 { example.firstLength = example.words.count }
      for index in 0..<text.count {
        let place = annotation(ofToken: text.firstToken + index, opensRow: index == 0)
        let annotation = annotations.annotations[Int(place)]
        example.words.append(words.word(Int(numbers[text.start + index])))
        if hasTags { example.tags.append(annotations.tags.word(Int(annotation.tag))) }
        if hasPartsOfSpeech {
          example.partsOfSpeech.append(
            annotations.partsOfSpeech.word(Int(annotation.partOfSpeech)))
        }
      }
    }
    example.label = label(of: variant.sentence).map { labels.word(Int($0)) }
    return example
  }
}
