import Files

/// A matrix as int8 with a scale for each of its rows: w = scale * q, |q| <= 127.
///
/// In a safetensors file it is a tensor of type I8 with its own name and shape, and beside it a tensor of type F32, [rows],
/// named the same with `_scale` behind. A row is everything below the outermost dimension.
public enum QuantizedTensor {
  /// The name of the scales of a tensor.
  public static func scaleName(of name: String) -> String { "\(name)_scale" }

  /// Quantises rows to the nearest multiple of their scale, their largest magnitude / 127; a row of zeros has the scale 0.
  ///
  /// - Parameters:
  ///   - floats: The matrix, row after row; finite.
  ///   - rows: Its rows, a divisor of the count.
  /// - Returns: The numbers and a scale for each row.
  public static func quantize(
    _ floats: UnsafeBufferPointer<Float>, rows: Int
  ) -> (numbers: [Int8], scales: [Float]) {
    let width = floats.count / max(rows, 1)
    precondition(rows * width == floats.count, "\(floats.count) numbers in \(rows) rows")
    var numbers = [Int8](repeating: 0, count: floats.count)
    var scales = [Float](repeating: 0, count: rows)
    for row in 0..<rows {
      let values = floats[row * width..<(row + 1) * width]
      let scale = values.reduce(0) { max($0, $1.magnitude) } / 127
      guard scale > 0 else { continue }
      scales[row] = scale
      for place in values.indices {
        // The smallest scales are coarse, so that a quotient may exceed 127.
        let number = (values[place] / scale).rounded(.toNearestOrEven)
        numbers[place] = Int8(min(max(number, -127), 127))
      }
    }
    return (numbers, scales)
  }
}

extension SafetensorsFile {
  /// Copies the floats of a tensor of any type of float, or of one that is quantised; see `QuantizedTensor`.
  ///
  /// - Precondition: `target` has as many elements as the shape.
  /// - Throws: `DataError` if there is no such tensor, or one of another shape or type, without scales, or with numbers that
  ///   are not finite.
  public func copyFloats(
    of tensor: TensorView, into target: UnsafeMutableBufferPointer<Float>
  ) throws(DataError) {
    if tensor.dtype == .int8, let rows = tensor.shape.first {
      precondition(target.count == tensor.count, "\(tensor.count) elements of \(tensor.name)")
      let scales = try self.tensor(
        named: QuantizedTensor.scaleName(of: tensor.name), shape: [rows]
      ).floats()
      let width = tensor.count / max(rows, 1)
      let numbers = tensor.bytes.bindMemory(to: Int8.self)
      for row in 0..<rows {
        for place in row * width..<(row + 1) * width {
          target[place] = scales[row] * Float(numbers[place])
        }
      }
    } else {
      try tensor.copyFloats(into: target)
    }
    try tensor.checkFinite(UnsafeBufferPointer(target))
  }
}
