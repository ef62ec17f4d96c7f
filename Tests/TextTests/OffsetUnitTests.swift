import Testing
import Text

@Suite struct OffsetUnitTests {
  /// "é" has 2 bytes, "😀" 4 bytes and 2 units of UTF-16.
  private static let text = Array("é😀 a".utf8)

  @Test(arguments: [
    (OffsetUnit.bytes, [0, nil, 2, nil, nil, nil, 6, 7, 8]),
    (.characters, [0, 2, 6, 7, 8]),
    (.utf16, [0, 2, nil, 6, 7, 8]),
  ])
  func findsTheByteOfEachPlace(_ unit: OffsetUnit, _ bytes: [Int?]) {
    let offsets = TextOffsets(of: Self.text, unit: unit)
    #expect(offsets.length == bytes.count - 1)
    #expect(unit.length(of: Self.text) == bytes.count - 1)
    #expect((0..<bytes.count).map(offsets.byte) == bytes)
    #expect([-1, bytes.count, .max, .min].map(offsets.byte) == [nil, nil, nil, nil])
  }

  @Test func allUnitsAreTheSameInASCII() {
    for unit in OffsetUnit.allCases {
      let offsets = TextOffsets(of: Array("a b".utf8), unit: unit)
      #expect(offsets.length == 3)
      #expect((0...4).map(offsets.byte) == [0, 1, 2, 3, nil])
      #expect(TextOffsets(of: [], unit: unit).byte(at: 0) == 0)
    }
  }
}
