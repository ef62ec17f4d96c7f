import Labels
import StudentFormat

/// Finds names with a finished student.
///
///     let tagger = try Tagger(path: "runs/default/student")
///     for entity in tagger.entities(in: "Ada Nwosu moved to Porto.") {
///       print(entity.type, entity.text, entity.bytes, entity.probability)
///     }
///
/// A tagger keeps scratch memory and what it has computed for words that it has seen, so it belongs to one
/// thread; several share one `TaggerModel`.
public final class Tagger {
  /// The student's labels.
  public var labels: [String] { model.configuration.labels }

  /// Whether some logits so far were not finite, so that the tags of their sentences mean nothing.
  public private(set) var hasOverflowed = false

  let model: TaggerModel
  private var network: TaggerNetwork

  /// Opens a student directory.
  ///
  /// - Parameters:
  ///   - path: The directory.
  ///   - precision: The numbers in which its LSTM's weights are multiplied.
  /// - Throws: `FileError` if a file cannot be read, `DataError` if it holds something wrong.
  public convenience init(path: String, precision: TaggerPrecision = .fp32) throws {
    self.init(model: try TaggerModel(path: path, precision: precision))
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
    var tags = [[String]](repeating: [], count: sentences.count)
    decode(sentences) { sentence, best, _ in tags[sentence] = names(of: best) }
    return tags
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

  /// The tags of labels.
  func names(of best: [Int]) -> [String] { best.map { labels[$0] } }

  /// Calls `body` with each sentence's number, its labels, which are legal IOB2, and its logits, in any order.
  func decode(
    _ sentences: [[String]],
    _ body: (_ sentence: Int, _ labels: [Int], _ logits: UnsafePointer<Float>) -> Void
  ) {
    // Sentences of like length run side by side, so that few of them end early.
    let order = sentences.indices.sorted {
      (sentences[$0].count, $0) < (sentences[$1].count, $1)
    }
    let short = order.prefix { sentences[$0].count <= SentenceWindows.longest }
    for start in stride(from: 0, to: short.count, by: EncoderNetwork.maximumSentences) {
      let group = short[start..<min(start + EncoderNetwork.maximumSentences, short.count)]
      network.logits(group.map { sentences[$0] }) { logits in
        var row = logits
        for sentence in group {
          let words = sentences[sentence].count
          body(sentence, best(row, words: words), row)
          row += words * labels.count
        }
      }
    }
    for sentence in order[short.endIndex...] {
      let logits = windowedLogits(sentences[sentence])
      logits.withUnsafeBufferPointer { logits in
        guard let base = logits.baseAddress else { return }
        body(sentence, best(base, words: sentences[sentence].count), base)
      }
    }
  }

  /// The logits of a sentence that is read in windows, [T, L].
  private func windowedLogits(_ words: [String]) -> [Float] {
    let count = labels.count
    var all: [Float] = []
    all.reserveCapacity(words.count * count)
    for window in SentenceWindows(wordCount: words.count) {
      network.logits([Array(words[window.read])]) { logits in
        let start = logits + (window.kept.lowerBound - window.read.lowerBound) * count
        all += UnsafeBufferPointer(start: start, count: window.kept.count * count)
      }
    }
    return all
  }

  /// The best sequence under a CRF; else the best label of each word, an I- with nothing to go on with turned into B-.
  private func best(_ logits: UnsafePointer<Float>, words: Int) -> [Int] {
    let all = UnsafeBufferPointer(start: logits, count: words * labels.count)
    if !all.allSatisfy(\.isFinite) { hasOverflowed = true }
    if model.configuration.hasCRF { return model.chain.bestLabels(logits, words: words) }
    let count = labels.count
    let largest = (0..<words).map { Self.largest(logits + $0 * count, count) }
    return model.chain.constraints.mended(largest)
  }

  private static func largest(_ row: UnsafePointer<Float>, _ count: Int) -> Int {
    var best = 0
    for j in 1..<max(count, 1) where row[j] > row[best] { best = j }
    return best
  }
}
