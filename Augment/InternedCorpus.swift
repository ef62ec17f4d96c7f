import Corpora

/// A corpus as numbers: 8 bytes a word, and each different word once.
///
/// It is what the augmentation works on, and is filled from a stream without holding the corpus' text. The numbers of a large
/// corpus lie in temporary files, so that memory grows with the vocabulary alone.
public struct InternedCorpus: Sendable {
  /// The name that errors carry.
  public let name: String
  /// Whether every sentence has parts of speech.
  public private(set) var hasPartsOfSpeech = true
  /// Whether every sentence has entity tags.
  public private(set) var hasTags = true

  /// The number of `[MASK]` among the words.
  static let maskNumber: Int32 = 0

  private(set) var words = SymbolTable()
  private(set) var annotations = AnnotationTable()
  /// The word of each token.
  let wordNumbers: NumberStore<Int32>
  /// The annotation of each token.
  let annotationNumbers: NumberStore<Int32>
  /// Where each sentence starts among the tokens; one more at the end.
  let starts: NumberStore<Int>

  /// The tokens, or sentences, that are held in memory; a larger corpus lies in temporary files.
  public static let tokensInMemory = 1 << 19

  /// Takes all sentences of a corpus.
  ///
  /// - Throws: `FileError` when the system cannot write a temporary file.
  public init(_ corpus: Corpus, tokensInMemory: Int = tokensInMemory) throws {
    try self.init(name: corpus.name, tokensInMemory: tokensInMemory)
    for sentence in corpus.examples { try append(sentence) }
    try finish()
  }

  /// Takes all sentences that a reader still has.
  ///
  /// - Throws: `FileError` when reading fails or the system cannot write a temporary file; `DataError` for a malformed line or
  ///   if there is no sentence.
  public init(_ reader: CorpusReader, tokensInMemory: Int = tokensInMemory) throws {
    try self.init(name: reader.name, tokensInMemory: tokensInMemory)
    while let sentence = try reader.next() { try append(sentence) }
    guard count > 0 else { throw Corpus.noExamples(name: name) }
    try finish()
  }

  private init(name: String, tokensInMemory: Int) throws {
    self.name = name
    wordNumbers = NumberStore(limit: tokensInMemory)
    annotationNumbers = NumberStore(limit: tokensInMemory)
    starts = NumberStore(limit: tokensInMemory)
    try starts.append(0)
    let mask = words.intern(Masking.word)
    precondition(mask == Self.maskNumber, "[MASK] has number \(mask)")
  }

  /// The number of sentences.
  public var count: Int { starts.count - 1 }
  /// The number of words in all sentences.
  public var tokenCount: Int { wordNumbers.count }

  /// The tokens of a sentence.
  func tokens(of sentence: Int) -> Range<Int> { starts[sentence]..<starts[sentence + 1] }

  /// The annotation of a token; where it opens a row, an `I-` becomes `B-`.
  @inline(__always)
  func annotation(ofToken token: Int, opensRow: Bool) -> Int32 {
    let number = annotationNumbers[token]
    return opensRow ? annotations.annotations[Int(number)].opening : number
  }

  /// Why what stands as parts of speech cannot be any, in words for the user: one for all words, or nearly one for each.
  var partOfSpeechProblem: String? {
    let (words, parts) = (words.count - 1, annotations.partsOfSpeech.count)
    if parts == 1, words > 1 {
      return "the one part of speech \"\(annotations.partsOfSpeech[0])\" for all words"
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
  }

  /// Gives back the memory of numbers that lie in files.
  func release() {
    wordNumbers.release()
    annotationNumbers.release()
    starts.release()
  }

  /// The hash of each sentence's words.
  var hashes: some Sequence<UInt64> {
    (0..<count).lazy.map { sentence in
      SeenRows.hash(UnsafeBufferPointer(rebasing: wordNumbers.numbers[tokens(of: sentence)]))
    }
  }

  private mutating func append(_ sentence: Example) throws {
    hasPartsOfSpeech = hasPartsOfSpeech && sentence.partsOfSpeech.count == sentence.words.count
    hasTags = hasTags && sentence.tags.count == sentence.words.count
    for (index, word) in sentence.words.enumerated() {
      try wordNumbers.append(words.intern(word))
      try annotationNumbers.append(
        annotations.intern(
          partOfSpeech: hasPartsOfSpeech ? sentence.partsOfSpeech[index] : "",
          tag: hasTags ? sentence.tags[index] : ""))
    }
    try starts.append(wordNumbers.count)
  }

  /// The words with their annotations as a sentence; an `I-` that opens it becomes `B-`.
  func sentence(words numbers: some Collection<Int32>, firstToken: Int) -> Example {
    var sentence = Example()
    for (index, number) in numbers.enumerated() {
      let place = annotation(ofToken: firstToken + index, opensRow: index == 0)
      let annotation = annotations.annotations[Int(place)]
      sentence.words.append(words[number])
      if hasTags { sentence.tags.append(annotations.tags[annotation.tag]) }
      if hasPartsOfSpeech {
        sentence.partsOfSpeech.append(annotations.partsOfSpeech[annotation.partOfSpeech])
      }
    }
    return sentence
  }
}
