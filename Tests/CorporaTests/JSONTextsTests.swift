import Corpora
import Labels
import Testing

private func read(
  _ text: String, _ columns: String? = nil, task: TaskKind? = nil
) throws -> (task: TaskKind, examples: [Example], notices: [String]) {
  let reader = CorpusReader(
    bytes: Array(text.utf8), name: "x.jsonl",
    format: CorpusFormat(task: task, columns: columns.flatMap { ColumnSelection($0) }))
  let corpus = try Corpus.read(reader)
  return (corpus.task, corpus.examples, reader.notices)
}

private func message(_ text: String, _ columns: String? = nil, task: TaskKind? = nil) -> String {
  message(
    reading: Array(text.utf8), as: "x.jsonl",
    format: CorpusFormat(task: task, columns: columns.flatMap { ColumnSelection($0) }))
}

@Suite struct JSONTextsTests {
  @Test func readsTextsWithLabels() throws {
    let found = try read(
      #"""
      {"text": "It isn't. No.", "label": 1}
      {"label": "1", "text": "b"}
      {"label": true, "text": "c", "id": 3.0}
      """#)
    #expect(found.task == .sentence)
    #expect(
      found.examples == [
        Example(words: ["It", "is", "n't", ".", "No", "."], label: "1", line: 1),
        Example(words: ["b"], label: "1", line: 2), Example(words: ["c"], label: "true", line: 3),
      ])
    #expect(
      found.notices == ["x.jsonl: sentences with a label each; text is text, label is label"])
    #expect(
      try read(#"{"text":"a","label":1,"label_text":"good"}"#).examples[0].label == "good")
    #expect(try read(#"[{"sentence":"a"},"# + "\n" + #"{"sentence":"b"}]"#).task == .sentence)
  }

  @Test func readsPairs() throws {
    for keys in [
      ("sentence1", "sentence2"), ("premise", "hypothesis"), ("question1", "question2"),
      ("text_a", "text_b"),
    ] {
      let found = try read(#"{"\#(keys.1)":"c d","\#(keys.0)":"a b","label":2,"idx":0}"#)
      #expect(found.task == .pair)
      #expect(
        found.examples == [
          Example(words: ["a", "b", "c", "d"], firstLength: 2, label: "2", line: 1)
        ])
    }
    let found = try read(
      #"{"a":"x","b":"y z","kind":"near","mood":7}"#, "text_a=a,text_b=b,label=mood,group=kind")
    #expect(
      found.examples == [
        Example(words: ["x", "y", "z"], firstLength: 1, label: "7", group: "near", line: 1)
      ])
    #expect(
      found.notices == [
        "x.jsonl: pairs of texts with a label each; the texts are a and b, label is mood, group is kind"
      ])
  }

  @Test func readsWordsThatAreCutAlready() throws {
    #expect(
      try read(#"{"tokens":["New York","it's"],"pos":["X","Y"],"label":"x"}"#).examples == [
        Example(words: ["New York", "it's"], partsOfSpeech: ["X", "Y"], label: "x", line: 1)
      ])
    #expect(
      try read(#"{"tokens1":["a"],"tokens2":["b","c"],"pos1":["X"],"pos2":["Y","Z"]}"#).examples
        == [
          Example(
            words: ["a", "b", "c"], partsOfSpeech: ["X", "Y", "Z"], firstLength: 1, line: 1)
        ])
  }

  /// Words with tags and texts with entities stay what they are.
  @Test func tagsAndEntitiesAreNoLabels() throws {
    for text in [
      #"{"tokens":["a"],"tags":["O"]}"#, #"{"text":"a b","entities":[]}"#, #"{"text":"a. B c."}"#,
      #"{"text":"a b","label":[[0,1,"X"]]}"#, #"{"tokens":["a"]}"#,
      #"{"text":"a b","spans":[],"label":"X"}"#,
    ] {
      #expect(try read(text).task == .tag, "\(text)")
      #expect(try read(text, task: .tag).examples.allSatisfy { $0.label == nil })
    }
    #expect(try read(#"{"text":"a. B c."}"#, task: .sentence).examples.count == 1)
    #expect(message(#"{"text":"a b","label":"X"}"#, task: .tag).contains("\"label\" \"X\""))
    #expect(try read(#"{"tokens":["a"]}"#, task: .sentence).task == .sentence)
  }

  @Test(arguments: [
    (
      #"{"text":"a","label":0.5}"#,
      "x.jsonl:1: the decimal number 0.5 in \"label\"; expected labels"
    ),
    (
      #"{"text":"a","label":"x"}"# + "\n" + #"{"text":"a"}"#,
      "x.jsonl:2: no \"label\"; expected a label, a string or a whole number, as in line 1"
    ),
    (
      #"{"text":"a","label":"x"}"# + "\n" + #"{"label":"x"}"#,
      "x.jsonl:2: no \"text\"; expected a text as in line 1"
    ),
    (
      #"{"text":"a","label":"x"}"# + "\n" + #"{"text":" ","label":"x"}"#, "x.jsonl:2: an empty text"
    ),
    (#"{"text":"a","label":""}"#, "x.jsonl:1: an empty label"),
    (
      #"{"sentence1":"a","sentence2":"b","label":1}"# + "\n" + #"{"sentence1":"a","label":1}"#,
      "x.jsonl:2: no \"sentence2\"; expected a text as in line 1"
    ),
    (
      #"{"tokens1":["a"],"tokens2":["b"],"pos1":["X"],"label":1}"#,
      "x.jsonl:1: parts of speech for one text"
    ),
    (
      #"{"tokens":["a","b"],"pos":["X"],"label":1}"#,
      "x.jsonl:1: \"pos\" [\"X\"]; expected 2 strings"
    ),
  ])
  func saysWhatIsWrong(_ text: String, _ expected: String) {
    #expect(message(text).hasPrefix(expected), "\(message(text))")
  }

  @Test func keysThatAreNamedMustBeThere() {
    let text = #"{"text":"a","label":"x"}"#
    #expect(
      message(text, "text=words")
        == "x.jsonl:1: an object with text, label; expected the key words, as in --columns text=words; "
        + "JSON Lines have keys instead of numbered columns")
    #expect(message(text, "text=0").contains("expected the key 0"))
    #expect(message(text, task: .pair).contains("a single text; expected two texts"))
    #expect(message(#"{"id":1}"#, task: .pair).contains("expected texts under keys such as"))
  }
}
