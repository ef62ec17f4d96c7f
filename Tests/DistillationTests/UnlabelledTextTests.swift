import Corpora
import Distillation
import Files
import Networks
import TestSupport
import Testing

/// Sentences without tags: what is read of a file, and that the teacher labels them behind the others.
@Suite struct UnlabelledTextTests {
  private func words(of text: UnlabelledText) throws -> [[String]] {
    var words: [[String]] = []
    try text.checked().forEach { words.append($0.words) }
    return words
  }

  @Test func runningTextIsCutIntoSentencesAndWords() throws {
    let path = temporaryPath("text.TXT")
    try AtomicFileWriter.write("He met Ada. She didn't stay!\n\n  \nIn Porto", to: path)
    #expect(
      try words(of: UnlabelledText(path: path)) == [
        ["He", "met", "Ada", "."], ["She", "did", "n't", "stay", "!"], ["In", "Porto"],
      ])
    #expect(try UnlabelledText(path: path).checked().count == 3)
  }

  @Test func aCorpusGivesItsWords() throws {
    let path = temporaryPath("corpus.conll")
    try put(
      Array("Malm\u{F6} B-LOC\nwins O\n\nEU\tO\n".unicodeScalars.map { UInt8($0.value) }), at: path)
    let latin = CorpusFormat(encoding: .latin1)
    #expect(
      try words(of: UnlabelledText(path: path, format: latin)) == [["Malmö", "wins"], ["EU"]])
    #expect(throws: DataError.self) { try UnlabelledText(path: path).checked() }
  }

  @Test func aLineWithoutEndIsCutAtTheLongestSentence() throws {
    let path = temporaryPath("line.txt")
    let count = CorpusReader.longestSentence + 3
    try AtomicFileWriter.write(String(repeating: "a ", count: count), to: path)
    #expect(try words(of: UnlabelledText(path: path)).map(\.count) == [count - 3, 3])
  }

  @Test func aFileWithoutSentencesIsAnError() throws {
    let path = temporaryPath("empty.txt")
    try AtomicFileWriter.write(" \n\n", to: path)
    #expect(throws: DataError.self) { try UnlabelledText(path: path).checked() }
    #expect(throws: FileError.self) { try UnlabelledText(path: path + ".missing").checked() }
  }

  @Test func theKeyFollowsTheBytes() throws {
    let path = temporaryPath("text.txt")
    var keys: [String] = []
    for text in ["One sentence.\n", "Another sentence.\n", "One sentence.\n"] {
      try AtomicFileWriter.write(text, to: path)
      keys.append(try UnlabelledText(path: path).checked().key)
    }
    #expect(keys[0] != keys[1] && keys[0] == keys[2])
  }
}
