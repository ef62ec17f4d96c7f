import Kernels
import StudentFormat
import Text

/// Keeps the input half of the bottom LSTM's gates, W x + b, of words that come again and again.
///
/// It is a function of the word alone. The kept ones are the very floats that would be computed anew, so that tags do not
/// depend on what has been read before.
struct WordGates {
  /// The most words that are kept, about 27 megabytes at H = 200; beyond it those go that came only once.
  static let maximumKept = 1 << 12

  private let encoder: PackedEncoder
  private let vectors: WordVectors
  private var index = WordIndex()
  /// The row of each word of the index.
  private var rows: [Int32] = []
  /// Whether a word of the index has come a second time since the last clearance.
  private var isRepeated: [Bool] = []
  private let memory: GateRows
  private var scratch = GrowingFloats()

  init(encoder: PackedEncoder) {
    self.encoder = encoder
    vectors = WordVectors(encoder: encoder)
    memory = GateRows(width: encoder.layers[0].gateCount)
  }

  /// Writes to `gates` where the gates of each word lie, [8P] each; they stay there until the next call.
  mutating func find(
    _ words: some Sequence<String>, count: Int,
    _ gates: UnsafeMutablePointer<UnsafePointer<Float>>
  ) {
    if index.count + count > Self.maximumKept { clear() }
    var missing: [(word: String, row: Int32)] = []
    for (place, word) in words.enumerated() {
      let (number, isNew) = index.intern(word)
      if isNew {
        let row = memory.take()
        rows.append(row)
        isRepeated.append(false)
        missing.append((word, row))
      } else {
        isRepeated[number] = true
      }
      gates[place] = UnsafePointer(memory[rows[number]])
    }
    if !missing.isEmpty { compute(missing) }
  }

  /// Computes the gates of new words, many at once.
  private mutating func compute(_ words: [(word: String, row: Int32)]) {
    let (inputs, width) = (encoder.configuration.wordDimension, memory.width)
    let input = encoder.layers[0].input
    let x = scratch.floats(words.count * (inputs + width) + input.scratchSize(rows: words.count))
    let gates = x + words.count * inputs
    for (place, word) in words.enumerated() {
      vectors.write(word.word, to: x + place * inputs)
    }
    input.multiply(
      Matrix(x, rows: words.count, columns: inputs),
      into: Matrix(gates, rows: words.count, columns: width),
      scratch: gates + words.count * width)
    for (place, word) in words.enumerated() {
      memory[word.row].update(from: gates + place * width, count: width)
    }
  }

  /// Forgets the words that came only once, or all if that frees less than half.
  private mutating func clear() {
    let (oldIndex, oldRows, wasRepeated) = (index, rows, isRepeated)
    let keeps = wasRepeated.count(where: { $0 }) <= Self.maximumKept / 2
    index.removeAll()
    rows.removeAll(keepingCapacity: true)
    for (number, row) in oldRows.enumerated() {
      if keeps, wasRepeated[number] {
        _ = index.intern(oldIndex.word(number))
        rows.append(row)
      } else {
        memory.give(back: row)
      }
    }
    isRepeated = [Bool](repeating: false, count: rows.count)
  }
}

/// Rows of floats that stay where they are while others are added.
private final class GateRows {
  /// The rows that are allocated at once.
  private static let together = 64

  let width: Int
  private var blocks: [UnsafeMutablePointer<Float>] = []
  private var free: [Int32] = []

  init(width: Int) { self.width = width }

  deinit { for block in blocks { block.deallocate() } }

  subscript(row: Int32) -> UnsafeMutablePointer<Float> {
    blocks[Int(row) / Self.together] + Int(row) % Self.together * width
  }

  /// A row that nobody has.
  func take() -> Int32 {
    if free.isEmpty {
      let first = blocks.count * Self.together
      let block = UnsafeMutableRawPointer.allocate(
        byteCount: Self.together * width * MemoryLayout<Float>.stride, alignment: 64)
      blocks.append(block.bindMemory(to: Float.self, capacity: Self.together * width))
      free = (first..<first + Self.together).reversed().map { Int32($0) }
    }
    return free.removeLast()
  }

  func give(back row: Int32) { free.append(row) }
}

/// Computes the LSTM's input for a word: step 1 of `StudentGraph`.
struct WordVectors {
  private let encoder: PackedEncoder
  private let lexicon: StudentLexicon
  private let characters: CharacterCNNTensors
  private let scratch: FloatBuffer

  init(encoder: PackedEncoder) {
    self.encoder = encoder
    lexicon = encoder.lexicon
    characters = encoder.characters
    scratch = FloatBuffer(count: encoder.configuration.filters)
  }

  /// Writes the vector of a word, [I].
  func write(_ word: String, to x: UnsafeMutablePointer<Float>) {
    let word = encoder.vocabulary.features(of: word)
    let sizes = encoder.configuration
    x.update(repeating: 0, count: sizes.wordDimension)
    lexicon.write(word: word.word, pieces: word.pieces[...], to: x)
    convolve(word.characters, into: x + sizes.characterColumns.lowerBound)
    let columns = sizes.shapeColumns
    let shape = encoder.shapes.base + Int(word.shape.rawValue) * columns.count
    (x + columns.lowerBound).update(from: shape, count: columns.count)
  }

  /// The character CNN of a word: the maximum over its characters, and over 0, which y is at first.
  private func convolve(_ word: [Int32], into y: UnsafeMutablePointer<Float>) {
    let (z, filters) = (scratch.base, characters.filters)
    word.withUnsafeBufferPointer { word in
      guard let base = word.baseAddress else { return }
      for p in word.indices {
        characters.convolve(
          at: p, of: word.indices, in: base, tapped: encoder.tappedCharacters.base,
          bias: encoder.characterBias.base, into: z)
        for f in 0..<filters { y[f] = max(y[f], z[f]) }
      }
    }
  }
}
