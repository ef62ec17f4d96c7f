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
    labels(words: texts.map { TextSplitter.words(in: $0) })
  }

  /// The labels of pairs of plain texts; many at once take less time than one by one.
  public func labels(ofPairs pairs: [(first: String, second: String)]) -> [Classification] {
    labels(
      wordsOfPairs: pairs.map {
        (TextSplitter.words(in: $0.first), TextSplitter.words(in: $0.second))
      })
  }
}
