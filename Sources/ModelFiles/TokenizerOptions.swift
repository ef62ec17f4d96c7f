import Files
import JSON
import Tokenization

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
  /// The number of separators between the two texts of a pair.
  public var separatorsInPair = 1
  /// Further tokens that are found in the text as a whole, by rising ids; in the vocabulary or after its end.
  public var addedTokens: [AddedToken] = []

  /// Makes the options of BERT-base uncased, or of another architecture's base model.
  public init(_ architecture: Architecture = .bert) {
    let pieces = architecture.specialPieces
    unknownToken = pieces.unknown
    clsToken = pieces.cls
    sepToken = pieces.sep
    padToken = pieces.pad
    maskToken = pieces.mask
    separatorsInPair = pieces.separatorsInPair
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - defaults: What holds where a key is absent.
  /// - Throws: `FileError` if it cannot be read, `DataError` if it is no JSON object or holds a value of the
  ///   wrong type.
  public init(path: String, defaults: TokenizerOptions = TokenizerOptions()) throws {
    try self.init(MappedFile(path: path, isCopied: true), defaults: defaults)
  }

  /// Reads an open file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - defaults: What holds where a key is absent.
  /// - Throws: `DataError` if it is no JSON object or holds a value of the wrong type.
  public init(_ file: MappedFile, defaults: TokenizerOptions = TokenizerOptions()) throws {
    self = defaults
    let path = file.path
    let fields = try FieldReader(JSONValue.read(file), file: path)
    lowercase = try fields.optionalBool("do_lower_case") ?? lowercase
    try Self.checkClass(fields)
    for (id, entry) in try fields.optionalObject("added_tokens_decoder") ?? [:] {
      add(try AddedToken(FieldReader(entry, file: path), id: Int(id).map { .integer($0) }))
    }
    stripAccents = try fields.optionalBool("strip_accents") ?? stripAccents
    splitChinese = try fields.optionalBool("tokenize_chinese_chars") ?? splitChinese
    unknownToken = try Self.token("unk_token", fields) ?? unknownToken
    clsToken = try Self.token("cls_token", fields) ?? clsToken
    sepToken = try Self.token("sep_token", fields) ?? sepToken
    padToken = try Self.token("pad_token", fields) ?? padToken
    maskToken = try Self.token("mask_token", fields) ?? maskToken
  }

  /// Adds the tokens of an added_tokens.json, an object from tokens to ids.
  ///
  /// - Throws: `FileError` if it cannot be read, `DataError` if it is no such object.
  mutating func readAddedTokens(path: String) throws {
    let fields = try FieldReader(JSONValue.read(path: path), file: path)
    for (content, id) in fields.object {
      add(try AddedToken(FieldReader(["content": .string(content)], file: path), id: id))
    }
  }

  /// Adds a token, unless it is a special one or known already.
  mutating func add(_ token: AddedToken) {
    let special = [unknownToken, clsToken, sepToken, padToken, maskToken]
    let known = special + addedTokens.map(\.content)
    guard !known.contains(where: { ByteString($0) == ByteString(token.content) }) else { return }
    addedTokens.append(token)
    addedTokens.sort { $0.id < $1.id }
  }

  /// The pieces that the added tokens put after the end of a vocabulary.
  ///
  /// - Throws: `DataError` for a token whose id is that of another piece, is not its own, or leaves a gap.
  func piecesAfterEnd(of vocabulary: Vocabulary) throws(DataError) -> [String] {
    var pieces: [String] = []
    for token in addedTokens {
      let next = vocabulary.count + pieces.count
      let place = vocabulary.piece(token.id)
      let own = vocabulary.id(of: token.content)
      let fits =
        place.map { ByteString($0) == ByteString(token.content) }
        ?? (own == nil && token.id == next)
      guard fits else {
        let holder = place.map { ", which is that of \(JSONValue.string($0).excerpt)" } ?? ""
        throw DataError(
          file: vocabulary.file,
          found: "the id \(token.id) of the added token "
            + "\(JSONValue.string(token.content).excerpt)\(holder)",
          expected: own.map { "\($0), its id in the vocabulary" }
            ?? "\(next), the next after the vocabulary",
          remedy: "are the tokenizer's files of one model?")
      }
      if place == nil { pieces.append(token.content) }
    }
    return pieces
  }

  /// The tokenizers that treat text as BERT's does.
  private static let classes: [String] =
    ["Bert", "DistilBert", "MPNet", "Electra", "MobileBert", "SqueezeBert", "Lxmert", "ConvBert"]
    .flatMap { ["\($0)Tokenizer", "\($0)TokenizerFast"] }
    + ["PreTrainedTokenizerFast", "TokenizersBackend"]

  /// Refuses the class of another tokenizer.
  static func checkClass(_ fields: FieldReader) throws(DataError) {
    let name = try fields.string("tokenizer_class", default: "BertTokenizer")
    guard classes.contains(name) else {
      throw fields.failure(
        "tokenizer_class \(JSONValue.string(name).excerpt)",
        "\"BertTokenizer\" or one that does the same",
        "take a teacher with a BERT tokenizer")
    }
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
    var json: JSONObject = [
      "cls_token": .string(clsToken), "do_lower_case": .bool(lowercase),
      "mask_token": .string(maskToken), "pad_token": .string(padToken),
      "sep_token": .string(sepToken),
      "strip_accents": stripAccents.map { .bool($0) } ?? .null,
      "tokenize_chinese_chars": .bool(splitChinese),
      "tokenizer_class": clsToken == "<s>" ? "MPNetTokenizer" : "BertTokenizer",
      "unk_token": .string(unknownToken),
    ]
    if !addedTokens.isEmpty {
      json["added_tokens_decoder"] = .object(
        JSONObject(addedTokens.map { ("\($0.id)", $0.json) }))
      json = json.sortedByKey()
    }
    try AtomicFileWriter.write(JSONValue.object(json).text(.pretty) + "\n", to: path)
  }
}
