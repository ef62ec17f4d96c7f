import Glibc

extension LinearChain {
  /// The distribution over the label sequences of one sentence.
  ///
  /// - Parameters:
  ///   - emissions: e, [T, L].
  ///   - words: T.
  /// - Returns: Everything that can be asked about the sentence.
  public func posterior(_ emissions: UnsafePointer<Float>, words: Int) -> LinearChainPosterior {
    LinearChainPosterior(self, emissions, words: words)
  }
}

/// The distribution over the label sequences of one sentence, by the forward and backward recursions (Rabiner 1989).
///
///     (1)  alpha_0[j] = start[j] + e_0[j]
///          alpha_t[j] = e_t[j] + log sum_i exp(alpha_t-1[i] + transitions[i, j])
///     (2)  beta_T-1[i] = end[i]
///          beta_t[i]   = log sum_j exp(transitions[i, j] + e_t+1[j] + beta_t+1[j])
///     (3)  log Z = log sum_j exp(alpha_T-1[j] + end[j])
///
/// A sum takes one product with a table of exponentials. Where it leaves the range of doubles, it is done again in logarithms,
/// so that no scores, however far apart, lose a sequence.
public struct LinearChainPosterior: Sendable {
  /// log Z; 0 of no words.
  public private(set) var logPartition = 0.0
  /// T.
  public let wordCount: Int
  private let chain: LinearChain
  /// e over the temperature, [T, L].
  private var emissions: [Double]
  private var alpha: [Double]
  private var beta: [Double]
  /// exp(alpha_t - its maximum), [T, L].
  private var alphaExponentials: [Double]
  /// exp(e_t + beta_t + peaks - their maximum), [T, L].
  private var betaExponentials: [Double]

  private var count: Int { chain.labelCount }
  /// Sums below it may have lost what fell out of the range of doubles.
  private static let smallestSum = 1e-200

  init(_ chain: LinearChain, _ emissions: UnsafePointer<Float>, words: Int) {
    precondition(words >= 0, "\(words) words")
    self.chain = chain
    wordCount = words
    let size = words * chain.labelCount
    self.emissions = (0..<size).map { Double(emissions[$0]) / chain.temperature }
    alpha = self.emissions
    beta = [Double](repeating: 0, count: size)
    alphaExponentials = beta
    betaExponentials = beta
    guard words > 0 else { return }
    forward()
    backward()
    let last = size - count
    logPartition = logSum((0..<count).map { alpha[last + $0] + chain.end[$0] })
  }

  /// Step 1.
  private mutating func forward() {
    for j in 0..<count { alpha[j] += chain.start[j] }
    var sums = [Double](repeating: 0, count: count)
    for word in 0..<wordCount {
      let row = word * count
      if word > 0 {
        let before = row - count
        let peak = peak(alpha, before)
        for j in 0..<count { sums[j] = 0 }
        for i in 0..<count {
          let power = alphaExponentials[before + i]
          for j in 0..<count { sums[j] += power * chain.exponentials[i * count + j] }
        }
        for j in 0..<count {
          alpha[row + j] +=
            sums[j] > Self.smallestSum
            ? peak + chain.peaks[j] + log(sums[j])
            : logSum((0..<count).map { alpha[before + $0] + chain.transitions[$0 * count + j] })
        }
      }
      let peak = peak(alpha, row)
      for j in 0..<count { alphaExponentials[row + j] = exp(alpha[row + j] - peak) }
    }
  }

  /// Step 2.
  private mutating func backward() {
    for word in (0..<wordCount).reversed() {
      let (row, behind) = (word * count, (word + 1) * count)
      if word == wordCount - 1 {
        for i in 0..<count { beta[row + i] = chain.end[i] }
      } else {
        let peak = peakBehind(word)
        for i in 0..<count {
          var sum = 0.0
          for j in 0..<count {
            sum += chain.exponentials[i * count + j] * betaExponentials[behind + j]
          }
          beta[row + i] =
            sum > Self.smallestSum ? peak + log(sum) : logSum((0..<count).map { way(word, i, $0) })
        }
      }
      guard word > 0 else { break }
      let peak = peakBehind(word - 1)
      for j in 0..<count {
        betaExponentials[row + j] = exp(emissions[row + j] + beta[row + j] + chain.peaks[j] - peak)
      }
    }
  }

  /// transitions[i, j] + e_t+1[j] + beta_t+1[j].
  private func way(_ word: Int, _ i: Int, _ j: Int) -> Double {
    let behind = (word + 1) * count + j
    return chain.transitions[i * count + j] + emissions[behind] + beta[behind]
  }

  private func peak(_ values: [Double], _ row: Int) -> Double {
    values[row..<row + count].reduce(-Double.infinity) { max($0, $1) }
  }

  /// The maximum of e + beta + peaks on the word behind.
  private func peakBehind(_ word: Int) -> Double {
    let behind = (word + 1) * count
    return (0..<count).reduce(-Double.infinity) {
      max($0, emissions[behind + $1] + beta[behind + $1] + chain.peaks[$1])
    }
  }

  /// The probability that a word has a label.
  public func marginal(word: Int, label: Int) -> Double {
    exp(alpha[word * count + label] + beta[word * count + label] - logPartition)
  }

  /// The probability of each label of each word, [T, L].
  public var marginals: [Double] {
    alpha.indices.map { exp(alpha[$0] + beta[$0] - logPartition) }
  }

  /// Adds to `sums` [L, L] how often label j is expected behind label i: the pairwise marginals, summed over the words.
  ///
  /// - Parameters:
  ///   - sums: [L, L], added to.
  ///   - weight: What each marginal is multiplied by.
  public func addExpectedTransitions(to sums: inout [Double], weight: Double = 1) {
    precondition(sums.count == count * count, "\(sums.count) sums, L \(count)")
    for word in 0..<max(wordCount - 1, 0) {
      let (row, behind) = (word * count, (word + 1) * count)
      var total = 0.0
      for i in 0..<count {
        var sum = 0.0
        for j in 0..<count {
          sum += chain.exponentials[i * count + j] * betaExponentials[behind + j]
        }
        total += alphaExponentials[row + i] * sum
      }
      if total > Self.smallestSum {
        for i in 0..<count {
          let power = weight * alphaExponentials[row + i] / total
          for j in 0..<count {
            sums[i * count + j] +=
              power * chain.exponentials[i * count + j] * betaExponentials[behind + j]
          }
        }
      } else {
        for i in 0..<count {
          for j in 0..<count {
            sums[i * count + j] +=
              weight * exp(alpha[row + i] + way(word, i, j) - logPartition)
          }
        }
      }
    }
  }

  /// The expectation over this distribution of the score that a chain with the same labels gives a sequence.
  ///
  /// - Parameters:
  ///   - other: The chain.
  ///   - emissions: Its emissions for the sentence, [T, L].
  /// - Returns: The sum over all legal sequences of probability times score; 0 of no words.
  public func expectedScore(of other: LinearChain, _ emissions: UnsafePointer<Float>) -> Double {
    let marginals = marginals
    var pairs = [Double](repeating: 0, count: count * count)
    addExpectedTransitions(to: &pairs)
    var sum = 0.0
    for (n, marginal) in marginals.enumerated() where marginal > 0 {
      sum += marginal * Double(emissions[n]) / other.temperature
      if n < count { sum += marginal * other.start[n] }
      if n >= marginals.count - count { sum += marginal * other.end[n % count] }
    }
    // Minus infinity, the transition that no sequence has, must not be multiplied by 0.
    for (n, pair) in pairs.enumerated() where pair > 0 { sum += pair * other.transitions[n] }
    return sum
  }

  /// The probability that some words make an entity of a type, with nothing before or behind them belonging to it.
  ///
  /// - Parameter span: The entity, of at least one word.
  /// - Returns: 0 to 1; 0 where the labels know no such entity.
  public func probability(of span: EntitySpan) -> Double {
    let labels = chain.constraints.labels
    guard let type = labels.index(ofType: span.type) else { return 0 }
    let inside = labels.label(.inside, type: type)
    guard let begin = labels.label(.begin, type: type) ?? inside,
      let rest = span.words.count > 1 ? inside : begin
    else { return 0 }
    return probability(
      of: [begin] + span.words.dropFirst().map { _ in rest }, from: span.words.lowerBound)
  }

  /// The probability that words have given labels and that the word behind them does not go on with the entity of the last.
  ///
  /// - Parameters:
  ///   - labels: The labels, at least one.
  ///   - first: The word of the first label; there must be as many words from it on.
  /// - Returns: 0 to 1.
  public func probability(of labels: [Int], from first: Int) -> Double {
    let end = first + labels.count
    precondition(
      first >= 0 && !labels.isEmpty && end <= wordCount,
      "labels of words \(first)..<\(end) of \(wordCount)")
    var score = alpha[first * count + labels[0]]
    for (place, label) in labels.enumerated().dropFirst() {
      score += chain.transitions[labels[place - 1] * count + label]
      score += emissions[(first + place) * count + label]
    }
    let last = labels[labels.count - 1]
    if end == wordCount {
      score += chain.end[last]
    } else {
      let ends = (0..<count).filter { !chain.constraints.labels.continues($0, last) }
      score += logSum(ends.map { way(end - 1, last, $0) })
    }
    let probability = exp(score - logPartition)
    return probability.isNaN ? 0 : min(probability, 1)
  }
}

/// log sum exp(x); minus infinity of nothing.
private func logSum(_ x: [Double]) -> Double {
  let largest = x.reduce(-Double.infinity) { max($0, $1) }
  guard largest > -.infinity else { return -.infinity }
  return largest + log(x.reduce(0) { $0 + exp($1 - largest) })
}
