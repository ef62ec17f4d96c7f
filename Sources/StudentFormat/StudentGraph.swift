import Kernels
import Labels

/// The graph of a student: its layers and their tensors, by name, shape and order, as model.safetensors holds them.
///
/// For a word w of a sentence of T words (after Tang and others 2019, from sentences to tokens):
///
///     (1) t_w = mean of piece[p] over w's pieces p | CharacterCNN(w's characters) | shape[s_w]      [I]
///     (2) X   = t of each word                                        [T, I]
///     (3) Y   = BiLSTM(X), a second time on Y where there are two     [T, 2H]
///     (4) Z   = Y Wc^T + bc                                           [T, L]
///
/// With word vectors, step 1 has in place of the mean the two channels of Kim 2014, which Tang and others use too:
///
///     frozen[w] | tuned[w]     w not tuned: frozen[w] twice; w without a vector, or [MASK]: 0 | a tuned row
///
/// A CRF, where there is one, takes Z as its emissions.
///
/// A student that labels texts or pairs of texts has in place of step 4 (Tang and others 2019, section 3)
///
///     (4) h   = Y's left half at the text's last word | its right half at the first word     [2H]
///               or each column's maximum over the words; 0 of a text without words
///     (5) v   = h of a text                                           [2H]
///               h1 | h2 | h1 h2 | abs(h1 - h2) of a pair              [8H]
///     (6) r   = max(0, v Wh^T + bh)                                   [R]
///     (7) z   = r Wc^T + bc                                           [L]
///
/// Both texts of a pair go through the same steps 1 to 4. Networks trains this graph and Tagger runs it.
public struct StudentGraph: Sendable {
  /// Where each parameter lies; the table of pieces or of tuned vectors comes first, a CRF's scores last.
  public let layout: ParameterLayout
  /// The table of the words themselves: of pieces, [V, D], or of tuned vectors.
  public let lexicon: ParameterSlice
  /// The frozen word vectors, [W, D], which are not parameters and lie in a buffer of their own; nil for a student of pieces.
  public let frozenVectors: ParameterSlice?
  /// The character CNN.
  public let characters: CharacterCNNTensors
  /// The table of shapes, [6, shapeDimension].
  public let shapes: ParameterSlice
  /// The BiLSTMs from the bottom up.
  public let lstms: [BiLSTMTensors]
  /// The ReLU layer's Wh, [R, 2H] for texts and [R, 8H] for pairs, and bh, [R]; nil for a tagger.
  public let hidden: (weight: ParameterSlice, bias: ParameterSlice)?
  /// The classifier's Wc, [L, 2H] of a tagger, [L, R] of texts and pairs.
  public let classifierWeight: ParameterSlice
  /// The classifier's bc, [L].
  public let classifierBias: ParameterSlice
  /// The CRF's scores; nil for a student without a CRF.
  public let crf: CRFTensors?

  /// The number of parameters without the embedding tables.
  public var encoderParameterCount: Int {
    layout.count - lexicon.count - characters.embeddings.count - shapes.count
  }

  /// Lays out the tensors of a student.
  public init(_ sizes: StudentConfiguration) {
    precondition(sizes.task.labelsWords || !sizes.hasCRF, "a CRF on the label of a text")
    var layout = ParameterLayout()
    if let vectors = sizes.wordVectors {
      lexicon = layout.add("tuned_vectors.weight", vectors.tunedRows, vectors.dimension)
      frozenVectors = ParameterSlice(
        name: "word_vectors.weight", shape: [vectors.count, vectors.dimension], offset: 0)
    } else {
      lexicon = layout.add("piece_embeddings.weight", sizes.pieceCount, sizes.pieceDimension)
      frozenVectors = nil
    }
    characters = CharacterCNNTensors(
      into: &layout, characters: sizes.characterCount, dimension: sizes.characterDimension,
      filters: sizes.filters)
    shapes = layout.add(
      "shape_embeddings.weight", WordShape.allCases.count, sizes.shapeDimension)
    lstms = (0..<sizes.layers).map { layer in
      BiLSTMTensors(
        into: &layout, prefix: "lstm.", layer: layer,
        inputs: layer == 0 ? sizes.wordDimension : 2 * sizes.hidden, hidden: sizes.hidden)
    }
    if sizes.task.labelsWords {
      hidden = nil
    } else {
      hidden = (
        layout.add("hidden.weight", sizes.headHidden, sizes.headInputs),
        layout.add("hidden.bias", sizes.headHidden)
      )
    }
    classifierWeight = layout.add(
      "classifier.weight", sizes.labels.count, hidden?.bias.count ?? 2 * sizes.hidden)
    classifierBias = layout.add("classifier.bias", sizes.labels.count)
    crf = sizes.hasCRF ? CRFTensors(into: &layout, labels: sizes.labels.count) : nil
    self.layout = layout
  }
}

extension StudentConfiguration {
  /// The width of what stands for the word itself: the mean of its pieces, or its frozen and its tuned vector.
  public var lexicalDimension: Int { wordVectors.map { 2 * $0.dimension } ?? pieceDimension }
  /// I, the width of a word's vector: the word itself, characters and shape side by side.
  public var wordDimension: Int { lexicalDimension + filters + shapeDimension }
  /// The width of the vector of a text or of a pair, which a classifier's head reads.
  public var headInputs: Int { (task == .pair ? 8 : 2) * hidden }
  /// The columns of a word's vector that come from its characters.
  public var characterColumns: Range<Int> { lexicalDimension..<lexicalDimension + filters }
  /// The columns of a word's vector that come from its shape.
  public var shapeColumns: Range<Int> { characterColumns.upperBound..<wordDimension }
}

/// The tables of the words themselves, of which the first columns of a word's vector are made; they belong to someone else.
public struct StudentLexicon {
  private let sizes: StudentConfiguration
  private let table: UnsafePointer<Float>
  private let frozen: UnsafePointer<Float>?

  /// Views tables.
  ///
  /// - Parameters:
  ///   - sizes: The student's sizes.
  ///   - table: The tensor `lexicon` of its graph.
  ///   - frozen: The tensor `frozenVectors`, where it has one.
  public init(
    _ sizes: StudentConfiguration, table: UnsafePointer<Float>, frozen: UnsafePointer<Float>?
  ) {
    precondition((frozen == nil) == (sizes.wordVectors == nil), "frozen vectors without sizes")
    self.sizes = sizes
    self.table = table
    self.frozen = frozen
  }

  /// Step 1 for the word itself, onto zeros: the mean of its pieces, or its frozen and its tuned vector.
  ///
  /// The unknown word and `[MASK]` have only a tuned vector. A word that was not tuned, because the training corpus does not
  /// have it, has its frozen vector twice: what its tuned one was at the start of training.
  ///
  /// - Parameters:
  ///   - word: The word's place in the list of words; see `WordFeatures`.
  ///   - pieces: Its pieces; not looked at where words have vectors.
  ///   - x: [lexicalDimension], zero.
  public func write(word: Int32, pieces: ArraySlice<Int32>, to x: UnsafeMutablePointer<Float>) {
    if let vectors = sizes.wordVectors, let frozen {
      let width = vectors.dimension
      let own = word >= 0 ? frozen + Int(word) * width : nil
      if let own { x.update(from: own, count: width) }
      if let row = vectors.tunedRow(of: word).map({ table + $0 * width }) ?? own {
        (x + width).update(from: row, count: width)
      }
      return
    }
    let width = sizes.pieceDimension
    let share = 1 / Float(pieces.count)
    for piece in pieces {
      precondition(piece >= 0 && piece < sizes.pieceCount, "piece \(piece) of \(sizes.pieceCount)")
      add(share, times: table + Int(piece) * width, to: x, count: width)
    }
  }
}
