import Corpora
import Testing

@Suite struct CorpusEvidenceTests {
  @Test(arguments: [
    ("-DOCSTART- -X- O O\n\nAda NNP I-NP O\n", CorpusEvidence.columns),
    ("-DOCSTART-\nAda\n", .columns),
    ("Ada B-PER\r\nleft O\r\n", .columns),
    ("# a comment\nAda\tM-PER\n", .columns),
    ("1\tAda\t_\tPROPN\t_\t_\t0\t_\t_\t_\n2\tleft\t_\tVERB\t_\t_\t0\t_\t_\t_\n", .columns),
    ("Ada\tNNP\nleft\tVBD\n", .perhapsColumns),
    ("Take vitamin B-12\n", .perhapsColumns),
    ("Take vitamin B-12", .perhapsColumns),
    ("Ada Nwosu left.\nShe took vitamin B-12\n", .text),
    ("Ada\nleft\n", .text),
    ("Ada\tleft\n", .text),
    ("", .text), ("\n\n", .text), ("# only\n", .text),
    ("{\"text\":\"Ada left\"}\n", .json),
    ("[{\"text\":\"Ada left\"}]\n", .json),
    ("[MASK] left.\n", .text),
  ])
  func showsWhatAPipeHolds(_ text: String, _ expected: CorpusEvidence) {
    #expect(CorpusEvidence(head: Array(text.utf8), isFile: false) == expected)
  }

  /// A line that is all of a file has no further ones to tell by.
  @Test func aFileMayBeOneLine() {
    #expect(CorpusEvidence(head: Array("Ada B-PER\n".utf8), isFile: true) == .columns)
  }

  /// The end of what has come may be within a line.
  @Test func onlyWholeLinesCount() {
    #expect(CorpusEvidence(head: Array("Ada O\nleft O\nPort".utf8), isFile: false) == .columns)
  }
}
