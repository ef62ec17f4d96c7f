import Files
import JSON

/// Writes a safetensors file as a stream; nothing appears under the final name before `commit`.
///
/// The same tensors give the same bytes. The header is padded with spaces to a multiple of eight, so that
/// the data of a mapped file is aligned.
public final class SafetensorsWriter {
  /// A tensor to be written.
  public struct Entry: Sendable, Equatable {
    /// The tensor's name.
    public let name: String
    /// The type of its elements.
    public let dtype: TensorType
    /// Its dimensions, outermost first.
    public let shape: [Int]
    /// Its size in bytes.
    public let size: Int

    /// Describes a tensor.
    ///
    /// - Precondition: No dimension is negative and the size fits `Int`.
    public init(_ name: String, _ dtype: TensorType = .float32, shape: [Int]) {
      guard let size = dtype.size(of: shape) else {
        preconditionFailure("tensor \(name) of the shape \(shape)")
      }
      self.name = name
      self.dtype = dtype
      self.shape = shape
      self.size = size
    }
  }

  private let writer: AtomicFileWriter
  private let entries: [Entry]
  /// The entry that is being written, and how many of its bytes are.
  private var position = 0
  private var written = 0

  /// Creates the file and writes its header.
  ///
  /// - Parameters:
  ///   - path: The final path.
  ///   - entries: The tensors, in the order in which their data will be written.
  ///   - metadata: The file's `__metadata__`; PyTorch's loaders want the default.
  /// - Precondition: Names are unique and each tensor begins at a multiple of its element size, which holds
  ///   when wider types stand first.
  /// - Throws: `FileError` when the system cannot write.
  public init(
    path: String, entries: [Entry], metadata: [(String, String)] = [("format", "pt")]
  ) throws {
    var header: JSONObject = [:]
    if !metadata.isEmpty {
      header["__metadata__"] = .object(JSONObject(metadata.map { ($0, .string($1)) }))
    }
    var offset = 0
    for entry in entries {
      precondition(header[entry.name] == nil, "tensor \(entry.name) a second time")
      precondition(offset % entry.dtype.size == 0, "tensor \(entry.name) at offset \(offset)")
      let end = offset + entry.size
      header[entry.name] = [
        "dtype": .string(entry.dtype.rawValue), "shape": .array(entry.shape.map { .integer($0) }),
        "data_offsets": [.integer(offset), .integer(end)],
      ]
      offset = end
    }
    var text = JSONValue.object(header).text()
    text += String(repeating: " ", count: (8 - text.utf8.count % 8) % 8)
    self.entries = entries
    writer = try AtomicFileWriter(path: path)
    try withUnsafeBytes(of: UInt64(text.utf8.count).littleEndian) { try writer.write($0) }
    try writer.write(text)
    skipFull()
  }

  /// Appends bytes to a tensor; a tensor may be written in pieces.
  ///
  /// - Precondition: The tensors before it are complete, and the bytes fit.
  /// - Throws: `FileError` when the system cannot write.
  public func write(_ bytes: UnsafeRawBufferPointer, to name: String) throws {
    guard !bytes.isEmpty else { return }
    precondition(
      position < entries.count && entries[position].name == name, "\(name) written out of order")
    written += bytes.count
    precondition(
      written <= entries[position].size, "\(written) bytes for \(entries[position])")
    try writer.write(bytes)
    skipFull()
  }

  /// Appends floats to a F32 tensor; a tensor may be written in pieces.
  ///
  /// - Precondition: As for bytes.
  /// - Throws: `FileError` when the system cannot write.
  public func write(_ floats: UnsafeBufferPointer<Float>, to name: String) throws {
    try write(UnsafeRawBufferPointer(floats), to: name)
  }

  /// Gives the file its final name.
  ///
  /// - Precondition: All tensors are complete.
  /// - Throws: `FileError` when the system cannot write, sync or rename.
  public func commit() throws {
    precondition(position == entries.count, "only \(position) of \(entries.count) tensors written")
    try writer.commit()
  }

  private func skipFull() {
    while position < entries.count, written == entries[position].size {
      position += 1
      written = 0
    }
  }
}
