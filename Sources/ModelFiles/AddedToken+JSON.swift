import Files
import JSON
import Tokenization

extension AddedToken {
  /// Reads an entry of `added_tokens` or `added_tokens_decoder`.
  ///
  /// White space beside the token, which `lstrip` and `rstrip` give to it, is no piece of BERT's either way.
  ///
  /// - Throws: `DataError` for an entry without content or id, and for a token that is found as whole words only.
  init(_ entry: FieldReader, id: JSONValue?) throws(DataError) {
    let content = try entry.string("content", default: "")
    guard !content.isEmpty, let id = id?.int, (0..<1 << 24).contains(id) else {
      throw entry.failure(
        "the added token \(JSONValue.object(entry.object).excerpt)", "content and id of a token")
    }
    let name = JSONValue.string(content).excerpt
    // vocab.txt, where it ends up, has one piece a line and no white space at the end of lines.
    guard content.unicodeScalars.last?.properties.isWhitespace == false,
      !content.unicodeScalars.contains("\n")
    else {
      throw entry.failure(
        "the added token \(name)", "tokens of one line that do not end in white space")
    }
    guard try entry.optionalBool("single_word") != true else {
      throw entry.failure(
        "single_word true of the added token \(name)", "false",
        "set it to false, or take a teacher with a BERT tokenizer")
    }
    let isSpecial = try entry.optionalBool("special") ?? false
    self.init(
      content: content, id: Int32(id),
      isNormalized: try entry.optionalBool("normalized") ?? !isSpecial)
  }

  /// The entry of `added_tokens_decoder`.
  var json: JSONValue {
    [
      "content": .string(content), "lstrip": false, "normalized": .bool(isNormalized),
      "rstrip": false, "single_word": false, "special": .bool(!isNormalized),
    ]
  }
}
