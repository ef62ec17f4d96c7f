import Kernels
import StudentFormat

extension Classifier {
  /// A student directory ready for labelling texts or pairs of texts; the counterpart of `TaggerModel`.
  ///
  /// It does not change any more, so several classifiers, one a thread, may share it.
  public final class Model: Sendable {
    /// The sizes, the labels and the task.
    public var configuration: StudentConfiguration { encoder.configuration }
    let encoder: PackedEncoder
    /// The ReLU layer, [R, 2H or 8H] and [R].
    let hidden: PackedProduct
    /// The classifier, [L, R] and [L].
    let classifier: PackedProduct

    /// Opens a student directory.
    ///
    /// - Parameters:
    ///   - path: The directory.
    ///   - precision: The numbers in which its LSTM's weights are multiplied.
    /// - Throws: `FileError` if a file cannot be read, `DataError` if it holds something wrong, or a student that tags words.
    public init(path: String, precision: TaggerPrecision = .fp32) throws {
      let student = try OpenedStudent(StudentFolder(path: path), tagsWords: false)
      let graph = student.graph
      guard let head = graph.hidden else { preconditionFailure("a classifier without a head") }
      encoder = try PackedEncoder(student, precision: precision)
      hidden = try student.linear(head.weight, head.bias)
      classifier = try student.linear(graph.classifierWeight, graph.classifierBias)
    }
  }
}
