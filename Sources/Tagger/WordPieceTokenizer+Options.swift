import ModelFiles
import Tokenization

extension WordPieceTokenizer {
  /// Reads a vocab.txt and treats text as a tokenizer_config.json says.
  ///
  /// - Throws: `FileError` if the file cannot be read, `DataError` if it lacks a special token or is not a vocabulary.
  public init(path: String, options: TokenizerOptions) throws {
    let settings = TokenizerSettings(
      lowercase: options.lowercase, stripAccents: options.stripAccents,
      splitChinese: options.splitChinese, unknownToken: options.unknownToken,
      clsToken: options.clsToken, sepToken: options.sepToken, padToken: options.padToken,
      maskToken: options.maskToken)
    try self.init(vocabulary: Vocabulary(path: path), settings: settings)
  }
}
