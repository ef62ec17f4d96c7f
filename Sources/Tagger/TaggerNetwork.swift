import CKernels

/// The forward pass of the student for a few sentences that run side by side.
///
/// Symbols and steps are those at the top of Layers' LSTM.swift. Word rows stand sentence by sentence;
/// the recurrent step multiplies the states of all sentences that are still running at once.
struct TaggerNetwork {
  /// The most sentences that run side by side: as many rows as the product kernel holds in registers.
  static let mostSentences = 8

  private let model: TaggerModel
  private var vectors: WordVectors
  private var buffer = GrowingFloats()

  init(model: TaggerModel) {
    self.model = model
    vectors = WordVectors(model: model)
  }

  /// Calls `body` with the logits of all words, [N, L].
  mutating func logits<Result>(
    _ sentences: some Collection<[String]>, _ body: (UnsafePointer<Float>) -> Result
  ) -> Result {
    let sizes = model.configuration
    let (hidden, labels) = (sizes.hidden, sizes.labels.count)
    let lengths = sentences.map(\.count)
    let count = lengths.reduce(0, +)
    let states = lengths.count * 7 * hidden
    let width = sizes.wordDimension + (8 + 2 * model.layers.count) * hidden + labels
    var rest = buffer.floats(count * width + states)
    func take(_ size: Int) -> UnsafeMutablePointer<Float> {
      defer { rest += size }
      return rest
    }
    var x = take(count * sizes.wordDimension)
    for (row, word) in sentences.joined().enumerated() {
      vectors.write(word, to: x + row * sizes.wordDimension)
    }
    let gates = take(count * 8 * hidden)
    let scratch = take(states)
    for layer in model.layers {
      for row in 0..<count {
        (gates + row * 8 * hidden).update(from: layer.bias.base, count: 8 * hidden)
      }
      layer.inputWeight.multiply(x, rows: count, addingTo: gates)  // 1a
      x = take(count * 2 * hidden)
      for (direction, weight) in layer.recurrentWeights.enumerated() {
        recur(direction, weight, lengths: lengths, gates: gates, output: x, scratch: scratch)
      }
    }
    let logits = take(count * labels)
    for row in 0..<count {
      (logits + row * labels).update(from: model.classifierBias.base, count: labels)
    }
    model.classifier.multiply(x, rows: count, addingTo: logits)
    return body(UnsafePointer(logits))
  }

  /// Steps 1b to 2c of one direction; the longest sentences come first in every step.
  private func recur(
    _ direction: Int, _ weight: PackedWeight, lengths: [Int], gates: UnsafeMutablePointer<Float>,
    output: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    let hidden = model.configuration.hidden
    let starts = lengths.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    let order = lengths.indices.sorted { (-lengths[$0], $0) < (-lengths[$1], $1) }
    let width = lengths.count * hidden
    let (a, h) = (scratch, scratch + 4 * width)
    var (c, cBefore) = (scratch + 5 * width, scratch + 6 * width)
    h.update(repeating: 0, count: 3 * width)
    for step in 0..<(order.first.map { lengths[$0] } ?? 0) {
      let active = order.prefix { lengths[$0] > step }
      func row(_ sentence: Int) -> Int {
        starts[sentence] + (direction == 0 ? step : lengths[sentence] - 1 - step)
      }
      for (b, sentence) in active.enumerated() {
        let gate = gates + (row(sentence) * 2 + direction) * 4 * hidden
        (a + b * 4 * hidden).update(from: gate, count: 4 * hidden)
      }
      weight.multiply(h, rows: active.count, addingTo: a)  // 1b
      swap(&c, &cBefore)
      ck_lstm_cell(a, cBefore, c, h, active.count, hidden)  // 2a to 2c
      for (b, sentence) in active.enumerated() {
        let target = output + (row(sentence) * 2 + direction) * hidden
        target.update(from: h + b * hidden, count: hidden)
      }
    }
  }
}

/// Scratch floats that grow to the largest need.
private final class GrowingFloats {
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
