import Kernels
import Labels

/// The losses of whole sentences under a CRF, summed up over a shard, with their gradients.
///
/// With the student's score s, the sequence y of gold labels, and the teacher's distribution p over all legal sequences:
///
///     crossEntropy      -log q(y) = log Z - s(y);              ds: marginals of q - those of y
///     divergence        T^2 KL(p || q) at temperature T;       ds: T (marginals of q - marginals of p)
///     meanSquaredError  that of LogitObjective, on the logits alone
///
/// The teacher has logits and no transitions: p is the chain of zero scores over its logits, whose marginals are exact. So
/// the divergence is the distillation of posterior structure in Wang et al. 2020 (arXiv 2004.03846), section 3.2, without
/// its approximation by the best sequences. Marginals are the unary ones for the logits and the pairwise ones for
/// transitions.
public struct CRFLoss: ExampleLoss {
  private let crf: CRF
  private let objective: LogitObjective
  /// The student's chain at temperature 1 and at T.
  private let chain: LinearChain
  private let softChain: LinearChain
  /// The teacher's chain at T.
  private let teacherChain: LinearChain
  private var startSums: [Double]
  private var endSums: [Double]
  private var transitionSums: [Double]

  /// Prepares for the sentences of a shard.
  ///
  /// - Parameters:
  ///   - crf: The layer.
  ///   - objective: How the losses are weighed.
  ///   - parameters: The model's parameters.
  public init(
    _ crf: CRF, objective: LogitObjective, parameters: UnsafeMutablePointer<Float>
  ) {
    self.crf = crf
    self.objective = objective
    chain = crf.chain(parameters)
    softChain = crf.chain(parameters, temperature: objective.temperature)
    teacherChain = LinearChain(crf.constraints, temperature: objective.temperature)
    startSums = [Double](repeating: 0, count: crf.tensors.start.count)
    endSums = startSums
    transitionSums = [Double](repeating: 0, count: crf.tensors.transitions.count)
  }

  /// The loss of one sentence, and its gradient added to dZ; that of the CRF's scores is kept for `addGradients`.
  ///
  /// - Parameters:
  ///   - z: The student's logits, [T, L].
  ///   - teacher: The teacher's logits, [T, L]; nil where there are none.
  ///   - gold: The gold labels, [T]; an illegal I- counts as B-; nil where there are none.
  ///   - dZ: dL/dz, [T, L], accumulated into.
  ///   - scale: A factor of loss and gradient, such as 1 / the number of words of the batch.
  /// - Returns: The loss, scaled.
  public mutating func example(
    _ z: Matrix, teacher: UnsafePointer<Float>?, gold: [Int]?, gradient dZ: Matrix, scale: Float
  ) -> Double {
    let words = z.rows
    precondition(
      z.stride == z.columns && dZ.rows == words && dZ.columns == z.columns, "\(words) words")
    guard words > 0 else { return 0 }
    var loss = 0.0
    if let teacher, objective.meanSquaredError != 0 {
      loss += squaredError(z, teacher, dZ, scale)
    }
    if let gold, objective.crossEntropy != 0 {
      let weight = Double(scale * objective.crossEntropy)
      let labels = crf.constraints.mended(gold)
      let posterior = chain.posterior(z.base, words: words)
      loss += weight * (posterior.logPartition - chain.score(of: labels, z.base))
      add(posterior, weight, to: dZ)
      subtract(labels, weight, from: dZ)
    }
    if let teacher, objective.divergence != 0 {
      let t = Double(objective.temperature)
      let weight = Double(scale * objective.divergence)
      let posterior = softChain.posterior(z.base, words: words)
      let target = teacherChain.posterior(teacher, words: words)
      let own = posterior.logPartition - target.expectedScore(of: softChain, z.base)
      let least = target.logPartition - target.expectedScore(of: teacherChain, teacher)
      loss += weight * t * t * (own - least)
      add(posterior, weight * t, to: dZ)
      add(target, -weight * t, to: dZ)
    }
    return loss
  }

  /// Adds the gradients of the CRF's scores, summed over the sentences so far, to a gradient buffer.
  public func addGradients(to gradients: UnsafeMutablePointer<Float>) {
    for (slice, sums) in [
      (crf.tensors.start, startSums), (crf.tensors.end, endSums),
      (crf.tensors.transitions, transitionSums),
    ] {
      let target = slice.pointer(in: gradients)
      for (n, sum) in sums.enumerated() { target[n] += Float(sum) }
    }
  }

  /// The teacher's logits are held to by each word's logits, which leaves the CRF's scores alone.
  private func squaredError(
    _ z: Matrix, _ teacher: UnsafePointer<Float>, _ dZ: Matrix, _ scale: Float
  ) -> Double {
    let objective = LogitObjective(meanSquaredError: objective.meanSquaredError)
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * z.columns) { scratch in
      guard let scratch = scratch.baseAddress else { return 0 }
      return (0..<z.rows).reduce(0) { loss, word in
        loss
          + objective.row(
            UnsafeBufferPointer(start: z.row(word), count: z.columns),
            teacher: teacher + word * z.columns, gold: nil, gradient: dZ.row(word), scale: scale,
            scratch: scratch)
      }
    }
  }

  /// Adds a posterior's marginals, weighed, to the gradients of logits and scores.
  private mutating func add(_ posterior: LinearChainPosterior, _ weight: Double, to dZ: Matrix) {
    let marginals = posterior.marginals
    let last = dZ.rows - 1
    for word in 0..<dZ.rows {
      let row = dZ.row(word)
      for label in 0..<dZ.columns {
        let share = weight * marginals[word * dZ.columns + label]
        row[label] += Float(share)
        if word == 0 { startSums[label] += share }
        if word == last { endSums[label] += share }
      }
    }
    posterior.addExpectedTransitions(to: &transitionSums, weight: weight)
  }

  /// Takes the weight off the gradients of what one sequence of labels touches.
  private mutating func subtract(_ labels: [Int], _ weight: Double, from dZ: Matrix) {
    for (word, label) in labels.enumerated() {
      dZ.row(word)[label] -= Float(weight)
      if word == 0 { startSums[label] -= weight }
      if word == labels.count - 1 { endSums[label] -= weight }
      if word > 0 { transitionSums[labels[word - 1] * dZ.columns + label] -= weight }
    }
  }
}
