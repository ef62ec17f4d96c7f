import Kernels
import StudentFormat

/// Steps 1 to 3 of `StudentGraph` for a few sentences that run side by side.
///
/// The steps of an LSTM are those at the top of Layers' LSTM.swift. Word rows stand sentence by sentence; a time step takes all
/// sentences that are still running at once. A sentence's states are the same bits whatever runs beside it.
struct EncoderNetwork {
  /// The most sentences that run side by side: twice as many as the time step holds in registers.
  static let maximumSentences = 12

  private let encoder: PackedEncoder
  private var wordGates: WordGates
  private var buffer = GrowingFloats()
  private let states: SentenceStates
  /// Where the gates of each word lie.
  private var gates: [UnsafePointer<Float>] = []

  init(_ encoder: PackedEncoder) {
    self.encoder = encoder
    wordGates = WordGates(encoder: encoder)
    states = SentenceStates(padded: RecurrentWeight.padded(encoder.configuration.hidden))
  }

  /// Calls `body` with the states of all words, Y [N, 2H].
  ///
  /// - Parameters:
  ///   - sentences: At most `maximumSentences`.
  ///   - more: The floats of scratch that `body` needs, by the number of words.
  ///   - body: Gets Y and its scratch, which both live until it returns.
  /// - Returns: What `body` returns.
  mutating func states<Result>(
    _ sentences: some Collection<[String]>, more: (_ words: Int) -> Int,
    _ body: (_ y: Matrix, _ scratch: UnsafeMutablePointer<Float>) -> Result
  ) -> Result {
    let width = 2 * encoder.configuration.hidden
    let lengths = sentences.map(\.count)
    let count = lengths.reduce(0, +)
    let above = encoder.layers.dropFirst()
    let perWord = encoder.layers.count * width + above.reduce(0) { $0 + $1.gateCount }
    let scratch = above.reduce(more(count)) { $0 + $1.input.scratchSize(rows: count) }
    var rest = buffer.floats(count * perWord + scratch)
    func take(_ size: Int) -> UnsafeMutablePointer<Float> {
      defer { rest += size }
      return rest
    }
    var y = take(count * width)
    gates.removeAll(keepingCapacity: true)
    gates.append(contentsOf: repeatElement(UnsafePointer(y), count: count))
    gates.withUnsafeMutableBufferPointer { gates in
      guard let gates = gates.baseAddress, count > 0 else { return }
      wordGates.find(sentences.joined(), count: count, gates)  // 1a
      states.run(encoder.layers[0], lengths: lengths, gates: gates, output: y)
      for layer in above {
        let rows = take(count * layer.gateCount)
        layer.input.multiply(
          Matrix(y, rows: count, columns: layer.input.inputs),
          into: Matrix(rows, rows: count, columns: layer.gateCount),
          scratch: take(layer.input.scratchSize(rows: count)))  // 1a
        for row in 0..<count { gates[row] = UnsafePointer(rows + row * layer.gateCount) }
        y = take(count * width)
        states.run(layer, lengths: lengths, gates: gates, output: y)
      }
    }
    return body(Matrix(y, rows: count, columns: width), rest)
  }
}

/// The states of the sentences that run through an LSTM side by side.
final class SentenceStates {
  private let padded: Int
  private let memory: UnsafeMutablePointer<Float>
  private let gatesNow: UnsafeMutablePointer<UnsafePointer<Float>?>
  private let outputsNow: UnsafeMutablePointer<UnsafeMutablePointer<Float>?>

  /// Makes room for the states of `EncoderNetwork.maximumSentences`.
  ///
  /// - Parameter padded: P, the units of a direction with those that fill up the last block.
  init(padded: Int) {
    self.padded = padded
    let count = EncoderNetwork.maximumSentences
    memory = UnsafeMutableRawPointer.allocate(
      byteCount: 3 * count * padded * MemoryLayout<Float>.stride, alignment: 64
    ).bindMemory(to: Float.self, capacity: 3 * count * padded)
    gatesNow = .allocate(capacity: count)
    outputsNow = .allocate(capacity: count)
    gatesNow.initialize(repeating: nil, count: count)
    outputsNow.initialize(repeating: nil, count: count)
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
    _ layer: EncoderLayer, lengths: [Int], gates: UnsafePointer<UnsafePointer<Float>>,
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
