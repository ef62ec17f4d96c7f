import Files
import ModelFiles
import TestSupport
import Testing

/// tokenizer.json: what is read, and what is refused.
@Suite struct TokenizerFileTests {
  private static let normalizer = #"{"type": "BertNormalizer", "lowercase": false}"#
  private static let preTokenizer = #"{"type": "BertPreTokenizer"}"#
  private static let model = #"{"type": "WordPiece", "vocab": {"b": 1, "[UNK]": 0}}"#

  private func read(
    normalizer: String = normalizer, preTokenizer: String = preTokenizer, model: String = model,
    added: String = "[]"
  ) throws -> TokenizerFile {
    let text = """
      {"normalizer": \(normalizer), "pre_tokenizer": \(preTokenizer), "model": \(model),
       "added_tokens": \(added)}
      """
    return try withScratchFolder { folder in
      try put(Array(text.utf8), at: "\(folder)/tokenizer.json")
      do {
        return try TokenizerFile(path: "\(folder)/tokenizer.json")
      } catch let error as DataError {
        #expect(error.file == "\(folder)/tokenizer.json")
        throw DataError(
          file: "tokenizer.json", found: error.found, expected: error.expected,
          remedy: error.remedy)
      }
    }
  }

  @Test func piecesStandInTheOrderOfTheirIDs() throws {
    #expect(try read().pieces == ["[UNK]", "b"])
    let added =
      #"[{"id": 0, "content": "[UNK]"}, {"id": 3, "content": "y"}, {"id": 2, "content": "x"}]"#
    #expect(try read(added: added).pieces == ["[UNK]", "b", "x", "y"])
  }

  @Test func theNormalizersOptionsAreRead() throws {
    var expected = TokenizerOptions()
    expected.lowercase = false
    #expect(try read().options == expected)
    expected.lowercase = true
    expected.stripAccents = false
    expected.splitChinese = false
    expected.unknownToken = "<unk>"
    let found = try read(
      normalizer: """
        {"type": "BertNormalizer", "clean_text": true, "lowercase": true, "strip_accents": false,
         "handle_chinese_chars": false}
        """,
      model: """
        {"type": "WordPiece", "unk_token": "<unk>", "vocab": {"<unk>": 0},
         "continuing_subword_prefix": "##", "max_input_chars_per_word": 100}
        """)
    #expect(found.options == expected)
  }

  @Test(arguments: [
    (
      #"{"type": "BPE", "vocab": {}}"#, "a tokenizer whose model is \"BPE\"; expected \"WordPiece\""
    ),
    ("null", "a tokenizer whose model is missing; expected \"WordPiece\""),
  ])
  func anotherModelIsAnError(_ model: String, _ message: String) throws {
    let error = #expect(throws: DataError.self) { try read(model: model) }
    #expect(
      error?.description
        == "tokenizer.json: \(message), as BERT has it; take a teacher with a BERT tokenizer")
  }

  @Test func anotherNormalizerIsAnError() throws {
    let error = #expect(throws: DataError.self) { try read(normalizer: #"{"type": "NFC"}"#) }
    #expect(
      error?.description
        == "tokenizer.json: a tokenizer whose normalizer is \"NFC\"; expected \"BertNormalizer\", "
        + "as BERT has it; take a teacher with a BERT tokenizer")
    let words = #expect(throws: DataError.self) { try read(preTokenizer: "null") }
    #expect(words?.found == "a tokenizer whose pre_tokenizer is missing")
    let raw = #expect(throws: DataError.self) {
      try read(normalizer: #"{"type": "BertNormalizer", "clean_text": false}"#)
    }
    #expect(raw?.description == "tokenizer.json: clean_text false; expected true, as BERT has it")
  }

  @Test(arguments: [
    (#""vocab": {}"#, "a model without vocab; expected an object from pieces to ids"),
    (
      #""vocab": {"a": 0, "b": 2}"#,
      "the id 2 of \"b\" in a vocabulary of 2; expected each id from 0 to 1 once"
    ),
    (
      #""vocab": {"a": 0, "b": 0}"#,
      "the id 0 of \"b\" in a vocabulary of 2; expected each id from 0 to 1 once"
    ),
    (
      #""vocab": {"a": -1}"#,
      "the id -1 of \"a\" in a vocabulary of 1; expected each id from 0 to 0 once"
    ),
    (
      #""vocab": {"a": "0"}"#,
      "the id \"0\" of \"a\" in a vocabulary of 1; expected each id from 0 to 0 once"
    ),
    (
      #""vocab": {"a\n": 0}"#,
      #"the piece "a\n"; expected pieces that do not end in white space"#
    ),
    (
      #""vocab": {"a\nb": 0}"#,
      #"the piece "a\nb"; expected pieces that do not end in white space"#
    ),
    (
      #""vocab": {"": 0}"#, "the piece \"\"; expected pieces that do not end in white space"
    ),
    (
      #""vocab": {"a": 0}, "continuing_subword_prefix": "@@""#,
      "continuing_subword_prefix \"@@\"; expected \"##\""
    ),
    (
      #""vocab": {"a": 0}, "max_input_chars_per_word": 50"#,
      "max_input_chars_per_word 50; expected 100, as BERT has it"
    ),
  ])
  func aWrongVocabularyIsAnError(_ fields: String, _ message: String) throws {
    let error = #expect(throws: DataError.self) {
      try read(model: #"{"type": "WordPiece", \#(fields)}"#)
    }
    #expect(error?.description == "tokenizer.json: \(message)")
  }

  @Test func tokenizerConfigurationGoesBeforeTokenizerJSON() throws {
    try withScratchFolder { folder in
      try put(
        try content(of: modelFixture("bert-tagger-config.json")), at: "\(folder)/config.json")
      try put([], at: "\(folder)/model.safetensors")
      let text =
        #"{"normalizer": \#(Self.normalizer), "pre_tokenizer": \#(Self.preTokenizer), "#
        + #""model": \#(Self.model)}"#
      try put(Array(text.utf8), at: "\(folder)/tokenizer.json")
      func directory() throws -> HuggingFaceDirectory { try HuggingFaceDirectory(path: folder) }
      #expect(try directory().pieces == ["[UNK]", "b"])
      #expect(try directory().vocabularyPath == "\(folder)/tokenizer.json")
      #expect(try !directory().tokenizer.lowercase)
      try put(
        Array(#"{"cls_token": "<s>", "sep_token": {"content": "</s>"}}"#.utf8),
        at: "\(folder)/special_tokens_map.json")
      #expect(try directory().tokenizer.clsToken == "<s>")
      #expect(try directory().tokenizer.sepToken == "</s>")
      try put(
        Array(#"{"do_lower_case": true, "cls_token": "<c>"}"#.utf8),
        at: "\(folder)/tokenizer_config.json")
      #expect(try directory().tokenizer.lowercase && directory().tokenizer.clsToken == "<c>")
      try put(Array("[UNK]\nb\n".utf8), at: "\(folder)/vocab.txt")
      #expect(try directory().pieces == nil)
      #expect(try directory().vocabularyPath == "\(folder)/vocab.txt")
    }
  }
}
