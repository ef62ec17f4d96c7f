/// The unit in which places in a text are counted.
public enum OffsetUnit: String, Sendable, CaseIterable {
  /// Bytes of UTF-8.
  case bytes
  /// Unicode scalars, which are the characters of a Python string.
  case characters
  /// Code units of UTF-16, which are the characters of a string in JavaScript, Java and C#.
  case utf16

  /// The length of UTF-8 text, or of a part of one that begins and ends with whole characters.
  public func length(of text: some Collection<UInt8>) -> Int {
    self == .bytes ? text.count : text.reduce(0) { $0 + units($1) }
  }

  /// How many units begin with a byte of UTF-8: none with one that continues a character.
  private func units(_ byte: UInt8) -> Int {
    switch self {
    case .bytes: 1
    case .characters: byte & 0xC0 == 0x80 ? 0 : 1
    case .utf16: byte & 0xC0 == 0x80 ? 0 : byte < 0xF0 ? 1 : 2
    }
  }

  /// The byte at which each place in a text stands, places counted in this unit; nil for one inside a character.
  func bytePlaces(in text: [UInt8]) -> [Int32?] {
    var places: [Int32?] = []
    places.reserveCapacity(text.count + 1)
    for (index, byte) in text.enumerated() {
      for unit in 0..<units(byte) {
        let isInside = unit > 0 || byte & 0xC0 == 0x80
        places.append(isInside ? nil : Int32(truncatingIfNeeded: index))
      }
    }
    places.append(Int32(truncatingIfNeeded: text.count))
    return places
  }
}

/// Finds the bytes of UTF-8 text that places in another unit stand for.
public struct TextOffsets: Sendable {
  /// The unit of the places.
  public let unit: OffsetUnit
  /// The text's length in that unit.
  public let length: Int
  /// The byte of each place; nil where places and bytes are the same, as in ASCII.
  private let bytePlaces: [Int32?]?

  /// Prepares a text of less than 2 GB.
  public init(of text: [UInt8], unit: OffsetUnit) {
    self.unit = unit
    let places = text.allSatisfy { $0 < 0x80 } ? nil : unit.bytePlaces(in: text)
    bytePlaces = places
    length = places.map { $0.count - 1 } ?? text.count
  }

  /// The byte at which a place stands; nil for one outside the text or inside a character.
  public func byte(at place: Int) -> Int? {
    guard (0...length).contains(place) else { return nil }
    guard let bytePlaces else { return place }
    return bytePlaces[place].map { Int($0) }
  }
}
