import Files
import Kernels
import ModelFiles

/// Writes a logit store shard by shard; the index comes last, so that a store without one is not whole.
struct LogitStoreWriter {
  private let path: String
  private var index: LogitStoreIndex

  /// Makes the folder and forgets an index that is there.
  ///
  /// - Throws: `FileError` if the folder cannot be made.
  init(path: String, key: String, labels: [String]) throws {
    self.path = path
    index = LogitStoreIndex(key: key, labels: labels)
    try Folders.create(path)
    try Folders.remove("\(path)/index.json")
  }

  /// Writes the next sentences.
  ///
  /// - Parameters:
  ///   - logits: Their logits, [words, L].
  ///   - lengths: Their words.
  /// - Throws: `FileError` when the system cannot write.
  mutating func append(_ logits: Matrix, lengths: [Int]) throws {
    let number = String(index.shards.count)
    let file =
      "logits-\(String(repeating: "0", count: max(0, 5 - number.count)))\(number).safetensors"
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
      LogitStoreIndex.Shard(file: file, sentences: lengths.count, words: logits.rows))
  }

  /// Writes the index.
  ///
  /// - Throws: `FileError` when the system cannot write.
  func commit() throws { try index.write(to: "\(path)/index.json") }
}
