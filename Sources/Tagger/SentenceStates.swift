/// The states of the sentences that run through an LSTM side by side.
final class SentenceStates {
  private let padded: Int
  private let memory: UnsafeMutablePointer<Float>
  private let gatesNow: UnsafeMutablePointer<UnsafePointer<Float>?>
  private let outputsNow: UnsafeMutablePointer<UnsafeMutablePointer<Float>?>

  /// Makes room for the states of `TaggerNetwork.mostSentences`.
  ///
  /// - Parameter padded: P, the units of a direction with those that fill up the last block.
  init(padded: Int) {
    self.padded = padded
    let most = TaggerNetwork.mostSentences
    memory = UnsafeMutableRawPointer.allocate(
      byteCount: 3 * most * padded * MemoryLayout<Float>.stride, alignment: 64
    ).bindMemory(to: Float.self, capacity: 3 * most * padded)
    gatesNow = .allocate(capacity: most)
    outputsNow = .allocate(capacity: most)
    gatesNow.initialize(repeating: nil, count: most)
    outputsNow.initialize(repeating: nil, count: most)
  }

  deinit {
    memory.deallocate()
    gatesNow.deallocate()
    outputsNow.deallocate()
  }

  /// Steps 1b to 2c of both directions of a layer; the longest sentences come first in every step.
  ///
  /// - Parameters:
  ///   - layer: The layer.
  ///   - lengths: The words of each sentence.
  ///   - gates: Where the input half of each word's gates lies, [N], sentence by sentence.
  ///   - output: The hidden states, [N, 2H].
  func run(
    _ layer: TaggerLayer, lengths: [Int], gates: UnsafePointer<UnsafePointer<Float>>,
    output: UnsafeMutablePointer<Float>
  ) {
    let starts = lengths.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    let order = lengths.indices.sorted { (-lengths[$0], $0) < (-lengths[$1], $1) }
    let size = order.count * padded
    let c = memory + 2 * size
    for (direction, weight) in layer.recurrentWeights.enumerated() {
      var (h, next) = (memory, memory + size)
      weight.clear(h, rows: order.count)
      c.update(repeating: 0, count: size)
      var active = order.count
      for step in 0..<(order.first.map { lengths[$0] } ?? 0) {
        while lengths[order[active - 1]] <= step { active -= 1 }
        for b in 0..<active {
          let sentence = order[b]
          let row = starts[sentence] + (direction == 0 ? step : lengths[sentence] - 1 - step)
          gatesNow[b] = gates[row] + direction * 4 * padded
          outputsNow[b] = output + (2 * row + direction) * weight.hidden
        }
        weight.step(rows: active, gates: gatesNow, outputs: outputsNow, h: h, next: next, c: c)
        swap(&h, &next)
      }
    }
  }
}
