import Text

/// The combining marks since the last scalar of class 0, which canonical order sorts by class.
struct MarkRun {
  struct Mark {
    var scalar: UInt32
    var combiningClass: UInt8
    /// Whether the mark stands for a source scalar, and is not the further part of a decomposition.
    var isFirst: Bool
  }

  var marks: [Mark] = []
  /// The source scalars behind the marks that are first, in the order of the text.
  var sources: [SourceRange] = []
  /// The source of the last scalar that went out.
  var last = SourceRange(start: 0, end: 0)
  /// Whether a mark survives the stripping, so that the order matters.
  var hasSurvivor = false
}

extension TextScanner {
  /// Reads a stretch of text of any kind, up to a space, an ideograph or a special token and with it.
  ///
  /// Returns the index behind it.
  mutating func scanAnyWord(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    word.clear()
    var index = start
    while index < text.count {
      let isCandidate = rules.tables[256 &+ Int(text[index])] == ByteKind.other.rawValue
      if isCandidate, let special = TextRules.token(of: rules.specialTokens, in: text, at: index) {
        endWord()
        sendHeld()
        let end = index &+ special.bytes.count
        sink.add(special: special.id, from: range(index, end))
        return end
      }
      let (scalar, length) = decodeScalar(text, at: index)
      let next = index &+ length
      let properties = characters[scalar]
      if properties.isSpace {
        endWord(before: range(index, next))
        return next
      }
      if properties.isIdeograph, rules.splitsChinese {
        endWord(before: range(index, next))
        push(scalar, properties, from: range(index, next))
        endWord(before: range(index, next))
        return next
      }
      if !properties.isDropped { push(scalar, properties, from: range(index, next)) }
      index = next
    }
    endWord()
    return index
  }

  private func range(_ start: Int, _ end: Int) -> SourceRange {
    SourceRange(start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end))
  }

  /// Takes a cleaned scalar: decomposes it where accents are stripped.
  private mutating func push(
    _ scalar: UInt32, _ properties: CharacterProperties, from source: SourceRange
  ) {
    guard rules.stripsAccents else {
      lowercase(scalar, properties, from: source)
      return
    }
    if scalar &- Hangul.firstSyllable < Hangul.syllableCount {
      decomposeHangul(scalar, from: source)
    } else {
      decompose(scalar, properties, isFirst: true, from: source)
    }
  }

  /// Full canonical decomposition; only the first part counts as standing for the source scalar.
  private mutating func decompose(
    _ scalar: UInt32, _ properties: CharacterProperties, isFirst: Bool, from source: SourceRange
  ) {
    guard properties.hasDecomposition else {
      order(scalar, properties, isFirst: isFirst, from: source)
      return
    }
    let mapping = characters.mapping(properties)
    decompose(mapping.first, characters[mapping.first], isFirst: isFirst, from: source)
    if mapping.second != 0 {
      decompose(mapping.second, characters[mapping.second], isFirst: false, from: source)
    }
  }

  /// The Unicode Standard, section 3.12: a syllable is a leading consonant, a vowel and perhaps a
  /// trailing consonant.
  private mutating func decomposeHangul(_ scalar: UInt32, from source: SourceRange) {
    let index = scalar &- Hangul.firstSyllable
    let trailing = index % Hangul.trailingCount
    let vowel = index / Hangul.trailingCount % Hangul.vowelCount
    let leading = index / (Hangul.trailingCount * Hangul.vowelCount)
    endRun()
    marks.last = source
    for part in [Hangul.leading + leading, Hangul.vowel + vowel] {
      lowercase(part, characters[part], from: source)
    }
    if trailing > 0 {
      let part = Hangul.trailing + trailing
      lowercase(part, characters[part], from: source)
    }
  }

  /// Holds combining marks back until the next scalar of class 0.
  private mutating func order(
    _ scalar: UInt32, _ properties: CharacterProperties, isFirst: Bool, from source: SourceRange
  ) {
    let combiningClass = properties.combiningClass
    if combiningClass == 0 {
      endRun()
      marks.last = source
      strip(scalar, properties, from: source)
      return
    }
    marks.marks.append(
      MarkRun.Mark(scalar: scalar, combiningClass: combiningClass, isFirst: isFirst))
    if isFirst { marks.sources.append(source) }
    if !properties.isMark { marks.hasSurvivor = true }
  }

  /// Sends the marks that were held back out in canonical order.
  ///
  /// Hugging Face hands the source positions out in the order of the text, not of the marks: the first
  /// of the sorted marks gets the position of the first mark in the text. A further part of a
  /// decomposition gets the position of whatever went out before it.
  private mutating func endRun() {
    guard !marks.marks.isEmpty else { return }
    if marks.hasSurvivor {
      // By class, and within a class by place.
      let order = marks.marks.indices.sorted {
        let (a, b) = (marks.marks[$0].combiningClass, marks.marks[$1].combiningClass)
        return a == b ? $0 < $1 : a < b
      }
      var taken = 0
      for index in order {
        let mark = marks.marks[index]
        if mark.isFirst {
          marks.last = marks.sources[taken]
          taken += 1
        }
        strip(mark.scalar, characters[mark.scalar], from: marks.last)
      }
    }
    if let last = marks.sources.last { marks.last = last }
    marks.marks.removeAll(keepingCapacity: true)
    marks.sources.removeAll(keepingCapacity: true)
    marks.hasSurvivor = false
  }

  @inline(__always)
  private mutating func strip(
    _ scalar: UInt32, _ properties: CharacterProperties, from source: SourceRange
  ) {
    if !properties.isMark { lowercase(scalar, properties, from: source) }
  }

  @inline(__always)
  private mutating func lowercase(
    _ scalar: UInt32, _ properties: CharacterProperties, from source: SourceRange
  ) {
    guard rules.lowercases, properties.hasLowercase else {
      split(scalar, properties, from: source)
      return
    }
    let lower = characters.mapping(properties).lowercase
    split(lower, characters[lower], from: source)
    if scalar == CharacterTable.dottedCapitalI {
      split(CharacterTable.dotAbove, characters[CharacterTable.dotAbove], from: source)
    }
  }

  /// Appends a scalar to the word, or makes it a word of its own if it is punctuation.
  @inline(__always)
  private mutating func split(
    _ scalar: UInt32, _ properties: CharacterProperties, from source: SourceRange
  ) {
    guard !rules.holdsText else {
      held.append(scalar, from: source)
      return
    }
    addToWord(scalar, properties, from: source)
  }

  @inline(__always)
  private mutating func addToWord(
    _ scalar: UInt32, _ properties: CharacterProperties, from source: SourceRange
  ) {
    guard properties.isPunctuation else {
      word.append(scalar, from: source)
      return
    }
    sendWord()
    word.append(scalar, from: source)
    sendWord()
  }

  /// Ends the word; `space` is where the white space that ends it comes from.
  private mutating func endWord(before space: SourceRange? = nil) {
    endRun()
    guard rules.holdsText else {
      sendWord()
      return
    }
    if let space { held.append(0x20, from: space) }
  }

  private mutating func sendWord() {
    if word.count > 0 { sink.add(word: word) }
    word.clear()
  }
}

/// Tokens that are found in the normalized text, which is held back for them.
extension TextScanner {
  /// Normalizes a text into `held`; special tokens send what stands before them.
  mutating func hold(_ text: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index < text.count { index = scanAnyWord(text, from: index) }
  }

  /// A text as normalizing leaves it.
  mutating func normalized(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    hold(text)
    return Array(UnsafeBufferPointer(start: held.bytes, count: held.count))
  }

  /// Sends the words and tokens of the text that was held back.
  mutating func sendHeld() {
    let text = UnsafeBufferPointer(start: held.bytes, count: held.count)
    var index = 0
    while index < text.count {
      if let token = TextRules.token(of: rules.normalizedTokens, in: text, at: index) {
        sendWord()
        let end = index &+ token.bytes.count
        sink.add(special: token.id, from: heldSource(index, end))
        index = end
        continue
      }
      let (scalar, length) = decodeScalar(text, at: index)
      let properties = characters[scalar]
      if properties.isSpace {
        sendWord()
      } else {
        addToWord(scalar, properties, from: heldSource(index, index &+ length))
      }
      index &+= length
    }
    sendWord()
    held.clear()
  }

  private func heldSource(_ start: Int, _ end: Int) -> SourceRange {
    SourceRange(start: held.sourceStart(start), end: held.sourceEnd(end))
  }
}

/// The arithmetic of Hangul syllables.
private enum Hangul {
  static let firstSyllable: UInt32 = 0xAC00
  static let syllableCount: UInt32 = 11_172
  static let leading: UInt32 = 0x1100
  static let vowel: UInt32 = 0x1161
  static let trailing: UInt32 = 0x11A7
  static let vowelCount: UInt32 = 21
  static let trailingCount: UInt32 = 28
}
