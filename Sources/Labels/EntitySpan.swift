import Files

/// One entity of a sentence: its type and its words.
public struct EntitySpan: Sendable, Hashable {
  /// The entity type, `PER` of `B-PER`.
  public let type: String
  /// The entity's words, counted from 0.
  public let words: Range<Int>

  /// Describes an entity.
  public init(type: String, words: Range<Int>) {
    self.type = type
    self.words = words
  }

  /// Whether the words and the bytes of the type are the same.
  public static func == (left: EntitySpan, right: EntitySpan) -> Bool {
    left.words == right.words && left.hasType(of: right)
  }

  /// Whether both are of the same type, byte by byte.
  public func hasType(of other: EntitySpan) -> Bool { ByteString(type) == ByteString(other.type) }

  /// Hashes words and type.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(words)
    hasher.combine(ByteString(type))
  }

  /// The entities of a sequence of tags, legal or not, in order.
  ///
  /// The rule is that of `EntityTag.Mark.continues`, by which conlleval.pl and seqeval's default mode find the same entities,
  /// in every scheme. Text that is no tag is read as `O`.
  public static func spans(of tags: [String]) -> [EntitySpan] {
    var labels = LabelSet(names: [])
    return spans(of: tags.map { labels.add($0) }, in: labels)
  }

  /// The entities of a sequence of labels by their indices in a label set.
  public static func spans(of indices: [Int], in labels: LabelSet) -> [EntitySpan] {
    var spans: [EntitySpan] = []
    var scanner = EntityScanner()
    for position in 0...indices.count {
      let label = position < indices.count ? indices[position] : nil
      if let ended = scanner.advance(to: label, of: labels, at: position) {
        spans.append(EntitySpan(type: labels.types[ended.type], words: ended.start..<position))
      }
    }
    return spans
  }
}

/// Finds the entities of one sequence of labels word by word, without allocating.
public struct EntityScanner: Sendable {
  private var before: Int?
  private var start = 0

  /// Stands before the first word.
  public init() {}

  /// Takes the label at `position`, or nil behind the last; returns the type and the first word of the entity that ends before.
  ///
  /// - Parameters:
  ///   - label: The label's index.
  ///   - labels: The label set.
  ///   - position: The word, counted from 0.
  /// - Returns: The index of the type in `labels.types`, and the first word; nil if no entity ends there.
  public mutating func advance(
    to label: Int?, of labels: LabelSet, at position: Int
  ) -> (type: Int, start: Int)? {
    if let label, let before, labels.continues(label, before) {
      self.before = label
      return nil
    }
    let type = before.flatMap { labels.typeIndices[$0] }
    defer {
      before = label
      start = position
    }
    return type.map { (type: $0, start: start) }
  }
}
