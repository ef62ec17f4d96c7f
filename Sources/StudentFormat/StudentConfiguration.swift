import Labels

/// The sizes of a student and its labels: what config.json of a student directory holds.
public struct StudentConfiguration: Sendable, Equatable {
  /// The sizes of the two tables of word vectors.
  public struct WordVectors: Sendable, Equatable {
    /// W, the words that have a vector: the rows of the frozen table.
    public var count: Int
    /// The words, the first of them, that have a row in the tuned table too.
    public var tunedCount: Int
    /// D, the width of a vector.
    public var dimension: Int

    /// The rows of the tuned table that stand before those of words: the unknown word's and that of `[MASK]`.
    public static let specialRows = 2
    /// The rows of the tuned table.
    public var tunedRows: Int { tunedCount + Self.specialRows }

    /// Sets the sizes.
    public init(count: Int, tunedCount: Int, dimension: Int) {
      self.count = count
      self.tunedCount = tunedCount
      self.dimension = dimension
    }

    /// The row of the tuned table for a word as in `WordFeatures`; nil for a word whose vector was not tuned.
    public func tunedRow(of word: Int32) -> Int? {
      switch word {
      case WordFeatures.unknownWord: 0
      case WordFeatures.maskWord: 1
      default: Int(word) < tunedCount ? Int(word) + Self.specialRows : nil
      }
    }
  }

  /// How the states of a text's words become the vector of the text.
  public enum Pooling: String, Sendable, CaseIterable {
    /// The last state of each direction: forwards at the last word, in reverse at the first one. Tang and others 2019.
    case last
    /// The largest of each state over the words. Conneau and others 2017.
    case max
  }

  /// The most words of a text that a classifier reads, in training and afterwards; the words after them are not looked at.
  ///
  /// A text is read at one time, as the last state must have seen all of it, and so this bounds the memory that it takes.
  public static let longestText = 4096

  /// H of a student where nothing else is asked for.
  public static let defaultHidden = 200
  /// The width of a piece's embedding where nothing else is asked for and the teacher's is not narrower.
  public static let defaultPieceDimension = 64
  /// R of a classifier where nothing else is asked for.
  public static let defaultHeadHidden = 200

  /// What the student answers: the tag of each word, or the label of a text or of a pair of texts.
  public var task = TaskKind.tag
  /// V, the rows of the piece table: the size of the teacher's vocabulary; 0 with word vectors.
  public var pieceCount: Int
  /// The width of a piece's embedding; 0 with word vectors.
  public var pieceDimension: Int
  /// The word vectors that stand in for pieces; nil for a student of pieces.
  public var wordVectors: WordVectors?
  /// C, the rows of the character table.
  public var characterCount: Int
  /// The width of a character's embedding.
  public var characterDimension: Int
  /// The filters of the character CNN.
  public var filters: Int
  /// The width of a shape's embedding.
  public var shapeDimension: Int
  /// H, the width of one direction of an LSTM.
  public var hidden: Int
  /// The BiLSTMs one above another, 1 or 2.
  public var layers = 1
  /// Whether a CRF stands on the logits; a tagger's alone.
  public var hasCRF = false
  /// R, the width of the ReLU layer in a classifier's head; a tagger has none.
  public var headHidden = StudentConfiguration.defaultHeadHidden
  /// How a classifier makes a text's vector of its words' states; a tagger makes none.
  public var pooling = Pooling.last
  /// The labels, L of them; logit j belongs to label j.
  public var labels: [String]
  /// What logits and CRF scores are divided by where probabilities are asked for; learnt on the development examples.
  public var temperature: Float = 1

  /// Sets the sizes; all must be positive, and there must be a label.
  public init(
    pieceCount: Int, characterCount: Int, labels: [String],
    pieceDimension: Int = StudentConfiguration.defaultPieceDimension,
    characterDimension: Int = 30, filters: Int = 50, shapeDimension: Int = 8,
    hidden: Int = StudentConfiguration.defaultHidden
  ) {
    self.pieceCount = pieceCount
    self.pieceDimension = pieceDimension
    self.characterCount = characterCount
    self.characterDimension = characterDimension
    self.filters = filters
    self.shapeDimension = shapeDimension
    self.hidden = hidden
    self.labels = labels
  }
}
