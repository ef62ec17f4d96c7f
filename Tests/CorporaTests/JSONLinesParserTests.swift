import Corpora
import Files
import TestSupport
import Testing

private func sentences(_ text: String) throws -> [Example] {
  try Corpus.read(CorpusReader(bytes: Array(text.utf8), name: "x.jsonl")).examples
}

private func message(_ text: String) -> String { message(reading: Array(text.utf8), as: "x.jsonl") }

@Suite struct JSONLinesParserTests {
  @Test func readsTokensWithTagsAndPartsOfSpeech() throws {
    let read = try sentences(
      #"""
      {"tokens": ["EU", "rejects"], "tags": ["I-ORG", "O"], "pos": ["NNP", "VBZ"], "id": 7}

      {"tags":["O"],"pos":["NN"],"tokens":["New York"]}
      """#)
    #expect(
      read == [
        Example(
          words: ["EU", "rejects"], tags: ["B-ORG", "O"], partsOfSpeech: ["NNP", "VBZ"], line: 1),
        Example(words: ["New York"], tags: ["O"], partsOfSpeech: ["NN"], line: 3),
      ])
    #expect(try sentences(#"{"tokens":["a"],"y":null}"#) == [Example(words: ["a"], line: 1)])
  }

  @Test func aDocumentMarkAndAnEmptyListAreNoSentences() throws {
    let read = try sentences(
      #"""
      {"tokens": ["-DOCSTART-"], "tags": ["O"]}
      {"tokens": [], "tags": []}
      {"tokens": ["a"], "tags": ["O"]}
      """#)
    #expect(read == [Example(words: ["a"], tags: ["O"], startsDocument: true, line: 3)])
  }

  /// Offsets count Unicode scalars: the flag is two, the letter with its accent two, the face one.
  @Test func readsTextWithSpans() throws {
    let read = try sentences(
      #"{"text": "🇵🇹 Ada Nwosu (José\#u{301}) left Porto's 😀 bank.", "entities": "#
        + #"[{"start": 3, "end": 12, "type": "PER"}, {"start": 14, "end": 19, "type": "PER"},"#
        + #" {"start": 26, "end": 31, "type": "LOC"}]}"#)
    #expect(
      read == [
        Example(
          words: [
            "🇵🇹", "Ada", "Nwosu", "(", "José\u{301}", ")", "left", "Porto", "'s", "😀", "bank", ".",
          ],
          tags: ["O", "B-PER", "I-PER", "O", "B-PER", "O", "O", "B-LOC", "O", "O", "O", "O"],
          line: 1)
      ])
  }

  @Test func readsSpansWithLabelsAndProdigysTokens() throws {
    let plain =
      #"{"text":"in the U.S., \"EU-wide\".","spans":[{"start":7,"end":11,"label":"LOC"}]}"#
    #expect(
      try sentences(plain) == [
        Example(
          words: ["in", "the", "U.S.", ",", "\"", "EU-wide", "\"", "."],
          tags: ["O", "O", "B-LOC", "O", "O", "O", "O", "O"], line: 1)
      ])
    let tokens =
      #"{"text":"EU-wide \n rule","tokens":[{"text":"EU","start":0,"end":2},{"start":2,"end":3},"#
      + #"{"start":3,"end":7},{"start":8,"end":9},{"start":10,"end":14}],"#
      + #""spans":[{"start":0,"end":2,"label":"ORG"}]}"#
    #expect(
      try sentences(tokens) == [
        Example(words: ["EU", "-", "wide", "rule"], tags: ["B-ORG", "O", "O", "O"], line: 1)
      ])
    #expect(try sentences(#"{"text":"a b"}"#) == [Example(words: ["a", "b"], line: 1)])
    #expect(
      try sentences(#"{"text":"a b","spans":[]}"#)
        == [Example(words: ["a", "b"], tags: ["O", "O"], line: 1)])
  }

  @Test func isRecognisedByItsFirstLineOrItsName() throws {
    let line = Array("\n \t{ \"tokens\" : [\"a\"] } \n".utf8)
    #expect(try CorpusReader(bytes: line, name: "-").next()?.words == ["a"])
    #expect(
      try CorpusReader(bytes: Array("{ O\n".utf8), name: "-").next()?.words == ["{"])
    #expect(
      message(reading: Array("{ O\n".utf8), as: "x.JSON")
        == "x.JSON:1: 'O' at byte 2; expected a key in double quotes; "
        + "JSON Lines have one whole object in each line")
  }

  @Test(arguments: [
    #"[{"tokens":["a"]},{"tokens":["-DOCSTART-"]},{"tokens":["]","}"]},{"text":"[\"],{ won. She left"}]"#,
    "\n[\n  {\"tokens\": [\"a\"]},\r\n {\"tokens\":\n[\"-DOCSTART-\"]}  , {\"tokens\": [\"]\", \"}\"]\n}\n,"
      + #"{"text" : "[\"],{ won. She left"} ] "#,
  ])
  func readsAFileThatIsOneArray(_ text: String) throws {
    let reader = CorpusReader(bytes: Array(text.utf8), name: "x.json")
    var read: [Example] = []
    while let sentence = try reader.next() { read.append(sentence) }
    #expect(
      read.map(\.words) == [
        ["a"], ["]", "}"], ["[", "\"", "]", ",", "{", "won", "."], ["She", "left"],
      ])
    #expect(read.map(\.startsDocument) == [false, true, false, false])
    #expect(read.map(\.line) == (text.first == "[" ? [1, 1, 1, 1] : [3, 5, 7, 7]))
  }

  @Test(arguments: [
    (
      #"[{"tokens":["a"]}"#,
      "x.jsonl:1: the end of the file within this element of an array; expected ']' at the array's end"
    ),
    ("[\n{\"tokens\":[\"a\"", "x.jsonl:2: the end of the file within this element of an array"),
    (#"[{"tokens":["a"]},]"#, #"x.jsonl:1: "]"; expected an element of the array"#),
    (#"[{"tokens":["a"]},,{}]"#, #"x.jsonl:1: ","; expected an element of the array"#),
    ("[{\"tokens\":[\"a\"]}]\n{}", #"x.jsonl:2: "{"; expected nothing after the array"#),
    ("[\n{\"tokens\":\n[\"a\"]],\n{}]", "x.jsonl:3: ']' at byte"),
    (
      "[\n{\"tokens\":\n[\"a\"},\n{}]",
      "x.jsonl:2: the end of the file within this element of an array"
    ),
    (#"[{"tokens":["a"]} {}]"#, "x.jsonl:1: '{' at byte 17; expected the end of the document"),
    (
      "[{\"tokens\":[\"a\"]},\n7]",
      "x.jsonl:2: JSON that is not an object; expected an array of objects"
    ),
    ("[]", "x.jsonl: no sentences"),
  ])
  func arraysThatAreNotWellFormedAreErrors(_ text: String, _ expected: String) {
    #expect(message(text).hasPrefix(expected), "\(message(text))")
  }

  @Test func readsLatin1() throws {
    let bytes = Array(#"{"tokens":["Coru"#.utf8) + [0xF1] + Array(#"a"]}"#.utf8)
    let reader = CorpusReader(
      bytes: bytes, name: "x.jsonl", format: CorpusFormat(encoding: .latin1))
    #expect(try reader.next()?.words == ["Coruña"])
    #expect(message(reading: bytes, as: "x.jsonl").contains("--encoding latin1"))
  }

  /// What `augment` writes in either format of a corpus reads as the same sentences.
  @Test func readsTheSameSentencesAsTheColumnFile() throws {
    let sentences = try BundledCorpus.gazette.dev.read().examples
    let lines = sentences.map { sentence in
      func list(_ texts: [String]) -> String {
        "[" + texts.map { "\"\($0.contains("\"") ? "\\\"" : $0)\"" }.joined(separator: ",") + "]"
      }
      return "{\"tokens\":\(list(sentence.words)),\"tags\":\(list(sentence.tags)),"
        + "\"pos\":\(list(sentence.partsOfSpeech))}\n"
    }
    let read = try CorporaTests.read(lines.joined())
    #expect(read.map(\.words) == sentences.map(\.words))
    #expect(read.map(\.tags) == sentences.map(\.tags))
    #expect(read.map(\.partsOfSpeech) == sentences.map(\.partsOfSpeech))
  }

  @Test(arguments: [
    (
      #"{"tokens":["a","b"],"tags":["O"]}"#,
      #"x.jsonl:2: 1 string in "tags"; expected 2, one for each token"#
    ),
    (
      #"{"tokens":["a"],"tags":["O",0]}"#,
      #"x.jsonl:2: "tags" ["O",0]; expected a list of strings, or of whole numbers"#
    ),
    (
      #"{"tokens":["a"],"tags":null}"#,
      #"x.jsonl:2: "tags" null; expected tags or entities; write [] for a text without entities, "#
        + "and leave the key out of one that nobody annotated"
    ),
    (
      #"{"tokens":["a"],"tags":["X-PER"]}"#,
      #"x.jsonl:2: the tag "X-PER" in "tags"; expected O, B-TYPE or I-TYPE (B-NN for a part of "#
        + "speech), or those of BIOES or BILOU; write one tag a token"
    ),
    (
      #"{"tokens":["a\tb"],"tags":["O"]}"#,
      #"x.jsonl:2: the token "a\tb"; expected text without tabs, line ends, and space at its ends"#
    ),
    (
      #"{"tokens":["a",""],"tags":["O","O"]}"#,
      "x.jsonl:2: an empty token; expected text without tabs, line ends, and space at its ends"
    ),
    (
      #"{"tokens":["a"]}"#,
      "x.jsonl:2: no tags or entities; expected them as in line 1; give all sentences the same keys; "
        + "an empty list where there are no entities"
    ),
    (
      #"{"tokens":["a"],"tags":["O"],"pos":["DT"]}"#,
      "x.jsonl:2: parts of speech; expected none as in line 1; give all sentences the same keys; "
        + "an empty list where there are no entities"
    ),
    (
      #"{"form":["a"],"y":1}"#,
      #"x.jsonl:2: an object with "form", "y"; expected "tokens", a list of strings, or "text", a string"#
    ),
    (
      #"[{"tokens":["a"]}]"#,
      "x.jsonl:2: JSON that is not an object; expected an object in each line"
    ),
    (
      #"{"tokens":["a"],"#,
      "x.jsonl:2: the end at byte 16; expected a key in double quotes; "
        + "JSON Lines have one whole object in each line"
    ),
    (
      #"{"text":"a  b","entities":[{"start":1,"end":3,"type":"LOC"}]}"#,
      #"x.jsonl:2: the span {"start":1,"end":3,"type":"LOC"}, which is nothing but white space; "#
        + "expected entities of at least one word"
    ),
    (
      #"{"text":"a b","entities":[[0,0,"LOC"]]}"#,
      #"x.jsonl:2: the span [0,0,"LOC"]; expected 0 <= start < end <= 3, "#
        + "the text's length in characters (Unicode scalars)"
    ),
    (
      #"{"text":"a b","entities":[{"start":0,"end":4,"type":"LOC"}]}"#,
      #"x.jsonl:2: the span {"start":0,"end":4,"type":"LOC"}; expected 0 <= start < end <= 3, "#
        + "the text's length in characters (Unicode scalars)"
    ),
    (
      #"{"text":"a b","entities":[[-9223372036854775808,9223372036854775807,"LOC"]]}"#,
      #"x.jsonl:2: the span [-9223372036854775808,9223372036854775807,"LOC"]; expected "#
        + "0 <= start < end <= 3, the text's length in characters (Unicode scalars)"
    ),
    (
      #"{"text":"a b","entities":[[0,1,"B-LOC"]]}"#,
      #"x.jsonl:2: the type "B-LOC" of the entity [0,1,"B-LOC"]; expected a type such as PER, for "#
        + #"an entity as a whole; join what a tagger found word by word, or give "tokens" and "tags""#
    ),
    (
      #"{"text":"a b","entities":[{"start":0,"end":1}]}"#,
      "x.jsonl:2: an empty type of an entity; expected text without tabs, line ends, "
        + "and space at its ends"
    ),
    (
      #"{"text":"a b","entities":[["a","LOC"]]}"#,
      #"x.jsonl:2: the entity ["a","LOC"] in "entities"; expected [start, end, type], or an object "#
        + #"with "start", "end" and "type""#
    ),
    (
      #"{"text":"a b","entities":[{"start":0,"end":3,"type":"X"},{"start":2,"end":3,"type":"Y"}]}"#,
      #"x.jsonl:2: the Y "b" and the X "a b", which overlap; expected entities that do not "#
        + "overlap; a word has one tag: keep one of them, for example the longer one"
    ),
    (
      #"{"text":"ab","tokens":[{"start":0,"end":2},{"start":1,"end":2}],"entities":[]}"#,
      #"x.jsonl:2: the token "b", which begins before the end of "ab"; "#
        + "expected tokens in the order of the text that do not overlap"
    ),
  ])
  func errorsNameTheLineAndTheRemedy(_ line: String, _ expected: String) {
    #expect(message("{\"tokens\":[\"a\"],\"tags\":[\"O\"]}\n" + line + "\n") == expected)
  }

  @Test func columnsCannotBeNamed() {
    #expect(
      message(
        reading: Array(#"{"tokens":["a"]}"#.utf8), as: "x.jsonl",
        format: CorpusFormat(columns: ColumnSelection(word: 1)))
        == "x.jsonl:1: JSON Lines; expected columns, because --columns is given; "
        + "leave --columns out")
  }
}

private func read(_ text: String) throws -> [Example] { try sentences(text) }
