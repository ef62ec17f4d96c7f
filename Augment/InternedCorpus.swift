import Corpora

/// A corpus as numbers: 8 bytes a word, and each different word once.
///
/// It is what the augmentation works on, and is filled from a stream without holding the corpus' text.
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
  private(set) var wordNumbers: [Int32] = []
  /// The annotation of each token.
  private(set) var annotationNumbers: [Int32] = []
  /// Where each sentence starts among the tokens; one more at the end.
  private(set) var starts: [Int] = [0]

  /// Takes all sentences of a corpus.
  public init(_ corpus: Corpus) {
    self.init(name: corpus.name)
    for sentence in corpus.sentences { append(sentence) }
  }

  /// Takes all sentences that a reader still has.
  ///
  /// - Throws: `FileError` when reading fails; `DataError` for a malformed line or if there is no sentence.
  public init(_ reader: CorpusReader) throws {
    self.init(name: reader.name)
    while let sentence = try reader.next() { append(sentence) }
    guard count > 0 else { throw Corpus.noSentences(name: name) }
  }

  private init(name: String) {
    self.name = name
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

  private mutating func append(_ sentence: Sentence) {
    hasPartsOfSpeech = hasPartsOfSpeech && sentence.partsOfSpeech.count == sentence.words.count
    hasTags = hasTags && sentence.tags.count == sentence.words.count
    for (index, word) in sentence.words.enumerated() {
      wordNumbers.append(words.intern(word))
      annotationNumbers.append(
        annotations.intern(
          partOfSpeech: hasPartsOfSpeech ? sentence.partsOfSpeech[index] : "",
          tag: hasTags ? sentence.tags[index] : ""))
    }
    starts.append(wordNumbers.count)
  }

  /// The words with their annotations as a sentence; an `I-` that opens it becomes `B-`.
  func sentence(words numbers: some Collection<Int32>, firstToken: Int) -> Sentence {
    var sentence = Sentence()
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
