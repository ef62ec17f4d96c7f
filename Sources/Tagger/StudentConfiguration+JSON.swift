import Files
import ModelFiles

extension StudentConfiguration {
  /// The `model_type` of a student.
  public static let modelType = "bilstm-tagger"
  /// The version of the student directory that this program reads and writes.
  public static let formatVersion = 1

  private typealias SizeField = WritableKeyPath<StudentConfiguration, Int> & Sendable
  private static let sizes: [(key: String, field: SizeField)] = [
    ("piece_count", \.pieceCount), ("piece_dimension", \.pieceDimension),
    ("character_count", \.characterCount), ("character_dimension", \.characterDimension),
    ("character_filters", \.filters), ("shape_dimension", \.shapeDimension),
    ("hidden_size", \.hidden),
  ]
  /// The largest size that is read; it keeps every product of sizes far from overflow.
  private static let largest = 1 << 24

  /// Reads a student's config.json.
  ///
  /// - Throws: `FileError` if it cannot be read, `DataError` if it is not a student's or holds a wrong value.
  public init(path: String) throws {
    let json = try JSONValue.read(path: path)
    guard json["model_type"]?.string == Self.modelType else {
      throw DataError(
        file: path, found: "model_type \(json["model_type"]?.text() ?? "missing")",
        expected: "\"\(Self.modelType)\"", remedy: "is this the folder of a student?")
    }
    guard json["format_version"]?.int == Self.formatVersion else {
      throw DataError(
        file: path, found: "format_version \(json["format_version"]?.text() ?? "missing")",
        expected: "\(Self.formatVersion)", remedy: "use the program that wrote the student")
    }
    guard let labels = json["labels"]?.array?.map(\.string), !labels.isEmpty,
      !labels.contains(nil)
    else {
      throw DataError(
        file: path, found: "labels \(json["labels"]?.text() ?? "missing")",
        expected: "an array of label names")
    }
    self.init(pieceCount: 1, characterCount: 1, labels: labels.compactMap { $0 })
    for (key, field) in Self.sizes {
      guard let size = json[key]?.int, size >= 1, size <= Self.largest else {
        throw DataError(
          file: path, found: "\(key) \(json[key]?.text() ?? "missing")",
          expected: "a whole number from 1 to \(Self.largest)")
      }
      self[keyPath: field] = size
    }
  }

  /// Writes config.json.
  ///
  /// - Throws: `FileError` when the system cannot write.
  public func write(to path: String) throws {
    var object = JSONObject([
      ("model_type", .string(Self.modelType)), ("format_version", .integer(Self.formatVersion)),
    ])
    for (key, field) in Self.sizes { object[key] = .integer(self[keyPath: field]) }
    object["labels"] = .array(labels.map { .string($0) })
    try AtomicFileWriter.write(JSONValue.object(object).text(.pretty) + "\n", to: path)
  }
}
