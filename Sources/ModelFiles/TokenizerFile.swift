import Files
import JSON
import Tokenization

/// The `tokenizer.json` of Hugging Face's tokenizers, as far as it describes a BERT tokenizer: WordPiece pieces and how text
/// is normalised.
public struct TokenizerFile: Sendable {
  /// The pieces in the order of their ids.
  public let pieces: [String]
  /// The normaliser's options and the unknown piece; the other special pieces are those of `options` at the beginning.
  public let options: TokenizerOptions

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - defaults: What the file does not say.
  /// - Throws: `FileError` if it cannot be read, `DataError` if it is malformed or describes a tokenizer that is not BERT's.
  public init(path: String, defaults: TokenizerOptions = TokenizerOptions()) throws {
    let fields = try FieldReader(JSONValue.read(path: path), file: path)
    func part(_ key: String, _ type: String) throws(DataError) -> FieldReader {
      let object = try fields.optionalObject(key) ?? [:]
      let found = object["type"]?.excerpt ?? "missing"
      guard object["type"]?.string == type else {
        throw fields.failure(
          "a tokenizer whose \(key) is \(found)", "\"\(type)\", as BERT has it",
          "take a teacher with a BERT tokenizer")
      }
      return try FieldReader(.object(object), file: path)
    }
    let model = try part("model", "WordPiece")
    let normalizer = try part("normalizer", "BertNormalizer")
    _ = try part("pre_tokenizer", "BertPreTokenizer")
    try Self.checkSpelling(model)
    guard try normalizer.optionalBool("clean_text") ?? true else {
      throw normalizer.failure("clean_text false", "true, as BERT has it")
    }
    var options = defaults
    options.lowercase = try normalizer.optionalBool("lowercase") ?? true
    options.stripAccents = try normalizer.optionalBool("strip_accents")
    options.splitChinese = try normalizer.optionalBool("handle_chinese_chars") ?? true
    options.unknownToken = try model.string("unk_token", default: options.unknownToken)
    for token in fields.object["added_tokens"]?.array ?? [] {
      options.add(try AddedToken(FieldReader(token, file: path), id: token["id"]))
    }
    self.options = options
    pieces = try Self.pieces(model, added: fields)
  }

  /// Words are spelled as BERT spells them: `##` continues a word, and 100 characters are the most.
  private static func checkSpelling(_ model: FieldReader) throws(DataError) {
    let prefix = try model.string("continuing_subword_prefix", default: "##")
    guard prefix == "##" else {
      throw model.failure(
        "continuing_subword_prefix \(JSONValue.string(prefix).excerpt)", "\"##\"")
    }
    let longest = try model.integer("max_input_chars_per_word", in: 1...1 << 30, default: 100)
    guard longest == 100 else {
      throw model.failure("max_input_chars_per_word \(longest)", "100, as BERT has it")
    }
  }

  /// The pieces of `model.vocab` and those of `added_tokens` that follow them.
  private static func pieces(
    _ model: FieldReader, added fields: FieldReader
  ) throws(DataError) -> [String] {
    guard let vocabulary = try model.optionalObject("vocab"), vocabulary.count > 0 else {
      throw model.failure("a model without vocab", "an object from pieces to ids")
    }
    var ids: [(piece: String, id: JSONValue)] = vocabulary.map { ($0, $1) }
    for token in fields.object["added_tokens"]?.array ?? [] {
      guard let content = token["content"]?.string, vocabulary[content] == nil else { continue }
      ids.append((content, token["id"] ?? .null))
    }
    var pieces = [String?](repeating: nil, count: ids.count)
    for (piece, id) in ids {
      guard let id = id.int, pieces.indices.contains(id), pieces[id] == nil else {
        throw model.failure(
          "the id \(id.excerpt) of \(JSONValue.string(piece).excerpt) in a vocabulary of \(ids.count)",
          "each id from 0 to \(ids.count - 1) once")
      }
      // vocab.txt, where the pieces end up, has one a line and no white space at the end of lines.
      guard let last = piece.unicodeScalars.last, !last.properties.isWhitespace,
        !piece.unicodeScalars.contains("\n")
      else {
        throw model.failure(
          "the piece \(JSONValue.string(piece).excerpt)", "pieces that do not end in white space")
      }
      pieces[id] = piece
    }
    return pieces.compactMap { $0 }
  }
}
