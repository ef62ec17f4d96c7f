import Files
import Kernels
import ModelFiles
import Training

/// The teacher's logits of a list of sentences on disk, a row of L numbers a word, as `LogitStoreWriter` leaves them.
///
/// A folder of safetensors shards (tensors `logits` [words, L] and `lengths` [sentences]) and an index.json with the key that
/// they were made under. Shards are mapped, not read.
public final class LogitStore: TeacherLogits {
  /// The format's version in index.json.
  static let version = 1

  /// What the logits were computed from: teacher, sentences, labels.
  public let key: String
  /// The label of each column.
  public let labels: [String]
  /// The numbers in which the teacher's linear layers multiplied.
  public let precision: Precision
  /// The first row of each sentence.
  public let firstRows: [Int]
  /// The number of rows, W.
  public let rowCount: Int
  private let shards: [Shard]

  private struct Shard: @unchecked Sendable {
    let firstRow: Int
    let file: SafetensorsFile
    let logits: UnsafePointer<Float>
  }

  /// Opens a store.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing, wrong or of another version.
  public init(path: String) throws {
    let index = try LogitStoreIndex(path: "\(path)/index.json")
    key = index.key
    labels = index.labels
    precision = index.precision
    var firstRows: [Int] = []
    var row = 0
    var shards: [Shard] = []
    for entry in index.shards {
      let (file, logits, lengths) = try entry.open(in: path, labels: index.labels.count)
      shards.append(Shard(firstRow: row, file: file, logits: logits))
      for length in lengths {
        firstRows.append(row)
        row += length
      }
    }
    self.firstRows = firstRows
    self.shards = shards
    rowCount = row
  }

  /// The number of sentences.
  public var sentenceCount: Int { firstRows.count }

  /// The number of words of a sentence.
  public func wordCount(of sentence: Int) -> Int {
    (sentence + 1 < firstRows.count ? firstRows[sentence + 1] : rowCount) - firstRows[sentence]
  }

  /// The L logits of a row; valid as long as the store lives.
  public func row(_ index: Int) -> UnsafePointer<Float> {
    precondition(index >= 0 && index < rowCount, "row \(index) of \(rowCount)")
    var low = 0
    var high = shards.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if shards[middle].firstRow <= index { low = middle } else { high = middle - 1 }
    }
    return shards[low].logits + (index - shards[low].firstRow) * labels.count
  }
}
