import Files
import JSON
import Labels
import Runtime

extension StudentConfiguration {
  /// The `model_type` of a student, whichever its task is.
  public static let modelType = "bilstm-tagger"
  /// The newest version of the student directory that this program reads and writes.
  ///
  /// Version 1 is a tagger of one layer on pieces without a CRF, version 2 any tagger; both are still written for those.
  public static let formatVersion = 3

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
      ("numbers for head_hidden", headHidden, Self.widest.hidden),
    ] where size > limit {
      throw DataError(file: path, found: "\(size) \(name)", expected: "at most \(limit)")
    }
  }

  /// Reads a student's config.json.
  ///
  /// - Throws: `FileError` if it cannot be read, `DataError` if it is not a student's or holds a wrong value.
  public init(path: String) throws {
    try self.init(MappedFile(path: path, isCopied: true))
  }

  /// Reads an open config.json of a student.
  ///
  /// - Throws: `DataError` if it is not a student's or holds a wrong value.
  public init(_ file: MappedFile) throws {
    let path = file.path
    let json = try JSONValue.read(file)
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
    let task = try Self.task(in: json, of: path)
    self.init(
      pieceCount: 1, characterCount: 1, labels: try Self.labels(in: json, task, of: path))
    self.task = task
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
      guard let hasCRF = json["crf"]?.bool, task.labelsWords || !hasCRF else {
        throw DataError(
          file: path, found: "crf \(json["crf"]?.text() ?? "missing")",
          expected: task.labelsWords ? "true or false" : "false for the task \(task.rawValue)")
      }
      self.hasCRF = hasCRF
    }
    if !task.labelsWords {
      headHidden = try number("head_hidden", 1...Self.largest)
      pooling = try Self.pooling(in: json, of: path)
    }
    try checkProducts(path)
    if let value = json["temperature"] { temperature = try Self.temperature(value, path) }
  }

  /// The task, which taggers do not name.
  private static func task(in json: JSONValue, of path: String) throws(DataError) -> TaskKind {
    guard let value = json["task"] else { return .tag }
    if let task = value.string.flatMap(TaskKind.init) { return task }
    throw DataError(
      file: path, found: "task \(value.text())", expected: Self.choices(TaskKind.allCases))
  }

  /// How a classifier makes a text's vector.
  private static func pooling(in json: JSONValue, of path: String) throws(DataError) -> Pooling {
    if let pooling = json["pooling"]?.string.flatMap(Pooling.init) { return pooling }
    throw DataError(
      file: path, found: "pooling \(json["pooling"]?.text() ?? "missing")",
      expected: Self.choices(Pooling.allCases))
  }

  /// Names between which there is a choice, as `"a" or "b"`.
  private static func choices(_ cases: [some RawRepresentable<String>]) -> String {
    cases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
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
  private var version: Int {
    if !task.labelsWords { return 3 }
    return layers == 1 && !hasCRF && wordVectors == nil ? 1 : 2
  }

  /// The label names, each once; those of a tagger are `O`, `B-TYPE` or `I-TYPE`, those of a classifier any text.
  private static func labels(
    in json: JSONValue, _ task: TaskKind, of path: String
  ) throws(DataError) -> [String] {
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
      guard seen[name] == nil, task.labelsWords ? isIOB2(name) : !name.isEmpty else {
        throw DataError(
          file: path,
          found: "the label \(JSONValue.string(name).text())\(seen[name] == nil ? "" : " twice")",
          expected: task.labelsWords
            ? "O, B-TYPE and I-TYPE, each once" : "names that are not empty, each once")
      }
      seen[name] = true
    }
    return names
  }

  private static func isIOB2(_ name: String) -> Bool {
    EntityTag(name).map { [.outside, .begin, .inside].contains($0.mark) } ?? false
  }

  /// Writes config.json.
  ///
  /// - Throws: `FileError` when the system cannot write.
  public func write(to path: String) throws {
    var object = JSONObject([
      ("model_type", .string(Self.modelType)), ("format_version", .integer(version)),
      ("distill_bilstm_version", .string(PackageVersion.current)),
    ])
    if !task.labelsWords { object["task"] = .string(task.rawValue) }
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
    if !task.labelsWords {
      object["head_hidden"] = .integer(headHidden)
      object["pooling"] = .string(pooling.rawValue)
    }
    object["temperature"] = .number((Double(temperature) * 1e4).rounded() / 1e4)
    object["labels"] = .array(labels.map { .string($0) })
    try AtomicFileWriter.write(JSONValue.object(object).text(.pretty) + "\n", to: path)
  }
}
