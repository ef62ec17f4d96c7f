import Files
import JSON
import Kernels
import ModelFiles
import Runtime

/// The index.json of a logit store.
struct LogitStoreIndex {
  /// One safetensors file.
  struct Shard {
    let file: String
    let examples: Int
    let rows: Int
    /// The SHA-256 of the file; nil in a store of an earlier program.
    let sha256: String?

    /// Whether the file is there as it was written, as far as its hash is known.
    func isWhole(in folder: String, labels: Int) -> Bool {
      guard (try? open(in: folder, labels: labels)) != nil else { return false }
      return sha256 == nil || sha256 == (try? ContentHash.sha256(file: "\(folder)/\(file)"))
    }

    /// Maps the file and checks that it holds what the entry says.
    func open(
      in folder: String, labels: Int
    ) throws -> (file: SafetensorsFile, logits: UnsafePointer<Float>, lengths: [Int]) {
      let file = try SafetensorsFile(path: "\(folder)/\(self.file)")
      let logits = try file.tensor(named: "logits", shape: [rows, labels])
      let lengths = try file.tensor(named: "lengths", shape: [examples]).integers()
      let floats = logits.bytes.assumingMemoryBound(to: Float.self)
      guard logits.dtype == .float32, let start = floats.baseAddress,
        UInt(bitPattern: start) % UInt(MemoryLayout<Float>.alignment) == 0,
        Self.fit(lengths, into: rows)
      else {
        throw DataError(
          file: file.path, found: "lengths or a type that do not fit index.json",
          expected: "\(rows) rows of float32", remedy: "delete the folder and label again")
      }
      try logits.checkFinite(floats)
      return (file, start, lengths)
    }

    /// Whether lengths are those of examples of so many rows together; no sum of them overflows.
    private static func fit(_ lengths: [Int], into rows: Int) -> Bool {
      var rest = rows
      for length in lengths {
        guard (0...rest).contains(length) else { return false }
        rest -= length
      }
      return rest == 0
    }
  }

  let key: String
  let labels: [String]
  let precision: Precision
  var shards: [Shard]

  init(key: String, labels: [String], precision: Precision) {
    self.key = key
    self.labels = labels
    self.precision = precision
    shards = []
  }

  init(path: String) throws {
    let json = try JSONValue.read(path: path)
    func wrong(_ found: String, _ expected: String) -> DataError {
      DataError(
        file: path, found: found, expected: expected, remedy: "delete the folder and label again")
    }
    guard let version = json["version"]?.int, version == LogitStore.version else {
      throw wrong("a logit store of another version", "version \(LogitStore.version)")
    }
    guard let key = json["key"]?.string, let names = json["labels"]?.array,
      let entries = json["shards"]?.array
    else { throw wrong("an index without key, labels or shards", "an index of this program") }
    // A store from before there was a choice.
    let named = json["precision"].map { $0.string.flatMap(Precision.init) } ?? .fp32
    guard let precision = named else {
      throw wrong(
        "an unknown precision", Precision.allCases.map(\.rawValue).joined(separator: ", "))
    }
    self.key = key
    self.precision = precision
    labels = names.compactMap(\.string)
    shards = try entries.map { entry in
      guard let file = entry["file"]?.string, !file.utf8.contains(UInt8(ascii: "/")),
        let examples = entry["sentences"]?.int, let rows = entry["words"]?.int,
        examples >= 0, rows >= 0
      else { throw wrong("a shard without file, sentences or words", "an index of this program") }
      return Shard(
        file: file, examples: examples, rows: rows, sha256: entry["sha256"]?.string)
    }
    guard !labels.isEmpty, labels.count == names.count else {
      throw wrong("labels that are not a list of names", "an index of this program")
    }
  }

  func write(to path: String) throws {
    let json: JSONValue = [
      "version": .integer(LogitStore.version), "key": .string(key),
      "precision": .string(precision.rawValue),
      "labels": .array(labels.map { .string($0) }),
      "shards": .array(
        shards.map { shard in
          var entry: JSONObject = [
            "file": .string(shard.file), "sentences": .integer(shard.examples),
            "words": .integer(shard.rows),
          ]
          entry["sha256"] = shard.sha256.map { .string($0) }
          return .object(entry)
        }),
    ]
    try AtomicFileWriter.write(json.text(.pretty) + "\n", to: path)
  }
}
