import Files

/// Writes sentences as a column file that `CorpusReader` reads back as they were.
///
/// A line is `word POS tag`, `word tag` or `word`, by what the sentence has; an empty line stands after each sentence, and a
/// `-DOCSTART-` line before one that opens a document. A field that holds a space makes its line a tab-separated one.
public final class CorpusWriter {
  private let file: AtomicFileWriter

  /// Creates the file under a temporary name; `-` is standard output.
  ///
  /// - Throws: `FileError` if the file cannot be created.
  public init(path: String) throws {
    file = try AtomicFileWriter(path: path)
  }

  /// Appends a sentence; its words hold neither tabs nor line ends.
  ///
  /// - Throws: `FileError` when the system cannot write.
  public func write(_ sentence: Sentence) throws {
    let hasPartsOfSpeech = !sentence.partsOfSpeech.isEmpty
    let hasTags = !sentence.tags.isEmpty
    if sentence.startsDocument {
      try file.write("-DOCSTART-\(hasPartsOfSpeech ? " -X-" : "")\(hasTags ? " O" : "")\n\n")
    }
    for (index, word) in sentence.words.enumerated() {
      let partOfSpeech = hasPartsOfSpeech ? sentence.partsOfSpeech[index] : ""
      let tag = hasTags ? sentence.tags[index] : ""
      let hasSpace = [word, partOfSpeech, tag].contains { $0.utf8.contains(0x20) }
      let separator = hasSpace ? "\t" : " "
      try file.write(word)
      if hasPartsOfSpeech { try file.write(separator + partOfSpeech) }
      if hasTags { try file.write(separator + tag) }
      try file.write("\n")
    }
    try file.write("\n")
  }

  /// Gives the file its final name; without it nothing is left.
  ///
  /// - Throws: `FileError` when the system cannot write, sync or rename.
  public func commit() throws { try file.commit() }
}
