import Files
import Kernels
import ModelFiles
import Runtime

/// Writes a logit store shard by shard.
///
/// partial.json lists the shards that are whole, under their key; at the end it gives way to index.json, so that a store
/// without an index is not whole. A writer that was cut off can be taken up behind its last whole shard.
struct LogitStoreWriter {
  private let path: String
  private var index: LogitStoreIndex
  private var indexPath: String { "\(path)/index.json" }
  private var partialPath: String { "\(path)/partial.json" }

  /// Makes the folder, and keeps what is whole in it and was made under the same key.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - key: What the logits are made from.
  ///   - labels: The label of each column.
  ///   - precision: The numbers that the teacher multiplied.
  ///   - resumes: Whether anything is kept.
  /// - Throws: `FileError` if the folder cannot be made or its files cannot be replaced.
  init(path: String, key: String, labels: [String], precision: Precision, resumes: Bool) throws {
    self.path = path
    index = LogitStoreIndex(key: key, labels: labels, precision: precision)
    try Folders.create(path)
    if resumes { index.shards = wholeShards() }
    // The list goes first: a shard that is about to be replaced must not be listed under the key that it had.
    try index.write(to: partialPath)
    try Folders.remove(indexPath)
    AtomicFileWriter.removeLeftovers(in: path)
    let kept = shards.map(\.file)
    for name in Folders.contents(of: path)
    where name.hasPrefix("logits-") && name.hasSuffix(".safetensors") && !kept.contains(name) {
      try Folders.remove("\(path)/\(name)")
    }
  }

  /// The shards that are whole.
  var shards: [LogitStoreIndex.Shard] { index.shards }

  /// The first shards of an earlier writer with the same key, as far as they can be read.
  private func wholeShards() -> [LogitStoreIndex.Shard] {
    for path in [partialPath, indexPath] {
      guard let old = try? LogitStoreIndex(path: path), old.key == index.key,
        old.labels == index.labels, old.precision == index.precision
      else { continue }
      return Array(
        old.shards.enumerated().prefix { number, shard in
          shard.file == Self.file(number)
            && shard.isWhole(in: self.path, labels: index.labels.count)
        }.map(\.element))
    }
    return []
  }

  private static func file(_ number: Int) -> String {
    let digits = String(number)
    let zeros = String(repeating: "0", count: max(0, 5 - digits.count))
    return "logits-\(zeros)\(digits).safetensors"
  }

  /// Writes the next examples.
  ///
  /// - Parameters:
  ///   - logits: Their logits, [rows, L].
  ///   - lengths: The rows of each.
  /// - Throws: `FileError` when the system cannot read or write.
  mutating func append(_ logits: Matrix, lengths: [Int]) throws {
    let file = Self.file(index.shards.count)
    let writer = try SafetensorsWriter(
      path: "\(path)/\(file)",
      entries: [
        SafetensorsWriter.Entry("logits", shape: [logits.rows, logits.columns]),
        SafetensorsWriter.Entry("lengths", .int32, shape: [lengths.count]),
      ])
    try writer.write(UnsafeBufferPointer(start: logits.base, count: logits.count), to: "logits")
    try lengths.map { Int32($0) }.withUnsafeBytes { try writer.write($0, to: "lengths") }
    try writer.commit()
    index.shards.append(
      LogitStoreIndex.Shard(
        file: file, examples: lengths.count, rows: logits.rows,
        sha256: try ContentHash.sha256(file: "\(path)/\(file)")))
    try index.write(to: partialPath)
  }

  /// Writes the index.
  ///
  /// - Throws: `FileError` when the system cannot write.
  func commit() throws {
    try index.write(to: indexPath)
    try Folders.remove(partialPath)
  }
}
