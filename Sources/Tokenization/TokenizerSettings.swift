/// How a BERT tokenizer treats text, with the names of its special tokens.
///
/// The fields are those of Hugging Face's `tokenizer_config.json`; the defaults are those of an uncased BERT.
public struct TokenizerSettings: Sendable, Equatable {
  /// Whether text is lowercased (`do_lower_case`).
  public var lowercase: Bool
  /// Whether accents are removed (`strip_accents`); nil follows `lowercase`, as in the original BERT.
  public var stripAccents: Bool?
  /// Whether every Chinese ideograph is a word of its own (`tokenize_chinese_chars`).
  public var splitChinese: Bool
  /// The piece for words that the vocabulary cannot spell (`unk_token`).
  public var unknownToken: String
  /// The piece before the first word (`cls_token`).
  public var clsToken: String
  /// The piece behind the last word (`sep_token`).
  public var sepToken: String
  /// The piece that fills an example up to its length (`pad_token`).
  public var padToken: String
  /// The piece that stands for a hidden word (`mask_token`).
  public var maskToken: String
  /// The number of `sepToken` pieces between the two texts of a pair: 1, or MPNet's 2.
  public var separatorsInPair: Int
  /// The length in scalars up to which a word is spelled; a longer one is unknown.
  public var maxInputCharsPerWord: Int
  /// The further tokens that are found as a whole (`added_tokens_decoder`).
  public var addedTokens: [AddedToken] = []

  /// Collects settings; what is left out is as in an uncased BERT.
  public init(
    lowercase: Bool = true, stripAccents: Bool? = nil, splitChinese: Bool = true,
    unknownToken: String = "[UNK]", clsToken: String = "[CLS]", sepToken: String = "[SEP]",
    padToken: String = "[PAD]", maskToken: String = "[MASK]", separatorsInPair: Int = 1,
    maxInputCharsPerWord: Int = 100
  ) {
    self.lowercase = lowercase
    self.stripAccents = stripAccents
    self.splitChinese = splitChinese
    self.unknownToken = unknownToken
    self.clsToken = clsToken
    self.sepToken = sepToken
    self.padToken = padToken
    self.maskToken = maskToken
    self.separatorsInPair = separatorsInPair
    self.maxInputCharsPerWord = maxInputCharsPerWord
  }

  /// Whether accents are removed, with the default resolved.
  public var removesAccents: Bool { stripAccents ?? lowercase }
}
