import Files
import JSON

/// What `tokenizer_config.json` says about a BERT tokenizer, with transformers' defaults.
public struct TokenizerOptions: Sendable, Equatable {
  /// Whether text is lower-cased.
  public var lowercase = true
  /// Whether accents are removed; nil for "where text is lower-cased".
  public var stripAccents: Bool?
  /// Whether each CJK character is a word of its own.
  public var splitChinese = true
  /// The piece for words that the vocabulary cannot spell.
  public var unknownToken = "[UNK]"
  /// The piece in front of a text.
  public var clsToken = "[CLS]"
  /// The piece behind a text.
  public var sepToken = "[SEP]"
  /// The piece that fills a row.
  public var padToken = "[PAD]"
  /// The piece for a masked word.
  public var maskToken = "[MASK]"

  /// Makes the options of BERT-base uncased, or of another architecture's base model.
  public init(_ modelType: ModelConfiguration.ModelType = .bert) {
    guard modelType == .mpnet else { return }
    clsToken = "<s>"
    sepToken = "</s>"
    padToken = "<pad>"
    maskToken = "<mask>"
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - defaults: What holds where a key is absent.
  /// - Throws: `FileError` if it cannot be read, `DataError` if it is no JSON object or holds a value of the
  ///   wrong type.
  public init(path: String, defaults: TokenizerOptions = TokenizerOptions()) throws {
    self = defaults
    let fields = try FieldReader(JSONValue.read(path: path), file: path)
    lowercase = try fields.optionalBool("do_lower_case") ?? lowercase
    stripAccents = try fields.optionalBool("strip_accents") ?? stripAccents
    splitChinese = try fields.optionalBool("tokenize_chinese_chars") ?? splitChinese
    unknownToken = try Self.token("unk_token", fields) ?? unknownToken
    clsToken = try Self.token("cls_token", fields) ?? clsToken
    sepToken = try Self.token("sep_token", fields) ?? sepToken
    padToken = try Self.token("pad_token", fields) ?? padToken
    maskToken = try Self.token("mask_token", fields) ?? maskToken
  }

  /// A special token, written as a string or as an object with `content`.
  private static func token(_ key: String, _ fields: FieldReader) throws(DataError) -> String? {
    guard let value = fields.object[key], !value.isNull else { return nil }
    guard let token = value.string ?? value["content"]?.string, !token.isEmpty else {
      throw fields.failure("\(key) \(value.excerpt)", "a string, or an object with \"content\"")
    }
    return token
  }

  /// Writes a file that transformers loads.
  ///
  /// - Throws: `FileError` when the system cannot write.
  public func write(to path: String) throws {
    let json: JSONValue = [
      "cls_token": .string(clsToken), "do_lower_case": .bool(lowercase),
      "mask_token": .string(maskToken), "pad_token": .string(padToken),
      "sep_token": .string(sepToken),
      "strip_accents": stripAccents.map { .bool($0) } ?? .null,
      "tokenize_chinese_chars": .bool(splitChinese),
      "tokenizer_class": clsToken == "<s>" ? "MPNetTokenizer" : "BertTokenizer",
      "unk_token": .string(unknownToken),
    ]
    try AtomicFileWriter.write(json.text(.pretty) + "\n", to: path)
  }
}
