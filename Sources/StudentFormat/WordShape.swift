/// What a word looks like, which an uncased vocabulary does not tell; the raw value is its row in a student's table of shapes,
/// and the token type of its pieces in a BERT that reads shapes.
public enum WordShape: UInt8, Sendable, CaseIterable {
  /// No capital and no digit: "house", "--".
  case other = 0
  /// Two capitals or more and no small letter: "EU", "U.S.".
  case allCapitals = 1
  /// One capital and no small letter: "I", "J.".
  case singleCapital = 2
  /// One capital, the first letter, and small letters behind it: "London".
  case initialCapital = 3
  /// A digit anywhere: "1996", "A320".
  case digit = 4
  /// Any other mixture of capitals and small letters: "iPhone", "McDonald".
  case mixed = 5

  /// The shape of a word.
  public init(of word: String) {
    var capitals = 0
    var smalls = 0
    var beginsWithCapital = false
    for scalar in word.unicodeScalars {
      switch LetterKind(scalar) {
      case .digit:
        self = .digit
        return
      case .capital:
        beginsWithCapital = beginsWithCapital || (capitals == 0 && smalls == 0)
        capitals += 1
      case .small: smalls += 1
      case .none: break
      }
    }
    switch (capitals, smalls) {
    case (0, _): self = .other
    case (1, 0): self = .singleCapital
    case (_, 0): self = .allCapitals
    case (1, _) where beginsWithCapital: self = .initialCapital
    default: self = .mixed
    }
  }
}

/// What a scalar contributes to a word's shape.
private enum LetterKind {
  case capital
  case small
  case digit
  case none

  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x30...0x39: self = .digit
    case 0x41...0x5A: self = .capital
    case 0x61...0x7A: self = .small
    case 0..<0x80: self = .none
    default:
      let properties = scalar.properties
      if properties.isUppercase {
        self = .capital
      } else if properties.isLowercase {
        self = .small
      } else {
        self = properties.generalCategory == .decimalNumber ? .digit : .none
      }
    }
  }
}
