import CKernels
import Files

/// SHA-256 (FIPS 180-4) of files, bytes and strings, for the keys of stages and the check of downloads.
public struct ContentHash {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// The bytes of a block that is not yet full.
  private var rest: [UInt8] = []
  private var length: UInt64 = 0
  private static let blockSize = 64
  private let isPortable: Bool
  private static let hasInstructions = ck_has_sha256()

  /// Begins a hash.
  ///
  /// - Parameter isPortable: Whether to do without the CPU's own instructions for SHA-256; the digest is the same.
  public init(isPortable: Bool = false) {
    self.isPortable = isPortable || !Self.hasInstructions
    rest.reserveCapacity(2 * Self.blockSize)
  }

  /// Appends bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    length &+= UInt64(bytes.count)
    var bytes = bytes
    if !rest.isEmpty {
      let count = min(Self.blockSize - rest.count, bytes.count)
      rest.append(contentsOf: bytes[..<count])
      bytes = UnsafeRawBufferPointer(rebasing: bytes[count...])
      guard rest.count == Self.blockSize else { return }
      rest.withUnsafeBytes { Self.run(over: $0, &state, isPortable) }
      rest.removeAll(keepingCapacity: true)
    }
    let whole = bytes.count - bytes.count % Self.blockSize
    Self.run(over: UnsafeRawBufferPointer(rebasing: bytes[..<whole]), &state, isPortable)
    rest.append(contentsOf: bytes[whole...])
  }

  /// Runs the compression function over whole blocks.
  private static func run(
    over blocks: UnsafeRawBufferPointer, _ state: inout [UInt32], _ isPortable: Bool
  ) {
    if isPortable {
      compress(blocks, into: &state)
    } else {
      ck_sha256(&state, roundConstants, blocks.baseAddress, blocks.count / blockSize)
    }
  }

  /// Appends a text's UTF-8 bytes.
  public mutating func update(_ text: String) {
    var text = text
    text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
  }

  /// The digest of all that was appended, as 64 lower-case hexadecimal digits.
  public func digest() -> String {
    var last = self
    let bits = length &* 8
    var padding: [UInt8] = [0x80]
    let filled = (rest.count + 1 + 8) % Self.blockSize
    padding += repeatElement(0, count: (Self.blockSize - filled) % Self.blockSize)
    for shift in stride(from: 56, through: 0, by: -8) {
      padding.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    padding.withUnsafeBytes { last.update($0) }
    return last.state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }
}

extension ContentHash {
  /// The SHA-256 of bytes, as 64 hexadecimal digits.
  public static func sha256(_ bytes: UnsafeRawBufferPointer) -> String {
    var hash = ContentHash()
    hash.update(bytes)
    return hash.digest()
  }

  /// The SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits.
  public static func sha256(_ text: String) -> String {
    var hash = ContentHash()
    hash.update(text)
    return hash.digest()
  }

  /// The SHA-256 of a file's content, as 64 hexadecimal digits.
  ///
  /// - Throws: `FileError` if the file cannot be read.
  public static func sha256(file path: String) throws -> String {
    let file = try MappedFile(path: path)
    // Piece by piece, so that memory does not grow with the file.
    let piece = 1 << 22
    var hash = ContentHash()
    for start in stride(from: 0, to: file.bytes.count, by: piece) {
      let end = min(start + piece, file.bytes.count)
      hash.update(UnsafeRawBufferPointer(rebasing: file.bytes[start..<end]))
      file.release()
    }
    return hash.digest()
  }

  /// One key for a list of strings, which differs wherever one of them does.
  ///
  /// Each part is hashed behind its length, so that `["ab", "c"]` and `["a", "bc"]` have different keys.
  public static func key(of parts: [String]) -> String {
    var hash = ContentHash()
    for part in parts {
      hash.update("\(part.utf8.count):")
      hash.update(part)
    }
    return hash.digest()
  }
}

/// The fractional parts of the cube roots of the first 64 primes (FIPS 180-4, section 4.2.2).
private let roundConstants: [UInt32] = [
  0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
  0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
  0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
  0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
  0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
  0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
  0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
  0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
  0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
  0xc671_78f2,
]

/// Rotates a word to the right.
@inline(__always)
private func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
  word &>> count | word &<< (32 &- count)
}

/// Runs the compression function over whole blocks of 64 bytes (FIPS 180-4, section 6.2.2).
private func compress(_ blocks: UnsafeRawBufferPointer, into state: inout [UInt32]) {
  withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
    schedule.initialize(repeating: 0)
    roundConstants.withUnsafeBufferPointer { constants in
      state.withUnsafeMutableBufferPointer { state in
        for start in stride(from: 0, to: blocks.count, by: 64) {
          prepare(schedule, from: UnsafeRawBufferPointer(rebasing: blocks[start..<start + 64]))
          compress(schedule, constants, into: state)
        }
      }
    }
  }
}

/// Step 1: the message schedule of one block.
@inline(__always)
private func prepare(
  _ w: UnsafeMutableBufferPointer<UInt32>, from block: UnsafeRawBufferPointer
) {
  for t in 0..<16 {
    w[t] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: t &* 4, as: UInt32.self))
  }
  for t in 16..<64 {
    let early = w[t &- 15]
    let late = w[t &- 2]
    let sigma0 = rotate(early, 7) ^ rotate(early, 18) ^ early &>> 3
    let sigma1 = rotate(late, 17) ^ rotate(late, 19) ^ late &>> 10
    w[t] = sigma1 &+ w[t &- 7] &+ sigma0 &+ w[t &- 16]
  }
}

/// Steps 2 to 4: the 64 rounds of one block.
@inline(__always)
private func compress(
  _ w: UnsafeMutableBufferPointer<UInt32>, _ k: UnsafeBufferPointer<UInt32>,
  into state: UnsafeMutableBufferPointer<UInt32>
) {
  var (a, b, c, d) = (state[0], state[1], state[2], state[3])
  var (e, f, g, h) = (state[4], state[5], state[6], state[7])
  for t in 0..<64 {
    let sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    let choice = e & f ^ ~e & g
    let first = h &+ sum1 &+ choice &+ k[t] &+ w[t]
    let sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    let majority = a & b ^ a & c ^ b & c
    (h, g, f, e) = (g, f, e, d &+ first)
    (d, c, b, a) = (c, b, a, first &+ sum0 &+ majority)
  }
  for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= word }
}
