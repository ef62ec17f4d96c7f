/// English abbreviations whose dot belongs to the word, and what the dot says about the sentence.
enum Abbreviations {
  /// Whether a sentence may end with an abbreviation.
  enum Kind: Sendable {
    /// Something always follows, as the name behind "Mr.": the sentence goes on.
    case leading
    /// As `leading`, but at the end of a line it is a word with a full stop: "No. 5", "He said No."
    case ambiguous
    /// A sentence may end with it: "Inc."
    case trailing
  }

  /// The abbreviation of `word`, which is without its dot; nil if it is none.
  static func kind(of word: Slice<UnsafeBufferPointer<UInt8>>) -> Kind? {
    guard word.count <= longest, let first = word.first else { return nil }
    let lowercased = String(decoding: word.lazy.map { $0 | 0x20 }, as: UTF8.self)
    guard let entry = entries[lowercased] else { return nil }
    return entry.isCapitalized && first & 0x20 != 0 ? nil : entry.kind
  }

  private static let longest = 8

  private static let entries: [String: (kind: Kind, isCapitalized: Bool)] = {
    var entries: [String: (kind: Kind, isCapitalized: Bool)] = [:]
    for (list, kind, isCapitalized) in [
      (leading, Kind.leading, false), (trailing, .trailing, false),
      (capitalizedLeading, .ambiguous, true), (capitalizedTrailing, .trailing, true),
    ] {
      for word in list.split(whereSeparator: \.isWhitespace) {
        entries[word.lowercased()] = (kind, isCapitalized)
      }
    }
    return entries
  }()

  /// Titles and the like, in any case.
  private static let leading = """
    adm al approx assn brig ca capt cf cmdr comdr cpl dept dr drs eg ft fr gov hon ie lt maj messrs mr mrs ms mt mx nos pp
    prof pvt rev rt sgt st supt univ viz vol vs
    """
  private static let trailing = """
    apt assoc ave bancorp bhd blvd bros corp dist esq est etc ext inc intl jr ltd mfg natl plc pty rd sdn sr tel
    """
  /// Those that are words when they are written small: "No. 5", but "no."
  private static let capitalizedLeading = """
    Apr Aug Col Dec Feb Fig Figs Fri Gen Jan Jul Jun Mar Mon No Nov Oct Op Pres Rep Reps Sat Sen Sens Sep Sept Sun Thu
    Thur Thurs Tue Tues Wed
    """
  private static let capitalizedTrailing = """
    Ala Ariz Ark Calif Co Colo Conn Cos Del Fla Ill Ind Kan Mass Mich Minn Miss Neb Nev Okla Ore Penn Tenn Tex Wash Wis
    """
}
