import Corpora
import Testing

private func reader(
  _ text: String, _ columns: String? = nil, name: String = "x.conll", skips: Bool = false
) -> CorpusReader {
  CorpusReader(
    bytes: Array(text.utf8), name: name,
    format: CorpusFormat(
      columns: columns.flatMap { ColumnSelection($0) }, badLines: skips ? .skip : .stop))
}

/// The words, tags and parts of speech of a file, one sentence after another, and what is said of it.
private func read(
  _ text: String, _ columns: String? = nil, name: String = "x.conll"
) throws -> (words: String, tags: String, parts: String, notices: [String]) {
  let reader = reader(text, columns, name: name)
  let sentences = try Corpus.read(reader).examples
  func joined(_ texts: (Example) -> [String]) -> String {
    sentences.map { texts($0).joined(separator: " ") }.joined(separator: " / ")
  }
  return (joined(\.words), joined(\.tags), joined(\.partsOfSpeech), reader.notices)
}

private func message(_ text: String, _ columns: String? = nil) -> String {
  message(
    reading: Array(text.utf8),
    format: CorpusFormat(columns: columns.flatMap { ColumnSelection($0) }))
}

@Suite struct ColumnLayoutTests {
  @Test func theUsualColumnsNeedNoWords() throws {
    for text in ["Ada NNP B-PER\nran VBD O\n", "Ada B-PER\nran O\n", "Ada\nran\n", "1 CD O\n"] {
      #expect(try read(text).notices == [])
    }
    // The chunks of CoNLL-2003 are no second layer of entities.
    let read = try read("Mira NNP B-NP B-PER\nslept VBD B-VP O\n. . O O\n")
    #expect(read.words == "Mira slept ." && read.parts == "NNP VBD ." && read.tags == "B-PER O O")
    #expect(read.notices == [])
  }

  @Test func aColumnThatCountsIsNoWord() throws {
    for start in [0, 1] {
      let text = "\(start)\tMira\tB-PER\n\(start + 1)\tslept\tO\n\n\(start)\tOslo\tB-LOC\n"
      let found = try read(text)
      #expect(found.words == "Mira slept / Oslo" && found.tags == "B-PER O / B-LOC")
      #expect(
        found.notices == ["x.conll: column 0 counts the words; read as --columns word=1,tag=2"])
    }
    #expect(
      try read("7 Mira NNP B-PER\n8 slept VBD O\n\n9 Oslo NNP B-LOC\n").parts == "NNP VBD / NNP")
    // Ranges stand for no word.
    #expect(try read("1-2 al O x\n1 a O x\n2 el O x\n", "word=1,tag=2").words == "a el")
    #expect(try read("1-2 al O\n1 a O\n2 el O\n").words == "a el")
  }

  @Test func numbersMayBeWords() throws {
    #expect(try read("1 O\n2 O\n3 O\n").words == "1 2 3")
    #expect(try read("1 CD O\n2 CD O\n3 CD O\n").words == "1 2 3")
    #expect(try read("1 CD O\n2 CD O\n\nMira NNP B-PER\n").words == "1 2 / Mira")
  }

  @Test func twoLayersOfTagsAreAQuestion() {
    #expect(
      message("Turku B-LOC B-ORG\nYliopisto O I-ORG\n")
        == "x.conll:1: entity tags in the columns 1 and 2; expected the word first, the tag last and "
        + "the part of speech second of three columns or more; say which columns hold what with "
        + "--columns word=0,tag=1 or --columns word=0,tag=2")
    #expect(message("Turku B-LOC B-ORG\nYliopisto O I-ORG\n", "word=0,tag=1") == "no error")
    #expect(message("Turku B-LOC O\nsleeps O O\n").contains("--columns word=0,tag=1 or"))
    #expect(message("1 Turku B-LOC O\n2 sleeps O O\n").contains("--columns word=1,tag=2 or"))
    #expect(message("B-LOC Turku\nO sleeps\n").hasSuffix("--columns word=1,tag=0"))
  }

  @Test func theOnlyColumnOfTagsIsTaken() throws {
    let found = try read("Mira NNP B-PER 0.98\nslept VBD O 0.99\n")
    #expect(found.tags == "B-PER O" && found.parts == "NNP VBD")
    #expect(
      found.notices == [
        "x.conll: column 2 holds the entity tags; read as --columns word=0,pos=1,tag=2"
      ])
  }

  @Test func whatCannotBePartsOfSpeechIsNotRead() throws {
    for (column, reason) in [
      (["_", "_", "_"], "holds nothing but \"_\""),
      (["-X-", "-X-", "-X-"], "holds nothing but \"-X-\""),
      (["0", "5:9", "12"], "holds numbers"),
      (["mira", "sleep", "well"], "has nearly as many values as there are words"),
    ] {
      let lines = zip(["Mira", "sleeps", "well"], zip(column, ["B-PER", "O", "O"]))
      let text = lines.map { "\($0) \($1.0) \($1.1)\n" }.joined()
      let found = try read(text)
      #expect(found.parts.isEmpty && found.tags == "B-PER O O")
      #expect(
        found.notices == [
          "x.conll: column 1 \(reason) and is no part of speech; read as --columns word=0,tag=2"
        ])
      #expect(try read(text, "word=0,pos=1,tag=2").parts == column.joined(separator: " "))
    }
    let lemmas = try read("Mira mira NNP B-PER\nsleeps sleep VBZ O\nwell well RB O\n")
    #expect(lemmas.parts == "NNP VBZ RB")
    #expect(try read("Mira PROPN\nsleeps VERB\n").parts == "PROPN VERB")
  }

  @Test func aColumnThatStaysIsNoWord() {
    let text = "d1 Mira B-PER\nd1 slept O\nd1 in O\nd1 Oslo B-LOC\n"
    #expect(
      message(text).hasPrefix("x.conll:1: column 0 with \"d1\", which is no column of words")
        && message(text).hasSuffix("--columns word=1,tag=2"))
    #expect(message("17 Mira B-PER\n17 slept O\n18 in O\n18 Oslo B-LOC\n").contains("word=1,tag=2"))
  }

  @Test func aRowOfNamesIsNoWord() throws {
    for names in ["token\tpos\tner_tag", "Word\tPOS\tTag", "#form\tupos\tner"] {
      let found = try read("\(names)\nMira\tNNP\tB-PER\nslept\tVBD\tO\n")
      #expect(found.words == "Mira slept" && found.tags == "B-PER O" && found.parts == "NNP VBD")
      #expect(
        found.notices == ["x.conll: line 1 names the columns; read as --columns word=0,pos=1,tag=2"]
      )
    }
    #expect(try read("token label\n\nMira B-PER\n").words == "Mira")
    let moved = try read("Sentence #\tTag\tWord\n1\tB-PER\tMira\n1\tO\tslept\n")
    #expect(moved.words == "Mira slept" && moved.tags == "B-PER O")
    #expect(try read("# global.columns = ID FORM NER\n1\tMira\tB-PER\n").words == "Mira")
    #expect(try read("word O\nlabel B-X\n").words == "word label")
  }

  @Test func commentsAreNoWords() throws {
    let text =
      "# sent_id = 1\n# text = Mira slept\n1\tMira\tB-PER\n2\tslept\tO\n\n#\thttp\t[x]\n1\tOslo\tB-LOC\n"
    for columns in [nil, "word=1,tag=2"] {
      #expect(try read(text, columns).words == "Mira slept / Oslo")
    }
    #expect(try read("# id 3a domain=en\nMira _ _ B-PER\n", "word=0,tag=-1").words == "Mira")
    #expect(try read("#storm O\n# O\n\n# O\n#x B-X\n").words == "#storm # / # #x")
    #expect(try read("#storm\ncame\n\n#\n").words == "#storm came / #")
    #expect(message("Mira B-PER\n# x\n").hasPrefix("x.conll:2: the tag \"x\""))
  }

  @Test func tenFieldsAreAskedOnlyWhereTheFirstWordHasTen() throws {
    #expect(try read("# sent_id = 1\nMira\tB-PER\n", name: "x").words == "Mira")
    #expect(
      try read("1\tMira\tB-PER\n2\tslept\tO\n", "word=1,tag=2", name: "x.conllu").words
        == "Mira slept")
  }

  @Test func otherSeparatorsAreNamed() {
    for (text, mark) in [
      ("Mira,B-PER\nslept,O\n", ","),
      ("Sentence #,Word,POS,Tag\n1,Mira,NNP,B-PER\n,slept,VBD,O\n", ","),
      ("Mira;B-PER\nslept;O\n", ";"), ("Mira|NNP|B-PER slept|VBD|O\n", "|"),
    ] {
      #expect(
        message(text).hasPrefix("x.conll:1: columns with \"\(mark)\" between them; expected a tab"))
    }
    #expect(message("Mira B-PER\n, O\n") == "no error")
  }

  @Test func invisibleBytesAreNoPartOfWords() throws {
    #expect(try read("Mira _ O B-PER\t\t\nslept _ O O\t\t\n").words == "Mira slept")
    #expect(try read("Mira O\n\u{FEFF}slept O\n\n\u{FEFF}").words == "Mira slept")
    #expect(try read("Mira\tO\r\r\nslept\tO\r\n").tags == "O O")
    #expect(
      message("Mira O\rslept O\r").hasPrefix("x.conll:1: a carriage return within \"Mira O slept"))
    #expect(message("Mira O\nNew\rYork\tO\n").hasPrefix("x.conll:2: a carriage return"))
    let utf16: [UInt8] = [0xFF, 0xFE] + Array("Mira O\n".utf8).flatMap { [$0, 0] as [UInt8] }
    for encoding in TextEncoding.allCases {
      let format = CorpusFormat(encoding: encoding)
      #expect(CorporaTests.message(reading: utf16, format: format).contains("iconv -f utf-16"))
      #expect(
        CorporaTests.message(reading: Array(utf16.dropFirst(2)), format: format)
          .contains("iconv -f utf-16"))
    }
  }

  @Test func windows1252IsNotLatin1() throws {
    let bytes: [UInt8] = [0x93] + Array("Mira".utf8) + [0x94, 0x20, 0x4F, 0x0A]
    #expect(
      CorporaTests.message(reading: bytes, format: CorpusFormat(encoding: .latin1))
        == "x.conll:1: the byte 0x93; expected ISO 8859-1, where it is no character; "
        + "give --encoding windows-1252, or utf-8 if the file is UTF-8")
    let reader = CorpusReader(
      bytes: bytes, name: "x", format: CorpusFormat(encoding: .windows1252))
    #expect(try reader.next()?.words == ["“Mira”"])
    #expect(
      CorporaTests.message(reading: [0x81, 0x0A], format: CorpusFormat(encoding: .windows1252))
        .hasPrefix("x.conll:1: the byte 0x81; expected Windows-1252"))
  }

  @Test func badSentencesAreLeftOutAndListed() throws {
    let good = "Mira B-PER\nslept O\n\n"
    let text = good + "a\nb O\n\n" + good + good + "a X-Y\nb O\n\n" + good
    let first =
      "x.conll:4: 1 column in \"a\"; expected 2 as in line 1; separate columns by a tab or "
    #expect(message(text).hasPrefix(first))
    #expect(
      message(text).hasSuffix(
        "2 of 6 sentences cannot be read (lines 4, 13): --bad-lines skip leaves them out"))
    let reader = reader(text, skips: true)
    #expect(
      try Corpus.read(reader).examples.map(\.words)
        == Array(repeating: ["Mira", "slept"], count: 4))
    #expect(reader.skipped.count == 2 && reader.skipped.lines == [4, 13])
    #expect(
      reader.notices.first
        == "x.conll: left out 2 sentences that cannot be read, at lines 4, 13; the first: "
        + "found 1 column in \"a\", expected 2 as in line 1")
    // Where most of a file cannot be read, it is not offered to leave it out.
    #expect(!message("a\nb O\n\n" + good).contains("--bad-lines"))
  }

  @Test func badLinesOfOtherFormatsAreLeftOutToo() throws {
    let json = #"{"tokens":["a"]}"# + "\n{\"tokens\":\n" + #"{"tokens":["b"]}"# + "\n"
    let lines = reader(json, name: "x.jsonl", skips: true)
    #expect(try Corpus.read(lines).examples.map(\.words) == [["a"], ["b"]])
    #expect(lines.skipped.lines == [2])
    let fields = "\ta\tX\t_\t_\t_\t_\t_\t_\n"
    let treebank = "1\ta\(fields)2\n3\ta\(fields)\n1\tb\(fields)"
    let trees = reader(treebank, name: "x.conllu", skips: true)
    #expect(try Corpus.read(trees).examples.map(\.words) == [["b"]])
    #expect(trees.skipped.lines == [2])
  }

  @Test func aFileWithoutEmptyLinesIsSaid() throws {
    let long = try read(String(repeating: "a O\n", count: 1000))
    #expect(
      long.notices == [
        "x.conll: the file is one sentence of 1000 words, from line 1; an empty line ends a sentence, is it missing?"
      ])
    #expect(try read(String(repeating: "a O\n", count: 999)).notices == [])
  }
}
