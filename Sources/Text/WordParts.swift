/// Parts that end an English word and are words of their own: "'s", "'ll", "n't".
enum Clitic {
  /// Whether the letters behind an apostrophe make a clitic.
  static func isClitic(_ letters: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let first = letters.first.map({ $0 | 0x20 }), letters.count <= 2 else { return false }
    if letters.count == 1 { return [0x73, 0x6D, 0x64].contains(first) }  // s, m, d
    let second = letters[letters.startIndex + 1] | 0x20
    return first == 0x6C ? second == 0x6C : second == 0x65 && (first == 0x72 || first == 0x76)
  }

  /// Where the clitic begins that ends a word; nil if none does.
  static func start(in text: UnsafeBufferPointer<UInt8>, of word: Range<Int>) -> Int? {
    for index in word.reversed().prefix(3) where index > word.lowerBound {
      let isCurly =
        index - 2 >= word.lowerBound && text[index] == 0x99
        && text[index - 1] == 0x80 && text[index - 2] == 0xE2
      guard text[index] == 0x27 || isCurly else { continue }
      let apostrophe = isCurly ? index - 2 : index
      let letters = text[index + 1..<word.upperBound]
      if isClitic(letters) { return apostrophe }
      let isNegation =
        letters.count == 1 && letters.first.map { $0 | 0x20 } == 0x74
        && apostrophe > word.lowerBound && text[apostrophe - 1] | 0x20 == 0x6E
      return isNegation ? apostrophe - 1 : nil
    }
    return nil
  }
}

/// Faces made of punctuation, such as ":-)".
enum Emoticon {
  /// Whether the bytes are one: eyes, perhaps a nose, a mouth.
  static func matches(_ run: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard 2...3 ~= run.count, let eyes = run.first, let mouth = run.last else { return false }
    guard eyes == 0x3A || eyes == 0x3B || eyes == 0x3D else {  // : ; =
      return eyes == 0x3C && run.count == 2 && mouth == 0x33  // <3
    }
    let nose = run[run.startIndex + 1]
    guard run.count == 2 || nose == 0x2D || nose == 0x27 else { return false }
    return [0x29, 0x28, 0x44, 0x50, 0x70, 0x2F, 0x7C, 0x5D, 0x5B].contains(mouth)
  }
}

/// Addresses, which no punctuation cuts: "https://example.org/?q=a,b", "www.example.org", "mailto:ada@example.org".
enum WebAddress {
  private static let schemes = ["http://", "https://", "ftp://", "mailto:", "www."]
    .map { Array($0.utf8) }

  /// The end of the address that stands at the beginning of `run`, without punctuation that ends the sentence; nil if none
  /// stands there.
  static func end(_ text: UnsafeBufferPointer<UInt8>, _ run: Range<Int>) -> Int? {
    let first = text[run.lowerBound] | 0x20
    guard 0x61...0x7A ~= first, isAddress(text, run) else { return nil }
    var end = run.upperBound
    while end > run.lowerBound + 1, text[end - 1].isClosing || text[end - 1] == 0x2C {
      // A parenthesis that was opened inside belongs to the address.
      if text[end - 1] == 0x29, text[run.lowerBound..<end].contains(0x28) { break }
      end -= 1
    }
    return end
  }

  private static func isAddress(_ text: UnsafeBufferPointer<UInt8>, _ run: Range<Int>) -> Bool {
    let hasScheme = schemes.contains { scheme in
      scheme.count < run.count
        && scheme.indices.allSatisfy {
          let byte = text[run.lowerBound + $0]
          return (0x41...0x5A ~= byte ? byte | 0x20 : byte) == scheme[$0]
        }
    }
    return hasScheme || hasPath(text, run)
  }

  /// Whether the run is a host with a path: "example.org/index.html".
  private static func hasPath(_ text: UnsafeBufferPointer<UInt8>, _ run: Range<Int>) -> Bool {
    var labelLength = 0
    var dots = 0
    for index in run {
      let byte = text[index]
      switch TextCharacter.kind(ofASCII: byte) {
      case .letter where byte < 0x80: labelLength += 1
      case .digit: labelLength += 1
      case .punctuation where byte == .dot && labelLength > 0:
        dots += 1
        labelLength = 0
      case .punctuation where byte == .hyphen: break
      case .punctuation where byte == 0x2F:
        let isTopLevel = text[index - labelLength..<index].allSatisfy { $0 | 0x20 >= 0x61 }
        return dots > 0 && labelLength >= 2 && isTopLevel
      default: return false
      }
    }
    return false
  }
}

extension UInt8 {
  static let dot: UInt8 = 0x2E
  static let hyphen: UInt8 = 0x2D

  /// Whether the ASCII character may stand between the end of a sentence and its line's: `.!?'")]}>;:`.
  var isClosing: Bool {
    switch self {
    case 0x2E, 0x21, 0x3F, 0x27, 0x22, 0x29, 0x5D, 0x7D, 0x3E, 0x3B, 0x3A: true
    default: false
    }
  }
}

extension TextCharacter {
  /// Whether it is `'` or its typographic form.
  var isApostrophe: Bool { scalar == 0x27 || scalar == 0x2019 }

  /// Whether a run of it is one word, as in "..." and "--".
  var repeats: Bool {
    switch scalar {
    case 0x21, 0x23, 0x27, 0x2A, 0x2D, 0x2E, 0x3C...0x3F, 0x5F, 0x60, 0x7E: true
    case 0x2013, 0x2014, 0x2022, 0x2026, 0xB7: true
    default: false
    }
  }

  /// Half of a flag.
  var isRegionalIndicator: Bool { 0x1F1E6...0x1F1FF ~= scalar }

  /// What a mark says about the end of the sentence.
  var ending: SplitWord.Ending {
    switch scalar {
    case 0x2E, 0x21, 0x3F, 0x2026, 0x61F, 0x6D4, 0x964, 0x965: .terminator
    case 0x3002, 0xFF01, 0xFF0E, 0xFF1F, 0xFF61: .fullWidthTerminator
    default: .none
    }
  }
}
