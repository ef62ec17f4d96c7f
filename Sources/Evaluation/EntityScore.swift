import Labels
import TerminalUI

/// Entity precision, recall and F1 of predicted against gold tags, overall and per type, and the accuracy over words.
///
/// Sentences are added one by one; the figures equal conlleval's and seqeval's default mode. The counts of each sentence are
/// kept, in the order of addition, because the bootstrap draws whole sentences.
public struct EntityScore: PooledScore {
  /// Entity F1.
  public static let title = "F1"

  /// The labels seen so far or given at the start.
  public private(set) var labels: LabelSet
  /// The counts over all types (micro average).
  public private(set) var overall = MatchCounts()
  /// The counts of each sentence, in the order in which they were added.
  public private(set) var examples: [MatchCounts] = []
  /// How many words were scored.
  public private(set) var words = 0
  /// How many words have exactly the gold tag.
  public private(set) var correctWords = 0
  private var countsByType: [MatchCounts]

  /// An empty score; label indices given to `add` refer to `labels`.
  public init(labels: [String] = []) {
    self.labels = LabelSet(names: labels)
    countsByType = Array(repeating: MatchCounts(), count: self.labels.types.count)
  }

  /// The score of whole corpora, a list of tags a sentence.
  public init(gold: [[String]], predicted: [[String]]) {
    self.init()
    for (gold, predicted) in zip(gold, predicted) { add(gold: gold, predicted: predicted) }
  }

  /// The share of words with exactly the gold tag; 0 where there is no word.
  public var tokenAccuracy: Double { words == 0 ? 0 : Double(correctWords) / Double(words) }

  /// The counts of every type that occurs in gold or prediction, sorted by name.
  public var parts: [(name: String, counts: MatchCounts)] {
    zip(labels.types, countsByType)
      .filter { $0.1.gold + $0.1.predicted > 0 }
      .map { (name: $0.0, counts: $0.1) }
      .sorted { $0.name < $1.name }
  }

  /// Adds a sentence given as tags; both lists must be equally long.
  public mutating func add(gold: [String], predicted: [String]) {
    let goldLabels = gold.map { Int32(labels.add($0)) }
    let predictedLabels = predicted.map { Int32(labels.add($0)) }
    add(gold: goldLabels, predicted: predictedLabels)
  }

  /// Adds a sentence given as label indices; both lists must be equally long.
  public mutating func add(gold: [Int32], predicted: [Int32]) {
    gold.withUnsafeBufferPointer { gold in
      predicted.withUnsafeBufferPointer { add(gold: gold, predicted: $0) }
    }
  }

  /// Adds a sentence given as label indices in memory of the caller, without allocating; both must be equally long.
  ///
  /// Two entities are the same if they end at the same word, started at the same word and have the same type, so one pass
  /// over both sequences counts everything.
  public mutating func add(gold: UnsafeBufferPointer<Int32>, predicted: UnsafeBufferPointer<Int32>)
  {
    precondition(
      gold.count == predicted.count,
      "\(gold.count) gold tags but \(predicted.count) predicted ones")
    while countsByType.count < labels.types.count { countsByType.append(MatchCounts()) }
    var sentence = MatchCounts()
    var goldScanner = EntityScanner()
    var predictedScanner = EntityScanner()
    for position in 0...gold.count {
      let isWord = position < gold.count
      let goldLabel = isWord ? Int(gold[position]) : nil
      let predictedLabel = isWord ? Int(predicted[position]) : nil
      let goldSpan = goldScanner.advance(to: goldLabel, of: labels, at: position)
      let predictedSpan = predictedScanner.advance(to: predictedLabel, of: labels, at: position)
      if let goldSpan {
        sentence.gold += 1
        countsByType[goldSpan.type].gold += 1
      }
      if let predictedSpan {
        sentence.predicted += 1
        countsByType[predictedSpan.type].predicted += 1
        if let goldSpan, goldSpan == predictedSpan {
          sentence.correct += 1
          countsByType[goldSpan.type].correct += 1
        }
      }
      if isWord, gold[position] == predicted[position] { correctWords += 1 }
    }
    words += gold.count
    overall.add(sentence)
    examples.append(sentence)
  }
}

extension EntityScore {
  /// The score as a table: a row a type and one for all, percentages with two decimals as conlleval prints them.
  public func table(color: ColorPolicy = .never) -> String {
    var table = MatchCounts.table(firstColumn: "type")
    for (type, counts) in parts { table.add(row: counts.cells(type)) }
    table.addRule()
    table.add(row: overall.cells("all"))
    return table.rendered(color: color)
  }

  /// Every figure under the name that JSON output gives it, in a fixed order.
  ///
  /// `precision`, `recall`, `f1` and `token_accuracy` are fractions in 0...1; `gold`, `predicted`, `correct`, `words` and
  /// `sentences` are counts.
  public var figures: [(name: String, value: Double)] {
    overall.figures + [
      ("token_accuracy", tokenAccuracy), ("words", Double(words)),
      ("sentences", Double(examples.count)),
    ]
  }
}
