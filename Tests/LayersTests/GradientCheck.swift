import Kernels
import Layers

/// Holds a layer's gradients to finite differences of its own loss.
struct GradientCheck {
  /// One tensor's worst element.
  struct Finding: CustomStringConvertible {
    let tensor: String
    let index: Int
    let gradient: Double
    let difference: Double
    var description: String {
      "\(tensor)[\(index)]: gradient \(gradient), difference \(difference)"
    }
  }

  /// How far apart the two may lie, relative to the larger of 1 and the tensor's largest gradient.
  ///
  /// Losses are sums of float32 numbers about 1, good to some 1e-6, and the stencil divides that by the step.
  static let tolerance = 1.5e-3
  private static let step: Float = 0.02

  /// The elements of parameters and input where gradient and difference disagree, the worst of each tensor.
  static func findings(_ bench: LayerBench) -> [Finding] {
    bench.gradients.clear()
    let (_, inputGradient) = bench.run()
    let slices = bench.layer.layout.slices
    let gradients = slices.map { bench.gradient($0) }
    var findings = [worst("input", bench.x.elements, inputGradient, bench)]
    for (slice, gradient) in zip(slices, gradients) {
      let values = UnsafeMutableBufferPointer(rebasing: bench.parameters.elements[slice.range])
      findings.append(worst(slice.name, values, gradient, bench))
    }
    return findings.compactMap { $0 }
  }

  private static func worst(
    _ tensor: String, _ values: UnsafeMutableBufferPointer<Float>, _ gradient: [Double],
    _ bench: LayerBench
  ) -> Finding? {
    let scale = gradient.reduce(1) { max($0, abs($1)) }
    var worst: (distance: Double, finding: Finding)?
    for index in values.indices {
      let difference = slope(values, index, bench)
      let distance = abs(difference - gradient[index])
      if distance > tolerance * scale, distance > worst?.distance ?? 0 {
        worst = (
          distance,
          Finding(
            tensor: tensor, index: index, gradient: gradient[index], difference: difference)
        )
      }
    }
    return worst?.finding
  }

  /// The five-point difference quotient, whose error falls with the fourth power of the step.
  private static func slope(
    _ values: UnsafeMutableBufferPointer<Float>, _ index: Int, _ bench: LayerBench
  ) -> Double {
    let value = values[index]
    defer { values[index] = value }
    func loss(_ steps: Float) -> Double {
      values[index] = value + steps * step
      return bench.loss()
    }
    let near = loss(1) - loss(-1)
    let far = loss(2) - loss(-2)
    return (8 * near - far) / (12 * Double(step))
  }
}
