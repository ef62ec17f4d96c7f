import Files

/// How words and their annotations are written as lines of a column file, so that `CorpusReader` reads them back as they were.
///
/// A line is `word POS tag`, `word tag`, `word POS` or `word`. A field that holds a space makes its line a tab-separated one.
/// A line begins with a space where it would not be read as a word, for which `ColumnParser` has the rules.
public enum ColumnText {
  /// A word as it begins a line.
  ///
  /// - Parameters:
  ///   - word: Text without tabs, line ends, and space at its ends.
  ///   - hasTags: Whether a tag ends the line, by which a word that begins with `#` is told from a comment.
  /// - Returns: The word, after a space where that is needed.
  public static func lineStart(_ word: String, hasTags: Bool) -> String {
    let isMark =
      word.utf8.starts(with: "\u{FEFF}".utf8) || !hasTags && word.utf8.first == UInt8(ascii: "#")
      || word.utf8.elementsEqual(ColumnParser.documentStart.utf8)
    return isMark ? " \(word)" : word
  }

  /// What follows a word in its line, with the line's end.
  ///
  /// - Parameters:
  ///   - fields: The part of speech and the tag, as far as they are there.
  ///   - wordHasSpace: Whether the word holds a space.
  /// - Returns: The separators, the fields and the line's end.
  public static func lineEnd(_ fields: [String], wordHasSpace: Bool) -> String {
    let isTabbed = wordHasSpace || fields.contains { $0.utf8.contains(0x20) }
    return fields.map { (isTabbed ? "\t" : " ") + $0 }.joined() + "\n"
  }
}

/// The start of a column file that is being written: it is held back until it is as long as what a reader looks at, and gets
/// a line before it that declares the columns where the reader would take them for something else.
public struct ColumnFileStart {
  private let name: String
  private let intended: ColumnSelection
  private let isWhole: Bool
  private var held: [UInt8] = []
  private var lines = 0
  private var isWritten = false

  /// Expects the lines of a file.
  ///
  /// - Parameters:
  ///   - name: The file's name.
  ///   - partOfSpeech: Whether each line has a part of speech after the word.
  ///   - tag: Whether each line ends in a tag.
  ///   - wordsHoldSpaces: Whether a word may hold a space.
  public init(name: String, partOfSpeech: Bool, tag: Bool, wordsHoldSpaces: Bool) {
    self.name = name
    intended = ColumnSelection(
      partOfSpeech: partOfSpeech ? 1 : nil, tag: tag ? (partOfSpeech ? 2 : 1) : nil)
    isWhole = wordsHoldSpaces && !partOfSpeech && !tag
  }

  /// Takes the next whole lines, and writes what need not be held back.
  ///
  /// - Throws: What `write` throws.
  public mutating func append(
    _ bytes: UnsafeRawBufferPointer, write: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    if isWritten { return try write(bytes) }
    held.append(contentsOf: bytes)
    lines += bytes.count { $0 == 0x0A }
    if lines >= ColumnHead.maximumLines || held.count >= ColumnHead.maximumBytes {
      try finish(write: write)
    }
  }

  /// Writes what is still held back.
  ///
  /// - Throws: What `write` throws.
  public mutating func finish(write: (UnsafeRawBufferPointer) throws -> Void) throws {
    guard !isWritten else { return }
    isWritten = true
    if !held.isEmpty, !isReadAsIntended {
      let declaration = ColumnNames.declaration(
        partOfSpeech: intended.partOfSpeech != nil, tag: intended.tag != nil)
      try Array(declaration.utf8).withUnsafeBytes(write)
    }
    try held.withUnsafeBytes(write)
    held = []
  }

  private var isReadAsIntended: Bool {
    guard !isWhole,
      let layout = try? CorpusReader(bytes: held, name: name).columnLayout()
    else { return false }
    return "\(layout.roles)" == intended.description && layout.nameLine == nil
      && layout.index == nil
  }
}
