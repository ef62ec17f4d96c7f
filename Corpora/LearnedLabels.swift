import Labels

extension LabelSet {
  /// Learns the types from IOB2 tags; `B-` and `I-` are both present for every type that was seen.
  public init(learnedFrom sentences: some Sequence<Example>) {
    var seen = LabelSet(names: ["O"])
    for sentence in sentences { seen.add(sentence) }
    self.init(types: seen.types)
  }

  /// Learns the types from all sentences that a reader still has, which must carry tags.
  ///
  /// - Throws: `FileError` when reading fails; `DataError` for a malformed line, a sentence without tags or if there is none.
  public init(learnedFrom reader: CorpusReader) throws {
    var seen = LabelSet(names: ["O"])
    var isEmpty = true
    while let sentence = try reader.nextTagged(1).first {
      seen.add(sentence)
      isEmpty = false
    }
    if isEmpty { throw Corpus.noExamples(name: reader.name) }
    self.init(types: seen.types)
  }

  private mutating func add(_ sentence: Example) {
    for tag in sentence.tags { _ = add(tag) }
  }
}
