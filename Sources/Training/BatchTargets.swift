import Kernels
import Layers

/// The teacher's logits of a corpus, [rows, L], one row a word.
public protocol TeacherLogits: Sendable {
  /// The L logits of a row; valid as long as the object lives.
  func row(_ index: Int) -> UnsafePointer<Float>
}

/// What the words of one batch are to be taught, and the loss of a shard of it.
struct BatchTargets: Sendable {
  var objective: TokenObjective
  let teacherLogits: (any TeacherLogits)?
  /// 1 / the number of words of the batch.
  var scale: Float

  /// The shard's share of the batch's loss under a CRF; fills dL/dlogits and adds to the CRF's gradients.
  func loss<Input>(
    of examples: [TrainingExample<Input>], under crf: CRF, logits: Matrix, dLogits: Matrix,
    parameters: UnsafeMutablePointer<Float>, gradients: UnsafeMutablePointer<Float>,
    wordCount: (Input) -> Int
  ) -> Double {
    var crfLoss = CRFLoss(crf, objective: objective, parameters: parameters)
    var teacher: [Float] = []
    var row = 0
    var total = 0.0
    for example in examples {
      let words = wordCount(example.input)
      let taught = example.taught ?? 0..<words
      let rows = row + taught.lowerBound..<row + taught.upperBound
      teacher.removeAll(keepingCapacity: true)
      if let first = example.teacherRow, let teacherLogits {
        for word in taught {
          let logits = UnsafeBufferPointer(
            start: teacherLogits.row(first + word), count: logits.columns)
          teacher.append(contentsOf: logits)
        }
      }
      total += teacher.withUnsafeBufferPointer {
        crfLoss.sentence(
          logits.rows(rows), teacher: $0.isEmpty ? nil : $0.baseAddress,
          gold: example.gold.map { $0[taught].map { Int($0) } }, gradient: dLogits.rows(rows),
          scale: scale)
      }
      row += words
    }
    crfLoss.addGradients(to: gradients)
    return total
  }

  /// The shard's share of the batch's loss; fills dL/dlogits.
  func loss<Input>(
    of examples: [TrainingExample<Input>], logits: Matrix, dLogits: Matrix,
    wordCount: (Input) -> Int
  ) -> Double {
    var row = 0
    var total = 0.0
    let labels = logits.columns
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * labels) { scratch in
      guard let scratch = scratch.baseAddress else { return }
      for example in examples {
        let words = wordCount(example.input)
        for word in example.taught ?? 0..<words {
          let teacher = example.teacherRow.flatMap { teacherLogits?.row($0 + word) }
          total += objective.token(
            UnsafeBufferPointer(start: logits.row(row + word), count: labels), teacher: teacher,
            gold: example.gold.map { Int($0[word]) }, gradient: dLogits.row(row + word),
            scale: scale, scratch: scratch)
        }
        row += words
      }
    }
    return total
  }
}
