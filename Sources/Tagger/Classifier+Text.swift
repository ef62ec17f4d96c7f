import Text

extension Classifier {
  /// The label of a plain text, whose words `TextSplitter` finds.
  public func label(of text: String) -> Classification { labels(of: [text])[0] }

  /// The label of a pair of plain texts.
  public func label(of first: String, _ second: String) -> Classification {
    labels(ofPairs: [(first, second)])[0]
  }

  /// The labels of plain texts; many at once take less time than one by one.
  public func labels(of texts: [String]) -> [Classification] {
    labels(words: texts.map(Self.words))
  }

  /// The labels of pairs of plain texts; many at once take less time than one by one.
  public func labels(ofPairs pairs: [(first: String, second: String)]) -> [Classification] {
    labels(wordsOfPairs: pairs.map { (Self.words(of: $0.first), Self.words(of: $0.second)) })
  }

  /// The words of a plain text as a classifier reads them: those of all its sentences, one after another.
  public static func words(of text: String) -> [String] {
    var text = text
    return text.withUTF8 { words(of: $0) }
  }

  /// The words of a plain text, given as UTF-8; bytes that are no UTF-8 are read as U+FFFD.
  public static func words(of text: UnsafeBufferPointer<UInt8>) -> [String] {
    TextSplitter.sentences(in: text).flatMap(\.words).map {
      String(decoding: text[$0], as: UTF8.self)
    }
  }
}
