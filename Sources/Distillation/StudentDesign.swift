import Runtime
import StudentFormat

/// What a BiLSTM student is built of; by default one layer on the teacher's pieces under a CRF.
public struct StudentDesign: Sendable, Equatable {
  /// The width of a piece's embedding, 1 to `largestPieceDimension`; the teacher's own where that is narrower.
  public var pieceDimension = StudentConfiguration.usualPieceDimension
  /// H, the width of one direction of a BiLSTM, 1 to `largestHidden`.
  public var hidden = StudentConfiguration.usualHidden
  /// The BiLSTMs one above another, 1 or 2.
  public var layers = 1
  /// Whether a CRF stands on the logits.
  public var hasCRF = true
  /// A text file of word vectors that stand in for the teacher's pieces; nil for pieces.
  public var wordVectors: String?

  /// The widest embedding of pieces that is asked for.
  public static let largestPieceDimension = 1024
  /// The largest H that is asked for.
  public static let largestHidden = 1024

  /// The default.
  public init() {}

  /// What a stage's key must hold of the design; nothing of one layer of the usual width on pieces without a CRF.
  ///
  /// - Throws: `FileError` if the file of word vectors cannot be read.
  public func keyParts() throws -> [String] {
    var parts: [String] = []
    if pieceDimension != StudentConfiguration.usualPieceDimension {
      parts.append("pieces \(pieceDimension)")
    }
    if hidden != StudentConfiguration.usualHidden { parts.append("hidden \(hidden)") }
    if layers != 1 { parts.append("layers \(layers)") }
    if hasCRF { parts.append("crf") }
    if let wordVectors { parts.append(try ContentHash.sha256(file: wordVectors)) }
    return parts
  }
}
