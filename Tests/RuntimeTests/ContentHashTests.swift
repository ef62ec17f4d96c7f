import Files
import Runtime
import TestSupport
import Testing

@Suite struct ContentHashTests {
  /// The examples of FIPS 180-4 and of NIST's "Examples with Intermediate Values".
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
        + "lmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ])
  func agreesWithTheStandard(_ text: String, digest: String) {
    #expect(ContentHash.sha256(text) == digest)
    var plain = ContentHash(isPortable: true)
    plain.update(text)
    #expect(plain.digest() == digest)
  }

  @Test func doesNotDependOnHowBytesArePieced() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let whole = bytes.withUnsafeBytes { ContentHash.sha256($0) }
    for size in [1, 3, 55, 56, 63, 64, 65, 127, 128, 999] {
      var hash = ContentHash()
      for start in stride(from: 0, to: bytes.count, by: size) {
        bytes[start..<min(start + size, bytes.count)].withUnsafeBytes { hash.update($0) }
      }
      #expect(hash.digest() == whole, "pieces of \(size)")
      #expect(hash.digest() == whole)
    }
  }

  @Test func theInstructionsEqualTheirTwin() {
    let bytes = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* $0 &>> 3) }
    for count in [0, 1, 63, 64, 65, 640, 4999] {
      var (fast, plain) = (ContentHash(), ContentHash(isPortable: true))
      bytes[..<count].withUnsafeBytes {
        fast.update($0)
        plain.update($0)
      }
      #expect(fast.digest() == plain.digest(), "\(count) bytes")
    }
  }

  @Test func hashesFiles() throws {
    try withScratchFolder { folder in
      try put(Array("abc".utf8), at: "\(folder)/abc")
      try put([], at: "\(folder)/empty")
      #expect(try ContentHash.sha256(file: "\(folder)/abc") == ContentHash.sha256("abc"))
      #expect(try ContentHash.sha256(file: "\(folder)/empty") == ContentHash.sha256(""))
      #expect(throws: FileError.self) { try ContentHash.sha256(file: "\(folder)/none") }
    }
  }

  @Test func keysTellPartsApart() {
    let keys = [
      ["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], ["", "abc"], [], ["1:a"], ["a"],
    ]
    .map(ContentHash.key)
    #expect(Set(keys).count == keys.count)
    #expect(ContentHash.key(of: ["ab", "c"]) == ContentHash.sha256("2:ab1:c"))
  }
}
