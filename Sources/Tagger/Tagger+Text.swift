import Labels
import Text

extension Tagger {
  /// The entities of a plain text, in order.
  ///
  /// Sentences and words are found by `TextSplitter`; a line break ends a sentence.
  public func entities(in text: String) -> [Entity] {
    sentences(in: text).flatMap(\.entities)
  }

  /// The entities of a sentence whose words are known.
  public func entities(words: [String]) -> [Entity] {
    sentences(words: [words])[0].entities
  }

  /// The sentences of a plain text with their words, tags and entities.
  public func sentences(in text: String) -> [TaggedSentence] {
    var text = text
    return text.withUTF8 { sentences(in: $0) }
  }

  /// The sentences of a plain text, given as UTF-8, with their words, tags and entities.
  ///
  /// Bytes that are no UTF-8 are read as U+FFFD; offsets count the bytes as they are.
  public func sentences(in text: UnsafeBufferPointer<UInt8>) -> [TaggedSentence] {
    func string(_ bytes: Range<Int>) -> String { String(decoding: text[bytes], as: UTF8.self) }
    let found = TextSplitter.sentences(in: text).map(\.words)
    return tagged(found.map { $0.map(string) }, at: found) { _, bytes in string(bytes) }
  }

  /// Sentences whose words are known, with their tags and entities.
  public func sentences(words: [[String]]) -> [TaggedSentence] {
    let places = words.map { sentence in
      var end = -1
      return sentence.map { word in
        let start = end + 1
        end = start + word.utf8.count
        return start..<end
      }
    }
    return tagged(words, at: places) { words, _ in words.joined(separator: " ") }
  }

  /// Tags sentences whose words lie at `places`; `text` gives the text of an entity by its words and bytes.
  private func tagged(
    _ sentences: [[String]], at places: [[Range<Int>]],
    text: (ArraySlice<String>, Range<Int>) -> String
  ) -> [TaggedSentence] {
    var tagged = places.map { TaggedSentence(words: $0, tags: [], entities: []) }
    decode(sentences) { sentence, best, logits in
      let words = places[sentence]
      let entities = model.chain.spans(of: best, logits).map { span, probability in
        let last = words[span.words.upperBound - 1]
        let bytes = words[span.words.lowerBound].lowerBound..<last.upperBound
        return Entity(
          span: span, text: text(sentences[sentence][span.words], bytes), bytes: bytes,
          probability: probability)
      }
      tagged[sentence] = TaggedSentence(
        words: words, tags: names(of: best), entities: entities)
    }
    return tagged
  }
}
