import Glibc

/// A linear chain over the labels of a sentence: which sequence of labels is best, and how probable each is.
///
/// With emissions e [T, L], one row a word, and a temperature,
///
///     score(y) = (start[y_0] + sum e_t[y_t] + sum transitions[y_t-1, y_t] + end[y_T-1]) / temperature
///     p(y)     = exp(score(y)) / Z,   Z = the sum of exp(score) over all legal sequences
///
/// where legal is what `TagConstraints` allows. It is a conditional random field's (Lafferty, McCallum and Pereira 2001); a
/// student without one has zero scores and the same constraints. All is computed in double precision.
public struct LinearChain: Sendable {
  /// The scores beside the emissions, as a CRF learns them.
  public struct Scores: Sendable, Equatable {
    /// The score of each label on the first word, [L].
    public var start: [Float]
    /// The score of each label on the last word, [L].
    public var end: [Float]
    /// The score of label j behind label i, at i * L + j, [L, L].
    public var transitions: [Float]

    /// Takes scores; there must be L, L and L * L of them.
    public init(start: [Float], end: [Float], transitions: [Float]) {
      self.start = start
      self.end = end
      self.transitions = transitions
    }

    /// No preference at all among `count` labels.
    public init(zeroFor count: Int) {
      self.init(
        start: [Float](repeating: 0, count: count), end: [Float](repeating: 0, count: count),
        transitions: [Float](repeating: 0, count: count * count))
    }
  }

  /// The labels and which may follow which.
  public let constraints: TagConstraints
  /// What all scores are divided by.
  public let temperature: Double
  /// The scores over the temperature, minus infinity where the label is not allowed.
  let start: [Double]
  let end: [Double]
  let transitions: [Double]
  /// The largest transition into each label, [L].
  let peaks: [Double]
  /// exp(transitions[i, j] - peaks[j]), 0 where j may not follow i, [L, L].
  let exponentials: [Double]

  /// The number of labels, L.
  public var labelCount: Int { constraints.count }

  /// Makes a chain.
  ///
  /// - Parameters:
  ///   - constraints: The labels, at least one, and which may follow which.
  ///   - scores: What a CRF has learnt; nil for none.
  ///   - temperature: What emissions and scores are divided by, above 0.
  public init(_ constraints: TagConstraints, scores: Scores? = nil, temperature: Float = 1) {
    let count = constraints.count
    let scores = scores ?? Scores(zeroFor: count)
    precondition(
      count > 0 && scores.start.count == count && scores.end.count == count
        && scores.transitions.count == count * count,
      "\(scores.start.count), \(scores.end.count), \(scores.transitions.count) scores, L \(count)")
    precondition(temperature > 0, "temperature \(temperature)")
    self.temperature = Double(temperature)
    var transitions = scores.transitions.map { Double($0) / Double(temperature) }
    for i in 0..<count {
      for j in 0..<count where !constraints.allows(j, after: i) {
        transitions[i * count + j] = -.infinity
      }
    }
    let peaks = (0..<count).map { j in
      (0..<count).reduce(-Double.infinity) { max($0, transitions[$1 * count + j]) }
    }
    self.constraints = constraints
    start = scores.start.indices.map { label in
      constraints.mayStart[label] ? Double(scores.start[label]) / Double(temperature) : -.infinity
    }
    end = scores.end.map { Double($0) / Double(temperature) }
    self.transitions = transitions
    self.peaks = peaks
    exponentials = transitions.indices.map { exp(transitions[$0] - peaks[$0 % count]) }
  }

  /// Makes a chain over labels by their names.
  public init(labels: [String], scores: Scores? = nil, temperature: Float = 1) {
    self.init(TagConstraints(labels: labels), scores: scores, temperature: temperature)
  }

  /// The legal sequence with the highest score, the one with the smaller labels of equals (Viterbi 1967).
  ///
  /// - Parameters:
  ///   - emissions: e, [T, L].
  ///   - words: T.
  /// - Returns: A label a word.
  public func bestLabels(_ emissions: UnsafePointer<Float>, words: Int) -> [Int] {
    guard words > 0 else { return [] }
    let count = labelCount
    // Where nothing compares, as NaN does not, the way goes through the first label that is allowed.
    let first = (0..<count).map { next in
      (0..<count).first { constraints.allows(next, after: $0) } ?? 0
    }
    var origins = [Int](repeating: 0, count: words * count)
    var scores = (0..<count).map { start[$0] + Double(emissions[$0]) / temperature }
    for word in 1..<max(words, 1) {
      var next = [Double](repeating: -.infinity, count: count)
      for j in 0..<count {
        var origin = first[j]
        for i in 0..<count where scores[i] + transitions[i * count + j] > next[j] {
          next[j] = scores[i] + transitions[i * count + j]
          origin = i
        }
        next[j] += Double(emissions[word * count + j]) / temperature
        origins[word * count + j] = origin
      }
      scores = next
    }
    var best = constraints.mayStart.firstIndex(of: true) ?? 0
    for label in 0..<count where scores[label] + end[label] > scores[best] + end[best] {
      best = label
    }
    var labels = [best]
    for word in stride(from: words - 1, to: 0, by: -1) {
      best = origins[word * count + best]
      labels.append(best)
    }
    return labels.reversed()
  }

  /// The score of one sequence of labels, minus infinity if it is not legal.
  ///
  /// - Parameters:
  ///   - labels: A label a word, T of them.
  ///   - emissions: e, [T, L].
  /// - Returns: The score over the temperature; 0 of no words.
  public func score(of labels: [Int], _ emissions: UnsafePointer<Float>) -> Double {
    guard let first = labels.first, let last = labels.last else { return 0 }
    var score = start[first] + end[last]
    for (word, label) in labels.enumerated() {
      score += Double(emissions[word * labelCount + label]) / temperature
      if word > 0 { score += transitions[labels[word - 1] * labelCount + label] }
    }
    return score
  }

  /// The entities that labels mark in a sentence, each with its exact probability.
  ///
  /// - Parameters:
  ///   - labels: A label a word, T of them.
  ///   - emissions: The logits, [T, L].
  /// - Returns: The entities in order, each with the probability, 0 to 1, that exactly its words are one of its type.
  public func spans(
    of labels: [Int], _ emissions: UnsafePointer<Float>
  ) -> [(span: EntitySpan, probability: Double)] {
    let spans = EntitySpan.spans(of: labels, in: constraints.labels)
    guard !spans.isEmpty else { return [] }
    let posterior = posterior(emissions, words: labels.count)
    return spans.map { ($0, posterior.probability(of: $0)) }
  }
}
