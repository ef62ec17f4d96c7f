/// A string that is compared and hashed by its UTF-8 bytes.
///
/// Swift's own comparison takes two strings for the same that differ only in how a letter and its accent are composed. Words,
/// labels and names of files and tensors are other ones if one byte differs, so that dictionaries of them have these keys.
public struct ByteString: Sendable, Hashable, Comparable {
  /// The string.
  public let text: String

  /// Wraps a string.
  public init(_ text: String) { self.text = text }

  /// Whether both have the same bytes.
  public static func == (left: ByteString, right: ByteString) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// Whether the bytes of the first go before those of the second.
  public static func < (left: ByteString, right: ByteString) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
