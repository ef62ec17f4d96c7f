import Files
import Kernels
import ModelFiles
import Training

/// The teacher's logits of a list of examples on disk, rows of L numbers, one a word or one an example, as `LogitStoreWriter` leaves them.
///
/// A folder of safetensors shards (tensors `logits` [rows, L] and `lengths` [examples]) and an index.json with the key that
/// they were made under. Shards are mapped, not read.
public final class LogitStore: TeacherLogits {
  /// The format's version in index.json.
  static let version = 1

  /// What the logits were computed from: teacher, examples, labels.
  public let key: String
  /// The label of each column.
  public let labels: [String]
  /// The numbers in which the teacher's linear layers multiplied.
  public let precision: Precision
  /// The first row of each example.
  public let firstRows: [Int]
  /// The number of rows.
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

  /// The number of examples.
  public var exampleCount: Int { firstRows.count }

  /// The number of rows of an example.
  public func rowCount(of example: Int) -> Int {
    (example + 1 < firstRows.count ? firstRows[example + 1] : rowCount) - firstRows[example]
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
