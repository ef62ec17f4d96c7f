import Corpora
import Testing
import Text

/// The words of JSON Lines with their tags, a line a sentence.
func taggedLines(_ text: String, _ format: CorpusFormat = CorpusFormat()) throws -> [String] {
  try Corpus.read(
    CorpusReader(bytes: Array(text.utf8), name: "x.jsonl", format: format)
  ).examples.map { sentence in
    zip(sentence.words, sentence.tags).map { "\($0)/\($1)" }.joined(separator: " ")
  }
}

/// What a user is told of how JSON Lines were read.
func jsonNotices(_ text: String) throws -> [String] {
  let reader = CorpusReader(bytes: Array(text.utf8), name: "x.jsonl")
  while try reader.next() != nil {}
  return reader.notices
}

/// The error that reading JSON Lines ends with.
func jsonMessage(_ text: String, _ format: CorpusFormat = CorpusFormat()) -> String {
  message(reading: Array(text.utf8), as: "x.jsonl", format: format)
}

/// The keys of the tools that write JSON Lines.
@Suite struct JSONExampleTests {
  private static let names = CorpusFormat(tagNames: ["O", "B-PER", "I-PER", "B-LOC"])

  @Test(arguments: [
    #"{"tokens":["Ada","left","Porto"],"ner_tags":["B-PER","O","B-LOC"]}"#,
    #"{"words":["Ada","left","Porto"],"labels":["B-PER","O","B-LOC"],"label":null}"#,
    #"{"id":"0","tokens":["Ada","left","Porto"],"tags":["X","Y","Z"],"ner_tags":["B-PER","O","B-LOC"]}"#,
    #"{"tokens":["Ada","left","Porto"],"ner":["B-PER","O","B-LOC"],"tags":["B-PER","O","B-LOC"]}"#,
    #"{"id":1,"text":"Ada left Porto","label":[[0,3,"PER"],[9,14,"LOC"]]}"#,
    #"{"text":"Ada left Porto","labels":[[9,14,"LOC"],[0.0,3.0,"PER"]],"entities":[]}"#,
    #"{"text":"Ada left Porto","entities":[{"id":0,"label":"PER","start_offset":0,"end_offset":3},"#
      + #"{"id":1,"label":"LOC","start_offset":9,"end_offset":14}],"relations":[]}"#,
    #"["Ada left Porto",{"entities":[[0,3,"PER"],[9,14,"LOC"]]}]"#,
    #"{"text":"Ada left Porto","ents":[{"start":0,"end":3,"label":"PER"},{"start":9,"end":14,"label":"LOC"}],"#
      + #""sents":[{"start":0,"end":14}],"tokens":[{"id":0,"start":0,"end":3,"tag":"NNP"},"#
      + #"{"id":1,"start":4,"end":8,"tag":"VBD"},{"id":2,"start":9,"end":14,"tag":"NNP"}]}"#,
    #"{"text":"Ada left Porto","label":[{"start":0,"end":3,"text":"Ada","labels":["PER"]},"#
      + #"{"start":9,"end":14,"text":"Porto","labels":["LOC"]}],"annotator":1}"#,
    #"{"data":{"text":"Ada left Porto"},"annotations":[{"was_cancelled":true,"result":[]},"#
      + #"{"was_cancelled":false,"result":[{"value":{"start":0,"end":3,"text":"Ada","labels":["PER"]},"type":"labels"},"#
      + #"{"value":{"choices":["news"]},"type":"choices"},{"type":"relation","from_id":"a","to_id":"b"},"#
      + #"{"value":{"start":9,"end":14,"labels":["LOC"]},"type":"labels"}]}]}"#,
    #"{"tokens":["Ada","left","Porto"],"entities":[{"type":"PER","text":"Ada","start_token":0,"end_token":1},"#
      + #"{"type":"LOC","text":"Porto","start_token":2,"end_token":3}]}"#,
    #"{"text":"Ada left Porto","tokens":["Ada","left","Porto"],"spans":[{"start":0,"end":3,"label":"PER"},"#
      + #"{"start":9,"end":14,"label":"LOC"}]}"#,
    #"{"tokens":["Ada","left","Porto"],"spans":[{"token_start":0,"token_end":0,"label":"PER"},"#
      + #"{"token_start":2,"token_end":2,"label":"LOC"}]}"#,
  ])
  func readsTagsAndEntities(_ line: String) throws {
    #expect(try taggedLines(line) == ["Ada/B-PER left/O Porto/B-LOC"])
    #expect(try jsonNotices(line) == [])
  }

  @Test func readsPartsOfSpeechOfHuggingFace() throws {
    func parts(_ line: String) throws -> [String]? {
      try CorpusReader(bytes: Array(line.utf8), name: "x.jsonl").next()?.partsOfSpeech
    }
    #expect(
      try parts(#"{"tokens":["a","b"],"pos_tags":["DT","NN"],"chunk_tags":[1,2]}"#) == ["DT", "NN"])
    #expect(try parts(#"{"tokens":["a","b"],"upos":[5,0]}"#) == ["5", "0"])
    #expect(
      jsonMessage(#"{"tokens":["a","b"],"pos_tags":["DT"]}"#)
        == #"x.jsonl:1: 1 string in "pos_tags"; expected 2, one for each token"#)
  }

  @Test(arguments: ["[1,0,3]", "[1.0,0.0,3.0]", #"["1","0","3"]"#])
  func numbersTakeTheNamesThatAUserGives(_ tags: String) throws {
    let line = #"{"tokens":["Ada","left","Porto"],"pos_tags":[1,2,1],"ner_tags":"# + tags + "}"
    #expect(try taggedLines(line, Self.names) == ["Ada/B-PER left/O Porto/B-LOC"])
    #expect(
      jsonMessage(line)
        == #"x.jsonl:1: numbers in "ner_tags" \#(tags); expected tags, or the names of the numbers; "#
        + "name the numbers from 0 with --tag-names O,B-PER,I-PER and so on; a Hugging Face data set tells "
        + "them as features[\"ner_tags\"].feature.names, a model as id2label in its config.json")
  }

  /// The names hold for the objects behind, and a user's go before them.
  @Test(arguments: [
    #""id2label":{"1":"B-LOC","0":"O"}"#, #""id2label":["O","B-LOC"]"#,
    #""features":{"tags":{"feature":{"names":["O","B-LOC"],"_type":"ClassLabel"},"_type":"Sequence"}}"#,
    #""features":{"tags":{"names":["O","B-LOC"]}}"#,
  ])
  func numbersTakeTheNamesOfTheObject(_ names: String) throws {
    let text =
      #"{"tokens":["Porto"],"tags":[1],"# + names + "}\n" + #"{"tokens":["is"],"tags":[0]}"#
    #expect(try taggedLines(text) == ["Porto/B-LOC", "is/O"])
    #expect(try taggedLines(text, Self.names) == ["Porto/B-PER", "is/O"])
  }

  @Test(arguments: [
    ("[4]", "the number 4 in \"tags\"; expected 0 to 3, the numbers of 4 --tag-names"),
    (
      "[-100]",
      "the number -100 in \"tags\"; expected 0 to 3, the numbers of 4 --tag-names; "
        + "leave out what stands for no word, such as -100"
    ),
    ("[9223372036854775807]", "the number 9223372036854775807 in \"tags\"; expected 0 to 3"),
    (
      "[9223372036854775808]",
      "\"tags\" [9.223372036854776e+18]; expected a list of strings, or of whole numbers"
    ),
    ("[0.5]", "\"tags\" [0.5]; expected a list of strings, or of whole numbers"),
    ("[true]", "\"tags\" [true]; expected one tag for each token"),
    ("[[1]]", "\"tags\" [[1]]; expected one tag for each token"),
    ("[1,0]", "2 strings in \"tags\"; expected 1, one for each token"),
    ("\"B-PER\"", "\"tags\" \"B-PER\"; expected one tag for each token"),
  ])
  func numbersWithoutANameAreErrors(_ tags: String, _ expected: String) {
    let text = jsonMessage(#"{"tokens":["a"],"tags":"# + tags + "}", Self.names)
    #expect(text.hasPrefix("x.jsonl:1: " + expected), "\(text)")
  }

  /// What looks like tags and is not understood is named, so that no tag is lost in silence.
  @Test(arguments: [
    (#"{"tokens":["a"],"fine_ner_tags":["O"]}"#, #""fine_ner_tags" ["O"]"#),
    (#"{"tokens":["a"],"nertags":["O"]}"#, #""nertags" ["O"]"#),
    (#"{"tokens":["a"],"y":["B-X"]}"#, #""y" ["B-X"]"#),
    (#"{"tokens":["a"],"ner_tags":[["B-X"]]}"#, #""ner_tags" [["B-X"]]"#),
    (#"{"text":"a","labels":["PER"]}"#, #""labels" ["PER"]"#),
    (#"{"text":"a","ner_tags":["B-PER"]}"#, #""ner_tags" ["B-PER"]"#),
    (#"{"text":"a","entities":{"PER":["a"]}}"#, #""entities" {"PER":["a"]}"#),
    (#"{"text":"a","entities":"none"}"#, #""entities" "none""#),
    (#"{"text":"a","annotations":[{"start":0,"end":1}]}"#, #""annotations" [{"start":0,"end":1}]"#),
    (
      #"{"text":"a","x":[{"start":0,"end":1,"label":"X"}]}"#,
      #""x" [{"start":0,"end":1,"label":"X"}]"#
    ),
    (#"{"text":"a","x":[[0,1,"X"]]}"#, #""x" [[0,1,"X"]]"#),
    (#"{"text":"a","spans":null}"#, #""spans" null"#),
    (#"{"tokens":["a"],"tags":["B-X"],"labels":["O"]}"#, #""tags" and "labels", which differ"#),
    (
      #"{"text":"a","label":[[0,1,"X"]],"spans":[[0,1,"Y"]]}"#,
      #""label" and "spans", which differ"#
    ),
    (#"{"tokens":["a"],"entities":[[0,1,"X"]]}"#, #""entities" [[0,1,"X"]]"#),
    (#"{"tokens":"a","tags":["O"]}"#, #""tokens" "a""#),
    (#"{"tokens":[["a"]],"tags":["O"]}"#, #""tokens" [["a"]]"#),
    (#"{"text":"a","text":"b"}"#, #"the key "text" a second time"#),
    (#"{"text":"a","tokens":["b"],"entities":[[0,1,"X"]]}"#, #"the token "b""#),
    (#"{"tokens":["a"],"entities":[{"type":"X","start_token":0,"end_token":2}]}"#, "the entity"),
    (#"{"text":"a","entities":[{"start":0,"end":1,"labels":["X","Y"]}]}"#, #""labels" ["X","Y"]"#),
    (#"{"data":{"a":"x","b":"y"},"annotations":[{"result":[]}]}"#, #""data" {"a":"x","b":"y"}"#),
    (
      #"{"data":{"text":"x"},"annotations":[{"result":[{"value":{"rectanglelabels":["A"]}}]}]}"#,
      "the region"
    ),
  ])
  func whatIsNotUnderstoodIsNamed(_ line: String, _ found: String) {
    let text = jsonMessage(line)
    #expect(text.hasPrefix("x.jsonl:1: " + found), "\(text)")
    #expect(text.contains("; expected "), "\(text)")
  }

  @Test func whatTellsNothingAboutWordsIsPassedOver() throws {
    let line =
      #"{"text":"Ada left","label":"news","tags":["a","b"],"meta":{"tags":1},"entities":[[0,3,"PER"]],"labels":[]}"#
    #expect(try taggedLines(line) == ["Ada/B-PER left/O"])
    let reader = CorpusReader(
      bytes: Array(#"{"tokens":["a","b"],"head":[2,0],"idx":"tag","chunk_tags":[1,2]}"#.utf8),
      name: "x.jsonl")
    #expect(try reader.next() == Example(words: ["a", "b"], line: 1))
  }

  @Test func answersThatAreNoneAreCounted() throws {
    let text = #"""
      {"text":"Ada left","spans":[{"start":0,"end":3,"label":"PER"}],"answer":"accept"}
      {"text":"Bob","spans":[],"answer":"reject"}
      {"text":"Eve","answer":"ignore"}
      {"text":"She won","answer":"accept"}
      """#
    #expect(try taggedLines(text) == ["Ada/B-PER left/O", "She/O won/O"])
    #expect(
      try jsonNotices(text) == [
        "x.jsonl: left out 2 examples that the annotators rejected, ignored or never annotated"
      ])
    let task = #"{"data":{"text":"a"},"annotations":[],"predictions":[]}"#
    #expect(try jsonNotices(task).count == 1)
  }

  @Test func aGroundTruthGoesBeforeOtherAnnotations() throws {
    let task =
      #"{"data":{"body":"Ada left","n":1},"annotations":[{"result":[]},{"ground_truth":true,"result":"#
      + #"[{"value":{"start":0,"end":3,"labels":["PER"]}}]}]}"#
    #expect(try taggedLines(task) == ["Ada/B-PER left/O"])
  }
}
