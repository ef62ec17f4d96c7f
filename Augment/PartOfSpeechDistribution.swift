import Runtime
import Text

/// How often each word of a corpus stands with each part of speech, ready to be drawn from.
///
///     P(word | tag) = count(word, tag) / count(tag)
///
/// counted over the whole corpus (Tang et al. 2019, section 3.2). A draw takes constant time and is exact: Walker's alias
/// method (Vose 1991) in integers. Memory grows with the number of different (word, tag) pairs.
public struct PartOfSpeechDistribution: Sendable {
  /// Where the entries of each tag start; one more at the end.
  private var starts: [Int] = [0]
  /// The number of tokens of each tag.
  private var totals: [Int] = []
  /// The word of each entry.
  private var words: [Int32] = []
  /// A draw below this keeps the entry's own word; at most the tag's total.
  private var thresholds: [Int] = []
  /// The word that is taken otherwise.
  private var aliases: [Int32] = []

  /// Counts the words of a corpus under their parts of speech.
  public init(_ corpus: InternedCorpus) {
    let tagCount = corpus.annotations.partsOfSpeech.count
    var entries = [[(word: Int32, count: Int)]](repeating: [], count: tagCount)
    var indices: [UInt64: Int] = [:]
    for token in 0..<corpus.tokenCount {
      if token & 0xFFFF == 0 { corpus.release() }
      let (word, annotation) = (corpus.wordNumbers[token], corpus.annotationNumbers[token])
      let tag = Int(corpus.annotations.annotations[Int(annotation)].partOfSpeech)
      let key = UInt64(tag) << 32 | UInt64(word)
      if let index = indices[key] {
        entries[tag][index].count += 1
      } else {
        indices[key] = entries[tag].count
        entries[tag].append((word, 1))
      }
    }
    for tag in 0..<tagCount { append(entries[tag]) }
  }

  /// Draws the number of a word of one part of speech, by its frequency there.
  @inline(__always)
  func draw(partOfSpeech: Int32, using random: inout RandomStream) -> Int32 {
    let tag = Int(partOfSpeech)
    let entry = starts[tag] + random.integer(below: starts[tag + 1] - starts[tag])
    let keeps = random.integer(below: totals[tag]) < thresholds[entry]
    return keeps ? words[entry] : aliases[entry]
  }

  /// Appends the alias table of one tag.
  ///
  /// Each of K entries holds the probability mass 1/K, which is `total` in units of 1/(K total). A word with less than that
  /// shares its entry with one that has more.
  private mutating func append(_ entries: [(word: Int32, count: Int)]) {
    let total = entries.reduce(0) { $0 + $1.count }
    var mass = entries.map { $0.count * entries.count }
    var alias = Array(entries.indices)
    var small = entries.indices.filter { mass[$0] < total }
    var large = entries.indices.filter { mass[$0] >= total }
    while let poor = small.popLast(), let rich = large.popLast() {
      alias[poor] = rich
      mass[rich] -= total - mass[poor]
      if mass[rich] < total { small.append(rich) } else { large.append(rich) }
    }
    words += entries.map(\.word)
    thresholds += mass
    aliases += alias.map { entries[$0].word }
    totals.append(total)
    starts.append(words.count)
  }
}
