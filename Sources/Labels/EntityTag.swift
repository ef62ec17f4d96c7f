/// What the tag of one word says: whether an entity begins, goes on or ends there, and of what type it is.
///
/// All that takes a tag apart does it here. A tag is `O`, or a letter, a hyphen and a type that is not empty, as IOB1, IOB2,
/// IOE, BIOES, BMES and BILOU write them. Its type is everything behind the first hyphen, byte by byte: `B-A-B` is of the type
/// `A-B`.
public struct EntityTag: Sendable, Equatable {
  /// The letter of a tag.
  public enum Mark: UInt8, Sendable {
    /// `O`, no entity.
    case outside = 0x4F
    /// `B-X`, the first word of an entity.
    case begin = 0x42
    /// `I-X`, a word of an entity.
    case inside = 0x49
    /// `M-X`, a word that is neither the first nor the last of an entity (BMES).
    case middle = 0x4D
    /// `E-X`, the last word of an entity (BIOES, BMES, IOE).
    case end = 0x45
    /// `L-X`, the same in BILOU.
    case last = 0x4C
    /// `S-X`, an entity of a single word (BIOES, BMES).
    case single = 0x53
    /// `U-X`, the same in BILOU.
    case unit = 0x55

    /// Whether an entity begins at this mark whatever stands before it.
    public var opens: Bool { self == .begin || self == .single || self == .unit }

    /// Whether an entity ends at this mark whatever stands behind it.
    public var closes: Bool {
      switch self {
      case .end, .last, .single, .unit: true
      case .outside, .begin, .inside, .middle: false
      }
    }

    /// Whether a word with this mark goes on with the entity of the word before it, if that is of the same type.
    ///
    /// It is the one rule by which entities are found: a word that does not go on with one begins one, unless it is outside.
    /// So an illegal `I-X` begins an entity, as conlleval.pl and seqeval have it.
    public func continues(_ before: Mark) -> Bool {
      self != .outside && !opens && before != .outside && !before.closes
    }
  }

  /// The letter.
  public let mark: Mark
  /// The type; empty of `O`.
  public let type: Substring

  /// Reads a tag; nil for text that is none.
  public init?(_ tag: String) {
    let bytes = tag.utf8
    guard let mark = bytes.first.flatMap(Mark.init) else { return nil }
    self.mark = mark
    if mark == .outside {
      guard bytes.count == 1 else { return nil }
      type = ""
    } else {
      guard bytes.count > 2, bytes[bytes.index(after: bytes.startIndex)] == UInt8(ascii: "-") else {
        return nil
      }
      type = Substring(bytes.dropFirst(2))
    }
  }

  /// Whether this tag's word goes on with the entity of the word before it.
  public func continues(_ before: EntityTag) -> Bool {
    mark.continues(before.mark) && hasType(of: before)
  }

  /// Whether both are of the same type, byte by byte.
  func hasType(of other: EntityTag) -> Bool { type.utf8.elementsEqual(other.type.utf8) }

  /// Whether both have the same letter and the same type, byte by byte.
  public static func == (left: EntityTag, right: EntityTag) -> Bool {
    left.mark == right.mark && left.hasType(of: right)
  }
}
