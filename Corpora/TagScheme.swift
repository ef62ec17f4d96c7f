/// How a column of entity tags marks where an entity begins and ends.
public enum TagScheme: String, Sendable {
  /// `I-X` opens an entity; `B-X` stands only where two entities of one type adjoin.
  case iob1
  /// `B-X` opens every entity.
  case iob2
  /// `B-X` opens an entity, `E-X` closes it, `S-X` is one of a single word; `M-X` (BMES) inside it counts as `I-X`.
  case bioes
  /// The same with `L-X` for `E-X` and `U-X` for `S-X`.
  case bilou
}

extension TagScheme {
  /// What the tags of a corpus say about its scheme, counted while they are read.
  ///
  /// Only an entity that does not adjoin another of its type tells IOB1 and IOB2 apart: IOB2 opens it with `B-`, IOB1 with
  /// `I-`. BIOES and BILOU close every entity. The majority decides, so that a few illegal tags do not.
  public struct Evidence: Sendable, Equatable {
    /// Entities after `O`, another type or the sentence's start that begin with `B-X`, `S-X` or `U-X`.
    public var openedByB = 0
    /// Entities after `O`, another type, a closed entity or the sentence's start that begin with another tag such as `I-X`.
    public var openedByI = 0
    /// The line of the first sentence with such an entity; 0 if there is none.
    public var firstOpenedByI = 0
    /// Entities that end with `E-X` or `S-X`.
    public var closedAsBIOES = 0
    /// Entities that end with `L-X` or `U-X`.
    public var closedAsBILOU = 0
    /// Entities that end with any other tag.
    public var unclosed = 0

    /// Nothing seen yet.
    public init() {}

    private var closed: Int { closedAsBIOES + closedAsBILOU }

    /// The scheme of what was seen; nil before the first entity.
    public var scheme: TagScheme? {
      guard closed + unclosed > 0 else { return nil }
      if closed > unclosed { return closedAsBILOU > closedAsBIOES ? .bilou : .bioes }
      return openedByI > openedByB ? .iob1 : .iob2
    }

    /// The number of entities that were opened or closed against the scheme, for example an illegal `I-` in IOB2.
    public var irregular: Int {
      switch scheme {
      case nil: 0
      case .iob1: openedByB + closed
      case .iob2: openedByI + closed
      case .bioes: openedByI + unclosed + closedAsBILOU
      case .bilou: openedByI + unclosed + closedAsBIOES
      }
    }

    /// What was mended, in words for the user; nil if nothing was.
    public func notice(of file: String) -> String? {
      guard irregular > 0, let scheme else { return nil }
      let what = irregular == 1 ? "1 entity does" : "\(irregular) entities do"
      let place =
        scheme != .iob1 && firstOpenedByI > 0
        ? ", first in the sentence at line \(firstOpenedByI)" : ""
      return "\(file): \(what) not begin or end as \(scheme.rawValue.uppercased()) asks\(place); "
        + "taken as conlleval does"
    }
  }

  /// Whether a tag is `O`, or one of the letters B, I, E, S, L, U, M with a type that is not empty behind a hyphen.
  public static func isWellFormed(_ tag: String) -> Bool {
    let bytes = tag.utf8
    guard let first = bytes.first else { return false }
    if bytes.count == 1 { return first == UInt8(ascii: "O") }
    return bytes.count > 2 && bytes.dropFirst().first == UInt8(ascii: "-")
      && "BIESLUM".utf8.contains(first)
  }

  /// Rewrites the well-formed tags of one sentence as IOB2 and counts what they say about their scheme.
  ///
  /// One rule reads all schemes, and mends an illegal `I-` on the way: an entity begins at every `B-X`, `S-X` and `U-X`, and at
  /// every other tag that does not continue an entity of type X that is still open; `E-X`, `L-X`, `S-X` and `U-X` close it. It
  /// finds the same entities as conlleval does.
  ///
  /// - Parameters:
  ///   - tags: The tags of a sentence.
  ///   - evidence: What is counted.
  ///   - line: The sentence's line in its file, for the record.
  public static func convertToIOB2(
    _ tags: inout [String], evidence: inout Evidence, line: Int = 0
  ) {
    var open: Substring?
    for index in tags.indices {
      guard let letter = tags[index].utf8.first, tags[index].utf8.count > 2 else {
        if open != nil { evidence.unclosed += 1 }
        open = nil
        continue
      }
      let type = Substring(tags[index].utf8.dropFirst(2))
      let adjoins = open.map { $0.utf8.elementsEqual(type.utf8) } ?? false
      let saysBegin = "BSU".utf8.contains(letter)
      let begins = saysBegin || !adjoins
      if begins {
        if open != nil { evidence.unclosed += 1 }
        if saysBegin {
          evidence.openedByB += adjoins ? 0 : 1
        } else {
          if evidence.openedByI == 0 { evidence.firstOpenedByI = line }
          evidence.openedByI += 1
        }
      }
      switch letter {
      case UInt8(ascii: "E"), UInt8(ascii: "S"): evidence.closedAsBIOES += 1
      case UInt8(ascii: "L"), UInt8(ascii: "U"): evidence.closedAsBILOU += 1
      default: break
      }
      open = "ESLU".utf8.contains(letter) ? nil : type
      let wanted = begins ? UInt8(ascii: "B") : UInt8(ascii: "I")
      if letter != wanted { tags[index] = (begins ? "B-" : "I-") + type }
    }
    if open != nil { evidence.unclosed += 1 }
  }
}
