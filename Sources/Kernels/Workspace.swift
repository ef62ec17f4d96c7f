/// Scratch memory that a worker reuses step after step: matrices are handed out one after another and all taken back at once.
///
/// When a step needs more than there is, a further block is allocated; at `reset` the blocks become one that fits, so
/// that a run soon allocates nothing.
public final class Workspace: @unchecked Sendable {
  private var blocks: [FloatBuffer]
  private var used = 0
  private var usedBefore = 0

  /// Makes a workspace with room for `capacity` floats to begin with.
  public init(capacity: Int = 1 << 16) {
    blocks = [FloatBuffer(count: capacity)]
  }

  /// Takes back all that was handed out; views of it must not be used any more.
  public func reset() {
    if blocks.count > 1 {
      // A little more than was needed, so that it need not grow again soon.
      let total = blocks.reduce(0) { $0 + $1.count }
      blocks = []
      blocks = [FloatBuffer(count: total / 4 * 5, hugePages: true)]
    }
    used = 0
    usedBefore = 0
  }

  /// A matrix with undefined contents, valid until `reset`.
  public func matrix(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(floats(rows * columns), rows: rows, columns: columns)
  }

  /// Calls `body` with a matrix of undefined contents, and takes it back together with what `body` took itself.
  public func withMatrix(_ rows: Int, _ columns: Int, _ body: (Matrix) -> Void) {
    let (block, before) = (blocks.count, used)
    body(matrix(rows, columns))
    if blocks.count == block { used = before }
  }

  /// A matrix of zeros, valid until `reset`.
  public func zeros(_ rows: Int, _ columns: Int) -> Matrix {
    let result = matrix(rows, columns)
    result.clear()
    return result
  }

  /// Memory for `count` floats with undefined contents, aligned to 64 bytes, valid until `reset`.
  public func floats(_ count: Int) -> UnsafeMutablePointer<Float> {
    let rounded = (count + 15) & ~15
    if used + rounded > blocks[blocks.count - 1].count {
      usedBefore += used
      blocks.append(FloatBuffer(count: max(rounded, usedBefore, 1 << 16), hugePages: true))
      used = 0
    }
    defer { used += rounded }
    return blocks[blocks.count - 1].base + used
  }
}
