import Files
import ModelFiles
import TestSupport
import Testing
import Tokenization

/// Added tokens, the tokenizer's class and capitals: what the files of a model directory say of them.
@Suite struct AddedTokenFilesTests {
  private static let vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nada\n<t>\n"

  /// What the tokenizer of a directory with these files makes of it; errors name the file without its folder.
  private func open<Result>(
    _ files: [String: String], _ body: (HuggingFaceDirectory) throws -> Result
  ) throws -> Result {
    try withScratchFolder { folder in
      try put(
        try content(of: modelFixture("bert-tagger-config.json")), at: "\(folder)/config.json")
      try put([], at: "\(folder)/model.safetensors")
      for (name, text) in ["vocab.txt": Self.vocabulary].merging(files, uniquingKeysWith: { $1 }) {
        try put(Array(text.utf8), at: "\(folder)/\(name)")
      }
      do {
        return try body(HuggingFaceDirectory(path: folder))
      } catch let error as DataError {
        throw DataError(
          file: Folders.name(of: error.file), found: error.found, expected: error.expected,
          remedy: error.remedy)
      }
    }
  }

  private func ids(_ text: String, _ files: [String: String]) throws -> [Int32] {
    try open(files) { try WordPieceTokenizer($0).encode(text).map(\.id) }
  }

  private func message(_ files: [String: String]) throws -> String {
    try #require(throws: DataError.self) { try ids("ada", files) }.description
  }

  private func config(_ entries: String) -> [String: String] {
    ["tokenizer_config.json": #"{"do_lower_case": true, "added_tokens_decoder": {\#(entries)}}"#]
  }

  @Test func anAddedTokenOfTheVocabularyIsOnePiece() throws {
    #expect(try ids("ada<t>", [:]) == [5, 1, 1, 1])
    #expect(try ids("ada<t>", config(#""6": {"content": "<t>", "special": true}"#)) == [5, 6])
  }

  @Test func anAddedTokenAfterTheVocabularyIsOnePiece() throws {
    let entry = #""7": {"content": "<U>", "lstrip": true, "rstrip": true}"#
    #expect(try ids("ada <u> <U>ada", config(entry)) == [5, 7, 7, 5])
    let raw = #""7": {"content": "<U>", "normalized": false}"#
    #expect(try ids("ada <u> <U>ada", config(raw)) == [5, 1, 1, 1, 7, 5])
  }

  @Test func tokensOfAllFilesAreFound() throws {
    #expect(try ids("<v><u>ada", ["added_tokens.json": #"{"<u>": 7, "<v>": 8}"#]) == [8, 7, 5])
    let pieces = Self.vocabulary.split(separator: "\n").enumerated().map { "\"\($1)\": \($0)" }
    let file = """
      {"normalizer": {"type": "BertNormalizer"}, "pre_tokenizer": {"type": "BertPreTokenizer"},
       "model": {"type": "WordPiece", "vocab": {\(pieces.joined(separator: ", "))}},
       "added_tokens": [{"id": 7, "content": "<u>", "normalized": false}]}
      """
    #expect(try ids("<u>ada", ["tokenizer.json": file]) == [7, 5])
  }

  @Test(arguments: [
    (
      #""9": {"content": "<u>"}"#,
      "vocab.txt: the id 9 of the added token \"<u>\"; expected 7, the next after the vocabulary"
    ),
    (
      #""5": {"content": "<u>"}"#,
      "vocab.txt: the id 5 of the added token \"<u>\", which is that of \"ada\"; "
        + "expected 7, the next after the vocabulary"
    ),
    (
      #""7": {"content": "<t>"}"#,
      "vocab.txt: the id 7 of the added token \"<t>\"; expected 6, its id in the vocabulary"
    ),
  ])
  func anIDThatDoesNotFitIsAnError(_ entry: String, _ expected: String) throws {
    #expect(try message(config(entry)) == expected + "; are the tokenizer's files of one model?")
  }

  @Test(arguments: [
    (
      #""7": {"content": "<u>", "single_word": true}"#,
      "single_word true of the added token \"<u>\"; expected false; "
        + "set it to false, or take a teacher with a BERT tokenizer"
    ),
    (
      #""7": {"content": "<u> "}"#,
      "the added token \"<u> \"; expected tokens of one line that do not end in white space"
    ),
    (
      #""seven": {"content": "<u>"}"#,
      "the added token {\"content\":\"<u>\"}; expected content and id of a token"
    ),
    (#""7": {}"#, "the added token {}; expected content and id of a token"),
  ])
  func aTokenThatIsNotFollowedIsAnError(_ entry: String, _ expected: String) throws {
    #expect(try message(config(entry)) == "tokenizer_config.json: " + expected)
  }

  @Test func addedTokensAreWrittenAndReadAgain() throws {
    try withScratchFolder { folder in
      let path = "\(folder)/tokenizer_config.json"
      var options = TokenizerOptions()
      options.addedTokens = [
        AddedToken(content: "<u>", id: 7, isNormalized: true),
        AddedToken(content: "<v>", id: 11, isNormalized: false),
      ]
      try options.write(to: path)
      #expect(try TokenizerOptions(path: path) == options)
    }
  }

  @Test(arguments: ["tokenizer_config.json", "config.json"])
  func theClassOfAnotherTokenizerIsRefused(_ file: String) throws {
    let text = #"{"model_type": "bert", "tokenizer_class": "BertJapaneseTokenizer"}"#
    #expect(
      try message([file: text])
        == "\(file): tokenizer_class \"BertJapaneseTokenizer\"; expected \"BertTokenizer\" or one "
        + "that does the same; take a teacher with a BERT tokenizer")
    _ = try ids("ada", ["tokenizer_config.json": #"{"tokenizer_class": "ElectraTokenizerFast"}"#])
  }

  @Test func capitalsWithoutASettingAreSaid() throws {
    let cased = Self.vocabulary + "Porto\n"
    let notice = try open(["vocab.txt": cased]) { try $0.caseNotice() }
    #expect(notice?.contains("no do_lower_case says whether text is lower-cased; it is") == true)
    #expect(try open([:]) { try $0.caseNotice() } == nil)
    for value in [true, false] {
      let files = ["vocab.txt": cased, "tokenizer_config.json": #"{"do_lower_case": \#(value)}"#]
      #expect(try open(files) { try $0.caseNotice() } == nil)
    }
    let unsaid = ["vocab.txt": cased, "tokenizer_config.json": #"{"model_max_length": 512}"#]
    #expect(try open(unsaid) { try $0.caseNotice() } != nil)
    #expect(try ids("Ada", ["vocab.txt": cased]) == [5])
  }
}
