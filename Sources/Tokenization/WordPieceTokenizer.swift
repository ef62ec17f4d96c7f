import Files
import Text

/// The tokenizer of BERT: cleaning, splitting into words, and the greedy longest pieces of a vocabulary.
///
/// Ids, words and byte ranges are those of Hugging Face's `tokenizers` (`BertNormalizer`,
/// `BertPreTokenizer`, `WordPiece`, and special tokens that stand in the text), for every scalar; but `[MASK]` is the mask
/// piece of a vocabulary that has another name for it, too.
public struct WordPieceTokenizer: Sendable {
  /// The word that stands for a hidden one in corpora, whatever the vocabulary calls its own piece for it.
  public static let maskWord = "[MASK]"

  /// The pieces.
  public let vocabulary: Vocabulary
  /// How text is treated.
  public let settings: TokenizerSettings
  /// The id of `settings.clsToken`.
  public let clsID: Int32
  /// The id of `settings.sepToken`.
  public let sepID: Int32
  /// The id of `settings.padToken`.
  public let padID: Int32
  /// The id of `settings.maskToken`.
  public let maskID: Int32
  /// The id of `settings.unknownToken`.
  public let unknownID: Int32

  let rules: TextRules

  /// Joins a vocabulary with settings.
  ///
  /// - Throws: `DataError` if the vocabulary lacks one of the five special tokens.
  public init(vocabulary: Vocabulary, settings: TokenizerSettings = TokenizerSettings()) throws {
    func id(_ token: String, _ setting: String) throws -> Int32 {
      if let id = vocabulary.id(of: token) { return id }
      throw DataError(
        file: vocabulary.file, found: "no piece \(token)",
        expected: "the special tokens of a BERT vocabulary",
        remedy: "where it has another name, set \(setting) in tokenizer_config.json")
    }
    unknownID = try id(settings.unknownToken, "unk_token")
    clsID = try id(settings.clsToken, "cls_token")
    sepID = try id(settings.sepToken, "sep_token")
    padID = try id(settings.padToken, "pad_token")
    maskID = try id(settings.maskToken, "mask_token")
    self.vocabulary = vocabulary
    self.settings = settings
    let own = [
      (settings.unknownToken, unknownID), (settings.clsToken, clsID), (settings.sepToken, sepID),
      (settings.padToken, padID), (settings.maskToken, maskID),
    ]
    func tokens(_ pairs: [(String, Int32)]) -> [TextRules.SpecialToken] {
      pairs.map { TextRules.SpecialToken(bytes: Array($0.utf8), id: $1) }
    }
    func added(_ areNormalized: Bool) -> [(String, Int32)] {
      settings.addedTokens.filter { $0.isNormalized == areNormalized }.map { ($0.content, $0.id) }
    }
    var rules = TextRules(
      settings: settings, specialTokens: tokens(own + added(false) + [(Self.maskWord, maskID)]))
    rules.add(normalized: tokens(added(true)))
    self.rules = rules
  }

  /// The bytes of a word of a corpus that are read; what follows in a longer one counts for nothing.
  ///
  /// A word's label hangs on its first piece; the rest of such a word would be tens of thousands of pieces.
  public static let longestWord = 1 << 16

  /// The part of a word of a corpus that is read.
  static func read(_ word: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard word.count > longestWord else { return word }
    var end = longestWord
    // Not within a character: 10xxxxxx continues one.
    while end > 0, word[end] & 0xC0 == 0x80 { end -= 1 }
    return UnsafeBufferPointer(rebasing: word[..<end])
  }

  /// Whether a word stands for a hidden one.
  public func isMask(_ word: String) -> Bool {
    [settings.maskToken, Self.maskWord].contains { $0.utf8.elementsEqual(word.utf8) }
  }

  /// The pieces of a text, without `[CLS]` and `[SEP]`; byte ranges are those of the text.
  ///
  /// The text is at most 2^31 - 1 bytes long.
  public func encode(_ text: String) -> [Piece] {
    withUTF8(of: text) { encode($0) }
  }

  /// The pieces of a text in UTF-8; bytes that are not UTF-8 count as U+FFFD, that is, they are dropped.
  ///
  /// The text is at most 2^31 - 1 bytes long.
  public func encode(_ text: UnsafeBufferPointer<UInt8>) -> [Piece] {
    var scanner = makeScanner()
    defer { release(scanner) }
    scanner.sink.pieces.reserveCapacity(text.count / 4 + 8)
    scanner.scan(text)
    return scanner.sink.pieces
  }

  /// The ids of one word of a corpus, without `[CLS]` and `[SEP]`; never empty.
  ///
  /// A word that cleaning empties gives `[unknownID]`; a special token such as "[MASK]" gives its own id. Of a word longer
  /// than `longestWord` the beginning counts.
  public func pieces(ofWord word: String) -> [Int32] {
    let ids = withUTF8(of: word) { encode(Self.read($0)) }.map(\.id)
    return ids.isEmpty ? [unknownID] : ids
  }

  /// The words that a text falls into before the vocabulary is asked, with their byte ranges.
  ///
  /// Special tokens in the text are words of their own.
  public func basicTokens(of text: String) -> [BasicToken] {
    withUTF8(of: text) { bytes in
      var scanner = TextScanner(rules: rules, sink: BasicTokenSink(source: bytes))
      defer { scanner.deallocate() }
      scanner.scan(bytes)
      return scanner.sink.tokens
    }
  }

  func makeScanner() -> TextScanner<WordPieceSink> {
    TextScanner(
      rules: rules,
      sink: WordPieceSink(
        vocabulary: vocabulary.storage, unknownID: unknownID,
        longestWord: settings.maxInputCharsPerWord))
  }

  func release(_ scanner: TextScanner<WordPieceSink>) {
    scanner.deallocate()
    scanner.sink.deallocate()
  }
}
