import Files
import JSON

/// A safetensors file mapped into memory, with every rule of the format checked when it is opened.
///
/// The format: eight bytes with the header's length (little-endian), the header (a JSON object from tensor
/// names to `dtype`, `shape` and `data_offsets`), then the data, which the tensors fill without hole or overlap.
public final class SafetensorsFile: Sendable {
  /// The longest header that is read, in bytes; the bound of the reference implementation.
  public static let longestHeader = 100_000_000

  /// The path as it was given.
  public var path: String { file.path }
  /// The tensors in the order of the header.
  public let tensors: [TensorView]
  /// The file's `__metadata__`, in the order of the header.
  public let metadata: [(key: String, value: String)]
  private let file: MappedFile
  private let positions: [ByteString: Int]

  /// The tensors' names in the order of the header.
  public var names: [String] { tensors.map(\.name) }

  /// Maps and checks a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - isCopied: Whether it is read at once, so that what becomes of the file later does no harm.
  /// - Throws: `FileError` if it cannot be read, `DataError` if it breaks a rule of the format.
  public convenience init(path: String, isCopied: Bool = false) throws {
    try self.init(MappedFile(path: path, isCopied: isCopied))
  }

  /// Checks an open file.
  ///
  /// - Throws: `DataError` if it breaks a rule of the format.
  public init(_ file: MappedFile) throws {
    self.file = file
    let header = try SafetensorsHeader(of: file)
    tensors = header.tensors
    metadata = header.metadata
    positions = Dictionary(
      tensors.enumerated().map { (ByteString($1.name), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Whether the file has a tensor of this name.
  public func contains(_ name: String) -> Bool { positions[ByteString(name)] != nil }

  /// The tensor of a name.
  ///
  /// - Throws: `DataError` if the file has none.
  public func tensor(named name: String) throws(DataError) -> TensorView {
    guard let position = positions[ByteString(name)] else {
      throw DataError(
        file: path, found: "no \(quotedTensor(name)) among \(tensors.count) tensors",
        expected: "a model that has it", remedy: "are config.json and the weights of one model?")
    }
    return tensors[position]
  }

  /// The tensor of a name, whose shape must be the one given.
  ///
  /// - Throws: `DataError` if the file has none, or one of another shape.
  public func tensor(named name: String, shape: [Int]) throws(DataError) -> TensorView {
    let tensor = try tensor(named: name)
    guard tensor.shape == shape else {
      throw DataError(
        file: path, found: "\(quotedTensor(name)) has the shape \(tensor.shape)",
        expected: "\(shape)", remedy: "are config.json and the weights of one model?")
    }
    return tensor
  }
}
