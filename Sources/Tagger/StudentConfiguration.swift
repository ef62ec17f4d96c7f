/// The sizes of a student and its labels: what config.json of a student directory holds.
public struct StudentConfiguration: Sendable, Equatable {
  /// V, the rows of the piece table: the size of the teacher's vocabulary.
  public var pieceCount: Int
  /// The width of a piece's embedding.
  public var pieceDimension: Int
  /// C, the rows of the character table.
  public var characterCount: Int
  /// The width of a character's embedding.
  public var characterDimension: Int
  /// The filters of the character CNN.
  public var filters: Int
  /// The width of a shape's embedding.
  public var shapeDimension: Int
  /// H, the width of one direction of the LSTM.
  public var hidden: Int
  /// The labels, L of them; logit j belongs to label j.
  public var labels: [String]

  /// I, the width of a word's vector: pieces, characters and shape side by side.
  public var wordDimension: Int { pieceDimension + filters + shapeDimension }

  /// Sets the sizes; all must be positive, and there must be a label.
  public init(
    pieceCount: Int, characterCount: Int, labels: [String], pieceDimension: Int = 64,
    characterDimension: Int = 30, filters: Int = 50, shapeDimension: Int = 8, hidden: Int = 200
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
