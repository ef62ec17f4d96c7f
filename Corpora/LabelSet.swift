/// The labels that a tagger tells apart, each with its index: `O`, then `B-X` and `I-X` for each type.
public struct LabelSet: Sendable, Equatable {
  /// The labels in the order of their indices.
  public let names: [String]
  private let indices: [String: Int]

  /// Takes labels in a given order, for example a model's `id2label`; of equal names the first counts.
  public init(names: [String]) {
    self.names = names
    indices = Dictionary(
      names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Makes `O` and both labels of each type, types sorted by their bytes and each taken once.
  public init(types: [String]) {
    let sorted = types.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var names = ["O"]
    for type in sorted where names.last != "I-\(type)" {
      names += ["B-\(type)", "I-\(type)"]
    }
    self.init(names: names)
  }

  /// Learns the types from IOB2 tags; `B-` and `I-` are both present for every type that was seen.
  public init(learnedFrom sentences: some Sequence<Sentence>) {
    var types = TagTypes()
    for sentence in sentences { types.add(sentence) }
    self.init(types: types.names)
  }

  /// Learns the types from all sentences that a reader still has, which must carry tags.
  ///
  /// - Throws: `FileError` when reading fails; `DataError` for a malformed line, a sentence without tags or if there is none.
  public init(learnedFrom reader: CorpusReader) throws {
    var types = TagTypes()
    var isEmpty = true
    while let sentence = try reader.nextTagged(1).first {
      types.add(sentence)
      isEmpty = false
    }
    if isEmpty { throw Corpus.noSentences(name: reader.name) }
    self.init(types: types.names)
  }

  /// The number of labels, L.
  public var count: Int { names.count }

  /// The index of a label; nil if it is not one of these.
  public func index(of name: String) -> Int? { indices[name] }

  /// The entity types in the order of their first label.
  public var types: [String] {
    var types: [String] = []
    for name in names where name.utf8.count > 2 {
      let type = String(name.dropFirst(2))
      if !types.contains(type) { types.append(type) }
    }
    return types
  }
}

/// The entity types of tags seen so far.
private struct TagTypes {
  private var tags: Set<String> = ["O"]
  /// The types, in no order: `LabelSet.init(types:)` sorts.
  private(set) var names: [String] = []

  /// Notes the types of a sentence's IOB2 tags.
  mutating func add(_ sentence: Sentence) {
    for tag in sentence.tags where tags.insert(tag).inserted {
      names.append(String(tag.dropFirst(2)))
    }
  }
}
