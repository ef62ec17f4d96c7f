import Kernels
import Labels
import StudentFormat

/// The forward pass of a classifier: steps 4 to 7 of `StudentGraph` on an `EncoderNetwork`.
///
/// An example's logits are the same bits whatever runs beside it.
struct ClassifierNetwork {
  /// The most words that run side by side, unless one text has more.
  private static let maximumWords = EncoderNetwork.maximumSentences * SentenceWindows.longest

  private let model: Classifier.Model
  private var encoder: EncoderNetwork
  private let vectors = GrowingFloats()
  private let scratch = GrowingFloats()

  init(model: Classifier.Model) {
    self.model = model
    encoder = EncoderNetwork(model.encoder)
  }

  /// Calls `body` with the logits of all examples, [B, L], given the words of texts, those of a pair one after the other.
  mutating func logits<Result>(
    _ texts: [[String]], _ body: (UnsafePointer<Float>) -> Result
  ) -> Result {
    let sizes = model.configuration
    let count = texts.count / sizes.task.textCount
    let h = Matrix(
      vectors.floats(texts.count * 2 * sizes.hidden), rows: texts.count, columns: 2 * sizes.hidden)
    pool(texts, into: h)  // 4
    let (inputs, hidden, labels) = (sizes.headInputs, sizes.headHidden, sizes.labels.count)
    let products = max(
      model.hidden.scratchSize(rows: count), model.classifier.scratchSize(rows: count))
    let base = scratch.floats(count * (inputs + hidden + labels) + products)
    let v = Matrix(base, rows: count, columns: inputs)
    let r = Matrix(base + v.count, rows: count, columns: hidden)
    let z = Matrix(r.base + r.count, rows: count, columns: labels)
    compare(h, into: v)  // 5
    model.hidden.multiply(v, into: r, scratch: z.base + z.count)
    relu(r)  // 6
    model.classifier.multiply(r, into: z, scratch: z.base + z.count)  // 7
    return body(UnsafePointer(z.base))
  }

  /// Step 4: the vector of each text.
  private mutating func pool(_ texts: [[String]], into h: Matrix) {
    let read = texts.map { text in
      text.count > StudentConfiguration.longestText
        ? Array(text.prefix(StudentConfiguration.longestText)) : text
    }
    // Texts of like length run side by side, so that few of them end early.
    var rest = read.indices.sorted { (read[$0].count, $0) < (read[$1].count, $1) }[...]
    while !rest.isEmpty {
      var words = 0
      let group = rest.prefix(EncoderNetwork.maximumSentences).prefix { text in
        words += read[text].count
        return words <= max(Self.maximumWords, read[text].count)
      }
      rest = rest.dropFirst(group.count)
      let pooling = model.configuration.pooling
      encoder.states(group.map { read[$0] }, more: { _ in 0 }) { y, _ in
        var first = 0
        for text in group {
          Self.pool(y.rows(first..<first + read[text].count), pooling, into: h.row(text))
          first += read[text].count
        }
      }
    }
  }

  /// Step 4 for a text whose words have the states `y`, [T, 2H].
  private static func pool(
    _ y: Matrix, _ pooling: StudentConfiguration.Pooling, into h: UnsafeMutablePointer<Float>
  ) {
    let (width, half) = (y.columns, y.columns / 2)
    guard y.rows > 0 else { return h.update(repeating: 0, count: width) }
    switch pooling {
    case .last:
      h.update(from: y.row(y.rows - 1), count: half)
      (h + half).update(from: y.row(0) + half, count: half)
    case .max:
      h.update(from: y.row(0), count: width)
      for word in 1..<y.rows {
        let values = y.row(word)
        for j in 0..<width where values[j] > h[j] { h[j] = values[j] }
      }
    }
  }

  /// Step 5: the vectors of the texts as they are, or those of each pair compared.
  private func compare(_ h: Matrix, into v: Matrix) {
    guard model.configuration.task == .pair else { return v.copy(from: h) }
    let width = h.columns
    for pair in 0..<v.rows {
      let (h1, h2, v) = (h.row(2 * pair), h.row(2 * pair + 1), v.row(pair))
      v.update(from: h1, count: width)
      (v + width).update(from: h2, count: width)
      for j in 0..<width {
        v[2 * width + j] = h1[j] * h2[j]
        v[3 * width + j] = abs(h1[j] - h2[j])
      }
    }
  }
}
