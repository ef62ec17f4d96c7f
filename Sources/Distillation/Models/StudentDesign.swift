import Labels
import Runtime
import StudentFormat

/// What a BiLSTM student is built of; by default one layer on the teacher's pieces under a CRF.
public struct StudentDesign: Sendable, Equatable {
  /// The width of a piece's embedding, 1 to `maximumPieceDimension`; the teacher's own where that is narrower.
  public var pieceDimension = StudentConfiguration.defaultPieceDimension
  /// H, the width of one direction of a BiLSTM, 1 to `maximumHidden`.
  public var hidden = StudentConfiguration.defaultHidden
  /// The BiLSTMs one above another, 1 or 2.
  public var layers = 1
  /// Whether a CRF stands on a tagger's logits.
  public var hasCRF = true
  /// R, the width of the ReLU layer of a student for texts or pairs, 1 to `maximumHidden`.
  public var headHidden = StudentConfiguration.defaultHeadHidden
  /// How a student for texts or pairs makes a text's vector of its words' states.
  public var pooling = StudentConfiguration.Pooling.last
  /// A text file of word vectors that stand in for the teacher's pieces; nil for pieces.
  public var wordVectors: String?

  /// The widest embedding of pieces that is asked for.
  public static let maximumPieceDimension = 1024
  /// The largest H that is asked for.
  public static let maximumHidden = 1024

  /// The default.
  public init() {}

  /// All of the design that counts for a task as lines `name=value`, word vectors by their content.
  ///
  /// - Parameter task: What the student is to answer.
  /// - Returns: The lines.
  /// - Throws: `FileError` if the file of word vectors cannot be read.
  public func keyLines(for task: TaskKind) throws -> [String] {
    let head =
      task.labelsWords
      ? ["crf=\(hasCRF)"]
      : ["task=\(task)", "head_hidden=\(headHidden)", "pooling=\(pooling)"]
    return [
      "piece_dimension=\(pieceDimension)", "hidden=\(hidden)", "layers=\(layers)",
    ] + head + [
      "word_vectors=\(try wordVectors.map { try ContentHash.sha256(file: $0) } ?? "none")"
    ]
  }
}
