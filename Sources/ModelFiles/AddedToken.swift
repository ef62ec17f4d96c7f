import Files
import JSON

/// A token that a tokenizer has been given beside its vocabulary: it is found in the text as a whole, before words are split.
///
/// White space beside it, which `lstrip` and `rstrip` give to it, is no piece of BERT's either way.
public struct AddedToken: Sendable, Equatable {
  /// The text of the token.
  public let content: String
  /// Its id.
  public let id: Int
  /// Whether it is looked for in the text as normalised (`normalized`), so that capitals do not matter where text is lower-cased.
  public let isNormalized: Bool

  /// Describes a token.
  public init(content: String, id: Int, isNormalized: Bool) {
    self.content = content
    self.id = id
    self.isNormalized = isNormalized
  }

  /// Reads an entry of `added_tokens` or `added_tokens_decoder`.
  ///
  /// - Throws: `DataError` for an entry without content or id, and for a token that is found as whole words only.
  init(_ entry: FieldReader, id: JSONValue?) throws(DataError) {
    content = try entry.string("content", default: "")
    guard !content.isEmpty, let id = id?.int, (0..<1 << 24).contains(id) else {
      throw entry.failure(
        "the added token \(JSONValue.object(entry.object).excerpt)", "content and id of a token")
    }
    self.id = id
    let isSpecial = try entry.optionalBool("special") ?? false
    isNormalized = try entry.optionalBool("normalized") ?? !isSpecial
    guard try entry.optionalBool("single_word") != true else {
      throw entry.failure(
        "single_word true of the added token \(JSONValue.string(content).excerpt)", "false",
        "set it to false, or take a teacher with a BERT tokenizer")
    }
  }

  /// Whether normalising may change more of the token than capitals of ASCII: it has letters with or without accents beyond.
  var mayChangeBeyondASCII: Bool {
    content.unicodeScalars.contains {
      !$0.isASCII && !$0.properties.isIdeographic
        && ($0.properties.isAlphabetic || $0.properties.isDiacritic)
    }
  }

  /// The entry of `added_tokens_decoder`.
  var json: JSONValue {
    [
      "content": .string(content), "lstrip": false, "normalized": .bool(isNormalized),
      "rstrip": false, "single_word": false, "special": .bool(!isNormalized),
    ]
  }
}
