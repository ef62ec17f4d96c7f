import Corpora
import Testing

/// The column file of sentences that all have the same columns, as `ColumnText` and `ColumnFileStart` write it.
private func written(_ sentences: [Example]) throws -> String {
  let hasPartsOfSpeech = sentences.contains { !$0.partsOfSpeech.isEmpty }
  let hasTags = sentences.contains { !$0.tags.isEmpty }
  var start = ColumnFileStart(
    name: "x.conll", partOfSpeech: hasPartsOfSpeech, tag: hasTags,
    wordsHoldSpaces: sentences.contains { $0.words.contains { $0.utf8.contains(0x20) } })
  var bytes: [UInt8] = []
  for sentence in sentences {
    var text = ""
    for (index, word) in sentence.words.enumerated() {
      let fields =
        (hasPartsOfSpeech ? [sentence.partsOfSpeech[index]] : [])
        + (hasTags ? [sentence.tags[index]] : [])
      text += ColumnText.lineStart(word, hasTags: hasTags)
      text += ColumnText.lineEnd(fields, wordHasSpace: word.utf8.contains(0x20))
    }
    try Array("\(text)\n".utf8).withUnsafeBytes { lines in
      try start.append(lines) { bytes.append(contentsOf: $0) }
    }
  }
  try start.finish { bytes.append(contentsOf: $0) }
  return String(decoding: bytes, as: UTF8.self)
}

@Suite struct ColumnTextTests {
  @Test func writesAsManyColumnsAsThereAre() throws {
    let text = try written([
      Example(words: ["Bonn", "."], tags: ["B-LOC", "O"], partsOfSpeech: ["NNP", "."])
    ])
    #expect(text == "Bonn NNP B-LOC\n. . O\n\n")
    #expect(try written([Example(words: ["Bonn"], tags: ["B-LOC"])]) == "Bonn B-LOC\n\n")
    #expect(try written([Example(words: ["Bonn"])]) == "Bonn\n\n")
    #expect(
      try written([Example(words: ["Bonn", "is"], partsOfSpeech: ["NNP", "VBZ"])])
        == "Bonn NNP\nis VBZ\n\n")
  }

  @Test func separatesByTabsWhereAWordHoldsASpace() throws {
    let text = try written([Example(words: ["New York", "is"], tags: ["B-LOC", "O"])])
    #expect(text == "New York\tB-LOC\nis O\n\n")
  }

  @Test func declaresColumnsThatWouldBeTakenForOthers() throws {
    #expect(
      try written([Example(words: ["New York", "is"])])
        == "# global.columns = FORM\nNew York\nis\n\n")
    #expect(
      try written([Example(words: ["Ada"], tags: ["B-X"], partsOfSpeech: ["_"])])
        == "# global.columns = FORM UPOS NER\nAda _ B-X\n\n")
  }

  @Test func aLineThatWouldBeNoWordBeginsWithASpace() throws {
    #expect(try written([Example(words: ["#", "a"])]) == " #\na\n\n")
    #expect(try written([Example(words: ["#"], tags: ["O"])]) == "# O\n\n")
    #expect(
      try written([Example(words: ["-DOCSTART-", "\u{FEFF}"], tags: ["O", "B-X"])])
        == " -DOCSTART- O\n \u{FEFF} B-X\n\n")
  }

  @Test(arguments: BundledCorpus.gazette.parts)
  func writesTheBundledCorpusAsItIs(_ split: BundledPart) throws {
    let text = try written(split.read().examples)
    let bytes = Array(split.bytes)
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    let sentences = lines.joined(separator: "\n").replacing("-DOCSTART- -X- O\n\n", with: "")
    #expect(text == (sentences.hasSuffix("\n\n") ? sentences : sentences + "\n"))
  }

  /// SplitMix64, so that a failure can be repeated.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      return z ^ z >> 31
    }
  }

  private static let pieces = [
    "\0", "\u{FEFF}", "{", "}", "\"", "{\"a\":", "#", "# text", "# global.columns = FORM", "1", "2",
    "3-4", "O", "B-X", "I-", "-", "_", "-X-", "NN", "word", "tag", ",", "|", ";", "=", ":",
    "-DOCSTART-", "[MASK]", "a", "é", "e\u{301}", "\u{A0}", "\u{85}", "\u{2028}", "\u{B}", "東",
    "😀", " ", "  ", "\\", "1,O", "x|O",
  ]

  /// Text that a reader of any format admits as a word: not empty, without tabs, line ends, and space at its ends.
  private func word(_ generator: inout Generator) -> String {
    while true {
      let count = Int.random(in: 1...3, using: &generator)
      let text = (0..<count).map { _ in
        Self.pieces.randomElement(using: &generator) ?? "a"
      }.joined()
      if text.utf8.first != 0x20, text.utf8.last != 0x20 { return text }
    }
  }

  /// read(write(x)) = x, whatever the words, parts of speech and types are.
  @Test(arguments: [(false, false), (false, true), (true, false), (true, true)])
  func readsBackWhatItWrote(_ hasPartsOfSpeech: Bool, _ hasTags: Bool) throws {
    var generator = Generator(state: hasTags ? 3 : 4)
    for round in 0..<400 {
      // Now and then all words come from few, so that columns of one value and of counted numbers arise.
      let few = (0..<2).map { _ in word(&generator) }
      let counts = round % 5 == 0
      var sentences: [Example] = []
      var line = 1
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        var sentence = Example(line: line)
        for place in 1...Int.random(in: 1...5, using: &generator) {
          let text = round % 3 == 0 ? few[place % 2] : word(&generator)
          sentence.words.append(counts ? "\(place)" : text)
          if hasPartsOfSpeech {
            sentence.partsOfSpeech.append(round % 2 == 0 ? few[0] : word(&generator))
          }
          if hasTags {
            sentence.tags.append(Bool.random(using: &generator) ? "O" : "B-\(word(&generator))")
          }
        }
        line += sentence.words.count + 1
        sentences.append(sentence)
      }
      let text = try written(sentences)
      let shift = text.utf8.count { $0 == 0x0A } > line - 1
      for index in sentences.indices where shift { sentences[index].line += 1 }
      let read = try Corpus.read(CorpusReader(bytes: Array(text.utf8), name: "x.conll")).examples
      func bytes(_ sentences: [Example]) -> [[[UInt8]]] {
        sentences.map { $0.words.map { Array($0.utf8) } }
      }
      #expect(bytes(read) == bytes(sentences), "\(text)")
      #expect(read == sentences, "\(text)")
    }
  }
}
