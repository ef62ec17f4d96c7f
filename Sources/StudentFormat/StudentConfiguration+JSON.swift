import Files
import JSON
import Labels
import Runtime

extension StudentConfiguration {
  /// The `model_type` of a student.
  public static let modelType = "bilstm-tagger"
  /// The newest version of the student directory that this program reads and writes.
  ///
  /// Version 1 is one layer on pieces without a CRF, and is still written for that.
  public static let formatVersion = 2

  private typealias SizeField = WritableKeyPath<StudentConfiguration, Int> & Sendable
  private static let pieceSizes: [(key: String, field: SizeField)] = [
    ("piece_count", \.pieceCount), ("piece_dimension", \.pieceDimension),
  ]
  private static let sizes: [(key: String, field: SizeField)] = [
    ("character_count", \.characterCount), ("character_dimension", \.characterDimension),
    ("character_filters", \.filters), ("shape_dimension", \.shapeDimension),
    ("hidden_size", \.hidden),
  ]
  /// The largest size that is read; it keeps every product of sizes far from overflow.
  private static let largest = 1 << 24

  /// The most labels, whose square a linear chain takes.
  private static let maximumLabels = 1 << 12
  /// The widest word vector and the widest hidden state: thousands of words stand side by side.
  private static let widest = (word: 1 << 15, hidden: 1 << 13)

  /// Refuses sizes each of which is possible, but not together: a small file can name a product of terabytes.
  private func checkProducts(_ path: String) throws(DataError) {
    for (name, size, limit) in [
      ("labels", labels.count, Self.maximumLabels),
      ("numbers for a word, of its pieces, characters and shape", wordDimension, Self.widest.word),
      ("numbers for hidden_size", hidden, Self.widest.hidden),
    ] where size > limit {
      throw DataError(file: path, found: "\(size) \(name)", expected: "at most \(limit)")
    }
  }

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
    guard let version = json["format_version"]?.int, (1...Self.formatVersion).contains(version)
    else {
      throw DataError(
        file: path, found: "format_version \(json["format_version"]?.text() ?? "missing")",
        expected: "1 to \(Self.formatVersion)", remedy: "use the program that wrote the student")
    }
    self.init(pieceCount: 1, characterCount: 1, labels: try Self.labels(in: json, of: path))
    func number(_ key: String, _ range: ClosedRange<Int>) throws -> Int {
      if let number = json[key]?.int, range.contains(number) { return number }
      throw DataError(
        file: path, found: "\(key) \(json[key]?.text() ?? "missing")",
        expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    if version > 1, json["word_count"] != nil {
      let count = try number("word_count", 1...Self.largest)
      wordVectors = WordVectors(
        count: count, tunedCount: try number("tuned_word_count", 0...count),
        dimension: try number("word_dimension", 1...Self.largest))
      (pieceCount, pieceDimension) = (0, 0)
    } else {
      for (key, field) in Self.pieceSizes {
        self[keyPath: field] = try number(key, 1...Self.largest)
      }
    }
    for (key, field) in Self.sizes { self[keyPath: field] = try number(key, 1...Self.largest) }
    if version > 1 {
      layers = try number("layers", 1...2)
      guard let hasCRF = json["crf"]?.bool else {
        throw DataError(
          file: path, found: "crf \(json["crf"]?.text() ?? "missing")",
          expected: "true or false")
      }
      self.hasCRF = hasCRF
    }
    try checkProducts(path)
    if let value = json["temperature"] { temperature = try Self.temperature(value, path) }
  }

  /// The temperature, which students of older programs lack.
  private static func temperature(_ json: JSONValue, _ path: String) throws -> Float {
    guard let number = json.double, (0.001...1000).contains(number) else {
      throw DataError(
        file: path, found: "temperature \(json.text())", expected: "a number from 0.001 to 1000")
    }
    return Float(number)
  }

  /// The oldest version that can hold these settings.
  private var version: Int { layers == 1 && !hasCRF && wordVectors == nil ? 1 : 2 }

  /// The label names: `O`, `B-TYPE` or `I-TYPE`, each once.
  private static func labels(in json: JSONValue, of path: String) throws(DataError) -> [String] {
    guard let labels = json["labels"]?.array?.map(\.string), !labels.isEmpty,
      !labels.contains(nil)
    else {
      throw DataError(
        file: path, found: "labels \(json["labels"]?.text() ?? "missing")",
        expected: "an array of label names")
    }
    let names = labels.compactMap(\.self)
    var seen: JSONObject = [:]
    for name in names {
      guard let mark = EntityTag(name)?.mark, [.outside, .begin, .inside].contains(mark),
        seen[name] == nil
      else {
        throw DataError(
          file: path,
          found: "the label \(JSONValue.string(name).text())\(seen[name] == nil ? "" : " twice")",
          expected: "O, B-TYPE and I-TYPE, each once")
      }
      seen[name] = true
    }
    return names
  }

  /// Writes config.json.
  ///
  /// - Throws: `FileError` when the system cannot write.
  public func write(to path: String) throws {
    var object = JSONObject([
      ("model_type", .string(Self.modelType)), ("format_version", .integer(version)),
      ("distill_bilstm_version", .string(PackageVersion.current)),
    ])
    if let wordVectors {
      object["word_count"] = .integer(wordVectors.count)
      object["tuned_word_count"] = .integer(wordVectors.tunedCount)
      object["word_dimension"] = .integer(wordVectors.dimension)
    } else {
      for (key, field) in Self.pieceSizes { object[key] = .integer(self[keyPath: field]) }
    }
    for (key, field) in Self.sizes { object[key] = .integer(self[keyPath: field]) }
    if version > 1 {
      object["layers"] = .integer(layers)
      object["crf"] = .bool(hasCRF)
    }
    object["temperature"] = .number((Double(temperature) * 1e4).rounded() / 1e4)
    object["labels"] = .array(labels.map { .string($0) })
    try AtomicFileWriter.write(JSONValue.object(object).text(.pretty) + "\n", to: path)
  }
}
