/// Scratch floats that grow to the largest need.
final class GrowingFloats {
  private var memory = UnsafeMutableBufferPointer<Float>.allocate(capacity: 1 << 14)

  deinit { memory.deallocate() }

  /// Memory for `count` floats with undefined contents, valid until the next call.
  func floats(_ count: Int) -> UnsafeMutablePointer<Float> {
    if count > memory.count || memory.baseAddress == nil {
      memory.deallocate()
      memory = .allocate(capacity: count + count / 2)
    }
    guard let base = memory.baseAddress else { preconditionFailure("no memory") }
    return base
  }
}
