/// One entity of a sentence: its type and the words `start ..< end`.
public struct EntitySpan: Sendable, Hashable {
  /// The entity type, `PER` of `B-PER`.
  public let type: String
  /// The index of its first word.
  public let start: Int
  /// The index after its last word.
  public let end: Int

  /// An entity over the words `start ..< end`.
  public init(type: String, start: Int, end: Int) {
    self.type = type
    self.start = start
    self.end = end
  }

  /// The entities of a tag sequence, legal or not, in the order in which they end.
  ///
  /// The rules are conlleval's: an I that follows O starts an entity, and so does one whose type differs from the tag before.
  /// IOB1, IOB2, IOE and IOBES are all read this way, as seqeval's default mode reads them.
  public static func spans(of tags: [String]) -> [EntitySpan] {
    var table = TagTable()
    let labels = tags.map { table.index(of: $0) }
    return spans(of: labels, in: table)
  }

  /// The entities of a sequence of label indices.
  public static func spans(of labels: [Int32], in table: TagTable) -> [EntitySpan] {
    var spans: [EntitySpan] = []
    var scanner = SpanScanner()
    for position in 0...labels.count {
      let entry = position < labels.count ? table.entries[Int(labels[position])] : nil
      if let ended = scanner.advance(to: entry, at: position) {
        spans.append(
          EntitySpan(type: table.types[Int(ended.type)], start: ended.start, end: position))
      }
    }
    return spans
  }
}

/// The entity boundaries of one tag sequence, found tag by tag.
///
/// Whether an entity ends before a tag and whether one starts at it depends on that tag and the one before alone. For
/// sequences of B, I and O the rules are those of conlleval.pl; E and S are seqeval's.
struct SpanScanner {
  private var prefix = TagTable.Prefix.outside
  private var type: Int32 = -1
  private var start = 0

  /// Takes the tag at `position`, or nil after the last one; returns the entity that ends before it.
  mutating func advance(
    to entry: TagTable.Entry?, at position: Int
  ) -> (type: Int32, start: Int)? {
    let next = entry?.prefix ?? .outside
    let nextType = entry?.type ?? -1
    let ended = ends(before: next, sameType: type == nextType) ? (type: type, start: start) : nil
    if starts(at: next, sameType: type == nextType) { start = position }
    prefix = next
    type = nextType
    return ended
  }

  private func ends(before next: TagTable.Prefix, sameType: Bool) -> Bool {
    switch prefix {
    case .outside, .none: false
    case .end, .single: true
    case .begin, .inside:
      !sameType || next == .begin || next == .single || next == .outside
    case .other: !sameType
    }
  }

  private func starts(at next: TagTable.Prefix, sameType: Bool) -> Bool {
    switch next {
    case .outside, .none: false
    case .begin, .single: true
    case .inside, .end:
      !sameType || prefix == .outside || prefix == .end || prefix == .single
    case .other: !sameType
    }
  }
}
