import CKernels

/// Computes the LSTM's input for a word and keeps it for the next time the word comes.
struct WordVectors {
  /// The most words that are kept; beyond it all are forgotten.
  static let mostKept = 1 << 14

  private let model: TaggerModel
  private var index = WordIndex()
  /// The vectors of the kept words, one behind another.
  private var vectors: [Float] = []
  private var scratch: [Float]

  init(model: TaggerModel) {
    self.model = model
    scratch = [Float](repeating: 0, count: model.configuration.filters)
  }

  /// Writes the vector of a word, [I].
  mutating func write(_ word: String, to target: UnsafeMutablePointer<Float>) {
    if index.count >= Self.mostKept {
      index.removeAll()
      vectors.removeAll(keepingCapacity: true)
    }
    let width = model.configuration.wordDimension
    let (number, isNew) = index.intern(word)
    if isNew {
      compute(model.vocabulary.features(of: word), into: target)
      vectors.append(contentsOf: UnsafeBufferPointer(start: target, count: width))
    } else {
      vectors.withUnsafeBufferPointer { vectors in
        for j in 0..<width { target[j] = vectors[number * width + j] }
      }
    }
  }

  /// Mean of the pieces, or frozen | tuned vector; maximum of the character CNN; shape.
  private mutating func compute(_ word: WordFeatures, into x: UnsafeMutablePointer<Float>) {
    let sizes = model.configuration
    x.update(repeating: 0, count: sizes.wordDimension)
    model.lexicon.write(word, to: x)
    convolve(word.characters, into: x + sizes.lexicalDimension)
    let shape = model.shapes.base + Int(word.shape.rawValue) * sizes.shapeDimension
    (x + sizes.lexicalDimension + sizes.filters).update(from: shape, count: sizes.shapeDimension)
  }

  /// Steps 2 and 3 of CharacterCNN; y is zero at first.
  private mutating func convolve(_ word: [Int32], into y: UnsafeMutablePointer<Float>) {
    let filters = model.configuration.filters
    let (bias, tapped) = (model.characterBias.base, model.tappedCharacters.base)
    scratch.withUnsafeMutableBufferPointer { scratch in
      guard let z = scratch.baseAddress else { return }
      for p in word.indices {
        z.update(from: bias, count: filters)
        for k in 0..<3 where word.indices.contains(p + k - 1) {
          ck_add(tapped + (3 * Int(word[p + k - 1]) + k) * filters, z, filters)
        }
        for f in 0..<filters { y[f] = max(y[f], z[f]) }
      }
    }
  }
}
