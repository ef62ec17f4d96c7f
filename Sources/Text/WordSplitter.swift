/// Cuts the run of characters between two white spaces into words as CoNLL corpora have them.
///
/// It works on the bytes of the text. Every byte of a run goes into exactly one word, so nothing is lost or doubled.
struct WordSplitter {
  let text: UnsafeBufferPointer<UInt8>
  /// The words found so far.
  private(set) var words: [SplitWord] = []

  init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
  }

  /// Forgets the words, keeping the memory.
  mutating func removeAll() { words.removeAll(keepingCapacity: true) }

  /// Appends the words of a run without white space.
  ///
  /// - Parameters:
  ///   - run: The bytes of the run.
  ///   - isFirst: Whether the run begins its line.
  ///   - isLast: Whether the run ends its line.
  mutating func split(_ run: Range<Int>, isFirst: Bool, isLast: Bool) {
    guard !Emoticon.matches(text[run]) else {
      words.append(SplitWord(start: run.lowerBound, end: run.upperBound))
      return
    }
    var start = run.lowerBound
    while start < run.upperBound {
      if let end = WebAddress.end(text, start..<run.upperBound) {
        words.append(SplitWord(start: start, end: end))
        start = end
        continue
      }
      let character = TextCharacter(text, at: start)
      switch character.kind {
      case .letter, .digit, .mark:
        var end = wordEnd(from: start, to: run.upperBound)
        var ending = SplitWord.Ending.none
        if end < run.upperBound, text[end] == .dot {
          let rest = end + 1..<run.upperBound
          let isListNumber = isFirst && start == run.lowerBound && !isLast && rest.isEmpty
          ending = dotEnding(start..<end, rest: rest, endsLine: isLast, isListNumber: isListNumber)
          if ending != .none { end += 1 }
        }
        append(start..<end, ending: ending)
        start = end
      case .ideograph:
        let end = clusterEnd(from: start, to: run.upperBound)
        words.append(SplitWord(start: start, end: end))
        start = end
      case .punctuation, .space:
        start = appendPunctuation(from: start, run: run)
      }
    }
  }

  // MARK: Words of letters and digits

  /// The end of the word that begins with the letter or digit at `start`, without a dot behind it.
  private func wordEnd(from start: Int, to limit: Int) -> Int {
    var end = start
    var before = CharacterKind.letter
    while end < limit {
      let character = TextCharacter(text, at: end)
      switch character.kind {
      case .letter, .digit:
        before = character.kind
        end += character.length
      case .mark: end += character.length
      case .ideograph, .space: return end
      case .punctuation:
        guard end > start else { return end + character.length }
        guard let joined = joinEnd(character, at: end, start: start, before: before, limit: limit)
        else { return end }
        end = joined
        guard character.scalar != 0x24 else { return end }
        before = .letter
        // What the mark joined is read next; a mark that ends the word is followed by something else.
        if end < limit, !TextCharacter(text, at: end).isAlphanumeric { return end }
      }
    }
    return end
  }

  /// The end of a mark that belongs into the word that it stands behind; nil if the word ends before it.
  private func joinEnd(
    _ mark: TextCharacter, at index: Int, start: Int, before: CharacterKind, limit: Int
  ) -> Int? {
    let next = index + mark.length
    let behind = next < limit ? TextCharacter(text, at: next) : nil
    let joinsAny = behind?.isAlphanumeric ?? false
    let joinsDigits = before == .digit && behind?.kind == .digit
    switch mark.scalar {
    case 0x2E:  // "3.14", "U.S", "amazon.com", "U.S.-based"; but "here.The"
      if joinsAny { return isMissingSpace(at: index, next: next, start: start) ? nil : next }
      let isHyphen = next + 1 < limit && text[next] == .hyphen
      return isHyphen && TextCharacter(text, at: next + 1).isAlphanumeric ? next + 1 : nil
    case 0x2C, 0x3A, 0x2F: return joinsDigits ? next : nil  // "1,000", "12:30", "1/2"
    case 0x2D, 0x5F, 0x26, 0x40, 0x27, 0x2019, 0x2010, 0x2011: return joinsAny ? next : nil
    case 0x24:  // "US$" before a number
      let isCurrency = text[start..<index].allSatisfy { 0x41...0x5A ~= $0 } && index - start <= 3
      return isCurrency && (behind == nil || behind?.kind == .digit) ? next : nil
    case 0x2B:  // "AA+", "C++"
      let end = runEnd(of: mark, from: index, to: limit)
      return end == limit || !TextCharacter(text, at: end).isAlphanumeric ? end : nil
    default: return nil
    }
  }

  /// Whether a dot ends a sentence whose successor follows without white space: "here.The".
  private func isMissingSpace(at dot: Int, next: Int, start: Int) -> Bool {
    dot - start >= 2 && text.isLowercase(at: dot - 1) && text.isLowercase(at: dot - 2)
      && text.isUppercase(at: next)
      && text.isLowercase(at: next + TextCharacter(text, at: next).length)
  }

  /// Whether the dot behind a word belongs to it, and what that says of the sentence; `.none` if it does not.
  private func dotEnding(
    _ word: Range<Int>, rest: Range<Int>, endsLine: Bool, isListNumber: Bool
  ) -> SplitWord.Ending {
    if let first = rest.first, text[first] == .dot { return .none }
    let isAtEnd = endsLine && text[rest].allSatisfy(\.isClosing)
    // Of "aid-U.N." the last part decides.
    let part = text[word].lastIndex(of: .hyphen).map { $0 + 1 } ?? word.lowerBound
    let bytes = text[part..<word.upperBound]
    if bytes.allSatisfy({ 0x30...0x39 ~= $0 }) {
      return isListNumber && bytes.count <= 3 ? .open : .none
    }
    if !bytes.isEmpty, TextCharacter(text, at: part).length == bytes.count {
      // An initial, or the letter of "b. 1950", "p. 5", unless it ends the line.
      let isInitial = text.isUppercase(at: part) || "bcdnpv".utf8.contains(text[part])
      return isInitial && !isAtEnd ? .open : .none
    }
    switch Abbreviations.kind(of: bytes) {
    case .leading: return .open
    case .ambiguous: return isAtEnd || isQuote(at: rest) ? .none : .open
    case .trailing: return .abbreviation
    case nil: return isDotted(bytes) ? .abbreviation : .none
    }
  }

  private func isQuote(at range: Range<Int>) -> Bool {
    guard let first = range.first else { return false }
    return [0x22, 0x27, 0x2019, 0x201D].contains(TextCharacter(text, at: first).scalar)
  }

  /// Whether a word is of single letters, or pairs of them, with dots between: "U.S", "a.m", "Ph.D".
  private func isDotted(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var length = 0
    var dots = 0
    for byte in word {
      if byte == .dot {
        guard length > 0 else { return false }
        dots += 1
        length = 0
      } else {
        guard TextCharacter.kind(ofASCII: byte) == .letter else { return false }
        length += 1
        if length > 2 { return false }
      }
    }
    return dots > 0
  }

  /// Appends a word, its clitics split off: "did n't", "Ada 's".
  private mutating func append(_ word: Range<Int>, ending: SplitWord.Ending) {
    guard let clitic = Clitic.start(in: text, of: word), clitic > word.lowerBound else {
      words.append(SplitWord(start: word.lowerBound, end: word.upperBound, ending: ending))
      return
    }
    append(word.lowerBound..<clitic, ending: .none)
    words.append(SplitWord(start: clitic, end: word.upperBound, ending: ending))
  }

  // MARK: Punctuation

  /// Appends the word that begins with the mark at `start`; returns its end.
  private mutating func appendPunctuation(from start: Int, run: Range<Int>) -> Int {
    let mark = TextCharacter(text, at: start)
    let limit = run.upperBound
    let next = start + mark.length
    if mark.isApostrophe, let end = apostropheEnd(from: start, next: next, limit: limit) {
      words.append(SplitWord(start: start, end: end))
      return end
    }
    let behind = next < limit ? TextCharacter(text, at: next) : nil
    if behind?.kind == .digit, mark.scalar == 0x2B || mark.scalar == 0x2E, start == run.lowerBound {
      // "+44", ".500"
      let end = wordEnd(from: next, to: limit)
      words.append(SplitWord(start: start, end: end))
      return end
    }
    var end = mark.repeats ? runEnd(of: mark, from: start, to: limit) : next
    if mark.scalar == 0x21 || mark.scalar == 0x3F {
      while end < limit, text[end] == 0x21 || text[end] == 0x3F { end += 1 }
    }
    end = max(end, clusterEnd(from: end - mark.length, to: limit))
    words.append(SplitWord(start: start, end: end, ending: mark.ending))
    return end
  }

  /// The end of "'s", "'ll" and the like, or of "'90s"; nil for a quotation mark.
  private func apostropheEnd(from start: Int, next: Int, limit: Int) -> Int? {
    var end = next
    while end < limit, TextCharacter(text, at: end).isAlphanumeric {
      end += TextCharacter(text, at: end).length
    }
    if Clitic.isClitic(text[next..<end]) { return end }
    let digits = text[next..<end].prefix { 0x30...0x39 ~= $0 }
    guard digits.count == 2, end - digits.endIndex <= 1 else { return nil }
    return end == digits.endIndex || text[digits.endIndex] | 0x20 == 0x73 ? end : nil
  }

  /// The end of a run of one and the same mark.
  private func runEnd(of mark: TextCharacter, from start: Int, to limit: Int) -> Int {
    var end = start + mark.length
    while end < limit {
      let character = TextCharacter(text, at: end)
      guard character.scalar == mark.scalar, character.length == mark.length else { break }
      end += character.length
    }
    return end
  }

  /// The end of a character with the marks on it, and of what joiners tie to it, as emoji are made.
  private func clusterEnd(from start: Int, to limit: Int) -> Int {
    let first = TextCharacter(text, at: start)
    var end = start + first.length
    if first.isRegionalIndicator, end < limit, TextCharacter(text, at: end).isRegionalIndicator {
      end += 4
    }
    while end < limit {
      let character = TextCharacter(text, at: end)
      guard character.kind == .mark else { break }
      end += character.length
      if character.scalar == 0x200D, end < limit {
        let tied = TextCharacter(text, at: end)
        if tied.kind == .punctuation { end += tied.length }
      }
    }
    return end
  }
}
