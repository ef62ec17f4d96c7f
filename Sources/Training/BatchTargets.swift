import Kernels
import Layers
import Networks

/// The teacher's logits of a corpus, [rows, L]: one row a word, or one row an example.
public protocol TeacherLogits: Sendable {
  /// The L logits of a row; valid as long as the object lives.
  func row(_ index: Int) -> UnsafePointer<Float>
}

/// What the rows of one batch are to be taught, and the loss of a shard of it.
struct BatchTargets: Sendable {
  var objective: LogitObjective
  let teacherLogits: (any TeacherLogits)?
  /// 1 / the number of taught rows of the batch.
  var scale: Float

  /// The shard's share of the batch's loss; fills dL/dlogits and adds the gradients of the loss' own parameters.
  func loss<Network: Classifier>(
    of examples: [TrainingExample<Network.Input>], under network: Network, logits: Matrix,
    dLogits: Matrix, parameters: UnsafeMutablePointer<Float>,
    gradients: UnsafeMutablePointer<Float>
  ) -> Double {
    var loss = network.loss(objective, parameters: parameters)
    var teacher: [Float] = []
    var start = 0
    var total = 0.0
    for example in examples {
      let count = network.rowCount(of: example.input)
      let taught = example.taught ?? 0..<count
      let rows = start + taught.lowerBound..<start + taught.upperBound
      teacher.removeAll(keepingCapacity: true)
      if let first = example.teacherRow, let teacherLogits {
        for row in taught {
          let logits = UnsafeBufferPointer(
            start: teacherLogits.row(first + row), count: logits.columns)
          teacher.append(contentsOf: logits)
        }
      }
      total += teacher.withUnsafeBufferPointer {
        loss.example(
          logits.rows(rows), teacher: $0.isEmpty ? nil : $0.baseAddress,
          gold: example.gold.map { $0[taught].map { Int($0) } }, gradient: dLogits.rows(rows),
          scale: scale)
      }
      start += count
    }
    loss.addGradients(to: gradients)
    return total
  }
}
