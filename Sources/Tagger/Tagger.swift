/// Finds names in sentences with a finished student.
///
///     let tagger = try Tagger(path: "runs/default/student")
///     tagger.tag(words: ["EU", "rejects", "German", "call"])   // ["B-ORG", "O", "B-MISC", "O"]
///
/// A tagger keeps scratch memory and the vectors of words that it has seen, so it belongs to one
/// thread; several share one `TaggerModel`.
public final class Tagger {
  /// The student's labels.
  public var labels: [String] { model.configuration.labels }

  private let model: TaggerModel
  private var network: TaggerNetwork

  /// Opens a student directory.
  ///
  /// - Throws: `FileError` if a file cannot be read, `DataError` if it holds something wrong.
  public convenience init(path: String) throws {
    self.init(model: try TaggerModel(path: path))
  }

  /// Tags with a model that is open already.
  public init(model: TaggerModel) {
    self.model = model
    network = TaggerNetwork(model: model)
  }

  /// One IOB2 tag for each word of a sentence.
  public func tag(words: [String]) -> [String] { tag(sentences: [words])[0] }

  /// One IOB2 tag for each word of each sentence; many sentences at once take less time than one by one.
  public func tag(sentences: [[String]]) -> [[String]] {
    // Sentences of like length run side by side, so that few of them end early.
    let order = sentences.indices.sorted {
      (sentences[$0].count, $0) < (sentences[$1].count, $1)
    }
    var tags = [[String]](repeating: [], count: sentences.count)
    for start in stride(from: 0, to: order.count, by: TaggerNetwork.mostSentences) {
      let group = order[start..<min(start + TaggerNetwork.mostSentences, order.count)]
      let labels = labels
      network.logits(group.map { sentences[$0] }) { logits in
        var row = logits
        for sentence in group {
          let words = sentences[sentence].count
          let best =
            model.configuration.hasCRF
            ? model.chain.bestLabels(row, words: words)
            : (0..<words).map { Self.largest(row + $0 * labels.count, labels.count) }
          tags[sentence] = Entity.iob2(best.map { labels[$0] })
          row += words * labels.count
        }
      }
    }
    return tags
  }

  /// The entities of a sentence.
  public func entities(words: [String]) -> [Entity] {
    Entity.all(in: words, tags: tag(words: words))
  }

  /// The logits of each word of a sentence, [T][L].
  public func logits(words: [String]) -> [[Float]] {
    let count = labels.count
    return network.logits([words]) { logits in
      words.indices.map { word in
        (0..<count).map { logits[word * count + $0] }
      }
    }
  }

  private static func largest(_ row: UnsafePointer<Float>, _ count: Int) -> Int {
    var best = 0
    for j in 1..<max(count, 1) where row[j] > row[best] { best = j }
    return best
  }
}
