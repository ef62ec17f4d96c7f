import Files

/// Reads typed values out of a JSON object, with messages that name key, value and range.
///
/// A key whose value is `null` counts as absent, as in Hugging Face's files.
public struct FieldReader {
  /// The object that is read.
  public let object: JSONObject
  /// The file that errors name.
  public let file: String

  /// Reads from an object.
  ///
  /// - Throws: `DataError` for a value that is no object.
  public init(_ json: JSONValue, file: String) throws(DataError) {
    guard let object = json.object else {
      throw DataError(file: file, found: json.excerpt, expected: "a JSON object")
    }
    self.object = object
    self.file = file
  }

  /// An error about the file.
  public func failure(_ found: String, _ expected: String, _ remedy: String = "") -> DataError {
    DataError(file: file, found: found, expected: expected, remedy: remedy)
  }

  /// A whole number in a range; the default where the key is absent.
  ///
  /// - Throws: `DataError` for a value of another type or out of range.
  public func integer(
    _ key: String, in range: ClosedRange<Int>, default fallback: Int
  ) throws(DataError) -> Int {
    guard let value = present(key) else { return fallback }
    guard let integer = value.int, range.contains(integer) else {
      throw failure(
        "\(key) \(value.excerpt)",
        "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return integer
  }

  /// A number in a range; nil where the key is absent.
  ///
  /// - Throws: `DataError` for a value of another type or out of range.
  public func optionalReal(
    _ key: String, in range: ClosedRange<Double>
  ) throws(DataError) -> Double? {
    guard let value = present(key) else { return nil }
    guard let real = value.double, range.contains(real) else {
      throw failure(
        "\(key) \(value.excerpt)", "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return real
  }

  /// A number in a range; the default where the key is absent.
  ///
  /// - Throws: `DataError` for a value of another type or out of range.
  public func real(
    _ key: String, in range: ClosedRange<Double>, default fallback: Double
  ) throws(DataError) -> Double {
    try optionalReal(key, in: range) ?? fallback
  }

  /// True or false; nil where the key is absent.
  ///
  /// - Throws: `DataError` for a value of another type.
  public func optionalBool(_ key: String) throws(DataError) -> Bool? {
    guard let value = present(key) else { return nil }
    guard let bool = value.bool else {
      throw failure("\(key) \(value.excerpt)", "true or false")
    }
    return bool
  }

  /// A string; the default where the key is absent.
  ///
  /// - Throws: `DataError` for a value of another type.
  public func string(_ key: String, default fallback: String) throws(DataError) -> String {
    guard let value = present(key) else { return fallback }
    guard let string = value.string else { throw failure("\(key) \(value.excerpt)", "a string") }
    return string
  }

  /// An array of strings; empty where the key is absent.
  ///
  /// - Throws: `DataError` for a value of another type.
  public func strings(_ key: String) throws(DataError) -> [String] {
    guard let value = present(key) else { return [] }
    guard let elements = value.array, elements.allSatisfy({ $0.string != nil }) else {
      throw failure("\(key) \(value.excerpt)", "an array of strings")
    }
    return elements.compactMap(\.string)
  }

  /// An object; nil where the key is absent.
  ///
  /// - Throws: `DataError` for a value of another type.
  public func optionalObject(_ key: String) throws(DataError) -> JSONObject? {
    guard let value = present(key) else { return nil }
    guard let object = value.object else { throw failure("\(key) \(value.excerpt)", "an object") }
    return object
  }

  /// One of the names of an enumeration; without a default the key must be there.
  ///
  /// - Throws: `DataError` for any other value.
  public func choice<Choice: RawRepresentable>(
    _ key: String, among choices: [Choice], default fallback: Choice?,
    synonyms: [String: Choice] = [:]
  ) throws(DataError) -> Choice where Choice.RawValue == String {
    let expected = choices.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    guard let value = present(key) else {
      guard let fallback else { throw failure("no \(key)", "one of \(expected)") }
      return fallback
    }
    guard let name = value.string, let choice = Choice(rawValue: name) ?? synonyms[name] else {
      throw failure("\(key) \(value.excerpt)", "one of \(expected)", "others are not supported")
    }
    return choice
  }

  private func present(_ key: String) -> JSONValue? {
    object[key].flatMap { $0.isNull ? nil : $0 }
  }
}
