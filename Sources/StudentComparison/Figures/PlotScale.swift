import Glibc
import TerminalUI

/// Maps values to a range of pixels, linearly or by their logarithm, and says where the axis has its ticks.
struct PlotScale {
  private let isLogarithmic: Bool
  private let low: Double
  private let high: Double
  private let pixels: (low: Double, high: Double)

  /// A linear axis over all values, with a twelfth of their span free at each end.
  static func linear(over values: [Double], from start: Double, to end: Double) -> PlotScale {
    let lowest = values.min() ?? 0
    let highest = values.max() ?? 1
    let margin = max((highest - lowest) / 12, 0.5)
    return PlotScale(
      isLogarithmic: false, low: lowest - margin, high: highest + margin, pixels: (start, end))
  }

  /// A logarithmic axis over all values, which must be positive, with room at each end.
  static func logarithmic(over values: [Double], from start: Double, to end: Double) -> PlotScale {
    let lowest = log10(values.min() ?? 1)
    let highest = log10(values.max() ?? 1)
    let margin = max((highest - lowest) / 6, 0.15)
    return PlotScale(
      isLogarithmic: true, low: lowest - margin, high: highest + margin, pixels: (start, end))
  }

  /// The pixel at which a value stands.
  func position(of value: Double) -> Double {
    let place = isLogarithmic ? log10(value) : value
    return pixels.low + (place - low) / (high - low) * (pixels.high - pixels.low)
  }

  /// The values that have a tick, in rising order, with their labels.
  func ticks() -> [(value: Double, label: String)] {
    isLogarithmic ? logarithmicTicks() : linearTicks()
  }

  /// Multiples of 1, 2 or 5 times a power of ten, five to ten of them.
  private func linearTicks() -> [(value: Double, label: String)] {
    let raw = (high - low) / 5
    let power = pow(10, log10(raw).rounded(.down))
    let step = ([1.0, 2, 5].last { $0 * power <= raw } ?? 1) * power
    let decimals = step < 1 ? 1 : 0
    let first = (low / step).rounded(.up)
    let last = (high / step).rounded(.down)
    return stride(from: first, through: last, by: 1).map {
      (value: $0 * step, label: format($0 * step, decimals: decimals))
    }
  }

  /// 1, 2 and 5 times each power of ten, or the powers alone where there would be too many.
  private func logarithmicTicks() -> [(value: Double, label: String)] {
    let leading: [Double] = high - low > 3 ? [1] : [1, 2, 5]
    var ticks: [(value: Double, label: String)] = []
    let powers = (from: Int(low.rounded(.down)), through: Int(high.rounded(.up)))
    let stride = max(1, (powers.through - powers.from) / 8)
    for power in Swift.stride(from: powers.from, through: powers.through, by: stride) {
      for digit in leading {
        let value = digit * pow(10, Double(power))
        guard (low...high).contains(log10(value)) else { continue }
        ticks.append((value, format(value, decimals: max(0, -power))))
      }
    }
    return ticks
  }
}
