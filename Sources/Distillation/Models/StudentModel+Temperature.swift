import Corpora
import Glibc
import Kernels
import Labels
import Layers
import Networks
import Runtime
import Synchronization
import Training

extension StudentModel {
  /// The chain that gives the probabilities of label sequences.
  func chain(temperature: Float) -> LinearChain {
    network.crf?.chain(parameters.base, temperature: temperature)
      ?? LinearChain(labels: network.labels, temperature: temperature)
  }

  /// The temperature T at which the gold tags are most probable.
  ///
  /// Temperature scaling (Guo, Pleiss, Sun and Weinberger 2017, section 4.2) over sequences:
  ///
  ///     NLL(T) = sum over sentences of log Z(T) - score(gold, T)
  ///
  /// is minimised over log T by golden-section search. It changes probabilities, never the tags.
  ///
  /// - Parameters:
  ///   - dev: Sentences with gold tags that the student has not learnt from; those with a tag that it does not know are
  ///     left out.
  ///   - workers: The threads; the result does not depend on their number.
  /// - Returns: T, from 1/8 to 8 with four decimals; 1 where no sentence is left.
  public func temperature(fittedTo dev: Corpus, workers: Workers) -> Float {
    let labelSet = LabelSet(names: network.labels)
    let gold = dev.examples.map { $0.tags.map { labelSet.index(of: $0) } }
    let known = gold.indices.filter { !gold[$0].contains(nil) && !gold[$0].isEmpty }
    guard !known.isEmpty else { return 1 }
    let labels = known.map { gold[$0].compactMap(\.self) }
    let logits = Mutex([[Float]](repeating: [], count: known.count))
    Prediction(network, parameters: parameters, workers: workers)
      .forEach(inputs(for: known.map { dev.examples[$0].words })) { sentence, rows in
        let copy = Array(UnsafeBufferPointer(start: rows.base, count: rows.count))
        logits.withLock { $0[sentence] = copy }
      }
    let emissions = logits.withLock { $0 }
    let logT = goldenSectionMinimum(of: -log(8.0)...log(8.0), tolerance: 1e-3) { logT in
      let chain = chain(temperature: Float(exp(logT)))
      let losses = Mutex([Double](repeating: 0, count: known.count))
      workers.run(known.count) { sentence in
        let loss = emissions[sentence].withUnsafeBufferPointer { rows -> Double in
          guard let base = rows.baseAddress else { return 0 }
          return chain.posterior(base, words: labels[sentence].count).logPartition
            - chain.score(of: labels[sentence], base)
        }
        losses.withLock { $0[sentence] = loss }
      }
      // A gold sequence that is no legal IOB2 has no probability at any temperature.
      return losses.withLock { $0.reduce(0) { $1.isFinite ? $0 + $1 : $0 } }
    }
    return Float((exp(logT) * 1e4).rounded() / 1e4)
  }
}

/// Where a function with one minimum in a range has it, to within `tolerance` (Kiefer 1953).
public func goldenSectionMinimum(
  of range: ClosedRange<Double>, tolerance: Double, _ function: (Double) -> Double
) -> Double {
  let ratio = (5.0.squareRoot() - 1) / 2
  var (low, high) = (range.lowerBound, range.upperBound)
  var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
  var (atLeft, atRight) = (function(left), function(right))
  while high - low > tolerance {
    if atLeft <= atRight {
      (high, right, atRight) = (right, left, atLeft)
      left = high - ratio * (high - low)
      atLeft = function(left)
    } else {
      (low, left, atLeft) = (left, right, atRight)
      right = low + ratio * (high - low)
      atRight = function(right)
    }
  }
  return (low + high) / 2
}
