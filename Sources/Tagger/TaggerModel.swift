import Kernels
import Labels
import StudentFormat

/// A student directory ready for tagging: the word tables stay in the mapped file, the small rest is packed for speed.
///
/// It does not change any more, so several taggers, one a thread, may share it.
public final class TaggerModel: Sendable {
  /// The sizes and labels.
  public var configuration: StudentConfiguration { encoder.configuration }
  /// The linear chain on the logits: with the CRF's scores, or with none where the student has no CRF.
  public let chain: LinearChain
  let encoder: PackedEncoder
  /// The classifier, [L, 2H] and [L].
  let classifier: PackedProduct

  /// Opens a student directory.
  ///
  /// - Parameters:
  ///   - path: The directory.
  ///   - precision: The numbers in which its LSTM's weights are multiplied.
  /// - Throws: `FileError` if a file cannot be read, `DataError` if it holds something wrong, or a student that labels texts.
  public convenience init(path: String, precision: TaggerPrecision = .fp32) throws {
    try self.init(StudentFolder(path: path), precision: precision)
  }

  /// Opens a student directory, files of which may be part of the program.
  ///
  /// - Parameters:
  ///   - folder: The directory.
  ///   - precision: The numbers in which its LSTM's weights are multiplied.
  /// - Throws: `FileError` if a file cannot be read, `DataError` if it holds something wrong, or a student that labels texts.
  public init(_ folder: StudentFolder, precision: TaggerPrecision = .fp32) throws {
    let student = try OpenedStudent(folder, tagsWords: true)
    let graph = student.graph
    encoder = try PackedEncoder(student, precision: precision)
    classifier = try student.linear(graph.classifierWeight, graph.classifierBias)
    func values(_ slice: ParameterSlice) throws -> [Float] { try student.floats(slice).values }
    // After the classifier, whose tensors prove the number of labels, whose square the chain takes.
    chain = LinearChain(
      labels: student.configuration.labels,
      scores: try graph.crf.map {
        LinearChain.Scores(
          start: try values($0.start), end: try values($0.end),
          transitions: try values($0.transitions))
      }, temperature: student.configuration.temperature)
  }
}

/// The forward pass of a tagger for a few sentences that run side by side: step 4 of `StudentGraph` on an `EncoderNetwork`.
struct TaggerNetwork {
  private let model: TaggerModel
  private var encoder: EncoderNetwork

  init(model: TaggerModel) {
    self.model = model
    encoder = EncoderNetwork(model.encoder)
  }

  /// Calls `body` with the logits of all words, [N, L].
  mutating func logits<Result>(
    _ sentences: some Collection<[String]>, _ body: (UnsafePointer<Float>) -> Result
  ) -> Result {
    let (classifier, labels) = (model.classifier, model.configuration.labels.count)
    return encoder.states(
      sentences, more: { $0 * labels + classifier.scratchSize(rows: $0) },
      { y, logits in
        classifier.multiply(
          y, into: Matrix(logits, rows: y.rows, columns: labels),
          scratch: logits + y.rows * labels)
        return body(UnsafePointer(logits))
      })
  }
}
