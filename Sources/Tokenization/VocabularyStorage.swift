import Glibc
import Text

/// The bytes of a vocabulary and the tables that find pieces in them.
///
/// Pieces that start a word and pieces that continue one have a table each; the second leaves out their `##`.
final class VocabularyStorage: @unchecked Sendable {
  /// The number of pieces.
  let count: Int
  /// The first line, from 1, that is not UTF-8.
  let firstInvalidLine: Int?
  /// The text of the file.
  let arena: UnsafePointer<UInt8>
  /// The pieces without `##`.
  let starts: PieceTable
  /// The pieces with `##`, entered without it.
  let continuations: PieceTable

  private let text: UnsafeMutableBufferPointer<UInt8>
  /// Where each piece stands in the arena.
  private let lines: [Range<UInt32>]

  init(_ source: UnsafeBufferPointer<UInt8>) {
    text = .allocate(capacity: source.count + 1)
    _ = text.initialize(from: source)
    text.initializeElement(at: source.count, to: 0x0A)
    let content = UnsafeBufferPointer(rebasing: text[..<source.count])
    let arena = UnsafePointer(text.baseAddress.unsafelyUnwrapped)
    let lines = Self.lines(of: content)
    self.arena = arena
    self.lines = lines
    count = lines.count
    firstInvalidLine = isUTF8(content) ? nil : Self.firstInvalidLine(in: lines, of: content)

    let continuing = lines.count { Self.continues(arena, $0) }
    var starts = PieceTable(count: lines.count - continuing)
    var continuations = PieceTable(count: continuing)
    for (id, line) in lines.enumerated() {
      let (start, end) = (Int(line.lowerBound), Int(line.upperBound))
      if Self.continues(arena, line) {
        continuations.insert(arena: arena, start: start + 2, count: end - start - 2, id: Int32(id))
      } else {
        starts.insert(arena: arena, start: start, count: end - start, id: Int32(id))
      }
    }
    self.starts = starts
    self.continuations = continuations
  }

  deinit {
    starts.deallocate()
    continuations.deallocate()
    text.deallocate()
  }

  /// The bytes of a piece, valid for as long as this object lives.
  func bytes(of id: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: arena + Int(lines[id].lowerBound), count: lines[id].count)
  }

  /// The id of a piece as the file writes it.
  func id(of piece: UnsafeBufferPointer<UInt8>) -> Int32? {
    let continues = piece.count > 2 && piece[0] == 0x23 && piece[1] == 0x23
    let inner = UnsafeBufferPointer(rebasing: piece.dropFirst(continues ? 2 : 0))
    guard let bytes = inner.baseAddress else { return nil }
    let hash = inner.reduce(PieceTable.emptyHash) { PieceTable.hash($0, adding: $1) }
    let table = continues ? continuations : starts
    let id = table.find(bytes, count: inner.count, hash: hash, arena: arena)
    return id < 0 ? nil : id
  }

  /// Whether a piece is `##` with something behind it.
  private static func continues(_ arena: UnsafePointer<UInt8>, _ line: Range<UInt32>) -> Bool {
    let start = Int(line.lowerBound)
    return line.count > 2 && arena[start] == 0x23 && arena[start + 1] == 0x23
  }

  /// The lines without the white space at their ends.
  private static func lines(of text: UnsafeBufferPointer<UInt8>) -> [Range<UInt32>] {
    var lines: [Range<UInt32>] = []
    lines.reserveCapacity(text.count / 7)
    var start = 0
    while start < text.count, let base = text.baseAddress {
      let found = memchr(base + start, 0x0A, text.count - start)
      let end = found.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? text.count
      let trimmed = trimmedEnd(of: text, from: start, to: end)
      lines.append(UInt32(start)..<UInt32(trimmed))
      start = end + 1
    }
    return lines
  }

  private static func trimmedEnd(
    of text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int
  ) -> Int {
    var end = end
    while end > start {
      // Nearly every line ends in an ASCII character above the blank.
      if 0x21...0x7E ~= text[end - 1] { break }
      var last = end - 1
      while last > start, end - last < 4, text[last] & 0xC0 == 0x80 { last -= 1 }
      let (scalar, length) = decodeScalar(text, at: last)
      let isSpace = Unicode.Scalar(scalar)?.properties.isWhitespace ?? false
      guard last + length == end, isSpace else { break }
      end = last
    }
    return end
  }

  private static func firstInvalidLine(
    in lines: [Range<UInt32>], of text: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    let line = lines.firstIndex {
      !isUTF8(UnsafeBufferPointer(rebasing: text[Int($0.lowerBound)..<Int($0.upperBound)]))
    }
    return line.map { $0 + 1 }
  }
}
