import Files
import Tokenization

extension WordPieceTokenizer {
  /// Reads an open vocab.txt and treats text as a tokenizer_config.json says.
  ///
  /// - Throws: `DataError` if it lacks a special token or is not a vocabulary.
  public init(_ file: MappedFile, options: TokenizerOptions) throws {
    try self.init(vocabulary: Vocabulary(file), options: options)
  }

  /// Reads the tokenizer of a model directory.
  ///
  /// - Throws: `FileError` if the vocabulary cannot be read, `DataError` if it lacks a special token or is none.
  public init(_ directory: HuggingFaceDirectory) throws {
    let file = directory.vocabularyPath
    try self.init(
      vocabulary: directory.pieces.map { try Vocabulary(pieces: $0, file: file) }
        ?? Vocabulary(path: file),
      options: directory.tokenizer)
  }

  private init(vocabulary: Vocabulary, options: TokenizerOptions) throws {
    var vocabulary = vocabulary
    let added = try options.piecesAfterEnd(of: vocabulary)
    if !added.isEmpty { vocabulary = try vocabulary.appending(added) }
    var settings = TokenizerSettings(
      lowercase: options.lowercase, stripAccents: options.stripAccents,
      splitChinese: options.splitChinese, unknownToken: options.unknownToken,
      clsToken: options.clsToken, sepToken: options.sepToken, padToken: options.padToken,
      maskToken: options.maskToken, separatorsInPair: options.separatorsInPair)
    settings.addedTokens = options.addedTokens
    try self.init(vocabulary: vocabulary, settings: settings)
  }
}
