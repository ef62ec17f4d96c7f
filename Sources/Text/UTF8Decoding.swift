/// The scalar that U+FFFD stands for: bytes that are no text.
@inlinable public var replacementScalar: UInt32 { 0xFFFD }

/// Decodes the scalar at `index` by the rules of RFC 3629; an invalid byte gives U+FFFD with length 1.
///
/// A U+FFFD that the text itself holds has length 3.
@inlinable
@inline(__always)
public func decodeScalar(
  _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
) -> (scalar: UInt32, length: Int) {
  let first = UInt32(bytes[index])
  if first < 0x80 { return (first, 1) }
  let rest = bytes.count &- index
  let invalid = (scalar: replacementScalar, length: 1)
  guard first >= 0xC2, first < 0xF5, rest > 1 else { return invalid }
  let second = UInt32(bytes[index &+ 1])
  guard second & 0xC0 == 0x80 else { return invalid }
  if first < 0xE0 { return ((first & 0x1F) << 6 | second & 0x3F, 2) }
  guard rest > 2 else { return invalid }
  let third = UInt32(bytes[index &+ 2])
  guard third & 0xC0 == 0x80 else { return invalid }
  if first < 0xF0 {
    let scalar = (first & 0xF) << 12 | (second & 0x3F) << 6 | third & 0x3F
    return scalar < 0x800 || scalar & 0xF800 == 0xD800 ? invalid : (scalar, 3)
  }
  guard rest > 3 else { return invalid }
  let fourth = UInt32(bytes[index &+ 3])
  guard fourth & 0xC0 == 0x80 else { return invalid }
  let high = (first & 0x7) << 18 | (second & 0x3F) << 12
  let scalar = high | (third & 0x3F) << 6 | fourth & 0x3F
  return scalar < 0x10000 || scalar > 0x10FFFF ? invalid : (scalar, 4)
}

/// Whether the bytes are valid UTF-8.
@inlinable
public func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  var index = 0
  while index < bytes.count {
    if bytes[index] < 0x80 {
      index &+= 1
      continue
    }
    let (scalar, length) = decodeScalar(bytes, at: index)
    if scalar == replacementScalar, length == 1 { return false }
    index &+= length
  }
  return true
}

/// Calls `body` with the string's UTF-8 bytes.
@inlinable
@inline(__always)
public func withUTF8<Result>(
  of text: String, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
) rethrows -> Result {
  if let result = try text.utf8.withContiguousStorageIfAvailable(body) { return result }
  return try Array(text.utf8).withUnsafeBufferPointer(body)
}
