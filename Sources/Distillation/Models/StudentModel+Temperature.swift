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

  /// The temperature T at which the gold labels are most probable.
  ///
  /// Temperature scaling (Guo, Pleiss, Sun and Weinberger 2017, section 4.2), for a tagger over the sequences of tags:
  ///
  ///     NLL(T) = sum over examples of log Z(T) - score(gold, T)
  ///
  /// is minimised over log T by golden-section search. It changes probabilities, never the labels.
  ///
  /// - Parameters:
  ///   - dev: Examples with gold labels that the student has not learnt from; those with one that it does not know are left
  ///     out.
  ///   - workers: The threads; the result does not depend on their number.
  /// - Returns: T, from 1/8 to 8 with four decimals; 1 where no example is left.
  public func temperature(fittedTo dev: Corpus, workers: Workers) -> Float {
    let labelSet = LabelSet(names: network.labels)
    let gold = dev.examples.map { task.task.targets(of: $0).map { labelSet.index(of: $0) } }
    let known = gold.indices.filter { !gold[$0].contains(nil) && !gold[$0].isEmpty }
    guard !known.isEmpty else { return 1 }
    let labels = known.map { gold[$0].compactMap(\.self) }
    let logits = Mutex([[Float]](repeating: [], count: known.count))
    prediction(nil, workers: workers)
      .forEach(inputs(for: known.map { dev.examples[$0] }, workers: workers)) { example, rows in
        let copy = Array(UnsafeBufferPointer(start: rows.base, count: rows.count))
        logits.withLock { $0[example] = copy }
      }
    let emissions = logits.withLock { $0 }
    let logT = goldenSectionMinimum(of: -log(8.0)...log(8.0), tolerance: 1e-3) { logT in
      let loss = negativeLogLikelihood(at: Float(exp(logT)))
      let losses = Mutex([Double](repeating: 0, count: known.count))
      workers.run(known.count) { example in
        let value = loss(emissions[example], labels[example])
        losses.withLock { $0[example] = value }
      }
      // A gold sequence that is no legal IOB2 has no probability at any temperature.
      return losses.withLock { $0.reduce(0) { $1.isFinite ? $0 + $1 : $0 } }
    }
    return Float((exp(logT) * 1e4).rounded() / 1e4)
  }

  /// What tells how improbable the labels of an example's rows are by their logits, [rows, L].
  private func negativeLogLikelihood(
    at temperature: Float
  ) -> @Sendable (_ logits: [Float], _ labels: [Int]) -> Double {
    guard task.labelsWords else {
      return { logits, labels in
        let scaled = logits.map { Double($0 / temperature) }
        let largest = scaled.max() ?? 0
        return largest + log(scaled.reduce(0) { $0 + exp($1 - largest) }) - scaled[labels[0]]
      }
    }
    let chain = chain(temperature: temperature)
    return { logits, labels in
      logits.withUnsafeBufferPointer { rows -> Double in
        guard let base = rows.baseAddress else { return 0 }
        return chain.posterior(base, words: labels.count).logPartition
          - chain.score(of: labels, base)
      }
    }
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
