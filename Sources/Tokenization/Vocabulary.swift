import Files
import Text

/// The pieces of a WordPiece vocabulary in the order of their ids, as `vocab.txt` lists them.
///
/// A line is a piece, its number from 0 the id; a piece that continues a word starts with `##`.
public struct Vocabulary: Sendable {
  /// The largest file that is read, in bytes.
  public static let largestFile = 1 << 28

  /// The file as the user named it.
  public let file: String
  /// The number of pieces.
  public var count: Int { storage.count }

  let storage: VocabularyStorage

  /// Reads a vocabulary file.
  ///
  /// - Throws: `FileError` if it cannot be read; `DataError` as `init(bytes:file:)` does.
  public init(path: String) throws {
    try self.init(MappedFile(path: path, isCopied: true))
  }

  /// Reads an open vocabulary file; its bytes are copied.
  ///
  /// - Throws: `DataError` as `init(bytes:file:)` does.
  public init(_ file: MappedFile) throws {
    self = try withExtendedLifetime(file) { try Vocabulary(bytes: file.bytes, file: file.path) }
  }

  /// Reads a vocabulary from the bytes of a file; they are copied.
  ///
  /// White space at the end of a line does not count. A piece that stands twice has its last id.
  ///
  /// - Throws: `DataError` if there is no line, the text is not UTF-8 or it is larger than `largestFile`.
  public init(bytes: UnsafeRawBufferPointer, file: String) throws {
    guard bytes.count <= Self.largestFile else {
      throw DataError(
        file: file, found: "\(bytes.count) bytes",
        expected: "a vocabulary of at most \(Self.largestFile) bytes",
        remedy: "is this the vocab.txt of a BERT model?")
    }
    let text = UnsafeBufferPointer(
      start: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), count: bytes.count)
    storage = VocabularyStorage(text)
    self.file = file
    guard !text.isEmpty else {
      throw DataError(
        file: file, found: "an empty file", expected: "a vocabulary with one piece a line",
        remedy: "copy the model's vocab.txt again")
    }
    if let line = storage.firstInvalidLine {
      throw DataError(
        file: file, line: line, found: "bytes that are not UTF-8",
        expected: "a vocabulary in UTF-8 with one piece a line",
        remedy: "is this the vocab.txt of a BERT model?")
    }
  }

  /// Makes a vocabulary of pieces that are at hand, in the order of their ids.
  ///
  /// - Throws: `DataError` if there is no piece; `file` is the name that errors mention.
  public init(pieces: [String], file: String = "vocabulary") throws {
    var text: [UInt8] = []
    for piece in pieces {
      text.append(contentsOf: piece.utf8)
      text.append(0x0A)
    }
    self = try text.withUnsafeBytes { try Vocabulary(bytes: $0, file: file) }
  }

  /// The vocabulary with further pieces behind the others.
  ///
  /// - Throws: `DataError` if it becomes too large.
  public func appending(_ pieces: [String]) throws -> Vocabulary {
    let own = (0..<count).map { String(decoding: storage.bytes(of: $0), as: UTF8.self) }
    return try Vocabulary(pieces: own + pieces, file: file)
  }

  /// Whether pieces have capitals, as those of a cased model do; names in brackets or angles do not count.
  public var isCased: Bool {
    (0..<count).contains { id in
      let piece = storage.bytes(of: id)
      guard let first = piece.first, first != UInt8(ascii: "["), first != UInt8(ascii: "<") else {
        return false
      }
      return piece.contains { (0x41...0x5A).contains($0) }
    }
  }

  /// The id of a piece, which is written with its `##`; nil if the vocabulary lacks it.
  public func id(of piece: String) -> Int32? {
    withUTF8(of: piece) { storage.id(of: $0) }
  }

  /// The piece with an id; nil outside `0 ..< count`.
  public func piece(_ id: Int32) -> String? {
    guard id >= 0, Int(id) < count else { return nil }
    return String(decoding: storage.bytes(of: Int(id)), as: UTF8.self)
  }

  /// Writes the vocabulary as a `vocab.txt`.
  ///
  /// - Throws: `FileError` when the system cannot write.
  public func write(to path: String) throws {
    let writer = try AtomicFileWriter(path: path)
    for id in 0..<count {
      try writer.write(UnsafeRawBufferPointer(storage.bytes(of: id)))
      try writer.write("\n")
    }
    try writer.commit()
  }
}
