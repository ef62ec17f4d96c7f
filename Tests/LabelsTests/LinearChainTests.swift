import Glibc
import Kernels
import Labels
import Runtime
import Testing

/// The linear chain against the enumeration of all label sequences.
@Suite struct LinearChainTests {
  static let labelSets = [
    ["O"], ["O", "B-A", "I-A"], ["I-A", "O", "B-A"], ["O", "I-A"],
    ["O", "B-A", "I-A", "B-B", "I-B"],
    ["B-A", "X", "I-B", "I-A"],
  ]

  /// Random scores of a label set; `scale` 1000 takes exponentials out of the range of doubles.
  struct Case {
    let labels: [String]
    let words: Int
    let temperature: Float
    let scores: LinearChain.Scores
    let emissions: [Float]
    var chain: LinearChain { LinearChain(labels: labels, scores: scores, temperature: temperature) }

    init(_ labels: [String], words: Int, scale: Float, temperature: Float = 1) {
      var stream = RandomStream(seed: 7, purpose: .testing, index: UInt64(words + labels.count))
      func random(_ count: Int) -> [Float] {
        (0..<count).map { _ in scale * Float(stream.normal()) }
      }
      let count = labels.count
      self.labels = labels
      self.words = words
      self.temperature = temperature
      scores = LinearChain.Scores(
        start: random(count), end: random(count), transitions: random(count * count))
      emissions = random(words * count)
    }

    /// All sequences that IOB2 allows, each with its score, written down from the definition.
    func legalSequences() -> [(labels: [Int], score: Double)] {
      var sequences: [[Int]] = [[]]
      for _ in 0..<words {
        sequences = sequences.flatMap { start in labels.indices.map { start + [$0] } }
      }
      return sequences.filter(isLegal).map { ($0, score($0)) }
    }

    func isLegal(_ sequence: [Int]) -> Bool {
      sequence.indices.allSatisfy { word in
        let name = labels[sequence[word]]
        guard name.hasPrefix("I-"), labels.contains("B-\(name.dropFirst(2))") else { return true }
        guard word > 0 else { return false }
        let before = labels[sequence[word - 1]]
        return before == name || before == "B-\(name.dropFirst(2))"
      }
    }

    func score(_ sequence: [Int]) -> Double {
      guard let first = sequence.first, let last = sequence.last else { return 0 }
      var sum = Double(scores.start[first]) + Double(scores.end[last])
      for (word, label) in sequence.enumerated() {
        sum += Double(emissions[word * labels.count + label])
        if word > 0 {
          sum += Double(scores.transitions[sequence[word - 1] * labels.count + label])
        }
      }
      return sum / Double(temperature)
    }
  }

  static let cases: [Case] = labelSets.flatMap { labels in
    [0, 1, 2, 3, 5].flatMap { words in
      [Float(0), 1, 20, 1000].map { Case(labels, words: words, scale: $0) }
        + [Case(labels, words: words, scale: 3, temperature: 2.5)]
    }
  }

  @Test func viterbiFindsTheBestLegalSequence() {
    for item in Self.cases {
      let best = item.chain.bestLabels(item.emissions, words: item.words)
      let largest = item.legalSequences().map(\.score).max() ?? 0
      #expect(item.isLegal(best) && best.count == item.words)
      #expect(abs(item.score(best) - largest) < 1e-9 * max(1, abs(largest)))
      #expect(abs(item.chain.score(of: best, item.emissions) - largest) < 1e-9 * max(1, largest))
    }
  }

  @Test func partitionAndMarginalsEqualTheSumsOverAllSequences() {
    for item in Self.cases {
      let sequences = item.legalSequences()
      let largest = sequences.map(\.score).max() ?? 0
      let total = sequences.reduce(0) { $0 + exp($1.score - largest) }
      let posterior = item.chain.posterior(item.emissions, words: item.words)
      let expected = largest + log(total)
      #expect(abs(posterior.logPartition - expected) < 1e-11 * max(1, abs(expected)))
      let count = item.labels.count
      var unary = [Double](repeating: 0, count: item.words * count)
      var pairs = [Double](repeating: 0, count: count * count)
      for (labels, score) in sequences {
        let p = exp(score - largest) / total
        for (word, label) in labels.enumerated() {
          unary[word * count + label] += p
          if word > 0 { pairs[labels[word - 1] * count + label] += p }
        }
      }
      for word in 0..<item.words {
        for label in 0..<count {
          let marginal = posterior.marginal(word: word, label: label)
          #expect(abs(marginal - unary[word * count + label]) < 1e-9)
        }
      }
      var transitions = [Double](repeating: 0, count: count * count)
      posterior.addExpectedTransitions(to: &transitions)
      for (sum, expected) in zip(transitions, pairs) { #expect(abs(sum - expected) < 1e-9) }
    }
  }

  @Test func anEntitysProbabilityIsTheShareOfTheSequencesThatHoldIt() {
    for item in Self.cases where item.labels.contains("B-A") && item.labels.contains("I-A") {
      let sequences = item.legalSequences()
      let largest = sequences.map(\.score).max() ?? 0
      let total = sequences.reduce(0) { $0 + exp($1.score - largest) }
      let posterior = item.chain.posterior(item.emissions, words: item.words)
      for start in 0..<item.words {
        for end in start + 1...item.words {
          let holding = sequences.filter { labels, _ in
            let names = labels.map { item.labels[$0] }
            return names[start] == "B-A" && names[(start + 1)..<end].allSatisfy { $0 == "I-A" }
              && (end == item.words || names[end] != "I-A")
          }
          let expected = holding.reduce(0) { $0 + exp($1.score - largest) } / total
          let probability = posterior.probability(
            of: EntitySpan(type: "A", words: start..<end))
          #expect(abs(probability - expected) < 1e-9)
        }
      }
    }
  }

  @Test func aLongSentenceKeepsItsPrecision() {
    let item = Case(Self.labelSets[4], words: 5000, scale: 4)
    let posterior = item.chain.posterior(item.emissions, words: item.words)
    for word in stride(from: 0, to: item.words, by: 499) {
      let sum = item.labels.indices.reduce(0) { $0 + posterior.marginal(word: word, label: $1) }
      #expect(abs(sum - 1) < 1e-8)
    }
    var transitions = [Double](repeating: 0, count: 25)
    posterior.addExpectedTransitions(to: &transitions)
    #expect(abs(transitions.reduce(0, +) - 4999) < 1e-6)
  }

  @Test func scoresThatAreNoNumbersTrapNothing() {
    for bad in [Float.nan, .infinity, -.infinity] {
      var scores = LinearChain.Scores(zeroFor: 3)
      scores.transitions[1] = bad
      let emissions = [Float](repeating: bad, count: 12)
      for chain in [
        LinearChain(labels: ["O", "B-A", "I-A"]),
        LinearChain(labels: ["O", "B-A", "I-A"], scores: scores),
      ] {
        #expect(chain.bestLabels(emissions, words: 4).allSatisfy { (0..<3).contains($0) })
        let posterior = chain.posterior(emissions, words: 4)
        #expect((0...1).contains(posterior.probability(of: EntitySpan(type: "A", words: 1..<3))))
        #expect(posterior.probability(of: EntitySpan(type: "B", words: 1..<3)) == 0)
      }
    }
  }
}
