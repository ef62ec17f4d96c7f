import CKernels

/// The forward pass of the student for a few sentences that run side by side.
///
/// Symbols and steps are those at the top of Layers' LSTM.swift. Word rows stand sentence by sentence; a time step takes all
/// sentences that are still running at once. A sentence's logits are the same bits whatever runs beside it.
struct TaggerNetwork {
  /// The most sentences that run side by side: twice as many as the time step holds in registers.
  static let mostSentences = 12

  private let model: TaggerModel
  private var wordGates: WordGates
  private var buffer = GrowingFloats()
  private let states: SentenceStates
  /// Where the gates of each word lie.
  private var gates: [UnsafePointer<Float>] = []

  init(model: TaggerModel) {
    self.model = model
    wordGates = WordGates(model: model)
    states = SentenceStates(padded: RecurrentWeight.padded(model.configuration.hidden))
  }

  /// Calls `body` with the logits of all words, [N, L].
  mutating func logits<Result>(
    _ sentences: some Collection<[String]>, _ body: (UnsafePointer<Float>) -> Result
  ) -> Result {
    let sizes = model.configuration
    let (hidden, labels) = (sizes.hidden, sizes.labels.count)
    let lengths = sentences.map(\.count)
    let count = lengths.reduce(0, +)
    let above = model.layers.dropFirst()
    let width = model.layers.count * 2 * hidden + labels + above.reduce(0) { $0 + $1.gateCount }
    let scratch = above.reduce(0) { $0 + $1.input.scratchSize(rows: count) }
    var rest = buffer.floats(count * width + scratch)
    func take(_ size: Int) -> UnsafeMutablePointer<Float> {
      defer { rest += size }
      return rest
    }
    var x = take(count * 2 * hidden)
    gates.removeAll(keepingCapacity: true)
    gates.append(contentsOf: repeatElement(UnsafePointer(x), count: count))
    gates.withUnsafeMutableBufferPointer { gates in
      guard let gates = gates.baseAddress, count > 0 else { return }
      wordGates.find(sentences.joined(), count: count, gates)  // 1a
      states.run(model.layers[0], lengths: lengths, gates: gates, output: x)
      for layer in above {
        let rows = take(count * layer.gateCount)
        layer.input.multiply(
          x, rows: count, into: rows, scratch: take(layer.input.scratchSize(rows: count)))  // 1a
        for row in 0..<count { gates[row] = UnsafePointer(rows + row * layer.gateCount) }
        x = take(count * 2 * hidden)
        states.run(layer, lengths: lengths, gates: gates, output: x)
      }
    }
    let logits = take(count * labels)
    let end = logits + count * labels
    model.classifier.multiply(x, rows: count, into: logits, scratch: end)
    return body(UnsafePointer(logits))
  }
}
