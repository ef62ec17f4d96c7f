import ArgumentParser
import Files
import Glibc
import Labels

/// What `distill-bilstm tag` reads.
enum TagInput: String, CaseIterable, ExpressibleByArgument {
  case auto
  case text
  case conll

  /// The form itself, or for `auto` the one that a file's first lines show.
  ///
  /// Columns are what begins with `-DOCSTART-`, or where all of the first lines have two columns or more and a tag in the last,
  /// or ten separated by tabs, as CoNLL-U has. Everything else is text, and so is a pipe, which cannot be looked into.
  ///
  /// - Throws: `FileError` if the file cannot be read.
  func resolved(for path: String) throws -> TagInput {
    guard self == .auto else { return self }
    let lines = try Self.head(of: path).split(separator: 0x0A).prefix(20)
      .filter { $0.first != UInt8(ascii: "#") }
    return !lines.isEmpty && lines.allSatisfy(Self.isColumns) ? .conll : .text
  }

  /// The first whole lines of a regular file; nothing of any other.
  private static func head(of path: String) throws -> ArraySlice<UInt8> {
    var status = stat()
    let found = path == "-" ? fstat(STDIN_FILENO, &status) : stat(path, &status)
    guard found == 0, status.st_mode & S_IFMT == S_IFREG else { return [] }
    var block = [UInt8](repeating: 0, count: 1 << 13)
    let count = try block.withUnsafeMutableBytes { block in
      // Standard input is looked into without moving on in it.
      path == "-"
        ? pread(STDIN_FILENO, block.baseAddress, block.count, lseek(STDIN_FILENO, 0, SEEK_CUR))
        : try ByteReader(path: path).read(into: block)
    }
    let head = block.prefix(max(count, 0))
    return head.count < block.count ? head : head[..<(head.lastIndex(of: 0x0A) ?? head.endIndex)]
  }

  private static func isColumns(_ line: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: line, as: UTF8.self)
    let separator: Character = line.contains(0x09) ? "\t" : " "
    let fields = text.split { $0 == separator || $0 == "\r" }
    guard fields.count >= 2, let tag = fields.last, fields[0] != "-DOCSTART-" else {
      return fields.first == "-DOCSTART-" || fields.isEmpty
    }
    return EntityTag(String(tag)) != nil || (fields.count == 10 && separator == "\t")
  }
}
