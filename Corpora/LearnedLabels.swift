import Files
import Labels

extension LabelSet {
  /// Learns the labels of examples.
  ///
  /// Of words with IOB2 tags these are `O` and, for every type that was seen, `B-` and `I-`. Of texts they are the labels
  /// themselves: in the order of their values if all are whole numbers, else in that of their bytes.
  public init(learnedFrom examples: some Sequence<Example>) {
    var learned = LearnedLabels()
    for example in examples { learned.add(example) }
    self = learned.labels
  }

  /// Learns the labels of all examples that a reader still has, which must carry tags or a label.
  ///
  /// - Throws: `FileError` when reading fails; `DataError` for a malformed line, an example without tags or label, or if there
  ///   is none.
  public init(learnedFrom reader: CorpusReader) throws {
    var learned = LearnedLabels()
    var isEmpty = true
    while let example = try reader.nextLabelled(1).first {
      learned.add(example)
      isEmpty = false
    }
    if isEmpty { throw Corpus.noExamples(name: reader.name) }
    self = learned.labels
  }
}

/// The tags and labels that were seen so far.
private struct LearnedLabels {
  private var tags = LabelSet(names: ["O"])
  private var names: LabelSet?

  mutating func add(_ example: Example) {
    for tag in example.tags { _ = tags.add(tag) }
    guard let label = example.label else { return }
    var names = names ?? LabelSet(names: [])
    _ = names.add(label)
    self.names = names
  }

  var labels: LabelSet {
    guard let names else { return LabelSet(types: tags.types) }
    let numbers = names.names.compactMap(Int.init)
    let areNumbers = numbers.count == names.count
    return LabelSet(
      names: names.names.sorted { first, second in
        if areNumbers, let one = Int(first), let other = Int(second), one != other {
          return one < other
        }
        return ByteString(first) < ByteString(second)
      })
  }
}
