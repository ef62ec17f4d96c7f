import CKernels

/// Computes the LSTM's input for a word.
struct WordVectors {
  private let model: TaggerModel
  private var scratch: [Float]

  init(model: TaggerModel) {
    self.model = model
    scratch = [Float](repeating: 0, count: model.configuration.filters)
  }

  /// Writes the vector of a word, [I]: mean of the pieces, or frozen | tuned vector; maximum of the character CNN; shape.
  mutating func write(_ word: String, to x: UnsafeMutablePointer<Float>) {
    let word = model.vocabulary.features(of: word)
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
