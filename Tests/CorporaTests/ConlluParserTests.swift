import Corpora
import TestSupport
import Testing

/// A CoNLL-U line with everything but ID, FORM, UPOS and MISC left out.
private func row(_ id: String, _ form: String, _ part: String, _ miscellany: String = "_") -> String
{
  "\(id)\t\(form)\tlemma\t\(part)\tXP\t_\t0\troot\t_\t\(miscellany)\n"
}

private func sentences(_ text: String, columns: String? = nil) throws -> [Example] {
  let format = CorpusFormat(columns: columns.flatMap { ColumnSelection($0) })
  return try Corpus.read(
    CorpusReader(bytes: Array(text.utf8), name: "x.conllu", format: format)
  ).examples
}

private func message(_ text: String) -> String {
  message(reading: Array(text.utf8), as: "x.conllu")
}

@Suite struct ConlluParserTests {
  @Test func readsWordsAndPassesOverRangesNodesAndComments() throws {
    let text =
      "# newdoc id = a\n# sent_id = 1\n# text = Vámonos al mar\n" + row("1-2", "Vámonos", "_")
      + row("1", "Vamos", "VERB") + row("2", "nos", "PRON") + row("3-4", "al", "_")
      + row("3", "a", "ADP") + row("4", "el", "DET") + row("4.1", "nodo", "NOUN")
      + "# a comment in between\n" + row("5", "mar", "NOUN") + "\n# sent_id = 2\n"
      + row("1", "New York", "PROPN")
    #expect(
      try sentences(text) == [
        Example(
          words: ["Vamos", "nos", "a", "el", "mar"],
          partsOfSpeech: ["VERB", "PRON", "ADP", "DET", "NOUN"], startsDocument: true, line: 5),
        Example(words: ["New York"], partsOfSpeech: ["PROPN"], line: 15),
      ])
  }

  @Test func readsTagsFromTheLastColumn() throws {
    let text =
      row("1", "Ada", "PROPN", "SpaceAfter=No|NER=B-PER") + row("2", "Nwosu", "PROPN", "NER=E-PER")
      + row("3", ".", "PUNCT", "NER=O")
    #expect(
      try sentences(text) == [
        Example(
          words: ["Ada", "Nwosu", "."], tags: ["B-PER", "I-PER", "O"],
          partsOfSpeech: ["PROPN", "PROPN", "PUNCT"], line: 1)
      ])
  }

  @Test func combiningMarksAfterASignBelongToTheTag() throws {
    let text =
      row("1", "Ada", "PROPN", "A=b|\u{301}|NER=B-\u{E9}")
      + row("2", "Nwosu", "PROPN", "NER=I-e\u{301}") + row("3", ".", "PUNCT", "NER=B-\u{301}X|C=d")
    let tags = try #require(try sentences(text).first).tags
    #expect(
      tags.map { Array($0.utf8) }
        == ["B-\u{E9}", "B-e\u{301}", "B-\u{301}X"].map { Array($0.utf8) })
  }

  @Test func readsOtherColumnsWhereTheyAreNamed() throws {
    #expect(
      try sentences(row("1", "Ada", "PROPN", "B-PER"), columns: "word=2,pos=4,tag=-1") == [
        Example(words: ["lemma"], tags: ["B-PER"], partsOfSpeech: ["XP"], line: 1)
      ])
  }

  /// Without .conllu in the name: by a comment that opens the file, or by ten fields of which the first is an ID.
  @Test(arguments: ["# sent_id = 7\n", "# newdoc\n", "# global.columns = ID FORM\n", "", "\n\n"])
  func isRecognisedByItsFirstLine(_ opening: String) throws {
    let text = opening + row("1-2", "al", "_") + row("1", "a", "ADP") + row("2", "el", "DET")
    let reader = CorpusReader(bytes: Array(text.utf8), name: "-")
    #expect(try reader.next()?.words == ["a", "el"])
  }

  @Test func aByteOrderMarkAndCarriageReturnsAreNoPartOfIt() throws {
    let text = "\u{FEFF}" + row("1", "a", "ADP") + "\n" + row("1", "b", "ADP")
    let windows = text.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "\r\n")
    #expect(try sentences(windows).map(\.words) == [["a"], ["b"]])
    #expect(try sentences(windows).map(\.partsOfSpeech) == [["ADP"], ["ADP"]])
  }

  @Test func errorsNameTheLineAndTheRemedy() {
    #expect(
      message("1\ta\tb\n")
        == "x.conllu:1: 3 fields in \"1 a b\"; expected the ten fields of CoNLL-U with a tab between "
        + "two, an empty one as _; name the columns of other files with --columns, or give the file a name "
        + "that does not end in .conllu")
    #expect(message(row("1", "", "ADP")).hasPrefix("x.conllu:1: an empty field in \"1  lemma"))
    #expect(
      message(row("1", "a", "ADP") + row("3", "b", "ADP"))
        == "x.conllu:2: the ID \"3\"; expected the ID 2; words are numbered from 1 in every sentence, "
        + "and an empty line ends one")
    #expect(
      message(row("1:2", "a", "ADP"))
        == "x.conllu:1: the ID \"1:2\"; expected a number such as 3, a range such as 3-4, "
        + "or an empty node such as 3.1")
    #expect(
      message(row("1", "a", "ADP", "NER=O") + row("2", "b", "ADP"))
        == "x.conllu:2: a word without NER= in its MISC; expected one as in line 1; "
        + "write NER= on every word, NER=O outside entities, or on none")
    #expect(
      message(row("1", "a", "ADP") + row("2", "b", "ADP", "NER=O"))
        .hasPrefix("x.conllu:2: a word with NER= in its MISC; expected none as in line 1"))
    #expect(
      message(row("1", "a", "ADP", "NER=X-PER"))
        == "x.conllu:1: the tag \"X-PER\" in MISC; expected O, B-TYPE or I-TYPE (B-NN for a part of "
        + "speech), or those of BIOES or BILOU; write it as NER=B-PER, NER=I-PER or NER=O")
  }

  @Test(arguments: ["-1", "0", "99999999999999999999999", "1-", "-", ".", "1.1.1", "", "x"])
  func refusesTheID(_ id: String) {
    #expect(message(row(id, "a", "ADP")) != "no error")
  }
}
