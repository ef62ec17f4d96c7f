/// What the tokenizer needs to know about one scalar, in 32 bits.
///
/// Bits 0 to 6 are flags, 8 to 15 the canonical combining class, 16 to 31 the index of a `ScalarMapping`.
struct CharacterProperties {
  let bits: UInt32

  static let dropped: UInt32 = 1
  static let space: UInt32 = 2
  static let ideograph: UInt32 = 4
  static let punctuation: UInt32 = 8
  static let mark: UInt32 = 16
  static let lowercased: UInt32 = 32
  static let decomposed: UInt32 = 64
  static let classShift: UInt32 = 8
  static let mappingShift: UInt32 = 16

  @inline(__always) var isDropped: Bool { bits & Self.dropped != 0 }
  @inline(__always) var isSpace: Bool { bits & Self.space != 0 }
  @inline(__always) var isIdeograph: Bool { bits & Self.ideograph != 0 }
  @inline(__always) var isPunctuation: Bool { bits & Self.punctuation != 0 }
  @inline(__always) var isMark: Bool { bits & Self.mark != 0 }
  @inline(__always) var hasLowercase: Bool { bits & Self.lowercased != 0 }
  @inline(__always) var hasDecomposition: Bool { bits & Self.decomposed != 0 }
  @inline(__always) var combiningClass: UInt8 {
    UInt8(truncatingIfNeeded: bits >> Self.classShift)
  }
  @inline(__always) var mapping: Int { Int(bits >> Self.mappingShift) }
}

/// What a scalar turns into: one step of its canonical decomposition, and its lowercase.
struct ScalarMapping {
  var first: UInt32 = 0
  /// 0 where the decomposition is a single scalar.
  var second: UInt32 = 0
  var lowercase: UInt32 = 0
}

/// The properties of all scalars, by pages of 256.
///
/// It is built once per process, from the ranges in `UnicodeData`, and lives until the end.
struct CharacterTable: @unchecked Sendable {
  /// The one table.
  static let shared = CharacterTable()

  /// The one scalar whose lowercase is two scalars, "i" and U+0307: capital I with a dot above.
  static let dottedCapitalI: UInt32 = 0x130
  /// The dot above.
  static let dotAbove: UInt32 = 0x307

  private let pageOfBlock: UnsafeMutablePointer<UInt16>
  private let pages: UnsafeMutablePointer<UInt32>
  private let mappings: UnsafeMutablePointer<ScalarMapping>

  /// The properties of a scalar; it has to be below 0x110000.
  @inline(__always)
  subscript(scalar: UInt32) -> CharacterProperties {
    let page = Int(pageOfBlock[Int(scalar >> 8)])
    return CharacterProperties(bits: pages[page << 8 | Int(scalar & 0xFF)])
  }

  /// What a scalar with a lowercase or a decomposition turns into.
  @inline(__always)
  func mapping(_ properties: CharacterProperties) -> ScalarMapping {
    mappings[properties.mapping]
  }

  private init() {
    var builder = CharacterTableBuilder()
    builder.fill()
    pageOfBlock = Self.immortal(builder.pageOfBlock)
    pages = Self.immortal(builder.pages)
    mappings = Self.immortal(builder.mappings)
  }

  private static func immortal<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
    let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(elements.count, 1))
    _ = copy.initialize(from: elements)
    return copy.baseAddress.unsafelyUnwrapped
  }
}
