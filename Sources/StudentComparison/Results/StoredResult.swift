import Corpora
import Distillation
import Files
import JSON
import Runtime

/// The scores of a model on the test sentences, kept in the run's folder as soon as the model is judged.
///
/// A comparison that was stopped goes on with what is stored; a result of another model, other test sentences or another
/// version of the report is judged anew.
struct StoredResult {
  /// Where the result lies.
  let path: String
  /// What it depends on.
  private let key: String

  /// A result for a model made under a key, on test sentences with a hash.
  init(path: String, modelKey: String, testHash: String) {
    self.path = path
    key = ContentHash.key(of: ["result", "\(ComparisonReport.jsonFormat)", modelKey, testHash])
  }

  /// The stored result; nil where there is none that fits.
  func read() -> SeedResult? {
    guard let json = try? JSONValue.read(path: path), json["key"]?.string == key,
      let result = json["result"]
    else { return nil }
    return try? SeedResult(json: result, file: path)
  }

  /// Stores a result.
  ///
  /// - Throws: `FileError` when the system cannot write.
  func write(_ result: SeedResult) throws {
    let json: JSONValue = ["key": .string(key), "result": result.json]
    try AtomicFileWriter.write(json.text(.pretty) + "\n", to: path)
  }
}
