import Files

/// The labels that a tagger tells apart, each with its index and what it says as a tag.
///
/// Labels and types are compared by their bytes.
public struct LabelSet: Sendable {
  /// The labels in the order of their indices.
  public private(set) var names: [String] = []
  /// The entity types in the order of their first label.
  public private(set) var types: [String] = []
  /// The letter of each label; that of `O` for a name that is no tag.
  private(set) var marks: [EntityTag.Mark] = []
  /// The place of each label's type in `types`; nil for `O` and for a name that is no tag.
  private(set) var typeIndices: [Int?] = []
  private var indexOfName: [ByteString: Int] = [:]
  private var indexOfType: [ByteString: Int] = [:]

  /// Takes labels in a given order, for example a model's `id2label`; of equal names the first counts.
  public init(names: [String]) {
    for name in names { append(name) }
  }

  /// Makes `O` and the labels `B-X` and `I-X` of each type, types sorted by their bytes and each taken once.
  public init(types: some Sequence<String>) {
    let sorted = types.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    append("O")
    for type in sorted where indexOfType[ByteString(type)] == nil {
      append("B-\(type)")
      append("I-\(type)")
    }
  }

  /// The number of labels, L.
  public var count: Int { names.count }

  /// The index of a label; nil if it is not one of these.
  public func index(of name: String) -> Int? { indexOfName[ByteString(name)] }

  /// The index of a type in `types`; nil if no label has it.
  public func index(ofType type: String) -> Int? { indexOfType[ByteString(type)] }

  /// The first label with a letter and a type; nil if there is none.
  public func label(_ mark: EntityTag.Mark, type: Int) -> Int? {
    names.indices.first { marks[$0] == mark && typeIndices[$0] == type }
  }

  /// Whether a word with the label `next` goes on with the entity of a word with the label `label` before it.
  public func continues(_ next: Int, _ label: Int) -> Bool {
    marks[next].continues(marks[label]) && typeIndices[next] == typeIndices[label]
  }

  /// Whether these are labels of IOB2: only `O`, `B-X` and `I-X`, with a `B-X` for every type.
  public var isIOB2: Bool {
    marks.allSatisfy { [.outside, .begin, .inside].contains($0) }
      && types.indices.allSatisfy { label(.begin, type: $0) != nil }
  }

  /// The tags of a sequence of labels, in IOB2 whatever the scheme of the labels.
  public func tags(of indices: some Sequence<Int>) -> [String] {
    var tags = indices.map { names[$0] }
    guard !isIOB2 else { return tags }
    var evidence = TagScheme.Evidence()
    TagScheme.convertToIOB2(&tags, evidence: &evidence)
    return tags
  }

  /// The index of a label, which is added behind the others if it is new.
  public mutating func add(_ name: String) -> Int {
    if let known = index(of: name) { return known }
    append(name)
    return count - 1
  }

  private mutating func append(_ name: String) {
    let tag = EntityTag(name)
    marks.append(tag?.mark ?? .outside)
    typeIndices.append(tag.flatMap { $0.mark == .outside ? nil : indexAdding(type: $0.type) })
    if indexOfName[ByteString(name)] == nil { indexOfName[ByteString(name)] = names.count }
    names.append(name)
  }

  private mutating func indexAdding(type: Substring) -> Int {
    let type = String(type)
    if let known = indexOfType[ByteString(type)] { return known }
    indexOfType[ByteString(type)] = types.count
    types.append(type)
    return types.count - 1
  }
}

extension LabelSet: Equatable {
  /// Whether both have the same labels in the same order.
  public static func == (left: LabelSet, right: LabelSet) -> Bool {
    left.names.elementsEqual(right.names) { ByteString($0) == ByteString($1) }
  }
}
