/// How a column of entity tags marks where an entity begins.
public enum TagScheme: String, Sendable {
  /// `I-X` opens an entity; `B-X` stands only where two entities of one type adjoin.
  case iob1
  /// `B-X` opens every entity.
  case iob2
}

extension TagScheme {
  /// What the tags of a corpus say about its scheme, counted while they are read.
  ///
  /// Only an entity that does not adjoin another of its type tells the schemes apart: IOB2 opens it with `B-`, IOB1 with
  /// `I-`. The majority decides, so that a few illegal tags do not.
  public struct Evidence: Sendable, Equatable {
    /// Entities after `O`, another type or the sentence's start that begin with `B-X`.
    public var openedByB = 0
    /// Entities after `O`, another type or the sentence's start that begin with `I-X`.
    public var openedByI = 0

    /// Nothing seen yet.
    public init() {}

    /// The scheme of what was seen; nil before the first entity.
    public var scheme: TagScheme? {
      guard openedByB > 0 || openedByI > 0 else { return nil }
      return openedByI > openedByB ? .iob1 : .iob2
    }

    /// The number of entities that were opened against the scheme, for example an illegal `I-` in IOB2.
    public var irregular: Int { min(openedByB, openedByI) }
  }

  /// Whether a tag is `O`, `B-TYPE` or `I-TYPE` with a type that is not empty.
  public static func isWellFormed(_ tag: String) -> Bool {
    let bytes = tag.utf8
    guard let first = bytes.first else { return false }
    if bytes.count == 1 { return first == UInt8(ascii: "O") }
    return bytes.count > 2 && bytes.dropFirst().first == UInt8(ascii: "-")
      && (first == UInt8(ascii: "B") || first == UInt8(ascii: "I"))
  }

  /// Rewrites the well-formed tags of one sentence as IOB2 and counts what they say about their scheme.
  ///
  /// One rule reads both schemes, and mends an illegal `I-` on the way: an entity begins at every `B-X`, and at every `I-X`
  /// that does not continue a word of type X. It finds the same entities as conlleval does.
  public static func convertToIOB2(_ tags: inout [String], evidence: inout Evidence) {
    var openType: Substring.UTF8View?
    for index in tags.indices {
      guard tags[index].utf8.count > 2 else {
        openType = nil
        continue
      }
      let type = tags[index].dropFirst(2).utf8
      let continues = openType.map { $0.elementsEqual(type) } ?? false
      let saysBegin = tags[index].utf8.first == UInt8(ascii: "B")
      openType = type
      guard !continues else { continue }
      if saysBegin {
        evidence.openedByB += 1
      } else {
        evidence.openedByI += 1
        tags[index] = "B-" + tags[index].dropFirst(2)
      }
    }
  }
}
