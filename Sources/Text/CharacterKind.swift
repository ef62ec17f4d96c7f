/// What a character is to the word splitter.
enum CharacterKind: UInt8 {
  /// White space, which separates words and belongs to none.
  case space
  /// A letter, and whatever is neither white space, digit, ideograph nor punctuation: controls, bytes that are no text.
  case letter
  case digit
  /// A combining mark, a joiner or a modifier: it belongs to the character before it.
  case mark
  /// A Chinese character, which stands as a word of its own.
  case ideograph
  /// Punctuation and symbols.
  case punctuation
}

/// One character of UTF-8 text: its scalar, its length in bytes, and its kind.
struct TextCharacter {
  let scalar: UInt32
  let length: Int
  let kind: CharacterKind

  /// Reads the character at `index`; a byte that is no UTF-8 is a letter of length 1.
  @inline(__always)
  init(_ text: UnsafeBufferPointer<UInt8>, at index: Int) {
    let byte = text[index]
    if byte < 0x80 {
      scalar = UInt32(byte)
      length = 1
      kind = Self.kind(ofASCII: byte)
    } else {
      let (decoded, count) = decodeScalar(text, at: index)
      scalar = decoded
      length = count
      kind = count == 1 ? .letter : Self.kind(of: decoded)
    }
  }

  var isAlphanumeric: Bool { kind == .letter || kind == .digit }

  @inline(__always)
  static func kind(ofASCII byte: UInt8) -> CharacterKind {
    switch byte {
    case 0x61...0x7A, 0x41...0x5A: .letter
    case 0x30...0x39: .digit
    case 0x20, 0x09...0x0D: .space
    case 0x21...0x7E: .punctuation
    default: .letter
    }
  }

  /// The kind of a scalar beyond ASCII.
  private static func kind(of value: UInt32) -> CharacterKind {
    switch value {
    case 0xC0...0x24F where value != 0xD7 && value != 0xF7: return .letter
    case 0x391...0x3E1, 0x400...0x481, 0x48A...0x52F, 0xAC00...0xD7A3: return .letter
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return .space
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x2FA1F: return .ideograph
    case 0x1F3FB...0x1F3FF: return .mark
    default: break
    }
    guard let scalar = Unicode.Scalar(value) else { return .letter }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .format: return .mark
    case .decimalNumber: return .digit
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol,
      .modifierSymbol, .otherSymbol:
      return .punctuation
    default: return .letter
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether the character at `index` is a small letter; false at the end of the text.
  func isLowercase(at index: Int) -> Bool {
    guard index < count else { return false }
    if self[index] < 0x80 { return 0x61...0x7A ~= self[index] }
    return Unicode.Scalar(TextCharacter(self, at: index).scalar)?.properties.isLowercase ?? false
  }

  /// Whether the character at `index` is a capital letter; false at the end of the text.
  func isUppercase(at index: Int) -> Bool {
    guard index < count else { return false }
    if self[index] < 0x80 { return 0x41...0x5A ~= self[index] }
    return Unicode.Scalar(TextCharacter(self, at: index).scalar)?.properties.isUppercase ?? false
  }
}
