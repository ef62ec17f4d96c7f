import Corpora
import Testing
import Text

/// Where words of a text and the spans of its entities meet.
@Suite struct AnnotatedTextTests {
  @Test func isCutAsTagCutsIt() throws {
    let text = "Ada can't pay $15.7m to Kestrel Inc. in Porto… :-)\\nMr. Li won. \\\"Yes.\\\" 北京 ok"
    let line = #"{"text":"\#(text)","entities":[[0,3,"PER"]]}"#
    #expect(
      try taggedLines(line) == [
        "Ada/B-PER ca/O n't/O pay/O $/O 15.7m/O to/O Kestrel/O Inc./O in/O Porto/O …/O :-)/O",
        "Mr./O Li/O won/O ./O", "\"/O Yes/O ./O \"/O", "北/O 京/O ok/O",
      ])
    let plain = text.replacing("\\n", with: "\n").replacing("\\\"", with: "\"")
    let bytes = Array(plain.utf8)
    #expect(
      TextSplitter.sentences(in: plain).map { sentence in
        sentence.words.map { String(decoding: bytes[$0], as: UTF8.self) }
      }
        == (try Corpus.read(CorpusReader(bytes: Array(line.utf8), name: "x.jsonl")).examples.map(
          \.words)))
  }

  @Test func aSentenceDoesNotEndWithinAnEntity() throws {
    let text = #"{"text":"We met. And co. The end. Yes. No.","entities":[[8,19,"ORG"]]}"#
    #expect(
      try taggedLines(text) == [
        "We/O met/O ./O", "And/B-ORG co/I-ORG ./I-ORG The/I-ORG end/O ./O", "Yes/O ./O", "No/O ./O",
      ])
  }

  @Test func aWordIsCutAtAnEntitysBorderAndSaid() throws {
    let text =
      #"{"text":"New-York calls Alba, the US-Präsident.","entities":[[0,3,"LOC"],[25,27,"LOC"],[15,19,"PER"]]}"#
    #expect(
      try taggedLines(text) == [
        "New/B-LOC -/O York/O calls/O Alba/B-PER ,/O the/O US/B-LOC -/O Präsident/O ./O"
      ])
    #expect(
      try jsonNotices(text) == [
        #"x.jsonl: 2 entities begin or end inside a word, first "New" in "New-York" in line 1; "#
          + "the word is cut there, which tag will not do"
      ])
  }

  @Test func whiteSpaceAndMarksAtTheEndsOfASpanDoNotMatter() throws {
    #expect(
      try taggedLines(
        #"{"text":"  Ada \u00a0left\r\nPorto\n","entities":[[1,6,"PER"],[11,19,"LOC"]]}"#)
        == ["Ada/B-PER left/O", "Porto/B-LOC"])
    // The accent of the last letter, and what cannot be seen before and behind a word.
    #expect(
      try taggedLines(#"{"text":"a \u200bJose\u0301\u200b left","entities":[[3,7,"PER"]]}"#)
        == ["a/O \u{200B}Jose\u{301}\u{200B}/B-PER left/O"])
    #expect(
      try taggedLines(#"{"text":"\ufeffAda left","entities":[[1,4,"PER"]]}"#)
        == ["\u{FEFF}Ada/B-PER left/O"])
  }

  @Test func aSentenceWithoutAnEndIsAnError() {
    let text = String(repeating: "a ", count: CorpusReader.longestSentence + 1)
    #expect(
      jsonMessage(#"{"text":"\#(text)","entities":[]}"#)
        == "x.jsonl:1: a sentence of more than 65536 words; expected shorter sentences; "
        + "a line break in a text ends a sentence")
  }

  @Test func anEntityThatIsGivenTwiceIsOne() throws {
    #expect(
      try taggedLines(#"{"text":"Ada left","entities":[[0,3,"PER"],[0,3,"PER"]]}"#)
        == ["Ada/B-PER left/O"])
    #expect(
      jsonMessage(#"{"text":"Ada left","entities":[[0,3,"PER"],[0,3,"LOC"]]}"#).contains("overlap"))
    #expect(
      jsonMessage(#"{"text":"Ada Nwosu left","entities":[[0,9,"PER"],[0,3,"GIVEN"]]}"#)
        .hasPrefix(#"x.jsonl:1: the GIVEN "Ada" and the PER "Ada Nwosu", which overlap"#))
  }

  // MARK: Units

  private static func line(_ start: Int, _ end: Int, _ more: String = "") -> String {
    #"{"text":"é😀é Ada Bo","entities":[{"start":\#(start),"end":\#(end),"type":"PER"\#(more)}]}"#
  }

  @Test(arguments: [
    (OffsetUnit.characters, 4, 7), (.bytes, 9, 12), (.utf16, 5, 8),
  ])
  func placesCountInTheUnitThatIsNamed(_ unit: OffsetUnit, _ start: Int, _ end: Int) throws {
    let expected = ["é/O 😀/O é/O Ada/B-PER Bo/O"]
    let format = CorpusFormat(offsets: unit)
    #expect(try taggedLines(Self.line(start, end), format) == expected)
    #expect(try taggedLines(Self.line(start, end, #","text":"Ada""#), format) == expected)
    if unit == .characters { #expect(try taggedLines(Self.line(start, end)) == expected) }
  }

  @Test(arguments: [
    // It says another text than the span holds; the unit in which it would hold it is named.
    (
      5, 8, #","text":"Ada""#,
      #"an entity whose text is "Ada" at 5 to 8, where the text has "da "; "#
        + "expected start and end of that text, in characters (Unicode scalars); "
        + "they fit as UTF-16 code units: give --offsets utf16"
    ),
    (
      9, 12, #","text":"Ada""#,
      #"the span {"start":9,"end":12,"type":"PER","text":"Ada"}; expected "#
        + "0 <= start < end <= 10, the text's length in characters (Unicode scalars); "
        + "they fit as UTF-8 bytes: give --offsets bytes"
    ),
    (
      4, 7, #","text":"Bo""#,
      #"an entity whose text is "Bo" at 4 to 7, where the text has "Ada"; "#
        + "expected start and end of that text, in characters (Unicode scalars); "
        + "correct its start and end, or its text"
    ),
    // Its text is not told, but it is no word.
    (
      5, 8, "",
      #"the PER "da" at 5 to 8, which begins or ends inside "Ada"; expected entities of "#
        + "whole words, in characters (Unicode scalars); they fit as UTF-16 code units: give --offsets utf16; "
        + "or --offsets characters to have the word cut there"
    ),
  ])
  func spansInAnotherUnitAreFound(_ start: Int, _ end: Int, _ more: String, _ expected: String) {
    #expect(jsonMessage(Self.line(start, end, more)) == "x.jsonl:1: " + expected)
  }

  @Test func aPlaceInsideACharacterIsAnError() {
    for (unit, start) in [(OffsetUnit.bytes, 3), (.utf16, 2)] {
      #expect(
        jsonMessage(Self.line(start, start + 4), CorpusFormat(offsets: unit))
          .contains("expected 0 <= start < end <="))
    }
  }

  @Test func anOwnTextMayDifferInItsWhiteSpace() throws {
    #expect(
      try taggedLines(
        #"{"text":"Ada\nNwosu","entities":[{"start":0,"end":9,"type":"PER","text":"Ada Nwosu "}]}"#)
        == ["Ada/B-PER Nwosu/I-PER"])
  }

  /// `tag --format json` counts from the start of its input and says the unit; older output counts bytes.
  @Test(arguments: [
    #"{"text":"é Ada","start":20,"end":26,"entities":[{"type":"PER","text":"Ada","start":23,"end":26}]}"#,
    #"{"text":"é Ada","start":20,"end":26,"offsets":"bytes","entities":[{"type":"PER","text":"Ada","start":23,"end":26}]}"#,
    #"{"text":"é Ada","start":20,"end":25,"offsets":"characters","entities":[{"type":"PER","start":22,"end":25}]}"#,
    #"{"text":"é Ada","start":20,"end":25,"offsets":"utf16","entities":[{"type":"PER","start":22,"end":25}]}"#,
  ])
  func readsWhatTagWrites(_ line: String) throws {
    #expect(try taggedLines(line) == ["é/O Ada/B-PER"])
    // What the object says goes before what the user says.
    if line.contains("offsets") {
      #expect(try taggedLines(line, CorpusFormat(offsets: .utf16)) == ["é/O Ada/B-PER"])
    }
  }

  @Test func aStartAndAnEndOfSomethingElseDoNotMatter() throws {
    #expect(
      try taggedLines(#"{"text":"é Ada","start":1.5,"end":90,"entities":[[2,5,"PER"]]}"#)
        == ["é/O Ada/B-PER"])
  }

  @Test func tokensThatAreGivenAreNotCut() {
    let line =
      #"{"text":"Ada-Li left","tokens":[{"start":0,"end":6},{"start":7,"end":11}],"spans":[{"start":0,"end":3,"label":"PER"}]}"#
    #expect(
      jsonMessage(line)
        == #"x.jsonl:1: the PER "Ada" at 0 to 3, which begins or ends inside "Ada-Li"; expected entities "#
        + "of whole words, in characters (Unicode scalars); correct its place or the tokens, or leave "
        + "\"tokens\" out to have words cut at its borders")
  }
}
