import Files

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
  /// `X` alone: words of one type side by side are one entity.
  case io
}

extension TagScheme {
  /// What the tags of a corpus say about its scheme, counted while they are read.
  ///
  /// Only an entity that does not adjoin another of its type tells IOB1 and IOB2 apart: IOB2 opens it with `B-`, IOB1 with
  /// `I-`. BIOES and BILOU close every entity. The majority decides, so that a few illegal tags do not.
  public struct Evidence: Sendable {
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
    /// The line of the first sentence with an `O`; 0 if there is none.
    fileprivate var firstOutside = 0
    /// The line of the first sentence with a tag that has a letter before its type; 0 if there is none.
    fileprivate var firstMarked = 0
    /// The line of the first sentence with a type that has no letter, and that type; nil if there is none.
    fileprivate var firstPlain: (line: Int, type: String)?

    /// Nothing seen yet.
    public init() {}

    private var closed: Int { closedAsBIOES + closedAsBILOU }

    /// The scheme of what was seen; nil before the first entity.
    public var scheme: TagScheme? {
      guard closed + unclosed > 0 else { return nil }
      if firstPlain != nil { return .io }
      if closed > unclosed { return closedAsBILOU > closedAsBIOES ? .bilou : .bioes }
      return openedByI > openedByB ? .iob1 : .iob2
    }

    /// The number of entities that were opened or closed against the scheme, for example an illegal `I-` in IOB2.
    public var irregular: Int {
      switch scheme {
      case nil, .io: 0
      case .iob1: openedByB + closed
      case .iob2: openedByI + closed
      case .bioes: openedByI + unclosed + closedAsBILOU
      case .bilou: openedByI + unclosed + closedAsBIOES
      }
    }

    /// What was mended or is worth knowing, in words for the user; nil if nothing is.
    public func notice(of file: String) -> String? {
      if let firstPlain {
        return
          "\(file): tags such as \"\(firstPlain.type)\" at line \(firstPlain.line) have no B- or I-; "
          + "taken as IO, where words of one type side by side are one entity"
      }
      guard irregular > 0, let scheme else { return nil }
      let what = irregular == 1 ? "1 entity does" : "\(irregular) entities do"
      let place =
        scheme != .iob1 && firstOpenedByI > 0
        ? ", first in the sentence at line \(firstOpenedByI)" : ""
      return "\(file): \(what) not begin or end as \(scheme.rawValue.uppercased()) asks\(place); "
        + "taken as conlleval does"
    }
  }

  /// Whether text may be a tag of a corpus: one that `EntityTag` reads, or a plain type, which only the corpus as a whole tells
  /// apart from a slip.
  public static func mayBeTag(_ text: String) -> Bool {
    if case .wrong = TagName(text) { return false }
    return true
  }

  /// Rewrites the tags of one sentence as IOB2 and counts what they say about their scheme.
  ///
  /// The entities are those of `EntitySpan.spans(of:)`, so that an illegal `I-` is mended on the way.
  ///
  /// - Parameters:
  ///   - tags: The tags of a sentence, none of them other text.
  ///   - evidence: What is counted.
  ///   - line: The sentence's line in its file, for the record.
  public static func convertToIOB2(
    _ tags: inout [String], evidence: inout Evidence, line: Int = 0
  ) {
    var open: EntityTag?
    for index in tags.indices {
      guard let tag = EntityTag(tags[index]), tag.mark != .outside else {
        if open != nil { evidence.unclosed += 1 }
        open = nil
        continue
      }
      let continues = open.map { tag.continues($0) } ?? false
      if !continues {
        if open != nil { evidence.unclosed += 1 }
        if !tag.mark.opens {
          if evidence.openedByI == 0 { evidence.firstOpenedByI = line }
          evidence.openedByI += 1
        } else if open.map({ !$0.hasType(of: tag) }) ?? true {
          evidence.openedByB += 1
        }
      }
      switch tag.mark {
      case .end, .single: evidence.closedAsBIOES += 1
      case .last, .unit: evidence.closedAsBILOU += 1
      case .outside, .begin, .inside, .middle: break
      }
      open = tag.mark.closes ? nil : tag
      if tag.mark != (continues ? .inside : .begin) {
        tags[index] = (continues ? "I-" : "B-") + tag.type
      }
    }
    if open != nil { evidence.unclosed += 1 }
  }
}

extension TagScheme.Evidence {
  /// Turns plain types of one sentence into tags of the scheme IO, `PER` into `I-PER`.
  ///
  /// A corpus has a letter before all types or before none. Plain types beside no `O` at all are taken for parts of speech.
  ///
  /// - Parameters:
  ///   - tags: The tags of a sentence.
  ///   - file: The corpus.
  ///   - line: The sentence's line.
  /// - Throws: `DataError` for plain types beside other tags, or without any `O`.
  public mutating func readPlainTypes(
    in tags: inout [String], file: String, line: Int
  ) throws(DataError) {
    var plain: [Int] = []
    for (index, tag) in tags.enumerated() {
      switch TagName(tag) {
      case .outside: firstOutside = firstOutside == 0 ? max(line, 1) : firstOutside
      case .marked: firstMarked = firstMarked == 0 ? max(line, 1) : firstMarked
      case .plain: plain.append(index)
      case .wrong: break
      }
    }
    if let first = plain.first, firstPlain == nil { firstPlain = (line, tags[first]) }
    guard let (plainLine, type) = firstPlain else { return }
    if firstMarked > 0 {
      throw DataError(
        file: file, line: line,
        found:
          "the tag \"\(type)\" in the sentence at line \(plainLine) beside tags with B- or I- in that at "
          + "line \(firstMarked)",
        expected: "B- or I- before all types, or before none", remedy: "write it as B-\(type)")
    }
    if firstOutside == 0 {
      throw DataError(
        file: file, line: line, found: "the tag \"\(type)\", and no O so far",
        expected: "O, B-TYPE or I-TYPE (B-NN for a part of speech), or those of BIOES or BILOU",
        remedy: "if the column holds parts of speech, name the columns, counted from 0, with "
          + "--columns, such as word=0,pos=1; if it holds entities, write \(type) as I-\(type)")
    }
    for index in plain { tags[index] = "I-\(tags[index])" }
  }
}
