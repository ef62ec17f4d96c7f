import Kernels

/// The loss of one example's logits after another, summed up over a shard, with its gradients.
public protocol ExampleLoss {
  /// The loss of one example, and its gradient added to dZ.
  ///
  /// - Parameters:
  ///   - z: The network's logits, [rows, L], one row close behind another.
  ///   - teacher: The teacher's logits, [rows, L]; nil where there are none.
  ///   - gold: The gold label of each row; nil where there are none.
  ///   - dZ: dL/dz, [rows, L], accumulated into.
  ///   - scale: A factor of loss and gradient, such as 1 / the number of rows of the batch.
  /// - Returns: The loss, scaled.
  mutating func example(
    _ z: Matrix, teacher: UnsafePointer<Float>?, gold: [Int]?, gradient dZ: Matrix, scale: Float
  ) -> Double

  /// Adds the gradients of the loss' own parameters, summed over the examples so far, to a gradient buffer.
  func addGradients(to gradients: UnsafeMutablePointer<Float>)
}

/// The loss of rows of which each is judged by its own logits.
public struct RowLoss: ExampleLoss {
  private let objective: LogitObjective

  /// Weighs the losses of each row.
  public init(_ objective: LogitObjective) { self.objective = objective }

  /// The sum of the rows' losses; see `ExampleLoss`.
  public func example(
    _ z: Matrix, teacher: UnsafePointer<Float>?, gold: [Int]?, gradient dZ: Matrix, scale: Float
  ) -> Double {
    let labels = z.columns
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * labels) { scratch in
      guard let scratch = scratch.baseAddress else { return 0 }
      return (0..<z.rows).reduce(0) { loss, row in
        loss
          + objective.row(
            UnsafeBufferPointer(start: z.row(row), count: labels),
            teacher: teacher.map { $0 + row * labels }, gold: gold?[row], gradient: dZ.row(row),
            scale: scale, scratch: scratch)
      }
    }
  }

  /// It has no parameters.
  public func addGradients(to gradients: UnsafeMutablePointer<Float>) {}
}
